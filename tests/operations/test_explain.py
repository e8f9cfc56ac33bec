"""What explain tells of codes: every surface that has them, and what was seen of those that the API's lacks."""

from dataclasses import asdict
from typing import Any

from bot.domain.codes import Meaning, Surface, UnknownCode
from bot.domain.plan import Outcome
from bot.operations import explain
from tests.operations.desk import NOW, asked, desk

API = Meaning("10022", Surface.API, "The user ID is taken.", "Use another.", "agent", "documented")
PORTAL = Meaning("200044", Surface.PORTAL, "The user ID is in use.", "Use another.", "agent", "documented elsewhere")
MET = UnknownCode("77", Surface.API, "Odd.", count=2, first_seen=NOW, last_seen=NOW, request=5)
ALSO_MET = UnknownCode("200044", Surface.API, "In use.", count=1, first_seen=NOW, last_seen=NOW)
SEEN = {"words": "Odd.", "count": 2, "first": NOW.isoformat(), "last": NOW.isoformat(), "request": 5}


def told(code: str) -> list[dict[str, Any]]:
    at_desk = desk(meanings=[API, PORTAL], unknown_codes=[MET, ALSO_MET])
    outcome = explain.plan({"code": code}, at_desk).outcome
    assert outcome == Outcome(ok=True, data={"codes": outcome.data["codes"]})
    assert asked(at_desk) == []
    found: list[dict[str, Any]] = outcome.data["codes"]
    return found


def test_what_the_api_is_known_to_give_is_explained_without_asking_the_api() -> None:
    assert told("10022") == [{"code": "10022", "meanings": [asdict(API)], "seen": None}]


def test_several_are_explained_in_the_order_in_which_they_were_said() -> None:
    assert [each["code"] for each in told("77, 10022, 5")] == ["77", "10022", "5"]


def test_of_what_nobody_knows_it_is_told_what_was_seen_here() -> None:
    assert told("77, 5") == [
        {"code": "77", "meanings": [], "seen": SEEN},
        {"code": "5", "meanings": [], "seen": None},
    ]


def test_what_is_known_elsewhere_only_is_told_with_what_the_api_said() -> None:
    (found,) = told("200044")

    assert found["meanings"] == [asdict(PORTAL)]
    assert found["seen"] == {**SEEN, "words": "In use.", "count": 1, "request": None}
