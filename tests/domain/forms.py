"""What the tests of the domain make up: forms, and texts that somebody nasty would type."""

import sys
from typing import Any

from hypothesis import strategies as st

from bot.domain.form import Choice, Form, Input, Kind
from bot.operations import catalogue

FORMS = [operation.form for operation in catalogue()] + [
    Form(
        tuple(
            Input(
                f"{kind.name.lower()}{number}",
                f"The {kind} {number}",
                kind,
                required=bool(number),
                choices=(Choice("a", "An A"), Choice("B", "bé")) if kind is Kind.CHOICE else (),
                max_length=20 + 100 * number,
            )
            for kind in Kind
            for number in (0, 1)
        )
    ),
    Form((Input("several", "Several", Kind.CHOICE, choices=(Choice("a", "An A"), Choice("B", "bé")), several=True),)),
]

_EXAMPLES = [
    "ann@example.com",
    "ann+x@bücher.example",
    "+1-240-555-1212",
    "240 555 1212",
    "+11 2405551212",
    "51212",
    "standard",
    "An a",
    "b, an A,,",
    "en-us",
    "utc",
    "america/los angeles",
    "95547321@example.com",
    "2026-11-20 14:30Z",
    "7D",
    "Conference Room",
]
_ODD = "\x00\r\n\t\u200b\u200e\u202e\u2028\ufeff\ud800\udc00 \"'“”=@.+-_#,;x\uff10\uff19ßİ\u017f\ufb01\u212a\u0301😀"


def wide(digits: str) -> str:
    """The digits as a Japanese keyboard writes them."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


anything: st.SearchStrategy[str] = st.text(
    st.characters(min_codepoint=0, max_codepoint=sys.maxunicode, categories=None), max_size=60
)
"""Any text at all, halves of characters included."""

nasty: st.SearchStrategy[str] = (
    st.sampled_from(_EXAMPLES)
    | anything
    | st.lists(st.sampled_from([*_EXAMPLES, *_ODD]), max_size=8).map("".join)
    | st.integers(0, 600).map(lambda length: "x" * length)
)
"""What people type, mixed with what nobody should."""


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, str]]:
    """A form, and something said for some of its inputs and for others that it does not have."""
    form: Form = draw(st.sampled_from(FORMS))
    names: Any = st.sampled_from([each.name for each in form.inputs]) | anything
    return form, draw(st.dictionaries(names, nasty, max_size=len(form.inputs) + 2))
