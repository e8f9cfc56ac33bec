"""Who gets in: people of the allowed domains in the allowed spaces, and nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.simulator.entities import Kind
from bot.store import tables
from bot.testing.talking import Chat
from tests.dialogues.scenes import audited, form

FOREIGN = "I work for the support desk only, and your e-mail domain is not on its list."
NO_PERSON = "I work for people of the support desk only, not for bots or guests."
ELSEWHERE = "I do not work in this space. Ask your admin to allow it, or write to me directly."


def refusals(chat: Chat, who: str) -> list[dict[str, str]]:
    """What was written down about somebody who was not let in."""
    return [each.detail for each in audited(chat, actor=who) if each.what == "entry refused"]


def test_somebody_from_outside_is_told_once_an_hour_and_audited_then(chat: Chat) -> None:
    chat.stranger("eve", email=f"eve{chat.turn}@elsewhere.com")

    chat.say("eve", "help", space="support")
    chat.expect("support", "I may not do that for you", FOREIGN)
    chat.say("eve", "check one@example.com", space="support")
    chat.settle()

    assert len(chat.shown("support")) == 1
    assert refusals(chat, "eve") == [{"reason": FOREIGN, "room": chat.rooms["support"]}]
    chat.forward(timedelta(hours=1))
    chat.say("eve", "help", space="support")
    chat.expect("support", FOREIGN)
    assert len(refusals(chat, "eve")) == 2


@pytest.mark.parametrize("email", ["eve{}@sub.example.com", "eve{}@notexample.com", "eve{}@example.com.evil.org"])
def test_a_domain_that_only_looks_like_an_allowed_one_stays_outside(chat: Chat, email: str) -> None:
    chat.stranger("eve", email=email.format(chat.turn))

    chat.say("eve", "help", space="support")

    chat.expect("support", FOREIGN)


def test_somebody_from_outside_who_presses_a_button_is_told_the_same(chat: Chat) -> None:
    chat.stranger("eve", email=f"eve{chat.turn}@elsewhere.com")
    shown = form(chat, "precheck", space="support")

    chat.submit("eve", shown, "Check", email="one@example.com")

    chat.expect("support", FOREIGN)


@pytest.mark.parametrize(("kind", "answers"), [("bot", []), ("appuser", [NO_PERSON])])
def test_bots_are_not_answered_at_all_and_guests_are_refused(chat: Chat, kind: Kind, answers: list[str]) -> None:
    chat.stranger("robo", email=f"robo{chat.turn}@example.com", kind=kind)

    chat.say("robo", "help", space="support")
    chat.settle()

    assert [each["reason"] for each in refusals(chat, "robo")] == answers
    assert len(chat.shown("support")) == len(answers)


def test_what_the_bot_says_itself_is_not_taken_for_an_order(chat: Chat) -> None:
    bot = chat.bot.simulator.bot
    chat.people["bot"] = bot
    room = chat.space("support")

    chat.call("bot", "POST", "messages", json={"roomId": room, "markdown": f"<@personId:{bot.id}> help"})
    chat.settle()

    assert [each.markdown for each in chat.shown("support")] == [f"<@personId:{bot.id}> help"]


def test_whoever_comes_and_goes_is_written_down(chat: Chat) -> None:
    chat.stranger("eve", email=f"eve{chat.turn}@elsewhere.com")
    room = chat.rooms["support"]
    chat.settle()
    world = chat.bot.simulator.world
    membership = world.membership(world.rooms[room], chat.people["eve"])
    assert membership is not None

    chat.call("bob", "DELETE", f"memberships/{membership.id}")
    chat.settle()

    eve = chat.people["eve"].id
    joined = [(each.what, each.detail) for each in audited(chat, actor="ann") if each.detail.get("person") == eve]
    left = [(each.what, each.detail) for each in audited(chat, actor="bob")]
    assert joined == [("membership created", {"room": room, "person": eve})]
    assert left == [("membership deleted", {"room": room, "person": eve})]


def test_a_space_that_the_bot_is_added_to_is_greeted(chat: Chat) -> None:
    people = [chat.people["ann"], chat.bot.simulator.bot]

    chat.rooms["new"] = chat.bot.simulator.world.add_room("New", members=people).id

    chat.expect("new", "What I can do")


def test_who_may_not_use_the_bot_is_told_so_on_adding_it(chat: Chat) -> None:
    eve = chat.bot.simulator.world.add_person("Eve", email=f"eve{chat.turn}@elsewhere.com", key=f"eve{chat.turn}")

    chat.rooms["theirs"] = chat.bot.simulator.world.add_room("Theirs", members=[eve, chat.bot.simulator.bot]).id

    chat.expect("theirs", FOREIGN)


def test_with_a_list_of_spaces_the_bot_works_there_and_in_direct_spaces_only(
    special_chat: Callable[..., Chat],
) -> None:
    chat = special_chat()
    room = chat.space("support")
    chat.bot.restart(BOT_ALLOWED_SPACES=room)

    chat.say("ann", "check one@example.com", space="support")
    chat.expect("support", "Webex expects this to work")
    chat.say("ann", "check one@example.com")
    chat.expect("ann", "Webex expects this to work")
    chat.rooms["other"] = chat.bot.simulator.world.add_room("Other", members=[*chat.people.values()]).id
    chat.bot.simulator.world.add_member(chat.rooms["other"], chat.bot.simulator.bot, by=chat.people["bob"])
    chat.expect("other", ELSEWHERE)
    chat.say("ann", "help", space="other")

    chat.expect("other", ELSEWHERE)


def test_a_forgotten_card_in_a_direct_space_is_answered_as_such_though_spaces_are_limited(
    special_chat: Callable[..., Chat],
) -> None:
    chat = special_chat(BOT_ALLOWED_SPACES="some-other-space")
    chat.say("ann", "help")
    shown = chat.expect("ann", "What I can do")
    chat.say("ann", "my requests")
    chat.expect("ann", "There are no requests to show.")
    chat.settle()
    with chat.bot.application.database.transaction() as session:
        session.execute(delete(tables.deliveries).where(tables.deliveries.c.message_id == shown.id))

    chat.press("ann", shown, "Precheck subscriber")

    chat.expect("ann", "I do not know that card any more. Ask me again, and use the new card.")


def test_somebody_whom_webex_does_not_know_any_more_leaves_nothing_behind(chat: Chat) -> None:
    chat.stranger("eve", email=f"gone{chat.turn}@elsewhere.com")
    chat.fault(service="webex", kind="status", path="/people/.*", status=404, times=1)

    chat.say("eve", "help", space="support")

    chat.settle()
    assert chat.shown("support") == []
    assert chat.bot.application.inbox.counts()["parked"] == 0
