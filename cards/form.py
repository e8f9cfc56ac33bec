"""The card on which a form is filled in."""

from dataclasses import replace
from typing import Any

from bot.domain.conversation import Conversation
from bot.domain.form import Choice, Complaint, Form, Input, Kind
from bot.domain.operation import Element, Operation
from bot.domain.press import Press, Purpose
from bot.domain.template import BROUGHT, SHORTEST_ID, Template, meant_by, named
from bot.domain.view import FormView
from cards import enterprise, kit
from cards.escape import typed
from cards.shared import counted, framed, moment, signed

MORE = "more-fields"
MOST_TEMPLATES = 80
"""More would not fit into a card; then a name is typed."""

REVIEW = "Review"
TEMPLATE = "Template"
FROM_ENTERPRISE = "From the enterprise"


def draw(view: FormView) -> dict[str, Any]:
    """The form with what was said still in it and every complaint above its input."""
    operation, conversation = view.operation, view.conversation
    first = [asked for asked in operation.form.inputs if not asked.advanced or asked.required]
    more = [asked for asked in operation.form.inputs if asked.advanced and not asked.required]
    body = [
        kit.text(operation.help),
        *_pasted(conversation),
        *_to_put_right(operation.form, conversation),
        *_inputs(first, view),
        *_more(more, view),
        *_wrong_above(view),
    ]
    actions = [
        _button(view, submit_title(operation), Purpose.SUBMIT, style="positive", inputs=True),
        _button(view, "Cancel", Purpose.CLOSE_FORM),
    ]
    footer = f"This form is open until {moment(conversation.expires_at)}"
    return framed(view.frame, title=operation.title, body=body, actions=actions, footer=footer)


def told(view: FormView) -> list[tuple[str, str]]:
    """What was said, by the labels of the card; a template by its name."""
    said = dict(view.conversation.values)
    template = meant_by(said, view.templates)
    if template:
        said["provisioningId"] = template.name
    return [(label(asked, view), said[asked.name]) for asked in view.operation.form.inputs if said.get(asked.name)]


def label(asked: Input, view: FormView) -> str:
    """What the card calls an input."""
    return TEMPLATE if view.templates and asked.kind in {Kind.TEMPLATE, Kind.TEMPLATE_NAME} else asked.label


def submit_title(operation: Operation) -> str:
    """What changes something is shown before it is sent, so the form's button must not promise more."""
    return operation.verb if operation.run is None else REVIEW


def _to_put_right(form: Form, conversation: Conversation) -> list[Element]:
    """The number of complaints, and those that belong to no input of this form."""
    if not conversation.complaints:
        return []
    at_inputs = {asked.name for asked in form.inputs}
    general = [complaint.text for complaint in conversation.complaints if complaint.input not in at_inputs]
    count = kit.strong(f"{counted(len(conversation.complaints), 'thing')} to put right")
    return [kit.box([count, *(kit.text(words, spacing="Small") for words in general)], style="attention")]


def _wrong_above(view: FormView) -> list[Element]:
    """Beside the buttons, where the eye is after a press: what is wrong further up."""
    wrong = {complaint.input for complaint in view.conversation.complaints}
    labels = [label(asked, view) for asked in view.operation.form.inputs if asked.name in wrong]
    if not labels:
        return []
    return [kit.text(f"To put right above: {', '.join(labels)}.", color="Attention", weight="Bolder")]


def _pasted(conversation: Conversation) -> list[Element]:
    """Nobody has typed what stands here, so somebody must look at it."""
    if not conversation.guesses:
        return []
    what = kit.text("Each guess is marked. Look at all of them, then go on. Nothing has been sent.", spacing="Small")
    return [kit.box([kit.strong("Filled in from what you pasted"), what], style="accent")]


def _inputs(inputs: list[Input], view: FormView) -> list[Element]:
    conversation = view.conversation
    drawn: list[Element] = []
    for asked in inputs:
        complaints = [_worded(each, asked, view) for each in conversation.complaints if each.input == asked.name]
        drawn += [kit.text(words, color="Attention", size="Small", spacing="Large") for words in complaints]
        # A complaint belongs to what is below it, so it must stand nearer to that.
        look = {"spacing": "Small"} if complaints else {}
        drawn.append(_field(asked, view, **look))
        if asked.name in conversation.guesses:
            drawn.append(kit.small(f"Guessed: {conversation.guesses[asked.name]}", color="Accent", spacing="None"))
    return drawn


