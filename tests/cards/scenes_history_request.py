"""The cards of the history of a request."""

from datetime import timedelta
from typing import Any

from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.history_request import OPERATION
from tests.cards.samples import ANN, NOW, OURS, PLAN, THEIRS, asked, form

CHAIN: tuple[dict[str, Any], ...] = (
    {"what": "request asked", "who": "Ann Agent", "detail": {"operation": "provision workspace", "room": "room"}},
    {"what": "request planned", "who": "bot", "from": "asked", "to": "asked", "plan": PLAN.hash},
    {"what": "request confirmed", "who": "Ann Agent", "from": "asked", "to": "asked", "plan": PLAN.hash},
    {
        "what": "request approved",
        "who": "bot",
        "from": "asked",
        "to": "approved",
        "plan": PLAN.hash,
        "rule": "none",
    },
    {"what": "write attempted", "who": "bot", "from": "approved", "to": "running"},
    {
        "what": "request postponed",
        "who": "bot",
        "from": "running",
        "to": "approved",
        "detail": {"until": "2026-11-21T18:37:20+00:00"},
    },
    {"what": "write attempted", "who": "bot", "from": "approved", "to": "running"},
    {
        "what": "request done",
        "who": "bot",
        "from": "running",
        "to": "done",
        "tracking": {"bot": OURS, "Webex": None, "BroadWorks": THEIRS},
    },
)


def told(number: int, event: dict[str, Any], **also: Any) -> dict[str, Any]:
    """An event as the history tells it."""
    at = (NOW + timedelta(seconds=number)).isoformat()
    common = {"number": number, "at": at, "request": 7, "enterprise": "Reseller1+acme", "detail": {}}
    return {**common, "tracking": {"bot": OURS, "Webex": None, "BroadWorks": None}, **event, **also}


def shown(*events: dict[str, Any], page: str = "", **data: Any) -> RequestView:
    """The history of request 7."""
    values = {"request": "7"} | ({"page": page} if page else {})
    known = {"events": [told(number, each) for number, each in enumerate(events, start=1)], **data}
    outcome = Outcome(ok=True, data={"about": "provision workspace", **known})
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=outcome)


SCENES: dict[str, View] = {
    "history_request_form": form(OPERATION),
    "history_request": shown(*CHAIN, next="8"),
    "history_request_page": shown(
        {"what": "outcome settled by a person", "who": ANN, "from": "unknown", "to": "done"},
        {"what": "press refused", "who": "*Bob* <@all>", "detail": {"why": "NotAllowed"}},
        page="8",
    ),
    "history_request_end": shown(page="16"),
    "history_request_none": shown(),
}
