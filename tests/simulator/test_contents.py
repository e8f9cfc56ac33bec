"""Files: sent as multipart, read with a token."""

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.webex import drafts
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


def test_a_file_has_at_most_a_hundred_megabytes(ann_in_support: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drafts.MAX_FILE_BYTES == 100 * 1024 * 1024
    monkeypatch.setattr(drafts, "MAX_FILE_BYTES", len(CSV))

    assert upload(ann_in_support).status_code == 200
    monkeypatch.setattr(drafts, "MAX_FILE_BYTES", len(CSV) - 1)
    assert refusal(upload(ann_in_support)) == (413, "File size is limited to 100 MB.")


def test_a_large_file_leaves_nothing_open(ann_in_support: Space) -> None:
    large = bytes(3 * 1024 * 1024)
    data = {"roomId": ann_in_support.room}
    message = ann_in_support.http.post("/messages", data=data, files={"files": ("a.bin", large)}).json()

    assert ann_in_support.http.get(message["files"][0]).content == large


def test_a_deleted_message_takes_its_file_along(sim: Simulator, ann_in_support: Space) -> None:
    message = upload(ann_in_support).json()["id"]
    assert len(sim.world.contents) == 1

    ann_in_support.http.delete(f"/messages/{message}")

    assert sim.world.contents == {}


def test_lines_of_a_form_are_those_that_were_typed(ann_in_support: Space) -> None:
    assert upload(ann_in_support, text="one\r\ntwo").json()["text"] == "one\ntwo"


@pytest.mark.parametrize("media_type", ["\u0101/b", "text", "text/html\u00a0x", "a/b/c", "text/\u202e"])
def test_a_kind_of_file_that_nobody_knows_is_just_a_file(ann_in_support: Space, media_type: str) -> None:
    body = f'--x\r\nContent-Disposition: form-data; name="roomId"\r\n\r\n{ann_in_support.room}\r\n--x\r\n'
    body += 'Content-Disposition: form-data; name="files"; filename="a"\r\n'
    body += f"Content-Type: {media_type}\r\n\r\nx\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    sent = ann_in_support.http.post("/messages", content=body.encode(), headers=headers).raise_for_status()

    got = ann_in_support.http.get(sent.json()["files"][0])

    assert (got.headers["Content-Type"], got.content) == ("application/octet-stream", b"x")
