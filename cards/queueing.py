"""What is drawn of a write that waits its turn: why, since when it was asked for, and until when it waits."""

from bot.domain.operation import LONGEST_QUEUE, Element
from bot.domain.view import RequestView
from cards import kit, problem
from cards.shared import moment, sentence


def waits(view: RequestView) -> bool:
    """It was sent, and answered that another one is before it."""
    told = view.request.outcome.problem if view.request.outcome else None
    return bool(view.operation.queues) and told is not None and told.busy


def body(view: RequestView) -> list[Element]:
    """Why it waits, in the words of the house and of Webex, and that nothing has happened yet."""
    request, told = view.request, view.request.outcome.problem if view.request.outcome else None
    until = (request.confirmed_at or request.asked_at) + LONGEST_QUEUE
    lines = [
        kit.strong("It waits its turn"),
        kit.text(sentence(view.operation.queues), spacing="Small"),
        *(problem.reasons(told, operation=view.operation) if told else []),
        kit.text(
            f"Nothing has been changed. The bot asks again every few minutes, until {moment(until)}.", spacing="Small"
        ),
    ]
    return [kit.box(lines, style="accent"), *(problem.tracking(told.tracking_id) if told else [])]
