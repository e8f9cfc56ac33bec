"""The cards of the list of unknown codes."""

from typing import Any

from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.list_unknown_codes import OPERATION
from tests.cards.samples import asked, form
from tests.cards.scenes_explain import OFTEN, ONCE

SURFACE = {"surface": "provisioning-api"}
NEWEST = {"code": "77", **SURFACE, **OFTEN}
OLDER = {"code": "123_B", **SURFACE, **ONCE, "words": ""}


def listed(*codes: dict[str, Any], **data: Any) -> RequestView:
    values = {"filter": str(data.pop("filter"))} if "filter" in data else {}
    known = {"codes": list(codes), "total": len(codes), "first": 1, **data}
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=Outcome(ok=True, data=known))


SCENES: dict[str, View] = {
    "list_unknown_codes_form": form(OPERATION),
    "list_unknown_codes": listed(NEWEST, OLDER),
    "list_unknown_codes_page": listed(OLDER, first=11, total=11),
    "list_unknown_codes_none": listed(),
    "list_unknown_codes_none_found": listed(filter="globex"),
}
