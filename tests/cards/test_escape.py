"""What is shown is what was typed, and it does nothing else."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cards.escape import cut, mention, plain, safe, typed

PARSERS = (
    MarkdownIt("commonmark"),
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("js-default", {"html": False}),
)
ANY = st.text(alphabet=st.characters(exclude_categories=()))
MARKUP = st.text(alphabet="a1é *_[]()`#><-+.)=~!&;\\|:@/?{}$^%,\"'\t\n", max_size=30)


def shown(markdown: str, parser: MarkdownIt) -> str:
    """What a person reads of it."""
    return html.unescape(re.sub(r"<[^>]*>", "", parser.render(markdown))).strip()


@given(MARKUP | ANY)
@settings(max_examples=400, deadline=None)
@example("1. one")
@example("12) twelve")
@example("# heading")
@example("> quote")
@example("- item")
@example("---")
@example("a\\")
@example("\\*a*")
@example("<a@b.example>")
@example("<https://example.com>")
@example("[text](https://example.com)")
@example("**bold** __bold__ ~~gone~~ `code`")
@example("&lt;&#65;&amp")
@example("john_smith_a@example.com")
def test_any_text_reads_as_it_was_typed(text: str) -> None:
    wanted = plain(text, limit=2000)

    assert [shown(safe(text, limit=2000), parser) for parser in PARSERS] == [wanted] * 3


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
@settings(deadline=None)
def test_visible_text_is_not_changed_but_for_its_spaces(text: str) -> None:
    without_blanks = re.sub("[\u115f\u1160\u2800\u3164\uffa0]", "", text)

    assert plain(without_blanks, limit=2000) == " ".join(without_blanks.split())


@given(ANY)
@settings(deadline=None)
def test_nobody_can_be_mentioned_by_echoed_text(text: str) -> None:
    assert "<@" not in safe(f"{text}<@all>{text}")


@pytest.mark.parametrize(
    ("typed_text", "markdown"),
    [
        ("john_smith@example.com", "john_smith@example.com"),
        ("+1-240-555-1212", "+1-240-555-1212"),
        ("Reseller1+acme", "Reseller1+acme"),
        ("Room (2nd floor) & Lobby #3", "Room (2nd floor) & Lobby #3"),
        ("a < b", "a < b"),
        ("CORP\\ann", "CORP\\ann"),
        ("snake_", "snake\\_"),
        ("a](b", "a\\]\\(b"),
    ],
)
def test_only_what_would_be_markup_is_escaped(typed_text: str, markdown: str) -> None:
    """Some clients show the backslash too."""
    assert safe(typed_text) == markdown


@pytest.mark.parametrize(
    ("hidden", "visible"),
    [
        ("ann\u200b@example.com", "ann{U+200B}@example.com"),
        ("\u202egpj.exe", "{U+202E}gpj.exe"),
        ("a\x00b", "a{U+0000}b"),
        ("a\ud800b", "a{U+D800}b"),
        ("a\u3164b", "a{U+3164}b"),
        ("two\r\n lines\u2028three", "two lines three"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(hidden: str, visible: str) -> None:
    assert plain(hidden) == visible


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (None, "null"), (3, "3"), (["a", 1], '["a", 1]'), ({"a": "é"}, '{"a": "é"}'), ("true", "true")],
)
def test_a_value_that_is_no_text_shows_as_json(value: object, text: str) -> None:
    assert plain(value) == text


@given(ANY, st.integers(min_value=2, max_value=40))
@settings(deadline=None)
def test_a_cut_text_is_short_and_escapes_stay_whole(text: str, limit: int) -> None:
    short = cut(safe(text, limit=2000), limit)

    assert len(short) <= limit
    assert "<@" not in short
    assert not re.search(r"(?<!\\)(\\\\)*\\…$", short)


def test_an_entity_is_cut_as_a_whole() -> None:
    assert cut("ab&lt;@all>", 6) == "ab…"
    assert cut("short", 6) == "short"


def test_an_input_gets_back_what_was_typed() -> None:
    assert typed(" a  *b*\u200b ") == " a  *b*\u200b "
    assert typed("a\x00\ud800") == "a\ufffd\ufffd"
    assert len(typed("x" * 5000)) == 1000


def test_only_an_id_of_webex_is_mentioned() -> None:
    assert mention("Y2lzY29zcGFyazovL3Vz") == "<@personId:Y2lzY29zcGFyazovL3Vz>"
    assert mention("all> <@all") == ""
    assert mention("") == ""
