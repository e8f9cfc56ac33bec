"""The pieces that cards are built of, and how they become the JSON of Adaptive Cards 1.3.

Every piece takes plain words and escapes them itself, so no caller can forget to.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adaptivecardbuilder import (
    ActionSet,
    ActionShowCard,
    ActionSubmit,
    ActionToggleVisibility,
    AdaptiveCard,
    Container,
    Fact,
    FactSet,
    InputChoice,
    InputChoiceSet,
    InputText,
    TextBlock,
)

from bot.domain.form import Choice, Input, Kind
from bot.domain.operation import Element
from cards.escape import PROSE, SHORT, cut, plain, safe, typed

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.3"
MAX_BYTES = 20_000
MAX_FACTS = 40
MAX_ACTIONS = 5
IN_A_ROW = 3
VALUE = 1100
BREAKABLE = 24
"""Characters without a space that fit beside a title on a phone."""
BREAKABLE_TITLE = 16
"""Those of a title that leave room for a value beside it."""
EMPTY = "(empty)"
NOT_GIVEN = "Not given"

# The library keeps these on its objects for its own use; ``schema`` is its misspelling of ``$schema``.
_INTERNAL = frozenset({"_pointer", "_previous", "_preserve_level", "dont_translate", "schema"})
_LONG = {
    "TextBlock": frozenset({"text"}),
    "Input.Text": frozenset({"value", "placeholder"}),
    "Fact": frozenset({"title", "value"}),
}
_STYLES = {Kind.EMAIL: "Email", Kind.NUMBER: "Tel", Kind.EXTENSION: "Tel"}


def text(words: str, **look: Any) -> Element:
    """A paragraph; ``look`` are properties of a TextBlock."""
    return TextBlock(safe(words, limit=PROSE), wrap=True, **look)


def heading(words: str) -> Element:
    """The first line of a card."""
    return text(words, size="Large", weight="Bolder")


def strong(words: str, **look: Any) -> Element:
    """A paragraph that the eye should meet first."""
    return text(words, weight="Bolder", **look)


def small(words: str, **look: Any) -> Element:
    """A line that is there for who looks for it."""
    return text(words, **{"size": "Small", "isSubtle": True, "spacing": "Small", **look})


def mono(words: str) -> Element:
    """An id or a command, small, to be copied or compared."""
    return small(words, fontType="Monospace")


def box(elements: Iterable[Element], *, style: str) -> Element:
    """A coloured note: style is good, warning, attention, accent or emphasis."""
    return Container(items=list(elements), style=style)


def facts(pairs: Iterable[tuple[str, Any]]) -> list[Element]:
    """Titles beside values of any JSON type; a value that no phone can break is drawn below, across the card."""
    listed = list(pairs)
    short: list[Element] = []
    wide: list[Element] = []
    for title, value in listed[:MAX_FACTS]:
        name, shown = safe(title, limit=SHORT), safe(value, limit=VALUE) or EMPTY
        if max(map(len, shown.split())) > BREAKABLE or max(map(len, name.split()), default=0) > BREAKABLE_TITLE:
            wide.append(TextBlock(f"{name}: {shown}", wrap=True, spacing="Small"))
        else:
            short.append(Fact(name, shown))
    if len(listed) > MAX_FACTS:
        wide.append(small(f"and {len(listed) - MAX_FACTS} more"))
    return [FactSet(facts=short), *wide] if short else wide


def field(asked: Input, *, said: str = "", demanded: bool | None = None, **look: Any) -> Element:
    """The input with what was said still in it; ``demanded`` by the card itself if it is required, unless it says."""
    common: dict[str, Any] = {"ID": asked.name, "label": plain(asked.label, limit=SHORT), **look}
    if asked.required if demanded is None else demanded:
        common |= {"isRequired": True, "errorMessage": plain(f"{asked.label} is missing", limit=2 * SHORT)}
    if asked.choices:
        return _choices(asked, said=said, common=common)
    return InputText(
        **common,
        placeholder=plain(asked.hint, limit=2 * SHORT) or None,
        value=typed(said) or None,
        maxLength=asked.max_length,
        # The keys for telephone numbers have none for what clears an input.
        style=None if asked.clearable else _STYLES.get(asked.kind),
    )


def _choices(asked: Input, *, said: str, common: Mapping[str, Any]) -> Element:
    """Of several everything is offered at once, to be ticked: nothing ticked is nothing given."""
    open_choice = () if asked.required or asked.several else (Choice("", NOT_GIVEN),)
    offered = [*open_choice, *asked.choices]
    meant = {word.casefold(): choice.value for choice in offered for word in (choice.title, choice.value)}
    parts = said.split(",") if asked.several else [said]
    chosen = [meant.get(part.strip().casefold(), "") for part in parts]
    return InputChoiceSet(
        **common,
        choices=[InputChoice(plain(choice.title, limit=SHORT), choice.value) for choice in offered],
        value=",".join(filter(None, chosen)) or None,
        style="expanded" if asked.several else "compact",
        isMultiSelect=True if asked.several else None,
        wrap=True if asked.several else None,
        placeholder=None if asked.several else plain(asked.hint, limit=2 * SHORT) or "Choose one",
    )


def decision(name: str, label: str, *, choices: Sequence[Choice]) -> Element:
    """A required choice drawn open, for a thumb."""
    return InputChoiceSet(
        ID=name,
        label=label,
        choices=[InputChoice(choice.title, choice.value) for choice in choices],
        style="expanded",
        wrap=True,
        isRequired=True,
        errorMessage="Choose one",
    )


def comment(name: str, label: str) -> Element:
    """An optional text of a few words."""
    return InputText(ID=name, label=label, isMultiline=True, maxLength=500)


def typed_again(name: str, words: str) -> Element:
    """What must be typed before something that cannot be taken back."""
    label = plain(f"Type {words} to confirm", limit=2 * SHORT)
    return InputText(ID=name, label=label, isRequired=True, errorMessage=label, maxLength=500)


def button(title: str, data: Mapping[str, str], *, style: str | None = None, inputs: bool = False) -> Element:
    """A button that sends ``data``, with the card's inputs only if it says so."""
    return ActionSubmit(
        title=plain(title, limit=SHORT),
        data=dict(data),
        style=style,
        associatedInputs=None if inputs else "None",
    )


