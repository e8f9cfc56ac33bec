"""The cards of the list of templates."""

from typing import Any

from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.template_list import OPERATION
from tests.cards.samples import ACME, LAB, asked, form

MADE = {"madeBy": "Ann Agent", "madeOn": "on 21 Nov 2026"}
BOTH = [{**ACME.fields, **MADE}, {**LAB.fields, **MADE}]


def listed(*templates: dict[str, str], **data: Any) -> RequestView:
    values = {"filter": str(data.pop("filter"))} if "filter" in data else {}
    known = {"templates": list(templates), "total": len(templates), "first": 1, **data}
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=Outcome(ok=True, data=known))


SCENES: dict[str, View] = {
    "template_list_form": form(OPERATION),
    "template_list": listed(*BOTH),
    "template_list_one": listed(BOTH[0], filter="acme"),
    "template_list_page": listed(*BOTH, total=12, next="10"),
    "template_list_none": listed(),
    "template_list_none_found": listed(filter="globex"),
}
