"""What the cards about templates have in common: what became of one, and what it says."""

from collections.abc import Mapping

from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import named, remark

_HEAD, _TAIL = 8, 6


def verdict(request: Request, *, done: str, failed: str, hint: str = "") -> Element:
    """What became of it, with what is useful to know next."""
    outcome = request.outcome or Outcome(ok=False)
    lines = [*remark(outcome.note), *remark(hint if outcome.ok else "")]
    return kit.box([kit.strong(done if outcome.ok else failed), *lines], style="good" if outcome.ok else "attention")


def facts(fields: Mapping[str, str]) -> list[Element]:
    """What a template says, its long ID shortened."""
    return kit.facts((named(name), shown(name, value)) for name, value in fields.items() if value)


def shown(name: str, value: str) -> str:
    """A value as it is told apart from others; nobody reads a hundred characters."""
    if name != "provisioningId" or len(value) <= 2 * (_HEAD + _TAIL):
        return value
    return f"{value[:_HEAD]}…{value[-_TAIL:]}"
