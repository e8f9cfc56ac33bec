"""The input in which an enterprise is chosen, among those that are known, or typed."""

from dataclasses import replace
from typing import Any

from bot.domain.form import Choice, Input
from bot.domain.operation import Element
from bot.domain.view import FormView
from cards import kit
from cards.escape import typed

MOST = 80
"""More would not fit into a card; then a name is typed."""

MOST_CHARACTERS = 4000
"""So long all their names together may be, for the same reason."""

FROM_TEMPLATE = "From the template"


def field(asked: Input, view: FormView, *, said: str, brought: str, **look: Any) -> Element:
    """The enterprises, and one that was typed instead; ``brought`` stands for what a template brings."""
    # Whichever template is chosen may bring one, which is known only when the form is sent.
    demanded = asked.required and not view.templates
    if not _can_choose(view.enterprises) or not _can_be_chosen(said):
        hint = brought or _hint(asked, view)
        return kit.field(replace(asked, hint=hint), said=said, demanded=demanded, **look)
    known = {name.casefold(): name for name in view.enterprises}
    also = (Choice(said, f"As typed: {said}"),) if said and said.casefold() not in known else ()
    choices = (*(Choice(name, name) for name in view.enterprises), *also)
    instead = brought or (FROM_TEMPLATE if asked.required and not demanded else "")
    if instead:
        choices = (Choice("", instead), *choices)
    shown = replace(asked, hint="Choose one", choices=choices, required=demanded or bool(instead))
    return kit.field(shown, said=said, demanded=demanded, **look)


def _can_choose(names: tuple[str, ...]) -> bool:
    return 0 < len(names) <= MOST and sum(map(len, names)) <= MOST_CHARACTERS


def _can_be_chosen(said: str) -> bool:
    """Whether a choice can carry what was typed."""
    return "," not in said and typed(said, limit=len(said) or 1) == said


def _hint(asked: Input, view: FormView) -> str:
    """An example that this person has used, where there is one."""
    return f"{view.enterprises[0]}, for example" if view.enterprises else asked.hint
