"""How the history of a request is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.history import data_of, events


def result(request: Request, _form: Form) -> list[Element]:
    """Which request it is, then what happened to it, in order."""
    about = str(data_of(request).get("about") or "")
    heading = f"Request {request.values.get('request', '')}{f', {about}' if about else ''}"
    return [kit.strong(heading), *events(request)]
