"""The gateway reads and posts through the SDK, as the bot."""

import io
import threading

import pytest

from bot import tracking
from bot.domain.actor import Person
from bot.domain.delivery import Attachment
from bot.errors import WebexNotFound, WebexRefused, WebexUnreachable
from bot.tracking import tracked
from bot.webex.answers import IncomingAction, IncomingMessage, Registration
from bot.webex.gateway import CARD_TYPE, Gateway
from tests.webex.conftest import Webex

CARD = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [{"type": "TextBlock", "text": "Sure?"}],
    "actions": [{"type": "Action.Submit", "title": "Yes", "data": {"_": "signed"}}],
}
OTHER_CARD = CARD | {"body": [{"type": "TextBlock", "text": "Done."}], "actions": []}


def test_it_knows_itself_and_asks_once(webex: Webex, gateway: Gateway) -> None:
    bot = webex.sim.bot

    assert gateway.known_id() is None
    assert [gateway.me(), gateway.me()] == [Person(bot.id, bot.email, bot.display_name, "bot")] * 2
    assert gateway.known_id() == bot.id
    assert webex.calls() == [("GET", "/people/me")]


def test_it_finds_a_person(webex: Webex, gateway: Gateway) -> None:
    ann = webex.sim.people["ann"]

    assert gateway.person(ann.id) == Person(ann.id, "ann@example.com", "Ann Archer", "person")


def test_it_reads_a_message_that_mentions_it(webex: Webex, gateway: Gateway, support: str) -> None:
    said = webex.call("ann", "POST", "/messages", roomId=support, markdown=f"<@personId:{webex.sim.bot.id}> help")
    ann = webex.sim.people["ann"]

    found = gateway.message(said["id"])

    assert found == IncomingMessage(
        id=said["id"],
        room_id=support,
        direct=False,
        parent_id="",
        person_id=ann.id,
        person_email="ann@example.com",
        text=said["text"],
        html=said["html"],
        has_files=False,
        tracking_id=found.tracking_id,
    )
    assert found.tracking_id.startswith("BOT_")
    assert found.html.endswith("</spark-mention> help</p>") or found.html.endswith("</spark-mention> help")


def test_it_reads_a_reply_in_a_direct_space(webex: Webex, gateway: Gateway) -> None:
    root = webex.call("ann", "POST", "/messages", roomId=webex.sim.spaces["ann"], text="help")
    reply = webex.call("ann", "POST", "/messages", roomId=root["roomId"], text="more", parentId=root["id"])

    found = gateway.message(reply["id"])

    assert (found.direct, found.parent_id, found.text, found.html) == (True, root["id"], "more", "")


def test_it_posts_a_card_into_a_thread_and_reads_what_was_pressed(webex: Webex, gateway: Gateway, support: str) -> None:
    root = gateway.post(support, markdown="**Hello**")
    posted = gateway.post(support, markdown="Sure?", card=CARD, parent_id=root)
    pressed = webex.call(
        "ann", "POST", "/attachment/actions", type="submit", messageId=posted, inputs={"_": "signed", "name": "x"}
    )

    ann = webex.sim.people["ann"].id
    with tracked("BOT_1"):
        found = gateway.action(pressed["id"])
    assert found == IncomingAction(pressed["id"], posted, support, ann, {"_": "signed", "name": "x"}, "BOT_1")
    message = webex.sim.world.messages[posted]
    assert (message.root, message.attachments) == (root, [{"contentType": CARD_TYPE, "content": CARD}])


def test_it_writes_to_a_person_directly_wherever_that_is(webex: Webex, gateway: Gateway) -> None:
    ann = webex.sim.people["ann"]

    by_id = gateway.post_to(person_id=ann.id, markdown="Sure?", card=CARD)
    by_email = gateway.post_to(email=ann.email, markdown="Sure?", card=CARD)

    assert by_id[1] == by_email[1] == webex.sim.spaces["ann"]
    message = webex.sim.world.messages[by_id[0]]
    assert message.room.id == webex.sim.spaces["ann"]
    assert message.attachments == [{"contentType": CARD_TYPE, "content": CARD}]


def test_it_sends_a_file_to_a_person_byte_for_byte_and_again_from_its_beginning(webex: Webex, gateway: Gateway) -> None:
    ann, content = webex.sim.people["ann"], "\ufeffuserId;name\r\n1;Zoé\r\n\x00".encode()
    file = Attachment("billing-report-2026-10.csv", io.BytesIO(content), "text/csv")

    sent = [gateway.post_file(ann.id, markdown="**A** file", file=file) for _ in range(2)]

    for each, room_id in sent:
        message = webex.sim.world.messages[each]
        assert room_id == message.room.id
        assert message.content is not None
        found = (message.content.name, message.content.media_type, message.content.data)
        assert found == ("billing-report-2026-10.csv", "text/csv", content)
        assert (message.room.id, message.markdown, message.attachments) == (webex.sim.spaces["ann"], "**A** file", [])


def test_a_file_that_webex_does_not_take_is_refused(webex: Webex, gateway: Gateway) -> None:
    webex.fault("status", status=413)

    with pytest.raises(WebexRefused) as caught:
        gateway.post_file(webex.sim.people["ann"].id, markdown="A file", file=Attachment("a.csv", io.BytesIO(b"1")))

    assert caught.value.status == 413


