"""Codes are data, and the operator can add to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.broadworks.codes import CodeBook
from bot.domain.problem import Explanation
from bot.errors import SettingsError

MINE: dict[str, Any] = {"code": "200044", "kind": "error", "surface": "portal", "meaning": "The user ID is taken."}


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    return tmp_path / "codes.json"


@pytest.mark.parametrize("code", ["100", "1001", "1002", "2024", "6003", "10022"])
def test_the_documented_codes_say_what_they_mean_what_to_do_and_who_can(code: str) -> None:
    found = CodeBook.load().explain(code, words="their words")

    assert found.known
    assert found.code == code
    assert found.meaning.endswith(".")
    assert found.remedy.endswith(".")
    assert found.who in {"agent", "partner administrator"}


def test_an_unknown_code_keeps_their_words() -> None:
    codes = CodeBook.load()

    assert codes.explain("77", words="their words") == Explanation("77", "their words", known=False)
    assert codes.explain("77") == Explanation("77", "Webex gives no text for this code.", known=False)


def test_codes_of_the_operator_add_and_override(extra: Path) -> None:
    mine = {**MINE, "code": 10022, "remedy": "Ask Bob.", "who": "Bob", "http_status": 409}
    extra.write_text(json.dumps([MINE, mine]))

    codes = CodeBook.load(extra)

    assert codes.explain("200044") == Explanation("200044", "The user ID is taken.")
    assert codes.explain(" 10022 ") == Explanation("10022", "The user ID is taken.", "Ask Bob.", "Bob")
    assert codes.explain("1001").known


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ({}, ["must be a list of codes"]),
        (["text"], ["entry 1: must be an object"]),
        ([MINE, MINE], ["entry 2 (code 200044): the code is there twice"]),
        ([{**MINE, "code": True}], ["entry 1: code must be text or a whole number"]),
        ([{**MINE, "code": " "}], ["entry 1: code must be text or a whole number"]),
        ([{**MINE, "kind": "warning"}], ["entry 1 (code 200044): kind must be info or error"]),
        ([{**MINE, "kind": []}], ["entry 1 (code 200044): kind must be info or error"]),
        ([{**MINE, "colour": 1}], ["entry 1 (code 200044): colour is unknown"]),
        (
            [{**MINE, "meaning": " ", "remedy": 1}],
            ["entry 1 (code 200044): meaning must be text", "entry 1 (code 200044): remedy must be text"],
        ),
        ([{**MINE, "http_status": 99}], ["entry 1 (code 200044): http_status must be a number from 100 to 599"]),
        ([{**MINE, "http_status": True}], ["entry 1 (code 200044): http_status must be a number from 100 to 599"]),
        (
            [{"code": "5"}, MINE, {"meaning": "x"}],
            [
                "entry 1 (code 5): kind is missing",
                "entry 1 (code 5): surface is missing",
                "entry 1 (code 5): meaning is missing",
                "entry 3: code is missing",
                "entry 3: kind is missing",
                "entry 3: surface is missing",
            ],
        ),
    ],
)
def test_a_bad_file_is_refused_with_all_that_is_wrong_in_it(extra: Path, entries: Any, problems: list[str]) -> None:
    extra.write_text(json.dumps(entries))

    with pytest.raises(SettingsError) as caught:
        CodeBook.load(extra)

    assert caught.value.problems == [f"{extra}: {problem}" for problem in problems]


@pytest.mark.parametrize("content", [b"", b"[", b"[" * 100_000])
def test_a_file_that_is_not_json_is_refused(extra: Path, content: bytes) -> None:
    extra.write_bytes(content)

    with pytest.raises(SettingsError, match="is not JSON"):
        CodeBook.load(extra)


def test_a_file_that_cannot_be_read_is_refused(extra: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        CodeBook.load(extra)

    extra.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        CodeBook.load(extra)
