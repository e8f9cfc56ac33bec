"""/webhooks: what can be subscribed to, and by whom."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.ids import steady
from tests.simulator.kit import items, refusal

TARGET = "https://bot.example.com/hook"
MESSAGES = {"name": "messages", "targetUrl": TARGET, "resource": "messages", "event": "created"}


def create(http: httpx.Client, **more: Any) -> dict[str, Any]:
    found = http.post("/webhooks", json=MESSAGES | more).raise_for_status().json()
    assert isinstance(found, dict)
    return found


def test_a_webhook_is_shown_with_its_secret(sim: Simulator, bot: httpx.Client) -> None:
    webhook = create(bot, filter=f"roomId={sim.spaces['support']}", secret="open sesame")

    assert webhook == {
        "id": webhook["id"],
        "name": "messages",
        "targetUrl": TARGET,
        "resource": "messages",
        "event": "created",
        "filter": f"roomId={sim.spaces['support']}",
        "secret": "open sesame",
        "orgId": sim.bot.org_id,
        "createdBy": sim.bot.id,
        "appId": steady("APPLICATION", "provisioning@webex.bot"),
        "ownedBy": "creator",
        "status": "active",
        "created": "2026-07-09T14:12:03.123Z",
    }
    assert bot.get(f"/webhooks/{webhook['id']}").json() == webhook
    assert items(bot.get("/webhooks")) == [webhook]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "name cannot be empty"),
        ({"targetUrl": None}, "targetUrl cannot be null"),
        ({"targetUrl": "bot.example.com"}, "targetUrl is not a valid URL"),
        ({"targetUrl": "https:///hook"}, "targetUrl is not a valid URL"),
        ({"resource": "calls"}, "invalid resource: calls"),
        ({"resource": None}, "invalid resource: "),
        ({"event": "started"}, "invalid event: started"),
        ({"resource": "attachmentActions", "event": "deleted"}, "invalid event: deleted"),
        ({"filter": "colour=red"}, "invalid filter: colour"),
        ({"resource": "all", "event": "all", "filter": "roomId=x"}, "invalid filter: roomId"),
        ({"filter": "roomId=unknown"}, "invalid value for filter: roomId"),
        ({"filter": "personId=unknown"}, "invalid value for filter: personId"),
        ({"filter": "mentionedPeople=me,unknown"}, "invalid value for filter: mentionedPeople"),
        ({"filter": "personEmail="}, "invalid value for filter: personEmail"),
        (
            {"resource": "attachmentActions", "filter": "messageId=unknown"},
            "invalid value for filter: messageId",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(bot: httpx.Client, change: dict[str, Any], words: str) -> None:
    assert refusal(bot.post("/webhooks", json=MESSAGES | change)) == (400, words)


def test_a_filter_names_only_what_its_owner_sees(sim: Simulator, bob: httpx.Client, ann: httpx.Client) -> None:
    message = ann.post("/messages", json={"roomId": sim.spaces["support"], "text": "x"}).json()["id"]
    actions = MESSAGES | {"resource": "attachmentActions"}

    seen = bob.post("/webhooks", json=actions | {"filter": f"messageId={message}"})
    unseen = bob.post("/webhooks", json=MESSAGES | {"filter": f"roomId={sim.spaces['ann']}"})

    assert seen.status_code == 200
    assert refusal(unseen) == (400, "invalid value for filter: roomId")


def test_a_webhook_of_the_organisation_is_for_administrators(bot: httpx.Client) -> None:
    assert refusal(bot.post("/webhooks", json=MESSAGES | {"ownedBy": "org"}))[0] == 403


def test_name_target_and_secret_can_be_changed(bot: httpx.Client) -> None:
    webhook = create(bot, secret="one")
    path = f"/webhooks/{webhook['id']}"
    change = {"name": "new", "targetUrl": "https://new.example.com/"}

    kept = bot.put(path, json=change).json()
    changed = bot.put(path, json=change | {"secret": "two", "status": "active"}).json()
    removed = bot.put(path, json=change | {"secret": ""}).json()

    assert kept == webhook | change
    assert changed == webhook | change | {"secret": "two"}
    assert "secret" not in removed


def test_a_change_repeats_name_and_target_and_never_deactivates(bot: httpx.Client) -> None:
    path = f"/webhooks/{create(bot)['id']}"

    assert refusal(bot.put(path, json={"targetUrl": TARGET})) == (400, "name cannot be empty")
    assert refusal(bot.put(path, json={"name": "x"})) == (400, "targetUrl cannot be null")
    inactive = {"name": "x", "targetUrl": TARGET, "status": "inactive"}
    assert refusal(bot.put(path, json=inactive)) == (400, "status can only be set to active.")


def test_a_webhook_is_its_owners_alone(bot: httpx.Client, ann: httpx.Client) -> None:
    path = f"/webhooks/{create(bot)['id']}"

    assert items(ann.get("/webhooks")) == []
    assert refusal(ann.get(path))[0] == 404
    assert refusal(ann.put(path, json=MESSAGES))[0] == 404
    assert refusal(ann.delete(path)) == (403, "Failed to delete webhook.  You are not the owner of it.")
    assert bot.delete(path).status_code == 204
    assert refusal(bot.delete(path)) == (404, "Invalid webhookId for Delete Webhook request.")
