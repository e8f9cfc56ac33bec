"""Forms that are being filled in: by card, by text, across restarts; one per space, thread and person."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.actor import Actor
from bot.domain.checks import check
from bot.domain.conversation import Conversation, Ending, missing
from bot.domain.delivery import Delivery, Notice, NoticeKind, Place
from bot.domain.form import CLEARED, Checked, Complaint, Draft, Input, Kind
from bot.domain.operation import Operation
from bot.domain.request import Request
from bot.domain.template import Template, as_said
from bot.errors import NotAllowed, WrongState
from bot.services import deliveries, people, requests
from bot.services.context import Context
from bot.store import queries

LAPSE = "lapse"
_CLOSED = {
    Ending.CANCELLED: "That form was cancelled.",
    Ending.EXPIRED: "That form had expired.",
    Ending.REPLACED: "Another form had taken the place of that one.",
}
MAX_VALUE = 2000
_MOST_NAMES = 5


def take(
    session: Session,
    context: Context,
    *,
    operation: Operation,
    actor: Actor,
    place: Place,
    said: Mapping[str, str],
    complaints: tuple[Complaint, ...] = (),
) -> Request | Conversation:
    """Take a typed command: complete, it becomes a request; else its form comes back, filled with what was said."""
    checked = _checked(session, context, operation=operation, said=said)
    if not (said or operation.at_once) or checked.complaints or complaints:
        found = (*complaints, *checked.complaints) if said or complaints else ()
        draft = Draft(checked.said, found)
        return open_form(session, context, operation=operation, actor=actor, place=place, draft=draft)
    return requests.ask(session, context, operation=operation, actor=actor, place=place, checked=checked)


def open_form(
    session: Session,
    context: Context,
    *,
    operation: Operation,
    actor: Actor,
    place: Place,
    draft: Draft,
    instead_of: Delivery | None = None,
) -> Conversation:
    """Open a form in a place, in a message of its own or ``instead_of`` what a message showed.

    Asked for without values, an open form of the same operation there keeps its own; any other open form is closed.
    """
    people.demand_role(operation, actor)
    before = queries.open_conversation(session, room_id=place.room_id, thread=place.thread, person_id=actor.person_id)
    values = as_said(operation.form, draft.values, queries.templates(session))
    if before is not None:
        if before.operation == operation.name and not values:
            # With values it is about something else: another one's number must not come along.
            values = dict(before.values)
        before.end(Ending.REPLACED)
        deliveries.close_form(session, context, conversation=before)
        session.flush()
    conversation = Conversation(
        room_id=place.room_id,
        thread=place.thread,
        person_id=actor.person_id,
        operation=operation.name,
        expires_at=context.now() + context.rules.form_life,
        values=values,
        complaints=draft.complaints,
        guesses={name: why for name, why in draft.guesses.items() if name in values},
    )
    session.add(conversation)
    session.flush()
    _lapse_later(session, context, conversation)
    if instead_of is None:
        deliveries.show_form(session, context, conversation=conversation, place=place)
    else:
        deliveries.turn_into_form(session, context, delivery=instead_of, conversation=conversation)
    return conversation


def submit(
    session: Session,
    context: Context,
    *,
    conversation: Conversation,
    actor: Actor,
    inputs: Mapping[str, Any],
    delivery: Delivery,
) -> Request | Conversation:
    """Take a submitted form card: complete, it becomes a request; else the same form comes back, nothing lost.

    A form that has expired meanwhile is opened again with what was typed. Raises NotAllowed and WrongState.
    """
    _demand_owner(conversation, actor, context)
    operation = context.by_name[conversation.operation]
    said = _typed(operation, inputs, before=conversation.values)
    if conversation.ending is Ending.SENT:
        raise WrongState(f"This form was already sent: it is request {conversation.request}.")
    if not conversation.open:
        why = Complaint(None, f"{_CLOSED[conversation.ending]} Here is what you typed: press once more.")
        draft = Draft(said, (why,), conversation.guesses)
        return open_form(session, context, operation=operation, actor=actor, place=delivery.place, draft=draft)
    place = delivery.place
    return _filled(session, context, conversation=conversation, actor=actor, said=said, place=place, in_place=True)


def fill(
    session: Session,
    context: Context,
    *,
    conversation: Conversation,
    actor: Actor,
    said: Mapping[str, str],
    place: Place,
) -> None:
    """Take more ``field=value`` pairs for an open form."""
    more = {**conversation.values, **said}
    _filled(session, context, conversation=conversation, actor=actor, said=more, place=place)


def answer(
    session: Session, context: Context, *, conversation: Conversation, actor: Actor, place: Place, text: str
) -> None:
    """Take the next missing field in plain text."""
    operation = context.by_name[conversation.operation]
    asked = _next(operation, conversation, templates=queries.templates(session))
    said = dict(conversation.values)
    if asked is not None:
        said[asked.name] = text[:MAX_VALUE]
    _filled(session, context, conversation=conversation, actor=actor, said=said, place=place)


def ask_by_text(session: Session, context: Context, *, conversation: Conversation, place: Place) -> None:
    """Ask for the next missing field in plain text, for a client that does not show cards."""
    operation = context.by_name[conversation.operation]
    conversation.by_text = True
    templates = queries.templates(session)
    asked = _next(operation, conversation, templates=templates)
    by_name = asked is not None and asked.kind in {Kind.TEMPLATE, Kind.TEMPLATE_NAME}
    names = [each.name for each in templates[:_MOST_NAMES]] if by_name else []
    wrong = {asked.name, None} if asked else {None}
    facts = {
        "operation": operation.words,
        "label": "Template" if names else asked.label if asked else "",
        "hint": " or ".join(names) or (asked.hint if asked else ""),
        "complaint": next((each.text for each in conversation.complaints if each.input in wrong), ""),
        "direct": place.direct,
    }
    notice = Notice(NoticeKind.QUESTION, facts)
    deliveries.tell(session, context, notice=notice, place=place, person_id=conversation.person_id)


def _next(operation: Operation, conversation: Conversation, *, templates: Sequence[Template]) -> Input | None:
    """What is asked for in plain text; None where every input is well, and something is wrong with the whole."""
    asked = missing(operation.form, conversation, templates=templates)
    return asked or (None if conversation.complaints else operation.form.inputs[0])


def cancel(session: Session, context: Context, *, conversation: Conversation, actor: Actor) -> None:
    """The person does not want to go on with the form."""
    _demand_owner(conversation, actor, context)
    if not conversation.open:
        raise WrongState(f"This form is closed already: it was {conversation.ending}.")
    conversation.end(Ending.CANCELLED)
    deliveries.close_form(session, context, conversation=conversation)


def lapse(session: Session, context: Context, conversation_id: int) -> None:
    """Close a form that nobody has touched for too long; do nothing if somebody has."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or not conversation.open or conversation.expires_at > context.now():
        return
    conversation.end(Ending.EXPIRED)
    deliveries.close_form(session, context, conversation=conversation)


