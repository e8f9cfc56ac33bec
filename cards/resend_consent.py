"""How it is told that the consent e-mail was sent again."""

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import remark

NAME, ADDRESS = "Subscriber", "E-mail goes to"
"""What a plan says of the subscriber, in the words of its card."""


def result(request: Request, _form: Form) -> list[Element]:
    """Whether Webex sends it, to whom, and what happens then."""
    outcome = request.outcome
    ok = outcome is not None and outcome.ok
    heading = kit.strong("Webex sends the consent e-mail again" if ok else "The consent e-mail was not sent again")
    verdict = [heading, *remark(outcome.note if outcome else "")]
    known = (request.plan.before if request.plan else None) or {}
    drawn = [kit.box(verdict, style="good" if ok else "attention"), *kit.facts(known.items())]
    if ok:
        drawn.append(kit.text("Once the user has agreed, Webex goes on by itself. Spam folders are worth a look."))
    return drawn