def buttons(actions: Iterable[Element]) -> list[Element]:
    """Buttons inside the body, a few in a row."""
    listed = list(actions)
    return [ActionSet(actions=listed[at : at + IN_A_ROW]) for at in range(0, len(listed), IN_A_ROW)]


def drawer(title: str, body: Iterable[Element], *, actions: Iterable[Element]) -> Element:
    """A button that opens a card within the card."""
    return ActionShowCard(title=plain(title, limit=SHORT), card=AdaptiveCard(body=list(body), actions=list(actions)))


def hidden(title: str, elements: Iterable[Element], *, name: str) -> list[Element]:
    """Elements behind a button that shows them."""
    toggle = ActionToggleVisibility(title=title, targetElements=[name])
    return [ActionSet(actions=[toggle]), Container(id=name, isVisible=False, items=list(elements))]


def card(body: Iterable[Element], *, actions: Iterable[Element] = ()) -> dict[str, Any]:
    """The JSON of a card that fits into a message."""
    drawn = _json(AdaptiveCard(body=list(body), actions=list(actions)))
    return _fitted({"$schema": SCHEMA, **drawn})


def _json(node: Any) -> Any:
    if node is None or isinstance(node, str | int | float):
        return node
    if isinstance(node, Mapping):
        return {key: _json(value) for key, value in node.items() if value is not None}
    if isinstance(node, Sequence):
        return [_json(each) for each in node]
    known = {key: value for key, value in vars(node).items() if key not in _INTERNAL}
    if isinstance(node, AdaptiveCard):
        known["version"] = VERSION
    if isinstance(node, Fact) or (isinstance(node, AdaptiveCard) and not node.actions):
        # The library gives a fact the type of its set, and a card without buttons an empty list of them.
        known.pop("type" if isinstance(node, Fact) else "actions")
    return _json(known)


def _fitted(drawn: dict[str, Any]) -> dict[str, Any]:
    """The card, its longest texts shortened until it is small enough to be posted."""
    limit = VALUE
    while len(json.dumps(drawn)) >= MAX_BYTES and limit > 1:
        limit //= 2
        drawn = _shortened(drawn, limit)
    return drawn


def _shortened(node: Any, limit: int, *, kind: str = "") -> Any:
    if isinstance(node, list):
        return [_shortened(each, limit, kind=kind) for each in node]
    if not isinstance(node, dict):
        return node
    long = _LONG.get(node.get("type", kind), frozenset())
    return {
        key: cut(value, limit) if key in long else _shortened(value, limit, kind="Fact" if key == "facts" else "")
        for key, value in node.items()
    }