def _worded(complaint: Complaint, asked: Input, view: FormView) -> str:
    """The complaint, which calls the input as the card does."""
    rest = complaint.text.removeprefix(asked.label)
    return complaint.text if rest == complaint.text else f"{label(asked, view)}{rest}"


def _field(asked: Input, view: FormView, **look: Any) -> Element:
    """The input; templates are chosen by their names, and what they bring need not be typed."""
    said = view.conversation.values.get(asked.name, "")
    if asked.kind is Kind.ENTERPRISE:
        return enterprise.field(asked, view, said=said, brought=_brought_by(asked, view), **look)
    if not view.templates:
        return kit.field(asked, said=said, demanded=_is_demanded(asked), **look)
    if asked.kind is Kind.TEMPLATE_NAME:
        found = named(said, view.templates)
        return _choice(asked, view, said=found.name if found else "", **look)
    if asked.kind is Kind.TEMPLATE:
        return _template(asked, view, said=said, **look)
    if asked.name in BROUGHT:
        return _brought(asked, view, said=said, **look)
    return kit.field(asked, said=said, **look)


def _template(asked: Input, view: FormView, *, said: str, **look: Any) -> Element:
    """The templates, and an ID that was typed instead, unless no choice can carry it."""
    known = meant_by(view.conversation.values, view.templates)
    if known or not said:
        return _choice(asked, view, said=known.name if known else _usual(asked, view), **look)
    if len(said) < SHORTEST_ID and any(each.input == asked.name for each in view.conversation.complaints):
        # What is the name of no template must not be chosen once more.
        return _choice(asked, view, **look)
    if "," in said or typed(said, limit=asked.max_length) != said:
        return kit.field(asked, said=said, demanded=_is_demanded(asked), **look)
    return _choice(asked, view, Choice(said, f"As typed: {said}"), said=said, **look)


def _choice(asked: Input, view: FormView, *also: Choice, said: str = "", **look: Any) -> Element:
    if len(view.templates) > MOST_TEMPLATES:
        shown = replace(asked, label=TEMPLATE, hint="Its name")
        return kit.field(shown, said=said, demanded=_is_demanded(asked), **look)
    choices = (*(Choice(each.name, each.name) for each in view.templates), *also)
    if asked.unless:
        choices = (Choice("", FROM_ENTERPRISE), *choices)
    chosen = replace(asked, label=TEMPLATE, hint="Choose one", choices=choices)
    return kit.field(chosen, said=said, demanded=_is_demanded(asked), **look)


def _is_demanded(asked: Input) -> bool:
    """What another input can bring may be left out."""
    return asked.required and not asked.unless


def _usual(asked: Input, view: FormView) -> str:
    """The template used last, unless somebody may have left it out on purpose."""
    values = view.conversation.values
    return view.usual if not values or (asked.required and asked.unless not in values) else ""


def _brought(asked: Input, view: FormView, *, said: str, **look: Any) -> Element:
    """An input that a template fills if nothing is said; what the chosen one brings is shown in its place."""
    asked = replace(asked, hint=_brought_by(asked, view) or asked.hint)
    return kit.field(asked, said=said, demanded=False, **look)


def _brought_by(asked: Input, view: FormView) -> str:
    """What stands for an input if nothing is said, and which template brings it; "" where none does."""
    template = _chosen(view) if view.templates and asked.name in BROUGHT else None
    value = template.defaults.get(asked.name) if template else None
    return f"{value} (from {template.name})" if template and value else ""


def _chosen(view: FormView) -> Template | None:
    """The template that stands in the form."""
    asked = next((each for each in view.operation.form.inputs if each.kind is Kind.TEMPLATE), None)
    if asked is None:
        return None
    return meant_by(view.conversation.values, view.templates) or named(_usual(asked, view), view.templates)


def _more(inputs: list[Input], view: FormView) -> list[Element]:
    """The rarely needed inputs: behind a button, unless one of them has something to show."""
    if not inputs:
        return []
    conversation = view.conversation
    wrong = {complaint.input for complaint in conversation.complaints}
    drawn = _inputs(inputs, view)
    if any(asked.name in wrong or conversation.values.get(asked.name) for asked in inputs):
        return drawn
    return kit.hidden("More fields", drawn, name=MORE)


def _button(view: FormView, title: str, purpose: Purpose, *, style: str | None = None, inputs: bool = False) -> Element:
    conversation = view.conversation
    press = Press(purpose, conversation.person_id, conversation=conversation.id, version=conversation.version)
    return signed(view.frame, title, press=press, style=style, inputs=inputs)
