"""Codes are data, and the operator can add to them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.broadworks import codes as module
from bot.broadworks.codes import OPERATORS_OWN, CodeBook
from bot.domain.codes import Meaning, Surface
from bot.domain.problem import Explanation
from bot.errors import SettingsError

MINE: dict[str, Any] = {"code": "200044", "kind": "error", "surface": "provisioning-api", "meaning": "Taken."}

SURFACES = "provisioning-api, portal, directory-sync or webex-calling"


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


def test_all_sixty_four_codes_are_there_each_on_the_surface_that_gives_it() -> None:
    shipped = json.loads(Path(module.__file__).with_name("codes.json").read_text(encoding="utf-8"))

    assert Counter(each["surface"] for each in shipped) == {
        "provisioning-api": 6,
        "portal": 20,
        "directory-sync": 28,
        "webex-calling": 10,
    }
    assert len({each["code"] for each in shipped}) == len(CodeBook.load()) == 64
    assert [each["code"] for each in shipped if each["kind"] == "info"] == ["100"]


def test_every_code_says_what_to_do_who_can_and_how_sure_that_is() -> None:
    book = CodeBook.load()
    shipped = json.loads(Path(module.__file__).with_name("codes.json").read_text(encoding="utf-8"))
    known = [meaning for each in shipped for meaning in book.everywhere(each["code"])]

    assert len(known) == 64
    assert all(each.meaning.endswith(".") and each.remedy.endswith(".") for each in known)
    assert {each.who for each in known} == {"agent", "partner administrator", "the subscriber"}
    assert {each.surface: each.certainty for each in known if each.surface is not Surface.API} == {
        Surface.PORTAL: "documented for the portal; whether the API gives this number is not known",
        Surface.DIRECTORY_SYNC: "documented in the article on directory sync; the API may give another number",
        Surface.CALLING: "documented for Webex Calling only; the API is not known to give it",
    }
    assert {each.certainty for each in known if each.surface is Surface.API} == {
        "documented",
        "documented, though the text breaks off",
        "seen in a documented example only",
    }


@pytest.mark.parametrize("code", ["200044", "600014", "WXC-4201"])
def test_an_answer_of_the_api_is_never_explained_with_what_a_code_means_elsewhere(code: str) -> None:
    book = CodeBook.load()

    assert book.explain(code, words="their words") == Explanation(code, "their words", known=False)
    assert [each.code for each in book.everywhere(code)] == [code]


def test_what_a_code_means_is_found_in_any_case_and_with_the_apis_own_surface_first(extra: Path) -> None:
    portal = {**MINE, "surface": "portal", "meaning": "Taken, says the portal.", "certainty": "we tried it"}
    extra.write_text(json.dumps([portal, MINE]))
    book = CodeBook.load(extra)

    assert book.everywhere(" 200044 ") == (
        Meaning("200044", Surface.API, "Taken.", certainty=OPERATORS_OWN),
        Meaning("200044", Surface.PORTAL, "Taken, says the portal.", certainty="we tried it"),
    )
    assert [each.surface for each in book.everywhere("wxc-4201")] == [Surface.CALLING]
    assert book.everywhere("77") == ()


def test_an_unknown_code_keeps_their_words() -> None:
    codes = CodeBook.load()

    assert codes.explain("77", words="their words") == Explanation("77", "their words", known=False)
    assert codes.explain("77") == Explanation("77", "Webex gives no text for this code.", known=False)


def test_codes_of_the_operator_add_and_override(extra: Path) -> None:
    mine = {**MINE, "code": 10022, "remedy": "Ask Bob.", "who": "Bob", "http_status": 409}
    extra.write_text(json.dumps([MINE, mine]))

    codes = CodeBook.load(extra)

    assert codes.explain("200044") == Explanation("200044", "Taken.")
    assert codes.explain(" 10022 ") == Explanation("10022", "Taken.", "Ask Bob.", "Bob")
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
        (
            [{**MINE, "surface": "rest"}],
            ["entry 1 (code 200044): surface must be " + SURFACES],
        ),
        ([{**MINE, "surface": []}, MINE], ["entry 1 (code 200044): surface must be " + SURFACES]),
        ([{**MINE, "certainty": 1}], ["entry 1 (code 200044): certainty must be text"]),
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
