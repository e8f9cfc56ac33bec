"""The envelope of an answer is read in every shape that was seen or described."""

import json
from typing import Any

import httpx
import pytest

from bot.broadworks import envelope
from bot.broadworks.answer import Answer
from bot.broadworks.text import WORDS, header_safe, storable, words
from bot.errors import ApiComplaint

MISSING = ApiComplaint("1001", "Null parameter", "email")


@pytest.mark.parametrize(
    ("data", "complaints"),
    [
        ({}, ()),
        ({"message": None, "errors": None}, ()),
        ({"message": "Not allowed"}, (ApiComplaint(description="Not allowed"),)),
        ({"error": "invalid_token"}, (ApiComplaint(description="invalid_token"),)),
        (
            {"errors": [{"errorCode": 1001, "description": "Null parameter", "fieldName": "email"}]},
            (MISSING,),
        ),
        ({"errors": [{"errorCode": "1001", "message": "Null parameter", "field": "email"}]}, (MISSING,)),
        ({"errors": [{"errorCode": 1001.0, "description": "Null parameter", "fieldName": "email"}]}, (MISSING,)),
        ({"errors": {"code": 1001, "description": "Null parameter", "fieldName": "email"}}, (MISSING,)),
        ({"errors": {"email": {"errorCode": 1001, "description": "Null parameter"}}}, (MISSING,)),
        ({"errors": {"email": "is missing", "userId": None}}, (ApiComplaint(None, "is missing", "email"),)),
        ({"errors": [1001, "is missing", True, None, {}]}, (ApiComplaint("1001"), ApiComplaint(None, "is missing"))),
        ({"errors": "is missing"}, (ApiComplaint(None, "is missing"),)),
        ({"errorCode": 1001, "description": "Null parameter", "fieldName": "email"}, (MISSING,)),
        ({"errorCode": {"errorCode": 1001, "description": "Null parameter", "fieldName": "email"}}, (MISSING,)),
        (
            {
                "errorCode": "1001",
                "errors": [{"errorCode": 1001, "description": "Null parameter", "fieldName": "email"}],
            },
            (MISSING,),
        ),
        (
            {
                "message": "null PARAMETER",
                "errors": [{"code": 1001, "description": "Null parameter", "field": "email"}],
            },
            (MISSING,),
        ),
        (
            {"message": "Failed", "errors": [{"code": 1001, "description": "Null parameter", "field": "email"}]},
            (ApiComplaint(description="Failed"), MISSING),
        ),
        ({"errors": [{"errorCode": [1], "description": {"a": 1}, "fieldName": 7}]}, (ApiComplaint(None, "", "7"),)),
        ({"errorCode": "WXC-4410"}, (ApiComplaint("WXC-4410"),)),
    ],
)
def test_complaints_are_found_wherever_they_stand(data: dict[str, Any], complaints: tuple[ApiComplaint, ...]) -> None:
    assert envelope.complaints(data) == complaints


def test_only_so_many_complaints_are_kept() -> None:
    for errors in ([{"errorCode": n} for n in range(1000)], {f"field{n}": "wrong" for n in range(1000)}):
        assert len(envelope.complaints({"message": "Failed", "errors": errors})) == envelope.ENTRIES


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("  two\n words\t", "two words"),
        ("zero\u200bwidth \u202ebidi \x00\x1b[31m", "zerowidth bidi [31m"),
        ("lone \ud800 surrogate", "lone surrogate"),
        (1001, "1001"),
        (1.5, "1.5"),
        (True, ""),
        (None, ""),
        ({"a": 1}, ""),
        ("x" * 501, "x" * 499 + "…"),
        ("x" * 500, "x" * 500),
    ],
)
def test_their_words_are_kept_on_one_line_and_bounded(value: Any, kept: str) -> None:
    assert words(value) == kept
    assert len(kept) <= WORDS


def test_a_header_of_ours_takes_no_text_that_would_break_it() -> None:
    assert header_safe("BOT_1\r\nX-Evil: 1 é") == "BOT_1X-Evil:1"
    assert len(header_safe("x" * 1000)) == 128


def test_what_is_stored_is_cut_where_no_honest_answer_would_go() -> None:
    deep: Any = "bottom"
    for _ in range(20):
        deep = {"a": [deep]}

    kept = storable({"deep": deep, "long": "x" * 9999, "many": list(range(999)), "nul\0": "\0\ud800", "n": 1.5})

    assert kept == {
        "deep": {"a": [{"a": [{"a": None}]}]},
        "long": "x" * 2000,
        "many": list(range(100)),
        "nul": "?",
        "n": 1.5,
    }


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<html>", b"[1]", b"7", b'"x"', b"null", b'{"a":', b"\xff\xfe\x00", b"[" * 100_000, b"9" * 5000],
)
def test_what_is_no_json_object_is_no_data(body: bytes) -> None:
    assert Answer(400, httpx.Headers(), body).data is None


def test_numbers_that_json_cannot_carry_are_dropped() -> None:
    answer = Answer(200, httpx.Headers(), b'{"a": NaN, "b": 1e999, "c": -Infinity, "d": 1.5}')

    assert answer.data == {"a": None, "b": None, "c": None, "d": 1.5}


@pytest.mark.parametrize(
    ("headers", "body", "tracking_id"),
    [
        ({"Trackingid": "ROUTER_1"}, {}, "ROUTER_1"),
        ({"TRACKINGID": "ROUTER_1"}, {"trackingId": 7}, "7"),
        ({"trackingid": "ROUTER_1"}, {"trackingId": "ROUTER_2"}, "ROUTER_2"),
        ({}, {"trackingId": ""}, None),
        ({}, {}, None),
    ],
)
def test_the_tracking_id_is_in_the_body_or_in_the_header(
    headers: dict[str, str], body: dict[str, Any], tracking_id: str | None
) -> None:
    assert Answer(400, httpx.Headers(headers), json.dumps(body).encode()).tracking_id == tracking_id
