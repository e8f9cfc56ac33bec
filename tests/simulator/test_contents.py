"""Files: sent as multipart, read with a token."""

import httpx

from bot.simulator import Simulator
from tests.simulator.kit import Space, refusal

CSV = b"userId,email\n1,a@example.com\n"


def upload(space: Space, name: str = "subscribers.csv", **form: str) -> httpx.Response:
    data = {"roomId": space.room, **form}
    return space.http.post("/messages", data=data, files={"files": (name, CSV, "text/csv")})


def test_a_file_can_be_sent_without_words_and_read_back(ann_in_support: Space, bob: httpx.Client) -> None:
    message = upload(ann_in_support).json()
    (address,) = message["files"]

    head, got = bob.head(address), bob.get(address)

    assert "text" not in message
    assert address.startswith("http://localhost/v1/contents/")
    assert (got.status_code, got.content) == (200, CSV)
    assert (head.status_code, head.content) == (200, b"")
    for answer in (head, got):
        assert answer.headers["Content-Disposition"] == "attachment; filename=subscribers.csv"
        assert answer.headers["Content-Length"] == str(len(CSV))
        assert answer.headers["Content-Type"].startswith("text/csv")


def test_a_name_beyond_ascii_survives(ann_in_support: Space) -> None:
    (address,) = upload(ann_in_support, "liste-é.csv").json()["files"]

    disposition = ann_in_support.http.head(address).headers["Content-Disposition"]

    assert "filename*=UTF-8''liste-%C3%A9.csv" in disposition


def test_a_file_is_for_those_who_may_see_the_message(
    sim: Simulator, ann_in_support: Space, bot: httpx.Client, nobody: httpx.Client
) -> None:
    message = upload(ann_in_support).json()
    (unheard,) = message["files"]
    (heard,) = upload(ann_in_support, markdown="<@personEmail:provisioning@webex.bot> bulk").json()["files"]

    assert nobody.get(heard).status_code == 401
    assert refusal(bot.get(unheard)) == (404, "Unable to get content.")
    assert bot.get(heard).content == CSV
    ann_in_support.http.delete(f"/messages/{message['id']}")
    assert refusal(ann_in_support.http.get(unheard))[0] == 404
    assert refusal(ann_in_support.http.get("/contents/unknown"))[0] == 404


def test_a_form_has_one_file_and_no_card(ann_in_support: Space) -> None:
    two = [("files", ("a.csv", CSV)), ("files", ("b.csv", CSV))]
    data = {"roomId": ann_in_support.room, "text": "x"}

    assert refusal(ann_in_support.http.post("/messages", data=data, files=two))[0] == 400
    assert refusal(upload(ann_in_support, attachments="[]"))[0] == 400


def test_a_form_without_a_file_is_a_message_too(ann_in_support: Space) -> None:
    parts = {"roomId": (None, ann_in_support.room), "text": (None, "just words")}

    message = ann_in_support.http.post("/messages", files=parts).json()

    assert (message["text"], "files" in message) == ("just words", False)


def test_files_by_address_are_not_simulated(ann_in_support: Space) -> None:
    body = {"roomId": ann_in_support.room, "files": ["https://example.com/a.csv"]}

    assert refusal(ann_in_support.http.post("/messages", json=body))[0] == 400
