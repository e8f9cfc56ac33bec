"""How text from outside stands in a card or a message so that it shows as it was typed, and does nothing else."""

import json
import re
import string
import unicodedata
from typing import Any

SHORT = 60
LINE = 300
PROSE = 600

_PUNCTUATION = frozenset(string.punctuation)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# These are letters and marks by category, but nobody sees them.
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_ENTITY = re.compile(r"&(#\d|#[xX][0-9a-fA-F]|[A-Za-z][A-Za-z0-9]*;)")
_ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ALWAYS = frozenset("*`[]~")


def safe(value: Any, *, limit: int = LINE) -> str:
    """One line of markdown that shows the value as it was typed.

    It holds for card text and for messages alike. Only what would be taken for markup is escaped, because some
    clients show the backslash too.
    """
    text = plain(value, limit=limit)
    ordered = _ORDERED.match(text)
    if ordered:
        return f"{ordered[1]}\\{ordered[2]}" + _escaped(text, start=ordered.end())
    return _escaped(text)


def plain(value: Any, *, limit: int = LINE) -> str:
    """One line for places that know no markup: titles of buttons and choices, placeholders."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    # Cutting before and after keeps both the work and the result bounded.
    seen = "".join(map(_seen, " ".join(text[: limit * 4].split())))
    return cut(seen, limit)


def typed(text: str, *, limit: int = 1000) -> str:
    """What goes back into an input: as it was typed, without what no client can carry."""
    return "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text[:limit])


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis; escapes are never cut in two."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    kept = re.sub(r"&[#A-Za-z0-9]{0,8}$", "", kept)
    slashes = len(kept) - len(kept.rstrip("\\"))
    return kept[: len(kept) - slashes % 2] + "…"


def mention(person_id: str) -> str:
    """A mention in a message, or nothing when that is no id of Webex."""
    return f"<@personId:{person_id}>" if re.fullmatch(r"[A-Za-z0-9_=-]{8,200}", person_id) else ""


def _seen(char: str) -> str:
    if unicodedata.category(char) in _INVISIBLE or char in _BLANKS:
        return f"{{U+{ord(char):04X}}}"
    return char


def _escaped(text: str, *, start: int = 0) -> str:
    padded = f"{text}\0"
    return "".join(
        _one(padded[place], before=padded[place - 1] if place else "", after=padded[place + 1], rest=text[place:])
        for place in range(start, len(text))
    )


def _one(char: str, *, before: str, after: str, rest: str) -> str:
    if char == "<" and after != " ":
        # An entity, because a mention might be looked for before backslashes are.
        return "&lt;"
    if char == "&" and (after == "\0" or _ENTITY.match(rest)):
        return "&amp;"
    return f"\\{char}" if _is_markup(char, before=before, after=after) else char


def _is_markup(char: str, *, before: str, after: str) -> bool:
    return (
        char in _ALWAYS
        or (char == "\\" and (after in _PUNCTUATION or after == "\0"))
        or (char == "_" and not (before.isalnum() and after.isalnum()))
        or (char == "(" and before == "]")
        or (not before and _opens_block(char, after=after))
    )


def _opens_block(char: str, *, after: str) -> bool:
    return char in "#>=" or (char in "+-" and after in " \0") or (char == "-" and after == "-")
