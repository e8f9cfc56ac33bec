"""How the history of a person is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.history import data_of, events


def result(request: Request, _form: Form) -> list[Element]:
    """Who it is, then what they did and what became of it, the newest first."""
    person = str(data_of(request).get("person") or request.values.get("person", ""))
    return [kit.strong(person), *events(request, numbered=True)]
