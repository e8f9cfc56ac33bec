"""The cards of the history of a person."""

from typing import Any

from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.history_person import OPERATION
from tests.cards.samples import asked, form
from tests.cards.scenes_history_request import CHAIN, told

NOWHERE: dict[str, Any] = {"request": None, "enterprise": None, "tracking": None}


def shown(*events: dict[str, Any]) -> RequestView:
    """What Bob did."""
    known = [told(number, each) for number, each in enumerate(events)]
    outcome = Outcome(ok=True, data={"events": known, "person": "Bob Builder"})
    values = {"person": "bob@example.com"}
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=outcome)


SCENES: dict[str, View] = {
    "history_person_form": form(OPERATION),
    "history_person": shown(
        CHAIN[0],
        {
            "what": "entry refused",
            "who": "Bob Builder",
            "detail": {"reason": "I do not work here.", "room": "r"},
            **NOWHERE,
        },
        {"what": "history sealed", "who": "operator", "at": "once", "detail": {"first": "1", "last": "9"}, **NOWHERE},
    ),
    "history_person_none": shown(),
}
