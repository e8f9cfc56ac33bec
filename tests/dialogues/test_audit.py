"""What is written down of a request: everything that happened, by whom, and nothing that is nobody's business."""

from bot.testing.talking import Chat
from tests.dialogues.scenes import audited, confirmation, number_of, workspace


def test_everything_that_happens_to_a_provisioning_is_written_down(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values, space="support")
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")

    events = audited(chat, request=number_of(shown))

    ann, room = chat.people["ann"].id, chat.rooms["support"]
    plan = events[1].detail["plan"]
    assert len(plan) == 64
    assert [(each.what, each.actor, each.detail) for each in events] == [
        ("request asked", ann, {"operation": "provision workspace", "room": room}),
        ("request planned", "bot", {"from": "asked", "to": "asked", "plan": plan}),
        ("request confirmed", ann, {"from": "asked", "to": "asked", "plan": plan}),
        ("request approved", "bot", {"from": "asked", "to": "approved", "plan": plan, "policy": "none"}),
        ("write attempted", "bot", {"from": "approved", "to": "running"}),
        ("request done", "bot", {"from": "running", "to": "done"}),
    ]
    # The press is an event of its own, so the tracking id changes with it.
    ids = [str(each.tracking_id) for each in events]
    assert all(each.startswith("BOT_") for each in ids)
    assert ids == [ids[0]] * 2 + [ids[2]] * 4
    assert [each.at for each in events] == sorted(each.at for each in events)


def test_nothing_personal_is_written_down_beyond_ids(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, "Workspace provisioned")

    told = str([(each.actor, each.detail) for each in audited(chat, request=number_of(shown))])

    personal = [*values.values(), chat.people["ann"].email, chat.people["ann"].display_name]
    assert [each for each in personal if each in told] == []


def test_a_check_is_written_down_with_its_answer(chat: Chat) -> None:
    chat.say("ann", "check one@example.com")
    shown = chat.expect("ann", "Webex expects this to work")

    events = audited(chat, request=number_of(shown))

    assert [(each.what, each.detail) for each in events] == [
        ("request asked", {"operation": "precheck subscriber", "room": chat.rooms["ann"]}),
        ("read answered", {"from": "asked", "to": "done"}),
    ]
    assert f"Webex tracking ID {events[1].tracking_id}" in shown.text
