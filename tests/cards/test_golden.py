"""Every card is compared with its whole literal; UPDATE_GOLDEN=1 writes them anew, to be read before they are kept."""

import json
import os
from pathlib import Path

import pytest

from bot.domain.delivery import NoticeKind
from bot.domain.request import State
from bot.domain.view import NoticeView, RequestView
from cards.render import render
from tests.cards.rules import problems
from tests.cards.scenes import SCENES

GOLDEN = Path(__file__).parent / "golden"
MARKDOWN_ONLY = {"notice_declined", "notice_done", "notice_file", "notice_question", "notice_status"}


@pytest.mark.parametrize("name", SCENES)
def test_a_card_looks_as_it_did(name: str) -> None:
    drawn = render(SCENES[name])

    files = {GOLDEN / f"{name}.md": drawn.markdown + "\n"}
    if drawn.card is not None:
        files[GOLDEN / f"{name}.json"] = json.dumps(drawn.card, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        for path, text in files.items():
            path.write_text(text, "utf-8")
    assert {path.name: path.read_text("utf-8") for path in files} == {path.name: text for path, text in files.items()}


@pytest.mark.parametrize("name", sorted(SCENES.keys() - MARKDOWN_ONLY))
def test_a_card_obeys_webex_and_the_house(name: str) -> None:
    card = render(SCENES[name]).card

    assert card is not None
    assert problems(card) == []


@pytest.mark.parametrize("name", sorted(MARKDOWN_ONLY))
def test_a_line_for_the_notification_has_no_card(name: str) -> None:
    assert render(SCENES[name]).card is None


def test_drawing_twice_gives_the_same() -> None:
    for view in SCENES.values():
        assert render(view) == render(view)


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{name}.md" for name in SCENES} | {f"{name}.json" for name in SCENES.keys() - MARKDOWN_ONLY}

    assert {path.name for path in GOLDEN.iterdir()} == expected


def test_every_state_and_every_notice_has_a_golden_file() -> None:
    states = {view.request.state for view in SCENES.values() if isinstance(view, RequestView)}
    kinds = {view.notice.kind for view in SCENES.values() if isinstance(view, NoticeView)}

    assert states == set(State)
    assert kinds == set(NoticeKind)
