"""The one entry point: a view becomes a message, as a card with its words beside it."""

from bot.domain.conversation import missing
from bot.domain.view import Drawn, FormView, NoticeView, RequestView, View
from cards import form, notices, request, text
from cards.escape import safe


def render(view: View) -> Drawn:
    """Draw what is to be shown; pure, so the same view gives the same message."""
    match view:
        case RequestView():
            card = request.draw(view)
            return Drawn(text.fallback(card), card)
        case FormView():
            card = form.draw(view)
            return Drawn(text.fallback(card, also=_so_far(view), hint=_by_text(view)), card)
        case NoticeView():
            return notices.draw(view)


def _so_far(view: FormView) -> str:
    """What the form's inputs hold, which the words of a card do not tell."""
    return "\n".join(f"- {text.bold(label)}: {safe(value)}" for label, value in form.told(view))


def _by_text(view: FormView) -> str:
    """How to go on where the form does not show."""
    asked = missing(view.operation.form, view.conversation, templates=view.templates)
    if not asked:
        verb = text.bold(form.submit_title(view.operation))
        return f"Nothing is missing: press {verb} on the card, or reply `text` to go on by text, or `cancel`."
    label = form.label(asked, view)
    # Where templates are chosen, what the input was meant for otherwise says nothing.
    hint = f" ({safe(asked.hint)})" if asked.hint and label == asked.label else ""
    step = f"Next: {text.bold(label)}{hint}."
    return f"{step} Fill in the card, or reply `text` to fill it in by text, or `cancel`."
