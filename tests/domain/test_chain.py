"""How the links of the chain are made: for good, and so that no two different events are written the same."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chain import FIELDS, START, Head, Segment, Walk, canonical, hashed

KEY, OTHER = "k" * 32, "o" * 32
FIRST = [1, 1, START, "2026-07-09 14:13:20.123456", "request asked", "ann", 12, '{"room": "é"}', *[None] * 9]
values = st.lists(st.one_of(st.none(), st.integers(), st.text(st.characters())), max_size=6)


@given(values, values)
def test_two_lists_that_differ_are_never_written_the_same(
    one: list[str | int | None], other: list[str | int | None]
) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@given(values)
def test_whatever_was_written_can_be_read_again(written: list[str | int | None]) -> None:
    assert json.loads(canonical(written).decode("utf-8", "surrogatepass")) == written


def test_two_halves_of_a_character_are_not_that_character() -> None:
    assert canonical(["\ud83d\ude00"]) != canonical(["\U0001f600"])


def test_version_1_is_written_as_ever() -> None:
    """Whoever changes this can verify nothing that was kept before."""
    assert len(FIRST) == len(FIELDS)
    assert canonical(FIRST).decode() == (
        f'[1,1,"{START}","2026-07-09 14:13:20.123456","request asked","ann",12,"{{\\"room\\": \\"é\\"}}",'
        "null,null,null,null,null,null,null,null,null]"
    )
    assert hashed(FIRST) == "e99e0f0820dbee34d28b45fc2f4cedf318b01817339bae4b24e689d6c1a0a229"


def test_a_head_is_sealed_for_those_who_have_the_key() -> None:
    head = Head(3, "a" * 64, "b" * 64)
    seal = head.sealed_with(KEY)

    assert Head(3, "a" * 64, "b" * 64, seal).is_sealed([OTHER, KEY])
    assert not Head(3, "a" * 64, "b" * 64, seal).is_sealed([OTHER])
    assert not Head(3, "a" * 64, "b" * 64, seal).is_sealed([])
    assert [
        changed.is_sealed([KEY])
        for changed in (
            Head(4, "a" * 64, "b" * 64, seal),
            Head(3, "c" * 64, "b" * 64, seal),
            Head(3, "a" * 64, "", seal),
            Head(3, "a" * 64, "b" * 64),
        )
    ] == [False] * 4


def test_a_walk_begins_behind_what_was_sealed_and_ends_at_the_head() -> None:
    sealed = Segment(2, 1, START, "h" * 64, "from", "to", "then", "")
    kept = Segment(**{**sealed.__dict__, "digest": sealed.computed})
    walk = Walk()

    assert list(walk.over([kept])) == []
    assert (walk.length, walk.last) == (2, "h" * 64)
    assert list(walk.end(Head(2, "h" * 64))) == []
    assert list(walk.end(Head(2, "i" * 64))) == ["The head of the history is not that of its last event."]
