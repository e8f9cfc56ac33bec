"""Tells whether two texts of the bot say the same, although each run has times, ids and request numbers of its own."""

import re

from bot.simulator import ids
from bot.simulator.seed import PEOPLE
from bot.simulator.world import DOMAIN

_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_ZONE = r"(?: ?(?:UTC|Z|[+-]\d{2}:?\d{2})\b)?"
_SPAN = r"(?:milliseconds?|seconds?|minutes?|hours?|days?|ms|s|min|h)"

# Each of them needs a digit and leaves none, so replacing again and again comes to an end.
_CHANGING = (
    (
        re.compile(rf"\b[A-Z][A-Z0-9]*_(?:{_UUID}|(?=[0-9A-Fa-f-]*\d)[0-9A-Fa-f]{{4,}}(?:-[0-9A-Fa-f]+)*)\b"),
        "<tracking id>",
    ),
    (re.compile(r"\bY2lzY29zcGFyazov[\w-]+=*"), "<id>"),
    (re.compile(rf"\b{_UUID}\b"), "<id>"),
    (re.compile(r"\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}\b"), "<address>"),
    (re.compile(rf"\b\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]{_TIME}{_ZONE})?\b"), "<moment>"),
    (re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}(?:,? {_TIME}{_ZONE})?"), "<moment>"),
    (re.compile(rf"\b{_TIME}{_ZONE}(?!\w)"), "<time>"),
    (re.compile(rf"\b\d+(?:\.\d+)? ?{_SPAN}\b"), "<a while>"),
)
_MENTION = re.compile(r"<@person(?:Id|Email):([^|>\s<]+|<id>)(?:\|[^<>]*)?>")
# Their ids are the same in every run.
_KEYS = {
    whom: key
    for key in (name.partition(" ")[0].lower() for name, _ in PEOPLE)
    for whom in (ids.steady("PEOPLE", f"{key}@{DOMAIN}"), f"{key}@{DOMAIN}")
}
# Looking back keeps a long row of spaces from being tried again from each of them.
_LINE_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)

# "Request 12", and the lines of a list: "12 · Provision workspace". What is quoted (“show request 12”) is an example.
_NUMBER = re.compile(r"(?<!“show )(?i:\brequests? )(\d+)\b|^(\d+)(?= · )", re.MULTILINE)
_ALONE = re.compile(r"(\d+)")


def normalised(text: str) -> str:
    """The text without what differs from run to run; of what is normalised already, nothing changes."""
    before = None
    while before != text:
        before = text
        text = _MENTION.sub(_mentioned, text)
        for pattern, name in _CHANGING:
            text = pattern.sub(name, text)
    return _LINE_END.sub("", text)


class Numbers:
    """Which request number of a recording is which of the run at hand: learnt from texts that match otherwise."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._recorded: dict[str, str] = {}

    def learn(self, pairs: list[tuple[str, str]]) -> bool:
        """False, with nothing learnt, where a pair of (recorded, seen) contradicts another."""
        seen, recorded = dict(self._seen), dict(self._recorded)
        for one, other in pairs:
            if seen.setdefault(one, other) != other or recorded.setdefault(other, one) != one:
                return False
        self._seen, self._recorded = seen, recorded
        return True

    def spoken(self, words: str) -> str:
        """Words of a recording, such as "show request 12", with the number that this request has now."""

        def now(found: re.Match[str]) -> str:
            return found[0].replace(number := found[1] or found[2], self._seen.get(number, number))

        return _NUMBER.sub(now, words)

    def title(self, title: str) -> str:
        """The title of a button; one that is nothing but a number stands for that request."""
        return self._seen.get(title, title) if _ALONE.fullmatch(title) else self.spoken(title)


def matches(recorded: str, seen: str, numbers: Numbers, *, title: bool = False) -> bool:
    """Whether both say the same once normalised; if so, the request numbers in them have been learnt.

    `title` is for the title of a button, which may be nothing but a number.
    """
    one, other = normalised(recorded), normalised(seen)
    if title and _ALONE.fullmatch(one) and _ALONE.fullmatch(other):
        return numbers.learn([(one, other)])
    if _NUMBER.sub(_blank, one) != _NUMBER.sub(_blank, other):
        return False
    return numbers.learn(list(zip(_numbers(one), _numbers(other), strict=True)))


def _mentioned(found: re.Match[str]) -> str:
    return f"@{_KEYS.get(found[1], '<person>')}"


def _blank(found: re.Match[str]) -> str:
    return found[0].replace(found[1] or found[2], "\0")


def _numbers(text: str) -> list[str]:
    return [found[1] or found[2] for found in _NUMBER.finditer(text)]
