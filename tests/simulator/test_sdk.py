"""The real webexteamssdk finds in the simulator what it expects of Webex."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from webexteamssdk import ApiError, RateLimitError, WebexTeamsAPI

from bot.simulator import Simulator
from bot.simulator.entities import Person
from bot.simulator.server import RunningServer, serve
from tests.simulator.kit import card


@pytest.fixture
def served(sim: Simulator) -> Iterator[RunningServer]:
    with serve(sim) as server:
        yield server


@contextmanager
def api_of(person: Person, served: RunningServer) -> Iterator[WebexTeamsAPI]:
    base = f"{served.url}/v1/"
    api = WebexTeamsAPI(access_token=person.token, base_url=base, single_request_timeout=10, wait_on_rate_limit=False)
    session = api._session._req_session  # noqa: SLF001 - the SDK has no other way to keep proxies out of it.
    session.trust_env = False
    with session:
        yield api


@pytest.fixture
def bot_api(sim: Simulator, served: RunningServer) -> Iterator[WebexTeamsAPI]:
    with api_of(sim.bot, served) as api:
        yield api


@pytest.fixture
def ann_api(sim: Simulator, served: RunningServer) -> Iterator[WebexTeamsAPI]:
    with api_of(sim.people["ann"], served) as api:
        yield api


def test_people_are_read(sim: Simulator, bot_api: WebexTeamsAPI) -> None:
    me = bot_api.people.me()
    found = list(bot_api.people.list(email="ann@example.com"))

    assert (me.id, me.type, me.created.year) == (sim.bot.id, "bot", 2026)
    assert [person.displayName for person in found] == ["Ann Archer"]
    assert bot_api.people.get(sim.people["ann"].id).emails == ["ann@example.com"]


def test_a_message_is_posted_read_edited_and_deleted(sim: Simulator, bot_api: WebexTeamsAPI) -> None:
    room = sim.spaces["ann"]
    posted = bot_api.messages.create(roomId=room, markdown="**hi**")
    read = bot_api.messages.get(posted.id)
    edited = bot_api.messages.edit(posted.id, roomId=room, text="bye")
    bot_api.messages.delete(posted.id)

    assert (read.text, read.markdown, read.html) == ("hi", "**hi**", "<p><strong>hi</strong></p>")
    assert (edited.text, edited.updated.year) == ("bye", 2026)
    with pytest.raises(ApiError) as gone:
        bot_api.messages.get(posted.id)
    assert (gone.value.status_code, gone.value.message) == (404, "Unable to get message.")


def test_messages_are_listed_over_all_pages(sim: Simulator, ann_api: WebexTeamsAPI) -> None:
    room = sim.spaces["support"]
    for number in range(7):
        ann_api.messages.create(roomId=room, text=str(number))

    listed = [message.text for message in ann_api.messages.list(roomId=room, max=3)]

    assert listed == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_bot_lists_its_mentions_and_its_direct_messages(
    sim: Simulator, bot_api: WebexTeamsAPI, ann_api: WebexTeamsAPI
) -> None:
    room = sim.spaces["support"]
    ann_api.messages.create(roomId=room, markdown=f"<@personId:{sim.bot.id}|Bot> help")
    ann_api.messages.create(toPersonId=sim.bot.id, text="direct")

    mentions = list(bot_api.messages.list(roomId=room, mentionedPeople="me"))
    direct = list(bot_api.messages.list_direct(personEmail="ann@example.com"))

    assert [message.text for message in mentions] == ["Bot help"]
    assert [message.text for message in direct] == ["direct"]


def test_a_card_is_posted_pressed_and_replaced(sim: Simulator, bot_api: WebexTeamsAPI, ann_api: WebexTeamsAPI) -> None:
    room = sim.spaces["support"]
    posted = bot_api.messages.create(roomId=room, text="a card", attachments=card())
    pressed = ann_api.attachment_actions.create(type="submit", messageId=posted.id, inputs={"name": "Zoé"})
    read = bot_api.attachment_actions.get(pressed.id)
    body = {"roomId": room, "text": "another", "attachments": card()}
    replaced = bot_api._session.put(f"messages/{posted.id}", json=body)  # noqa: SLF001 - the SDK cannot edit cards.

    assert (read.inputs, read.personId, read.roomId) == ({"name": "Zoé"}, sim.people["ann"].id, room)
    assert replaced["attachments"] == card()


def test_a_file_is_uploaded(sim: Simulator, ann_api: WebexTeamsAPI, tmp_path: Path) -> None:
    file = tmp_path / "subscribers.csv"
    file.write_text("userId\n1\n", encoding="utf-8")

    message = ann_api.messages.create(roomId=sim.spaces["ann"], text="a file", files=[str(file)])

    assert len(message.files) == 1


def test_webhooks_live_and_die(bot_api: WebexTeamsAPI) -> None:
    target = "http://127.0.0.1:9/hook"
    made = bot_api.webhooks.create(
        name="cards", targetUrl=target, resource="attachmentActions", event="created", secret="s"
    )
    renamed = bot_api.webhooks.update(made.id, name="new", targetUrl=target)
    listed = list(bot_api.webhooks.list())
    bot_api.webhooks.delete(made.id)

    assert (made.status, made.secret, renamed.name) == ("active", "s", "new")
    assert [webhook.id for webhook in listed] == [made.id]
    assert list(bot_api.webhooks.list()) == []


def test_spaces_and_members_are_read_and_changed(sim: Simulator, ann_api: WebexTeamsAPI) -> None:
    room = ann_api.rooms.create("New")
    ann_api.memberships.create(roomId=room.id, personEmail="bob@example.com")
    members = [member.personDisplayName for member in ann_api.memberships.list(roomId=room.id)]
    again = ann_api.rooms.update(room.id, title="Newer")
    titles = {found.title for found in ann_api.rooms.list()}
    ann_api.rooms.delete(room.id)

    assert members == ["Ann Archer", "Bob Baker"]
    assert (again.title, again.lastActivity.year) == ("Newer", 2026)
    assert titles == {"Newer", "BroadWorks support", "Provisioning"}


def test_a_rate_limit_is_understood(sim: Simulator, bot_api: WebexTeamsAPI) -> None:
    sim.faults.add(service="webex", kind="status", status=429, retry_after=7, times=1)

    with pytest.raises(RateLimitError) as limited:
        bot_api.people.me()

    assert limited.value.retry_after == 7


def test_a_refused_card_is_an_api_error(sim: Simulator, bot_api: WebexTeamsAPI) -> None:
    bad = card({"type": "AdaptiveCard", "version": "1.5"})

    with pytest.raises(ApiError) as refused:
        bot_api.messages.create(roomId=sim.spaces["ann"], text="x", attachments=bad)

    assert refused.value.status_code == 400
    assert refused.value.message == "Unable to post message: Invalid Adaptive Card Json"
