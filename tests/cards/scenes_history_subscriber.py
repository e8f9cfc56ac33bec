"""The cards of the history of a subscriber."""

from typing import Any

from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.history_subscriber import OPERATION
from tests.cards.samples import asked, form
from tests.cards.scenes_history_request import CHAIN, told


def shown(*events: dict[str, Any], hidden: int = 0) -> RequestView:
    """The history of somebody about whom there were requests 7 and 8."""
    known = [told(number, each, request=number // 2 + 7) for number, each in enumerate(events)]
    outcome = Outcome(ok=True, data={"events": known, "hidden": hidden})
    values = {"subscriber": "95547321@example.com"}
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=outcome)


SCENES: dict[str, View] = {
    "history_subscriber_form": form(OPERATION),
    "history_subscriber": shown(*CHAIN[:3]),
    "history_subscriber_hidden": shown(CHAIN[-1], hidden=1),
    "history_subscriber_none": shown(),
}
