"""Whatever is pasted, reading it has an answer, and soon."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import paste_lines, paste_names, paste_text, paste_tokens, paste_words
from bot.domain.paste import INPUTS, understand
from bot.domain.paste_text import MOST_CHARACTERS, MOST_LINES, lines
from tests.domain.forms import anything, nasty
from tests.domain.pasted import ORDERS, TEMPLATES
from tests.domain.test_command_speed import NASTY, steps

MANY = settings(deadline=None, max_examples=300)

_MARKUP = ["\n", "\t", ";", ",", "|", "<", "<@", "<br>", "</td>", "*", "[a](b)", "&#10;", "&#0;", "&lt;", "“", " - "]
_WORDS = [
    "name: ",
    "nom : ",
    "from: ",
    "user: ",
    "first name",
    "for ",
    "ext 5",
    "x51212",
    "fax:",
    "T +49 ",
    "Ann Agent",
]
_VALUES = [
    "a+b",
    "Reseller1+acme",
    "a@b.c",
    "Europe/Berlin",
    "en_US",
    "Agent, Ann",
    "premium",
    "acme-basic",
    "+1 240 555 1212",
]
pieces = nasty | st.sampled_from([*_MARKUP, *_WORDS, *_VALUES, "\x00", "\u2028", "\u0661\u0662\u0663\u0664\u0665"])
texts = (
    anything
    | st.lists(pieces, max_size=20).map("".join)
    | st.lists(pieces, max_size=20).map(" ".join)
    | st.builds("{}\n{}".format, st.sampled_from([each.text for each in ORDERS]), anything)
)
regions = st.sampled_from([None, "US", "DE", "IT"])


@MANY
@given(text=texts, region=regions, templates=st.lists(anything | st.sampled_from(TEMPLATES), max_size=3))
@example(text="name:\x1e\tAnn\x1fAgent a@b.co", region=None, templates=[])
def test_every_guess_is_written_in_the_text_and_each_input_is_guessed_once(
    text: str, region: str | None, templates: list[str]
) -> None:
    guesses = understand(text, region=region, templates=templates)

    named = [guess.input for guess in guesses]
    plain = " ".join(" ".join(lines(text)).split())
    assert named == [name for name in INPUTS if name in named]
    assert len(named) != 1
    assert all(guess.text and guess.text in plain for guess in guesses)
    assert all(guess.why for guess in guesses)


@MANY
@given(text=texts)
def test_lines_are_few_short_and_plain(text: str) -> None:
    plain = lines(text)

    assert len(plain) <= MOST_LINES
    assert sum(map(len, plain)) <= MOST_CHARACTERS + 2 * MOST_LINES
    assert all(c in "\t " or not c.isspace() for line in plain for c in line)
    assert not any("<@" in line and ">" in line.partition("<@")[2] for line in lines(html_free(text)))


def html_free(text: str) -> str:
    """Without what stands for other characters, which may stand for brackets."""
    return text.replace("&", "")


@MANY
@given(text=st.sampled_from([each.text for each in ORDERS]), around=st.text(" \t\n\u200b\ufeff", max_size=5))
def test_what_cannot_be_seen_around_a_text_changes_nothing(text: str, around: str) -> None:
    assert understand(text) == understand(f"{around}{text}{around}")


REPEATED: dict[str, Callable[[int], str]] = NASTY | {
    "digits": lambda n: "1" * n,
    "digits apart": lambda n: "1 " * (n // 2),
    "numbers": lambda n: "+1 240 555 1212 " * (n // 16),
    "addresses": lambda n: "ann@example.com " * (n // 16),
    "long addresses": lambda n: ("a" * 60 + "@" + "b." * 40 + "c ") * (n // 143),
    "at signs between": lambda n: "a.b@" * (n // 4),
    "labels": lambda n: "name: Ann Agent " * (n // 16),
    "labels without values": lambda n: "phone " * (n // 6),
    "labels without spaces": lambda n: "phone1" * (n // 6),
    "names": lambda n: "Ann Agent " * (n // 10),
    "particles": lambda n: "Ann " + "de " * (n // 3),
    "degrees": lambda n: "Ann Agent, md " * (n // 14),
    "packages": lambda n: "standard " * (n // 9),
    "enterprises": lambda n: "a1+" * (n // 3),
    "zones": lambda n: "a/" * (n // 2),
    "tags": lambda n: "<a " * (n // 3),
    "styles": lambda n: "<style>" * (n // 7),
    "comments": lambda n: "<!--" * (n // 4),
    "mentions": lambda n: "<@" * (n // 2),
    "brackets": lambda n: "(" * n,
    "links": lambda n: "[" * n,
    "entities": lambda n: "&amp;" * (n // 5),
    "cells": lambda n: "a," * (n // 2),
    "quoted cells": lambda n: '"a,' * (n // 3),
    "tabs": lambda n: "\t" * n,
    "forwarded": lambda n: "12/05/24, 10:33 - " * (n // 18),
    "closing words": lambda n: "best " * (n // 5),
    "glued extensions": lambda n: "1234x56 " * (n // 8),
    "nothing": lambda n: "\u200b" * n,
}


@pytest.mark.parametrize("name", REPEATED)
def test_four_times_the_text_takes_no_more_than_some_four_times_the_steps(name: str) -> None:
    short, long = REPEATED[name](MOST_CHARACTERS // 4), REPEATED[name](MOST_CHARACTERS)
    # What is compiled and cached by the first call is no work on the text.
    understand(short, region="US", templates=TEMPLATES)

    few = steps(lambda: understand(short, region="US", templates=TEMPLATES))
    many = steps(lambda: understand(long, region="US", templates=TEMPLATES))

    assert many <= 6 * few + 2000
    # Two million steps take about 100 ms.
    assert many < 1_000_000


@pytest.mark.parametrize("name", REPEATED)
def test_what_lies_behind_the_beginning_of_a_text_costs_nothing(name: str) -> None:
    text, longer = REPEATED[name](2 * MOST_CHARACTERS), REPEATED[name](20 * MOST_CHARACTERS)
    understand(text)

    many, few = steps(lambda: understand(longer)), steps(lambda: understand(text))
    # What is kept from one call to the next makes a few steps of difference.
    assert abs(many - few) < 500


PATTERNS = [
    found
    for module in (paste_lines, paste_names, paste_text, paste_tokens, paste_words)
    for found in vars(module).values()
    if isinstance(found, re.Pattern)
]


@pytest.mark.parametrize("name", REPEATED)
def test_no_pattern_goes_over_the_same_text_again_and_again(name: str) -> None:
    """Backtracking is work of C that no trace sees; a pattern that does it would not come back for minutes."""
    for pattern in PATTERNS:
        pattern.findall(REPEATED[name](MOST_CHARACTERS))
