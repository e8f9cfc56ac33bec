"""What webhooks deliver, to whom, and when they stop."""

import hashlib
import hmac
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Receiver, Space
from tests.simulator.test_webhooks import TARGET, create

CREATED = "2026-07-09T14:12:03.123Z"


def submit(http: httpx.Client, message: str) -> dict[str, Any]:
    body = {"type": "submit", "messageId": message, "inputs": {"name": "secret"}}
    found = http.post("/attachment/actions", json=body).raise_for_status().json()
    assert isinstance(found, dict)
    return found


def test_a_message_is_told_without_its_words(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann_in_support: Space
) -> None:
    webhook = create(bot, filter=f"roomId={ann_in_support.room}", secret="s")
    root = ann_in_support.mention("Bot", sim.bot.id)
    reply = {"markdown": "<@personEmail:provisioning@webex.bot> <@all>", "parentId": root["id"]}
    sim.wait_idle()
    receiver.seen.clear()

    message = ann_in_support.say("", **reply)
    sim.wait_idle()

    (received,) = receiver.seen
    assert received.json == {
        "id": webhook["id"],
        "name": "messages",
        "targetUrl": TARGET,
        "resource": "messages",
        "event": "created",
        "filter": f"roomId={ann_in_support.room}",
        "orgId": sim.bot.org_id,
        "createdBy": sim.bot.id,
        "appId": webhook["appId"],
        "ownedBy": "creator",
        "status": "active",
        "created": webhook["created"],
        "actorId": sim.people["ann"].id,
        "data": {
            "id": message["id"],
            "roomId": ann_in_support.room,
            "roomType": "group",
            "personId": sim.people["ann"].id,
            "personEmail": "ann@example.com",
            "created": CREATED,
            "mentionedPeople": [sim.bot.id],
            "mentionedGroups": ["all"],
            "parentId": root["id"],
        },
    }
    assert received.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert received.headers["User-Agent"] == "SparkWebhook/1.0"
    assert received.headers["Trackingid"].startswith("ROUTER_")


def test_a_card_action_is_told_to_the_author_of_the_card_without_its_inputs(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, bob: httpx.Client, bot_in_support: Space
) -> None:
    create(bot, resource="attachmentActions")
    create(bob, resource="attachmentActions")
    card = bot_in_support.show_card()["id"]

    action = submit(bob, card)
    sim.wait_idle()

    (received,) = receiver.seen
    assert received.json["createdBy"] == sim.bot.id
    assert received.json["actorId"] == sim.people["bob"].id
    assert received.json["data"] == {
        "id": action["id"],
        "type": "submit",
        "messageId": card,
        "personId": sim.people["bob"].id,
        "roomId": bot_in_support.room,
        "created": CREATED,
    }


def test_a_membership_is_told_whole(sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client) -> None:
    create(bot, resource="memberships", event="all")
    room = ann.post("/rooms", json={"title": "New"}).json()["id"]

    membership = ann.post("/memberships", json={"roomId": room, "personId": sim.bot.id}).json()
    ann.put(f"/memberships/{membership['id']}", json={"isModerator": True})
    ann.delete(f"/memberships/{membership['id']}")
    sim.wait_idle()

    assert [received.json["event"] for received in receiver.seen] == ["created", "updated", "deleted"]
    assert receiver.seen[0].json["data"] == membership
    assert receiver.seen[0].json["actorId"] == sim.people["ann"].id


def test_a_bot_hears_of_a_group_only_what_mentions_it_and_of_a_direct_room_everything(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client, ann_in_support: Space
) -> None:
    create(bot)

    ann_in_support.say("among us")
    mentioned = ann_in_support.mention("Bot", sim.bot.id)
    direct = ann.post("/messages", json={"roomId": sim.spaces["ann"], "text": "psst"}).json()
    own = bot.post("/messages", json={"roomId": sim.spaces["support"], "text": "mine"}).json()
    sim.wait_idle()

    assert receiver.told() == [mentioned["id"], direct["id"], own["id"]]


