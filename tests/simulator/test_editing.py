"""PUT /messages: what can be edited, and how often."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import HELLO_CARD, Space, StillClock, card, items, refusal

NEW_CARD = {"type": "AdaptiveCard", "version": "1.3", "body": [{"type": "TextBlock", "text": "Done"}]}
IMAGE_CARD = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [{"type": "Image", "url": "https://example.com/a.png"}],
}
UNSUPPORTED = (400, "Editing a message with files or attachments is not supported.")


def edit(space: Space, message: str, **more: object) -> httpx.Response:
    return space.http.put(f"/messages/{message}", json={"roomId": space.room, "text": "edited", **more})


def test_an_edit_changes_the_words_and_shows_when(ann_in_support: Space, clock: StillClock) -> None:
    root = ann_in_support.say("root")
    before = ann_in_support.say("before", parentId=root["id"])
    clock.forward(60)

    after = edit(ann_in_support, before["id"], markdown="**edited**").json()

    words = {"text": "edited", "markdown": "**edited**", "html": "<p><strong>edited</strong></p>"}
    assert after == before | words | {"updated": "2026-07-09T14:13:03.123Z"}
    assert ann_in_support.http.get(f"/messages/{before['id']}").json() == after


def test_an_edit_names_the_room_and_says_something(sim: Simulator, ann_in_support: Space) -> None:
    message, http = ann_in_support.say()["id"], ann_in_support.http

    assert refusal(http.put(f"/messages/{message}", json={"text": "x"}))[0] == 400
    assert refusal(http.put(f"/messages/{message}", json={"roomId": sim.spaces["ann"], "text": "x"}))[0] == 400
    assert refusal(http.put(f"/messages/{message}", json={"roomId": ann_in_support.room}))[0] == 400


def test_only_the_author_edits(sim: Simulator, ann_in_support: Space, bob: httpx.Client) -> None:
    message = ann_in_support.say()["id"]

    assert refusal(edit(Space(bob, ann_in_support.room), message))[0] == 403
    assert refusal(edit(ann_in_support, "unknown"))[0] == 404


def test_the_eleventh_edit_is_refused(ann_in_support: Space) -> None:
    message = ann_in_support.say()["id"]

    statuses = [edit(ann_in_support, message).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [400]
    assert refusal(edit(ann_in_support, message)) == (400, "This message has reached its edit limit.")


def test_one_card_replaces_another(bot_in_support: Space) -> None:
    message = bot_in_support.show_card()["id"]

    after = edit(bot_in_support, message, attachments=card(NEW_CARD)).json()

    assert after["attachments"] == card(NEW_CARD)


def test_a_card_is_not_turned_into_words(bot_in_support: Space) -> None:
    message = bot_in_support.show_card()["id"]

    assert refusal(edit(bot_in_support, message)) == UNSUPPORTED


@pytest.mark.parametrize(("old", "new"), [(IMAGE_CARD, HELLO_CARD), (HELLO_CARD, IMAGE_CARD)])
def test_cards_with_images_are_not_edited(bot_in_support: Space, old: object, new: object) -> None:
    message = bot_in_support.show_card(old)["id"]

    assert refusal(edit(bot_in_support, message, attachments=card(new))) == UNSUPPORTED


def test_a_bad_card_is_refused_in_an_edit_too(bot_in_support: Space) -> None:
    message = bot_in_support.show_card()["id"]

    response = edit(bot_in_support, message, attachments=card({"type": "AdaptiveCard", "version": "1.5"}))

    assert response.status_code == 400
    assert bot_in_support.http.get(f"/messages/{message}").json()["attachments"] == card()


def test_strict_refuses_cards_as_documented(sim: Simulator, bot_in_support: Space) -> None:
    sim.switches.card_edits = "strict"
    message, words = bot_in_support.show_card()["id"], bot_in_support.say()["id"]

    assert refusal(edit(bot_in_support, message, attachments=card(NEW_CARD))) == UNSUPPORTED
    assert refusal(edit(bot_in_support, words, attachments=card(NEW_CARD))) == UNSUPPORTED
    assert edit(bot_in_support, words).status_code == 200


def test_a_simulator_can_be_strict_from_the_start() -> None:
    with Simulator(card_edits="strict") as sim:
        assert sim.switches.card_edits == "strict"


def test_refused_refuses_every_edit(sim: Simulator, bot_in_support: Space) -> None:
    sim.switches.card_edits = "refused"

    assert refusal(edit(bot_in_support, bot_in_support.say()["id"]))[0] == 400


def test_a_message_with_a_file_is_not_edited(ann_in_support: Space) -> None:
    form = {"roomId": ann_in_support.room, "text": "a file"}
    files = {"files": ("a.csv", b"a,b\n", "text/csv")}
    message = ann_in_support.http.post("/messages", data=form, files=files).json()["id"]

    assert refusal(edit(ann_in_support, message)) == UNSUPPORTED


def test_an_edit_can_mention(sim: Simulator, ann_in_support: Space, bot: httpx.Client) -> None:
    message = ann_in_support.say()["id"]
    body = {"roomId": ann_in_support.room, "markdown": "<@personEmail:provisioning@webex.bot> help"}

    ann_in_support.http.put(f"/messages/{message}", json=body)

    query = {"roomId": ann_in_support.room, "mentionedPeople": "me"}
    assert [found["id"] for found in items(bot.get("/messages", params=query))] == [message]
