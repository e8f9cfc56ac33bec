"""Ask again: the same, a copy to be changed, the next page, or what an answer leads on to."""

from sqlalchemy.orm import Session

from bot.domain import subscribers
from bot.domain.actor import Actor
from bot.domain.delivery import Delivery, Place
from bot.domain.form import Checked, Draft
from bot.domain.operation import Operation
from bot.domain.request import Request, State
from bot.errors import WrongState
from bot.services import conversations, requests
from bot.services.context import Context

PAGE = "page"
"""The value under which the next page of an answer is asked for; no input of a form has this name."""


def retry(session: Session, context: Context, *, number: int, actor: Actor, place: Place) -> None:
    """Ask for the same once more, as this person; a change is shown before it is sent, as ever."""
    request = requests.visible(session, number, actor=actor, place=place)
    if request.state is State.UNKNOWN:
        raise WrongState(f"Nobody knows yet whether request {number} was done. Press Check on its card first.")
    if not request.ended:
        raise WrongState(f"Request {number} has not ended yet. Say “show request {number}” to see how far it is.")
    operation = context.by_name[request.operation]
    conversations.take(session, context, operation=operation, actor=actor, place=place, said=said_in(request))


def clone(session: Session, context: Context, *, number: int, actor: Actor, place: Place) -> None:
    """Open the form with what that request had in it."""
    request = requests.visible(session, number, actor=actor, place=place)
    operation = context.by_name[request.operation]
    draft = Draft(said_in(request))
    conversations.open_form(session, context, operation=operation, actor=actor, place=place, draft=draft)


def next_page(session: Session, context: Context, *, request: Request, actor: Actor, delivery: Delivery) -> None:
    """Show the next page of an answer in place of it."""
    following = request.outcome.data.get("next") if request.outcome else None
    if not isinstance(following, str) or delivery.request != request.number:
        raise WrongState("There is no next page any more. Ask again.")
    requests.ask(
        session,
        context,
        operation=context.by_name[request.operation],
        actor=actor,
        place=delivery.place,
        checked=Checked({**request.values, PAGE: following}),
        showing=[delivery],
    )


def follow_up(session: Session, context: Context, *, request: Request, actor: Actor, place: Place, title: str) -> None:
    """Go on to what the button of that title offers."""
    offered = context.by_name[request.operation].follow_ups(request)
    chosen = next((each for each in offered if each.title == title), None)
    operation = _by_words(context, chosen.words) if chosen else None
    if chosen is None or operation is None:
        raise WrongState("That is not possible any more. Look at the newest card.")
    if chosen.at_once:
        conversations.take(session, context, operation=operation, actor=actor, place=place, said=chosen.values)
    else:
        draft = Draft(chosen.values)
        conversations.open_form(session, context, operation=operation, actor=actor, place=place, draft=draft)


def said_in(request: Request) -> dict[str, str]:
    """Its values as they would be said now, but for the page that was turned to."""
    said = {name: value for name, value in request.values.items() if name != PAGE}
    return {**said, **subscribers.renamed(request)}


def _by_words(context: Context, words: str) -> Operation | None:
    return next((each for each in context.operations if words in {each.words, *each.aliases}), None)
