"""Codes that were met and that nobody knows: counted, bounded, and gone from the list once they are explained."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadworks.codes import CodeBook
from bot.domain.codes import Meaning, Surface, UnknownCode
from bot.store import unknown_codes
from bot.store.session import Database
from bot.store.unknown_codes import LONGEST, MOST, StoredUnknownCodes
from tests.store import rows

NOBODY = CodeBook({})
LATER = rows.NOW + timedelta(hours=1)


def meet(database: Database, code: str, words: str = "Odd.", *, after: int = 0, request: int | None = None) -> None:
    with database.transaction() as session:
        at = rows.NOW + timedelta(hours=after)
        unknown_codes.meet(session, code, words=words, at=at, request=request)


def met(database: Database, codes: CodeBook = NOBODY) -> list[UnknownCode]:
    return StoredUnknownCodes(database, codes).all()


def test_a_code_is_counted_with_the_words_the_time_and_the_request_of_the_last(database: Database) -> None:
    with database.transaction() as session:
        session.add_all([rows.request(), rows.request()])
    once = UnknownCode("77", Surface.API, "Odd.", count=1, first_seen=rows.NOW, last_seen=rows.NOW, request=1, id=1)

    meet(database, "77", request=1)
    assert met(database) == [once]

    meet(database, "77", "Odder.", after=1, request=2)
    again = replace(once, words="Odder.", count=2, last_seen=LATER, request=2)
    assert met(database) == [again]

    meet(database, "77", "", after=1)
    assert met(database) == [replace(again, count=3)]


def test_the_newest_is_the_first(database: Database) -> None:
    for turn, code in enumerate(["1", "2", "3", "2"]):
        meet(database, code, after=turn)

    assert [each.code for each in met(database)] == ["2", "3", "1"]


def test_a_code_that_has_an_explanation_by_now_is_not_listed_but_can_be_looked_up(database: Database) -> None:
    meet(database, "77")
    meet(database, "200044")
    book = CodeBook({(Surface.API, "77"): Meaning("77", Surface.API, "Now it is known.")})

    assert [each.code for each in met(database, book)] == ["200044"]
    found = StoredUnknownCodes(database, book).find(" 77 ")
    assert found is not None
    assert found.count == 1
    assert StoredUnknownCodes(database, book).find("78") is None


def test_what_a_portal_calls_by_the_same_number_does_not_make_it_known(database: Database) -> None:
    meet(database, "200044")

    assert [each.code for each in met(database, CodeBook.load())] == ["200044"]


@pytest.mark.parametrize("code", ["", " ", "\x00", "\ud800", "\u200b"])
def test_what_is_no_code_is_not_counted(database: Database, code: str) -> None:
    meet(database, code)

    assert met(database) == []


def test_whatever_a_code_and_its_words_are_made_of_they_are_kept_as_far_as_they_fit(database: Database) -> None:
    code, words = "7\x00\ud800" * LONGEST, "w\x00\ud800\n" * 1000

    meet(database, code, words)
    meet(database, code, words)

    (kept,) = met(database)
    assert (kept.code, kept.words, kept.count) == ("7" * LONGEST, "w" * 600, 2)


def test_of_too_many_the_one_that_was_not_met_for_longest_is_forgotten(database: Database) -> None:
    with database.transaction() as session:
        for number in range(MOST):
            at = rows.NOW + timedelta(seconds=number)
            unknown_codes.meet(session, str(number), words="", at=at, request=None)
    meet(database, "0", after=1)

    meet(database, "one more", after=2)

    codes = [each.code for each in met(database)]
    assert codes[:3] == ["one more", "0", str(MOST - 1)]
    assert len(codes) == MOST
    assert "1" not in codes
