"""A subscriber stays a card, whatever Webex tells of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards.reading import texts
from tests.cards.scenes_show_subscriber import ID, past, shown, with_data
from tests.cards.test_anything import MANY, TEXT, TEXTS, VALUE, assert_sound


@given(TEXTS, st.dictionaries(TEXT, VALUE, max_size=30), VALUE)
@MANY
def test_a_subscriber_takes_any_echo(texts: list[str], fields: dict[str, Any], value: Any) -> None:
    known = {"firstName": value, "userId": value, "package": {texts[0]: value}, "status": value, "created": value}
    reasons = [{"words": value, "field": None, "explanation": {"code": value, "meaning": texts[1], "known": False}}]
    history = [
        {**past(number), "words": value, "asker": texts[3], "state": texts[4], "status": texts[5], "note": texts[6]}
        for number in range(1, 21)
    ]
    data = {"id": ID, "fields": {**fields, **known}, "errors": reasons * 12, "history": history, "current": {}}

    assert_sound(with_data(data))


def test_of_a_long_history_the_latest_are_seen_at_once() -> None:
    view = shown(*(past(number) for number in range(20, 0, -1)))

    numbers = [words.split()[1] for words in texts(view) if words.startswith("Request ") and "update" in words]
    assert numbers == [str(number) for number in range(20, 0, -1)]
    assert_sound(view)


@pytest.mark.parametrize("fields", [None, [], "x"])
def test_an_answer_without_fields_is_still_drawn(fields: Any) -> None:
    assert_sound(with_data({"id": ID, "fields": fields, "current": {}}))
