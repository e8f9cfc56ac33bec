"""Find enterprises: those whose name begins so, or all of them, a card at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.desk import Desk
from bot.domain.enterprise import Enterprise, EnterpriseFilter, EnterprisePage
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from bot.errors import Declined
from cards.find_enterprises import result
from cards.find_subscribers import show

ON_A_CARD = 8
"""More would not be read on a phone, where each has a button besides."""

EMPTY_PAGES = 10
"""Pages without any that are passed over before a person is asked whether to go on."""

_PAGE = "page"
_MOST_NEAR = 5

FORM = Form(
    inputs=(
        Input(
            "enterprise",
            "Begins with",
            Kind.BEGINNING,
            short=("startsWith", "spEnterpriseId", "sp", "name"),
            bare=True,
            hint="Reseller1+, or nothing for all",
        ),
    )
)


def plan(values: Values, desk: Desk) -> Answer:
    """Find enterprises by how their name begins; without one, all of them."""
    wanted = EnterpriseFilter(starts_with=values.get("enterprise", ""), max=ON_A_CARD)
    page = _page(wanted, desk, cursor=values.get(_PAGE))
    desk.enterprises.remember(page.items)
    data = {
        "items": [_row(each) for each in page.items[:ON_A_CARD]],
        "left_out": max(0, len(page.items) - ON_A_CARD),
        "next": page.next,
        "wanted": wanted.starts_with,
        "near": [] if page.items else _near(wanted.starts_with, desk),
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=page.tracking_id))


def _page(wanted: EnterpriseFilter, desk: Desk, *, cursor: str | None) -> EnterprisePage:
    """The next page with any on it, or the last one that was looked at; Declined if the cursor is of another list."""
    for _ in range(EMPTY_PAGES):
        try:
            page = desk.broadworks.enterprise_page(wanted, cursor)
        except ValueError as exc:
            if cursor is None:
                raise
            raise Declined("That page of the list is not there any more. Search again.") from exc
        if page.items or page.next is None:
            break
        cursor = page.next
    return page


def _row(enterprise: Enterprise) -> dict[str, Any]:
    return {
        "id": enterprise.id,
        "enterprise": enterprise.enterprise,
        "sync": enterprise.sync.fields if enterprise.sync else {},
    }


def _near(said: str, desk: Desk) -> list[str]:
    """Those that are known to have it somewhere in their name, which Webex does not look for."""
    known = [name for name in desk.enterprises.names() if said.casefold() in name.casefold()]
    return known[:_MOST_NEAR]


def follow_ups(request: Request) -> list[FollowUp]:
    """A button for each row, and for each that may have been meant."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items: Sequence[Mapping[str, str]] = data.get("items") or ()
    rows = [
        FollowUp(show(number, of=len(items)), "show enterprise", {"enterprise": each["id"]}, at_once=True)
        for number, each in enumerate(items, start=1)
    ]
    near = [FollowUp(name, "show enterprise", {"enterprise": name}, at_once=True) for name in data.get("near") or ()]
    return [*rows, *near]


OPERATION = Operation(
    words="find enterprises",
    aliases=("find enterprise", "list enterprises", "enterprises", "search enterprises"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Find",
    again="Edit and find again",
    examples=("find enterprises Reseller1+a", "find enterprises"),
    at_once=True,
    follow_ups=follow_ups,
)
