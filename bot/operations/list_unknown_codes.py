"""List unknown codes: what Webex gave and nobody here knows, so that an admin can write down what it means."""

from collections.abc import Sequence
from typing import Any

from bot.domain.actor import Role
from bot.domain.codes import UnknownCode
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from cards.list_unknown_codes import result

_ON_A_PAGE = 10

FORM = Form(inputs=(Input("filter", "With these letters in it", short=("with", "search"), hint="migrate"),))


def plan(values: Values, desk: Desk) -> Answer:
    """List the codes that Webex gave and nobody here knows, newest first, for the operator's own file."""
    wanted = values.get("filter", "").casefold()
    found = [each for each in desk.unknown_codes.all() if wanted in f"{each.code} {each.words}".casefold()]
    start = int(values.get("page", "0"))
    end = start + _ON_A_PAGE
    data = {"codes": [_told(each) for each in found[start:end]], "total": len(found), "first": start + 1}
    return Answer(Outcome(ok=True, data=data | ({"next": str(end)} if end < len(found) else {})))


def _told(met: UnknownCode) -> dict[str, Any]:
    return {
        "code": met.code,
        "surface": met.surface.value,
        "words": met.words,
        "count": met.count,
        "first": met.first_seen.isoformat(),
        "last": met.last_seen.isoformat(),
        "request": met.request,
    }


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """A later look at the same."""
    return (FollowUp("Refresh", "list unknown codes", {"filter": request.values.get("filter", "")}, at_once=True),)


OPERATION = Operation(
    words="list unknown codes",
    aliases=("unknown codes", "show unknown codes"),
    form=FORM,
    plan=plan,
    result=result,
    role=Role.ADMIN,
    verb="List",
    again="Filter",
    examples=("list unknown codes filter=migrate", "list unknown codes"),
    at_once=True,
    follow_ups=follow_ups,
)
