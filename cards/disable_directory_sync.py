"""How the outcome of disabling a directory sync is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards.switching import verdict


def result(request: Request, _form: Form) -> list[Element]:
    """Whether it is disabled now, and what that means."""
    return verdict(request, to="disabled", means="Webex synchronises it no more, until somebody enables it again.")