def _filled(
    session: Session,
    context: Context,
    *,
    conversation: Conversation,
    actor: Actor,
    said: Mapping[str, str],
    place: Place,
    in_place: bool = False,
) -> Request | Conversation:
    """Take what was said for a form; once complete, its answer comes below the last words, or ``in_place`` of it."""
    operation = context.by_name[conversation.operation]
    showing = queries.deliveries_of(session, conversation=conversation.id)
    checked = _checked(session, context, operation=operation, said=said)
    if checked.complaints:
        until = context.now() + context.rules.form_life
        conversation.fill(checked.said, checked.complaints, until=until)
        _lapse_later(session, context, conversation)
        deliveries.refresh(session, context, conversation=conversation.id)
        if conversation.by_text:
            ask_by_text(session, context, conversation=conversation, place=place)
        return conversation
    request = requests.ask(
        session,
        context,
        operation=operation,
        actor=actor,
        place=place,
        checked=checked,
        showing=showing if in_place else (),
    )
    conversation.end(Ending.SENT, request=request.number)
    if not in_place:
        deliveries.close_form(session, context, conversation=conversation)
    return request


def _checked(session: Session, context: Context, *, operation: Operation, said: Mapping[str, str]) -> Checked:
    return check(operation.form, said, region=context.rules.region, templates=queries.templates(session))


def _typed(operation: Operation, inputs: Mapping[str, Any], *, before: Mapping[str, str]) -> dict[str, str]:
    """Only the form's own inputs, as bounded text, whatever the client sent.

    What stood in the form and can be cleared, and stands there no more, is to go. Where CLEARED itself stood, that is
    taken back: of the two readings it is the one that removes nothing.
    """
    typed = {each.name: inputs.get(each.name) for each in operation.form.inputs}
    said = {name: str(value)[:MAX_VALUE] for name, value in typed.items() if isinstance(value, str | int | float)}
    stood = {each.name for each in operation.form.inputs if each.clearable and before.get(each.name, "").strip()}
    emptied = [name for name in stood if before[name] != CLEARED and name in inputs and not said.get(name, "").strip()]
    return said | dict.fromkeys(emptied, CLEARED)


def _demand_owner(conversation: Conversation, actor: Actor, context: Context) -> None:
    if conversation.person_id != actor.person_id:
        words = context.by_name[conversation.operation].words
        raise NotAllowed(f"This form is somebody else's. Say “{words}” to get your own.")


def _lapse_later(session: Session, context: Context, conversation: Conversation) -> None:
    context.later(session, LAPSE, f"{conversation.id}.{conversation.version}", conversation.expires_at)
