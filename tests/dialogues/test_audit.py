"""What is written down of a request: everything that happened, by whom, and nothing that is nobody's business."""

from dataclasses import asdict

from bot.store import trail
from bot.testing.running import KEY
from bot.testing.talking import Chat
from tests.dialogues.scenes import audited, confirmation, number_of, workspace


def test_everything_that_happens_to_a_provisioning_is_written_down(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values, space="support")
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")

    events = audited(chat, request=number_of(shown))

    ann, room, plan = chat.people["ann"].id, chat.rooms["support"], events[1].plan_hash
    assert plan
    assert len(plan) == 64
    assert [(each.what, each.actor, each.from_state, each.to_state, each.plan_hash) for each in events] == [
        ("request asked", ann, None, None, None),
        ("request planned", "bot", "asked", "asked", plan),
        ("request confirmed", ann, "asked", "asked", plan),
        ("request approved", "bot", "asked", "approved", plan),
        ("write attempted", "bot", "approved", "running", None),
        ("request done", "bot", "running", "done", None),
    ]
    assert [each.detail for each in events] == [{"operation": "provision workspace", "room": room}, *[{}] * 5]
    assert [each.rule for each in events] == [None, None, None, "none", None, None]
    assert {each.enterprise for each in events} == {values["spEnterpriseId"]}
    # The press is an event of its own, so the tracking id changes with it.
    ids = [str(each.tracking_id) for each in events]
    assert all(each.startswith("BOT_") for each in ids)
    assert ids == [ids[0]] * 2 + [ids[2]] * 4
    assert [each.at for each in events] == sorted(each.at for each in events)
    # What Ann said and what she pressed are known; the bot's own work follows from them by the tracking id.
    said, pressed = events[0].message_id, events[2].message_id
    assert [each.message_id for each in events] == [said, None, pressed, pressed, None, None]
    assert said in chat.bot.simulator.world.messages
    assert pressed in chat.bot.simulator.world.actions
    # The simulated services take the id that they are given for their own.
    assert [each.webex_tracking_id for each in events] == [ids[0], None, ids[2], ids[2], None, None]
    assert [each.api_tracking_id for each in events] == [*[None] * 5, ids[2]]


def test_all_that_was_written_down_is_one_sealed_chain(chat: Chat) -> None:
    with chat.bot.application.database.reading() as session:
        keys = () if chat.bot.application.database.shared else (KEY,)
        assert list(trail.verify(session, keys=keys)) == []


def test_nothing_personal_is_written_down_beyond_ids(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")

    told = str([asdict(each) for each in audited(chat, request=number_of(shown))])

    # An enterprise is nobody.
    said = [value for name, value in values.items() if name != "spEnterpriseId"]
    personal = [*said, chat.people["ann"].email, chat.people["ann"].display_name]
    assert [each for each in personal if each in told] == []


def test_a_check_is_written_down_with_its_answer(chat: Chat) -> None:
    chat.say("ann", "check one@example.com")
    shown = chat.expect("ann", "Webex expects this to work")

    events = audited(chat, request=number_of(shown))

    assert [(each.what, each.detail) for each in events] == [
        ("request asked", {"operation": "precheck subscriber", "room": chat.rooms["ann"]}),
        ("read answered", {}),
    ]
    assert (events[1].from_state, events[1].to_state) == ("asked", "done")
    assert f"Webex tracking ID {events[1].api_tracking_id}" in shown.text
