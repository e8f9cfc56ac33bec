"""What holds for every call of the API."""

import base64
import re

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import client, refusal

UNAUTHORIZED = "The request requires a valid access token set in the Authorization request header."


def test_a_call_without_a_known_token_is_unauthorized(sim: Simulator, nobody: httpx.Client) -> None:
    response = nobody.get("/people/me", headers={"TrackingID": "mine"})

    assert response.status_code == 401
    assert response.json() == {
        "message": UNAUTHORIZED,
        "errors": [{"description": UNAUTHORIZED}],
        "trackingId": "mine",
    }
    for header in ("Bearer wrong", "Basic play-ann-token", "Bearer", ""):
        assert refusal(nobody.get("/people/me", headers={"Authorization": header})) == (401, UNAUTHORIZED)


def test_the_token_of_the_provisioning_api_has_no_right_to_messaging(broadworks: httpx.Client) -> None:
    assert broadworks.get("/people/me").status_code == 403


def test_every_answer_has_a_tracking_id_the_callers_if_there_is_one(ann: httpx.Client) -> None:
    own = ann.get("/people/me")
    given = ann.get("/people/me", headers={"TrackingID": "bot_1234"})

    assert re.fullmatch(r"ROUTER_[0-9A-F-]{36}", own.headers["TrackingID"])
    assert given.headers["TrackingID"] == "bot_1234"


def test_an_unknown_path_and_a_wrong_method_are_answered_in_the_envelope(ann: httpx.Client) -> None:
    assert refusal(ann.get("/nowhere"))[0] == 404
    assert refusal(ann.patch("/messages"))[0] == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"'])
def test_a_body_must_be_a_json_object(ann: httpx.Client, body: bytes) -> None:
    response = ann.post("/rooms", content=body, headers={"Content-Type": "application/json"})

    assert refusal(response) == (400, "The request body must be a JSON object.")


def test_a_body_must_say_that_it_is_json(ann: httpx.Client) -> None:
    assert refusal(ann.post("/rooms", content=b'{"title": "x"}'))[0] == 415


def test_fields_have_types(ann: httpx.Client) -> None:
    assert refusal(ann.post("/rooms", json={"title": 1})) == (400, "title must be a string.")
    body = {"title": "x", "isLocked": "yes"}
    assert refusal(ann.post("/rooms", json=body)) == (400, "isLocked must be true or false.")


def test_ids_are_typed_and_without_padding(sim: Simulator) -> None:
    for public_id, kind in ((sim.bot.id, "PEOPLE"), (sim.bot.org_id, "ORGANIZATION"), (sim.spaces["support"], "ROOM")):
        padded = public_id + "=" * (-len(public_id) % 4)

        assert "=" not in public_id
        assert re.fullmatch(rf"ciscospark://us/{kind}/[0-9a-f-]{{36}}", base64.urlsafe_b64decode(padded).decode())


def test_people_and_spaces_have_the_same_ids_in_every_run_and_messages_never() -> None:
    seen = []
    for _ in range(2):
        with Simulator() as sim, client(sim, sim.people["ann"].token) as ann:
            message = ann.post("/messages", json={"roomId": sim.spaces["ann"], "text": "hi"}).json()
            seen.append(({name: person.id for name, person in sim.people.items()}, sim.spaces, message["id"]))

    assert seen[0][:2] == seen[1][:2]
    assert seen[0][2] != seen[1][2]