def test_people_hear_of_everything_in_their_spaces(
    sim: Simulator, receiver: Receiver, bob: httpx.Client, ann: httpx.Client, ann_in_support: Space
) -> None:
    create(bob)

    heard = ann_in_support.say("among us")
    ann.post("/messages", json={"roomId": sim.spaces["ann"], "text": "psst"})
    sim.wait_idle()

    assert receiver.told() == [heard["id"]]


def test_edits_and_deletions_are_told_to_who_asked(
    sim: Simulator, receiver: Receiver, bob: httpx.Client, ann_in_support: Space
) -> None:
    create(bob, event="all")
    message = ann_in_support.say()["id"]
    ann_in_support.http.put(f"/messages/{message}", json={"roomId": ann_in_support.room, "text": "new"})
    ann_in_support.http.delete(f"/messages/{message}")
    sim.wait_idle()

    assert [received.json["event"] for received in receiver.seen] == ["created", "updated", "deleted"]
    assert receiver.told() == [message] * 3
    assert receiver.seen[1].json["data"]["updated"] == CREATED


def test_the_subscription_to_everything_does_not_cover_cards(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot, resource="all", event="all")
    direct = Space(bot, sim.spaces["ann"])
    card = direct.show_card()["id"]

    submit(ann, card)
    room = ann.post("/rooms", json={"title": "New"}).json()["id"]
    ann.post("/memberships", json={"roomId": room, "personId": sim.bot.id})
    ann.put(f"/rooms/{room}", json={"title": "Newer"})
    sim.wait_idle()

    told = [(received.json["resource"], received.json["event"]) for received in receiver.seen]
    assert told == [("messages", "created"), ("memberships", "created"), ("rooms", "updated")]
    assert receiver.seen[2].json["data"] == {
        "id": room,
        "type": "group",
        "isLocked": False,
        "creatorId": sim.people["ann"].id,
        "lastActivity": CREATED,
        "created": CREATED,
    }


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("roomType=direct", [False, True]),
        ("personEmail=ann@example.com", [True, True]),
        ("personEmail=bob@example.com", [False, False]),
        ("mentionedPeople=me", [True, False]),
        ("hasFiles=true", [False, False]),
        ("hasAttachments=false&roomType=group", [True, False]),
    ],
)
def test_filters_choose(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client, terms: str, told: list[bool]
) -> None:
    create(bot, filter=terms)
    group = Space(ann, sim.spaces["support"]).mention("Bot", sim.bot.id)["id"]
    direct = Space(ann, sim.spaces["ann"]).say()["id"]
    sim.wait_idle()

    assert [message in receiver.told() for message in (group, direct)] == told


def test_both_signatures_are_over_the_raw_bytes(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot, secret="open sesame")
    Space(ann, sim.spaces["ann"]).say("é")
    sim.wait_idle()

    (received,) = receiver.seen
    digests = {
        kind: hmac.new(b"open sesame", received.body, kind).hexdigest()
        for kind in (hashlib.sha1, hashlib.sha256, hashlib.sha512)
    }
    assert received.headers["X-Spark-Signature"] == digests[hashlib.sha1]
    assert received.headers["X-Webex-Signature"] == (
        f"SHA-256={digests[hashlib.sha256]}, SHA-512={digests[hashlib.sha512]}"
    )


def test_without_a_secret_nothing_is_signed(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    Space(ann, sim.spaces["ann"]).say()
    sim.wait_idle()

    assert not {"X-Spark-Signature", "X-Webex-Signature"} & set(receiver.seen[0].headers)


def test_some_tenants_get_only_the_older_signature(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot, secret="s")
    sim.webhook_faults.legacy_signature, sim.webhook_faults.times = True, 1
    for _ in range(2):
        Space(ann, sim.spaces["ann"]).say()
    sim.wait_idle()

    assert ["X-Webex-Signature" in received.headers for received in receiver.seen] == [False, True]
    assert all("X-Spark-Signature" in received.headers for received in receiver.seen)
