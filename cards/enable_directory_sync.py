"""How the outcome of enabling a directory sync is drawn."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards.switching import verdict


def result(request: Request, _form: Form) -> list[Element]:
    """Whether it is enabled now, and what that means."""
    return verdict(
        request,
        to="enabled",
        means="Webex synchronises it every week, the first time within a week. Press Sync directory to have it now.",
    )
