"""What the gallery is made of: the golden cards of a folder, as they are at that moment."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playing import simulate
from bot.simulator import Simulator
from bot.simulator.webex.cards import MAX_BYTES, look
from tests.simulator.kit import HELLO_CARD

GOLDEN = Path(__file__).parents[1] / "cards" / "golden"


def visitor(sim: Simulator) -> httpx.Client:
    return httpx.Client(transport=httpx.WSGITransport(app=sim.app), base_url="http://localhost:8099")


@pytest.fixture
def goldens(tmp_path: Path) -> Path:
    for name in ("book_desk", "book_desk_form", "notice_help"):
        (tmp_path / f"{name}.json").write_text(json.dumps(HELLO_CARD), "utf-8")
    (tmp_path / "book_desk.md").write_text("**Booked**\n", "utf-8")
    return tmp_path


@pytest.fixture
def gallery(goldens: Path) -> Iterator[httpx.Client]:
    with Simulator(goldens=goldens) as sim, visitor(sim) as http:
        yield http


def cards(gallery: httpx.Client) -> dict[str, dict[str, Any]]:
    found = gallery.get("/play/gallery").raise_for_status().json()
    assert found["available"] is True
    return {card["name"]: card for card in found["cards"]}


def test_a_golden_card_comes_with_its_words_its_size_and_its_group(gallery: httpx.Client) -> None:
    assert cards(gallery)["book_desk"] == {
        "name": "book_desk",
        "group": "book desk",
        "card": HELLO_CARD,
        "words": "**Booked**",
        "bytes": len(json.dumps(HELLO_CARD)),
        "limit": MAX_BYTES,
        "flags": [],
    }


def test_cards_stand_together_by_the_words_that_their_names_share(gallery: httpx.Client) -> None:
    assert {name: card["group"] for name, card in cards(gallery).items()} == {
        "book_desk": "book desk",
        "book_desk_form": "book desk",
        "notice_help": "notice help",
    }


def test_names_that_share_only_their_first_word_are_a_group_of_that_word(goldens: Path, gallery: httpx.Client) -> None:
    (goldens / "notice_done.json").write_text(json.dumps(HELLO_CARD), "utf-8")

    assert cards(gallery)["notice_help"]["group"] == "notice"


def test_a_changed_card_is_seen_at_the_next_look(goldens: Path, gallery: httpx.Client) -> None:
    cards(gallery)

    (goldens / "notice_help.json").write_text('{"type": "AdaptiveCard", "version": "1.5"}', "utf-8")

    assert cards(gallery)["notice_help"]["flags"] == [
        "Webex refuses this card. #/version: '1.5' is not supported, 1.3 is the latest"
    ]


def test_a_file_that_is_no_json_is_shown_as_that(goldens: Path, gallery: httpx.Client) -> None:
    (goldens / "notice_help.json").write_text("{", "utf-8")

    found = cards(gallery)["notice_help"]

    assert found["card"] is None
    assert found["flags"][0].startswith("This file is not JSON: ")


def test_without_golden_cards_the_gallery_says_so(control: httpx.Client) -> None:
    assert control.get("/gallery").status_code == 200
    assert control.get("/play/gallery").json() == {"available": False, "cards": []}


def test_any_card_can_be_checked(control: httpx.Client) -> None:
    table = {**HELLO_CARD, "body": [{"type": "Table"}]}

    seen = control.post("/play/cards/check", json={"card": table}).raise_for_status().json()

    assert seen == {
        "bytes": len(json.dumps(table)),
        "limit": MAX_BYTES,
        "flags": ["Webex refuses this card. #/body/0: 'Table' is not supported here"],
    }


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"{"])
def test_what_is_no_card_is_refused_in_words(control: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}

    response = control.post("/play/cards/check", content=body, headers=headers)

    assert response.status_code == 400
    assert response.json()["message"] == "A card is checked as the JSON object {card: ...}."


def test_a_page_from_elsewhere_may_not_ask(control: httpx.Client) -> None:
    headers = {"Origin": "https://elsewhere.example"}

    assert control.post("/play/cards/check", json={"card": HELLO_CARD}, headers=headers).status_code == 403


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_is_to_be_said_against_a_card_of_ours(path: Path) -> None:
    assert look(json.loads(path.read_text("utf-8"))).flags == []


def test_the_playground_hands_the_goldens_of_its_checkout_to_the_gallery(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[Path | None] = []

    class Stopped(Exception):
        """Enough was seen."""

    def started(*, goldens: Path | None) -> None:
        handed.append(goldens)
        raise Stopped

    monkeypatch.setattr("bot.playing.Simulator", started)

    with pytest.raises(Stopped):
        simulate(port=0, as_json=True)

    assert handed == [GOLDEN]
