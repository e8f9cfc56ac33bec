"""How it is told that a directory sync was enabled or disabled."""

from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import remark


def verdict(request: Request, *, to: str, means: str) -> list[Element]:
    """Whether it is so now, of which enterprise, and what that means."""
    outcome = request.outcome or Outcome(ok=False)
    words = f"Directory sync {to}" if outcome.ok else f"Directory sync not {to}"
    which = request.plan.subject.user_id if request.plan else ""
    return [
        kit.box([kit.strong(words), *remark(outcome.note)], style="good" if outcome.ok else "attention"),
        *([kit.text(which)] if which else []),
        *([kit.text(means)] if outcome.ok else []),
    ]
