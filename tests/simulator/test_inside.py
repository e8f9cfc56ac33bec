"""/play/inside: what the simulator sees of the bot and its world, in plain words and without content."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.feed import KEPT, Feed
from tests.simulator.kit import Receiver, Space, StillClock, client
from tests.simulator.test_webhooks import create

TYPED = "a very private line"


@pytest.fixture
def inside(control: httpx.Client, sim: Simulator) -> httpx.Client:
    """Asked for after everything before the test is forgotten."""
    sim.trace.clear()
    return control


def entries(http: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    found = http.get("/play/inside", params=query).raise_for_status().json()["entries"]
    assert isinstance(found, list)
    return found


def words(http: httpx.Client, **query: Any) -> list[str]:
    return [each["words"] for each in entries(http, **query)]


def test_what_the_bot_does_is_told_and_what_the_page_asks_is_not(
    inside: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    said = ann_in_support.mention("Bot", "nobody", TYPED)
    card = bot_in_support.show_card()
    bot_in_support.http.put(f"/messages/{card['id']}", json={"roomId": card["roomId"], "text": TYPED})
    bot_in_support.http.delete(f"/messages/{card['id']}")

    assert said["text"].endswith(TYPED)
    assert words(inside) == [
        "Ann Archer wrote in “BroadWorks support”",
        "Card posted in “BroadWorks support”",
        "Webex: POST /messages",
        "Webex: PUT /messages/Y2lzY29z…",
        "Card taken away in “BroadWorks support”",
        "Webex: DELETE /messages/Y2lzY29z…",
    ]
    assert TYPED not in inside.get("/play/inside").text


def test_an_entry_says_when_how_long_and_how_it_went(
    inside: httpx.Client, bot: httpx.Client, clock: StillClock
) -> None:
    clock.forward(5)
    bot.get("/people/me", headers={"TrackingID": "BOT_1"})

    (call,) = entries(inside)
    seconds = call.pop("seconds")
    assert 0 <= seconds < 5
    assert call == {
        "n": 2,
        "at": call["at"],
        "kind": "call",
        "words": "Webex: GET /people/me",
        "trackingId": "BOT_1",
        "request": None,
        "status": 200,
        "bad": False,
        "facts": {"service": "Webex", "method": "GET", "path": "/people/me", "try": 1, "theirs": "BOT_1"},
    } | {"n": call["n"]}
    assert call["at"] <= clock().isoformat()


def test_neither_queries_nor_bodies_nor_addresses_nor_tokens_are_told(
    inside: httpx.Client, sim: Simulator, broadworks: httpx.Client, bot: httpx.Client
) -> None:
    broadworks.get("/workspaces", params={"displayName": TYPED})
    broadworks.post("/broadworks/subscribers/validate", json={"email": "new.hire@example.com"})
    bot.get("/people/new.hire@example.com")

    told = inside.get("/play/inside").text
    assert [each["kind"] for each in entries(inside)] == ["call", "call", "call"]
    for private in (TYPED, TYPED.split()[1], "new.hire", sim.broadworks_token, sim.bot.token):
        assert private not in told


def test_a_call_made_again_after_a_failure_says_which_try_it_is(
    inside: httpx.Client, sim: Simulator, broadworks: httpx.Client
) -> None:
    sim.faults.add(service="broadworks", kind="status", status=503, times=2)
    for _ in range(4):
        broadworks.get("/workspaces", headers={"TrackingID": "BOT_1"})

    assert [(each["words"], each["status"], each["bad"]) for each in entries(inside, kind="call")] == [
        ("BroadWorks: GET /workspaces, met by a fault: status", 503, True),
        ("BroadWorks: GET /workspaces, try 2, met by a fault: status", 503, True),
        ("BroadWorks: GET /workspaces, try 3", 200, False),
        ("BroadWorks: GET /workspaces", 200, False),
    ]


def test_a_cut_call_had_no_answer(inside: httpx.Client, sim: Simulator, broadworks: httpx.Client) -> None:
    sim.faults.add(service="broadworks", kind="drop_after", times=1)
    with pytest.raises(ConnectionResetError):
        broadworks.get("/workspaces")

    (call,) = entries(inside, kind="call")
    assert (call["words"], call["status"], call["bad"]) == (
        "BroadWorks: GET /workspaces, met by a fault: drop after, no answer",
        None,
        True,
    )
    assert call["facts"]["fault"] == "drop_after"


def test_webhooks_are_told_with_their_answer_their_copies_and_their_losses(
    inside: httpx.Client, sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    sim.trace.clear()
    space = Space(ann, sim.spaces["ann"])
    sim.webhook_faults.drop = 1
    space.say(TYPED)
    sim.wait_idle()
    sim.webhook_faults.duplicate, sim.webhook_faults.times = 1, 1
    space.say(TYPED)
    sim.wait_idle()
    receiver.status = 503
    space.say(TYPED)
    sim.wait_idle()

    assert [(each["words"], each["status"], each["bad"]) for each in entries(inside, kind="webhook")] == [
        ("Webhook messages/created, lost on its way", None, True),
        ("Webhook messages/created, copy 1 of 2", 200, False),
        ("Webhook messages/created, copy 2 of 2", 200, False),
        ("Webhook messages/created", 503, True),
    ]
    assert words(inside, kind="world") == ["Ann Archer wrote in the 1:1 space"] * 3
    counters = inside.get("/play/inside").json()["counters"]
    assert counters["webhooks"] == {"sent": 2, "failed": 1, "dropped": 1, "waiting": 0}


def test_a_webhook_that_cannot_be_delivered_says_why() -> None:
    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(TYPED)

    with (
        httpx.Client(transport=httpx.MockTransport(away)) as sender,
        Simulator(sender=sender) as sim,
        client(sim, sim.bot.token) as bot,
        client(sim, sim.people["ann"].token) as ann,
    ):
        create(bot)
        Space(ann, sim.spaces["ann"]).say()
        sim.wait_idle()
        (webhook,) = sim.trace.entries(kind="webhook")

    assert (webhook.words, webhook.status, webhook.bad, webhook.facts["failure"]) == (
        "Webhook messages/created, not delivered",
        None,
        True,
        "ConnectError",
    )
    assert TYPED not in str(webhook)


def test_a_message_its_webhook_and_what_the_bot_makes_of_it_belong_together(
    inside: httpx.Client, sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    sim.trace.clear()
    message = Space(ann, sim.spaces["ann"]).say(TYPED)["id"]
    sim.wait_idle()
    theirs = receiver.seen[0].headers["Trackingid"]
    line = {"logger": "bot.x", "level": "info", "tracking_id": "BOT_1"}
    sim.witness.heard({**line, "event": "webhook", "result": "accepted", "theirs": theirs})
    bot.get(f"/messages/{message}", headers={"TrackingID": "BOT_1"})
    sim.witness.heard({**line, "event": "audit", "what": "request asked", "request": 7})
    bot.get("/people/me", headers={"TrackingID": "BOT_2"})

    together = [
        "Ann Archer wrote in the 1:1 space",
        "Webhook messages/created",
        "Inbox: taken in",
        "Webex: GET /messages/Y2lzY29z…",
        "Request 7: asked",
    ]
    assert words(inside, tracking_id="BOT_1") == together
    assert words(inside, tracking_id=theirs) == together
    assert words(inside, request=7) == together
    assert inside.get("/play/inside/requests").json() == {
        "items": [{"number": 7, "state": "asked", "at": entries(inside, request=7)[-1]["at"]}]
    }
    timeline = inside.get("/play/inside/requests/7").json()
    assert (timeline["number"], timeline["state"]) == (7, "asked")
    assert sorted(each["words"] for each in timeline["entries"]) == sorted(together)


def test_a_timeline_is_in_order_of_beginning_and_counts_from_the_first(
    inside: httpx.Client, sim: Simulator, clock: StillClock
) -> None:
    line = {"logger": "bot.x", "request": 7, "tracking_id": "BOT_1"}
    clock.forward(10)
    sim.witness.heard({**line, "event": "audit", "what": "request done"})
    sim.witness.heard({**line, "event": "work done", "kind": "fulfil", "key": "7.1", "seconds": 2.5})

    timeline = inside.get("/play/inside/requests/7").json()

    assert [(each["words"], each["after"], each["seconds"]) for each in timeline["entries"]] == [
        ("Request 7: carry out", 0.0, 2.5),
        ("Request 7: done", 2.5, None),
    ]
    assert (timeline["state"], timeline["seconds"]) == ("done", 2.5)


def test_a_request_that_nobody_knows_has_no_timeline(inside: httpx.Client) -> None:
    answer = inside.get("/play/inside/requests/99")

    assert (answer.status_code, answer.json()["message"]) == (404, "Nothing is known of request 99.")


def test_the_bots_coming_and_going_is_told(inside: httpx.Client, sim: Simulator) -> None:
    sim.feed.announce("bot", {"kind": "kill"})
    sim.feed.announce("bot", {"kind": "start"})
    sim.feed.announce("fault", {"kind": "faults"})

    assert words(inside) == ["The bot was stopped", "The bot was started"]


def test_entries_are_read_from_a_number_on_and_forgotten_on_demand(inside: httpx.Client, bot: httpx.Client) -> None:
    bot.get("/people/me")
    first = inside.get("/play/inside").json()
    bot.get("/rooms")
    second = inside.get("/play/inside", params={"after": first["last"]}).json()
    assert [each["words"] for each in second["entries"]] == ["Webex: GET /rooms"]
    assert second["counters"]["calls"] == {"webex": 2, "broadworks": 0}

    assert inside.delete("/play/inside").status_code == 204

    third = inside.get("/play/inside", params={"after": second["last"]}).json()
    assert (third["entries"], third["last"], third["first"]) == ([], second["last"], second["last"] + 1)
    assert third["trace"] == first["trace"]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=1e3", "request=", "kind=secret", "after=" + "9" * 40])
def test_a_query_that_makes_no_sense_is_refused(inside: httpx.Client, query: str) -> None:
    assert inside.get(f"/play/inside?{query}").status_code == 400


def test_a_burst_is_one_hint_for_a_page_that_has_not_read_the_one_before() -> None:
    feed = Feed(heartbeat=0.01)
    stream = feed.stream("ann")
    assert next(stream) == ": connected\n\n"

    for _ in range(KEPT * 2):
        feed.hint("inside")
    feed.announce("bot", {"kind": "kill"})
    feed.hint("inside")

    assert next(stream) == "event: inside\ndata: {}\n\n"
    assert next(stream) == 'event: bot\ndata: {"kind": "kill"}\n\n'
    assert next(stream) == ": still here\n\n"
    feed.hint("inside")
    assert next(stream) == "event: inside\ndata: {}\n\n"
    feed.close()
    assert list(stream) == []


def test_whoever_listens_is_hinted_at_what_happens(inside: httpx.Client, sim: Simulator, bot: httpx.Client) -> None:
    stream = sim.feed.stream(sim.people["ann"].id)
    next(stream)
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(next(stream)))
    reader.start()
    bot.get("/people/me")
    reader.join(10)

    assert lines == ["event: inside\ndata: {}\n\n"]
    stream.close()  # type: ignore[attr-defined]  # It is a generator, whatever it is called.


@pytest.fixture
def stranger(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim, "a-token-that-is-wrong") as http:
        yield http


def test_a_bot_with_a_wrong_token_sees_itself_refused(inside: httpx.Client, stranger: httpx.Client) -> None:
    stranger.get("/people/me")

    (call,) = entries(inside)
    assert (call["words"], call["status"], call["bad"]) == ("Webex: GET /people/me", 401, True)
    assert "a-token-that-is-wrong" not in inside.get("/play/inside").text
