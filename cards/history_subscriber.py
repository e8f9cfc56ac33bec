"""How the history of a subscriber is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.history import data_of, events
from cards.shared import counted


def result(request: Request, _form: Form) -> list[Element]:
    """Whom it is about, what was done, the newest first, and that there is more which this person may not see."""
    hidden = int(data_of(request).get("hidden") or 0)
    more = f"{counted(hidden, 'request')} about this subscriber cannot be shown to you here. Auditors see all."
    return [
        kit.strong(request.values.get("subscriber", "")),
        *events(request, numbered=True),
        *([kit.small(more, separator=True, spacing="Medium")] if hidden else []),
    ]
