"""/attachment/actions: what people send from cards."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Space, refusal


def submit(http: httpx.Client, message: str, inputs: object = None) -> httpx.Response:
    body = {"type": "submit", "messageId": message, "inputs": {} if inputs is None else inputs}
    return http.post("/attachment/actions", json=body)


def test_what_was_sent_is_kept_as_it_was(
    sim: Simulator, ann: httpx.Client, bot: httpx.Client, bot_in_support: Space
) -> None:
    card = bot_in_support.show_card()["id"]
    inputs = {"hours": "3", "remind": "false", "_": {"n": 1}}

    action = submit(ann, card, inputs).json()

    assert action == {
        "id": action["id"],
        "type": "submit",
        "messageId": card,
        "inputs": inputs,
        "personId": sim.people["ann"].id,
        "roomId": bot_in_support.room,
        "created": "2026-07-09T14:12:03.123Z",
    }
    assert bot.get(f"/attachment/actions/{action['id']}").json() == action


def test_a_card_can_be_sent_again_and_again(sim: Simulator, ann: httpx.Client, bot_in_support: Space) -> None:
    card = bot_in_support.show_card()["id"]

    ids = {submit(ann, card).json()["id"] for _ in range(3)}

    assert len(ids) == len(sim.world.actions) == 3


def test_nobody_submits_their_own_card(bot_in_support: Space) -> None:
    card = bot_in_support.show_card()["id"]

    assert refusal(submit(bot_in_support.http, card)) == (
        400,
        'Unable to post attachment action: "Author of a card cannot submit a cardAction on that card"',
    )


def test_a_message_without_a_card_takes_none(ann: httpx.Client, sim: Simulator, bot: httpx.Client) -> None:
    message = bot.post("/messages", json={"roomId": sim.spaces["ann"], "text": "hi"}).json()["id"]

    assert refusal(submit(ann, message)) == (
        400,
        'Unable to post attachment action: "MessageId should point to an activity with cards"',
    )


def test_only_members_of_the_space_submit_and_read(
    sim: Simulator, ann: httpx.Client, bob: httpx.Client, bot: httpx.Client
) -> None:
    card = Space(bot, sim.spaces["ann"]).show_card()["id"]
    action = submit(ann, card).json()["id"]

    assert refusal(submit(bob, card)) == (404, "Unable to get message.")
    assert refusal(bob.get(f"/attachment/actions/{action}")) == (404, "Unable to get attachment action.")
    assert refusal(ann.get("/attachment/actions/unknown")) == (404, "Unable to get attachment action.")


def test_a_deleted_card_takes_nothing(ann: httpx.Client, bot_in_support: Space) -> None:
    card = bot_in_support.show_card()["id"]
    bot_in_support.http.delete(f"/messages/{card}")

    assert refusal(submit(ann, card))[0] == 404


@pytest.mark.parametrize("change", [{"type": "open"}, {"inputs": []}, {"messageId": None}])
def test_a_malformed_action_is_refused(ann: httpx.Client, bot_in_support: Space, change: dict[str, object]) -> None:
    body = {"type": "submit", "messageId": bot_in_support.show_card()["id"], "inputs": {}}

    status, _ = refusal(ann.post("/attachment/actions", json=body | change))

    assert status == (404 if "messageId" in change else 400)


def test_actions_cannot_be_listed(ann: httpx.Client) -> None:
    assert refusal(ann.get("/attachment/actions"))[0] == 405
