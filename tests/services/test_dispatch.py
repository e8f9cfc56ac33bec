"""What becomes of an event that is strange, or that the bot fails to understand."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot import dispatch
from bot.broadworks.codes import CodeBook
from bot.dispatch.front import Front
from bot.domain.actor import Person
from bot.domain.delivery import Delivery, Notice, NoticeKind, Place
from bot.domain.event import Event, Message, Submission
from bot.domain.press import CARD_KEY, Press, Purpose
from bot.services import deliveries
from bot.signing import Signer
from bot.store import tables
from bot.testing.running import KEY
from tests.services.kit import ANN, World

PERSON = Person(ANN.person_id, ANN.email, ANN.name)
UNKNOWN_CARD = "I do not know that card any more. Ask me again, and use the new card."


class Broken(Signer):
    """A part of the bot with a bug."""

    def read(self, text: Any) -> Press:
        """Fail as bugs do."""
        raise ZeroDivisionError("a secret that nobody may see")


def told(world: World, event: Event, *, signer: Signer | None = None) -> tuple[str, Notice | None]:
    """Let something happen; returns what the person is told last, and in which space."""
    front = Front(world.context, signer or Signer([KEY]), CodeBook.load())
    with world.database.transaction() as session:
        dispatch.handle(session, front, event=event, person=PERSON)
    with world.database.transaction() as session:
        newest = session.scalars(select(Delivery).order_by(tables.deliveries.c.id)).all()[-1]
    return newest.room_id, newest.notice


def press_of_help(world: World, *, stands_in: str, pressed_in: str) -> Submission:
    """A press on a card of the bot."""
    with world.database.transaction() as session:
        place = Place(stands_in, direct=False)
        card = deliveries.tell(session, world.context, notice=Notice(NoticeKind.HELP), place=place, person_id=PERSON.id)
        card.message_id = f"message-{card.id}"
    inputs = {CARD_KEY: Signer([KEY]).sign(Press(Purpose.SAY, PERSON.id, words="help"))}
    return Submission("action", card.message_id, pressed_in, PERSON.id, inputs)


def test_a_press_is_answered_where_its_card_stands(world: World) -> None:
    room, notice = told(world, press_of_help(world, stands_in="a-room", pressed_in="a-room"))

    assert (room, notice) == ("a-room", Notice(NoticeKind.HELP, {"words": ""}))


def test_a_press_that_claims_to_come_from_another_space_is_declined_there(world: World) -> None:
    room, notice = told(world, press_of_help(world, stands_in="a-room", pressed_in="another-room"))

    assert room == "another-room"
    assert notice
    assert (notice.kind, notice.facts["text"]) == (NoticeKind.DECLINED, UNKNOWN_CARD)


def test_a_press_on_a_card_that_nobody_knows_is_declined(world: World) -> None:
    press = replace(press_of_help(world, stands_in="a-room", pressed_in="a-room"), message_id="unknown")

    _, notice = told(world, press)

    assert notice
    assert notice.facts["text"] == UNKNOWN_CARD


def test_a_bug_is_told_as_the_bots_own_mistake_without_its_secrets(world: World) -> None:
    press = press_of_help(world, stands_in="a-room", pressed_in="a-room")

    room, notice = told(world, press, signer=Broken([KEY]))

    assert room == "a-room"
    assert notice
    assert notice.kind is NoticeKind.PROBLEM
    assert notice.facts["problem"]["happened"].startswith("The bot made a mistake while it worked on")
    assert "secret" not in str(notice.facts)
    assert "may have been done" not in str(notice.facts)


def test_a_message_in_a_group_space_is_answered_in_its_thread(world: World) -> None:
    said = Message("a-message", "a-room", direct=False, person_id=PERSON.id, email=PERSON.email, text="help")

    told(world, said)

    with world.database.transaction() as session:
        newest = session.scalars(select(Delivery).order_by(tables.deliveries.c.id)).all()[-1]
    assert newest.parent_id == "a-message"
