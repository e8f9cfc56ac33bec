"""Pasted text as plain lines: without markup, mentions and what else other programs wrap around it."""

import html
import re

from bot.domain.checks import tidy, visible

MOST_CHARACTERS = 4000
MOST_LINES = 60

_MENTION = re.compile(r"<@[^<>]{0,300}>")
_HIDDEN = re.compile(r"<(style|script)\b[^<>]{0,300}>.{0,4000}?</\1>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s{0,3}/?>|</(?:p|div|tr|li|h\d|table)>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
# An address in angle brackets is no tag: what follows a tag's name is a space or the end.
_TAG = re.compile(r"</?[a-z][a-z0-9:-]{0,20}(?:\s[^<>]{0,1000})?/?>|<!--.{0,500}?-->", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{0,300}\)")
_WEB = re.compile(r"(?<!\w)(?:https?://|www\.)\S{1,300}", re.IGNORECASE)
_MAILTO = re.compile(r"\bmailto:(?://)?", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*`]+|__|~~")
_BULLET = re.compile(r"^[\s>•‣◦▪·#–—-]+|^\s*\d{1,2}[.)]\s+(?=\D)")  # noqa: RUF001 - dashes as people paste them.
_AFTER_LABEL = re.compile(r"(?<=[:=])\s+")
_COLUMNS = re.compile(r"[^\S\t]{3,}")
_FORWARDED = re.compile(
    r"^\s*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\]?(?:\s?[-–])?\s"  # noqa: RUF001 - dashes as people paste them.
    r"[^:]{1,40}:\s",
    re.IGNORECASE,
)


def lines(text: str) -> list[str]:
    """The lines, in each of which tabs part the columns; an empty one stands for whatever parts paragraphs."""
    text = _HIDDEN.sub(" ", _MENTION.sub(" ", visible(text[:MOST_CHARACTERS])))
    text = _TAG.sub(" ", _CELL.sub("\t", _BREAK.sub("\n", text)))
    text = _MAILTO.sub(" ", _WEB.sub(" ", _LINK.sub(r"\1", html.unescape(text))))
    return [_line(each) for each in text.splitlines()[:MOST_LINES]]


def _line(text: str) -> str:
    text = _BULLET.sub("", _EMPHASIS.sub("", _FORWARDED.sub("", text)))
    text = _COLUMNS.sub("\t", _AFTER_LABEL.sub(" ", text.strip()))
    cells = [tidy(cell)[0] for cell in text.strip("| ").split("\t")]
    return "\t".join(cells) if any(c.isalnum() for cell in cells for c in cell) else ""