def test_it_edits_a_card_in_place(webex: Webex, gateway: Gateway, support: str) -> None:
    posted = gateway.post(support, markdown="Sure?", card=CARD)

    gateway.edit(posted, room_id=support, markdown="Done.", card=OTHER_CARD)

    assert webex.sim.world.messages[posted].attachments == [{"contentType": CARD_TYPE, "content": OTHER_CARD}]


def test_it_edits_a_text(webex: Webex, gateway: Gateway, support: str) -> None:
    posted = gateway.post(support, markdown="Wait.")

    gateway.edit(posted, room_id=support, markdown="Done.")

    assert gateway.message(posted).text == "Done."


def test_an_edit_that_webex_refuses_is_refused(webex: Webex, gateway: Gateway, support: str) -> None:
    webex.sim.switches.card_edits = "refused"
    posted = gateway.post(support, markdown="Sure?", card=CARD)

    with pytest.raises(WebexRefused) as caught:
        gateway.edit(posted, room_id=support, markdown="Done.", card=OTHER_CARD)

    assert caught.value.status == 400
    assert caught.value.message
    assert caught.value.tracking_id


def test_it_posts_to_a_person_by_address_and_tells_where_that_is(webex: Webex, gateway: Gateway) -> None:
    cleo = webex.sim.people["cleo"]

    posted, room_id = gateway.post_to(email=cleo.email, markdown="Sure?", card=CARD)

    assert room_id == webex.sim.spaces["cleo"]
    found = webex.call("cleo", "GET", f"/messages/{posted}")
    assert found["attachments"] == [{"contentType": CARD_TYPE, "content": CARD}]
    assert gateway.post_to(email=cleo.email, markdown="Again.")[1] == room_id


def test_it_deletes_a_message(gateway: Gateway, support: str) -> None:
    posted = gateway.post(support, markdown="Wait.")

    gateway.delete(posted)

    with pytest.raises(WebexNotFound, match=r"Webex answered 404: Unable to get message\."):
        gateway.message(posted)


def test_it_keeps_webhooks(gateway: Gateway) -> None:
    made = gateway.create_webhook(
        name="mine", target_url="http://127.0.0.1:1/a", resource="messages", event="created", secret="s" * 16
    )
    changed = gateway.update_webhook(made.id, name="mine", target_url="http://127.0.0.1:1/b", secret="t" * 16)
    listed = gateway.webhooks()
    gateway.delete_webhook(made.id)

    assert made == Registration(
        made.id, "mine", "http://127.0.0.1:1/a", "messages", "created", "active", secret="s" * 16
    )
    assert listed == [changed]
    assert (changed.target_url, changed.secret) == ("http://127.0.0.1:1/b", "t" * 16)
    assert "t" * 16 not in repr(changed)
    assert gateway.webhooks() == []


def test_webhooks_are_listed_to_the_last_page(gateway: Gateway) -> None:
    for number in range(101):
        gateway.create_webhook(
            name=str(number), target_url="http://127.0.0.1:1/", resource="messages", event="created", secret="s" * 16
        )

    assert sorted(int(each.name) for each in gateway.webhooks()) == list(range(101))


def test_an_identifier_is_never_a_path(webex: Webex, gateway: Gateway) -> None:
    for odd in ("../people/me", "m1?x=1", "a/b"):
        with pytest.raises(WebexRefused):
            gateway.message(odd)

    assert all(path != "/people/me" for _, path in webex.calls())


def test_each_call_carries_the_tracking_id_of_the_work(webex: Webex, gateway: Gateway, support: str) -> None:
    with tracking.tracked("BOT_1"):
        posted = gateway.post(support, markdown="Wait.")
    gateway.message(posted)

    first, second = (call.tracking_id for call in webex.sim.calls.to("webex"))
    assert first.startswith("BOT_1")
    assert second.startswith("BOT_")
    assert not second.startswith("BOT_1_")
    assert second != first


def test_each_thread_has_its_own_connection(webex: Webex, gateway: Gateway) -> None:
    start = threading.Barrier(8)
    found: list[str] = []

    def ask() -> None:
        start.wait()
        found.extend(gateway.person(webex.sim.people["bob"].id).name for _ in range(3))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["Bob Baker"] * 24


def test_nobody_there_is_unreachable() -> None:
    gateway = Gateway(token="x", base_url="http://127.0.0.1:1/v1")

    with pytest.raises(WebexUnreachable):
        gateway.me()
    gateway.close()


def test_a_proxy_of_the_environment_does_not_stand_before_this_machine(
    webex: Webex, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert gateway.me().name == webex.sim.bot.display_name


def test_elsewhere_a_proxy_of_the_environment_is_used(webex: Webex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    gateway = Gateway(token="x", base_url="http://webex.invalid/v1/")

    with pytest.raises(WebexUnreachable, match="ProxyError"):
        gateway.me()
    gateway.close()


def test_it_does_not_show_its_token() -> None:
    assert repr(Gateway(token="hush", base_url="https://webexapis.com/v1")) == (
        "Gateway(base_url='https://webexapis.com/v1/')"
    )
