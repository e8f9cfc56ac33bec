"""What a typed line asks for: exact words first, then arguments; never a guess."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.codes import codes_in, looks_like_code
from bot.domain.form import NAMES, Complaint, Form, Input, Kind

T = TypeVar("T")

_SMART_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
# A lone quotation mark is a character like any other: people write 27" for inches.
_TOKEN = re.compile(r"""(?:='[^'"=]*'(?=\s|$)|[^\s"]|"[^"]*"|")+""")
_QUOTED_OR_SPACED_EQUALS = re.compile(r'("[^"]*")|(?<=\w)\s+=')
_PAIR = re.compile(r'"([^"]*)"')
_KEY = re.compile(r"([A-Za-z][\w.\-]*)=(.*)", re.DOTALL)
# Ids of Webex are base64, whose padding must not make a field of them.
_PADDED = re.compile(r"(?:[\w-]{4}){4,}(?:[\w-]{2}==|[\w-]{3}=)")
MAX_LINE = 4000
_MOST_UNKNOWN = 5
_NEAR_ENOUGH = 0.55


@dataclass(frozen=True)
class Arguments:
    """What was said for the inputs of a form, and what could not be understood."""

    values: dict[str, str] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()


def match(line: str, phrases: Mapping[str, T]) -> tuple[T, str] | None:
    """The longest phrase that the line begins with, in any case, and the rest of the line."""
    words = line.split()
    folded = [word.casefold() for word in words]
    for phrase in sorted(phrases, key=lambda each: -len(each.split())):
        wanted = phrase.casefold().split()
        if folded[: len(wanted)] == wanted:
            return phrases[phrase], _rest(line, len(wanted))
    return None


def suggest(line: str, phrases: Iterable[str], *, limit: int = 3) -> list[str]:
    """The phrases that the line may have meant, the nearest first."""
    said = line.casefold()
    words = set(said.split())

    def nearness(phrase: str) -> float:
        length = len(phrase.split())
        shared = len(words & set(phrase.split())) / length
        # What follows the words, an address for example, says nothing about which words were meant.
        leading = " ".join(said.split(maxsplit=length)[:length])[:80]
        likeness = (difflib.SequenceMatcher(None, each, phrase).ratio() for each in (leading, said[:80]))
        return shared + max(likeness)

    ranked = sorted(((nearness(phrase), phrase) for phrase in phrases), key=lambda pair: (-pair[0], pair[1]))
    return [phrase for score, phrase in ranked if score >= _NEAR_ENOUGH][:limit]


def arguments(rest: str, form: Form) -> Arguments | None:
    """Read ``field=value`` pairs and a bare ``user@domain``; None when the rest is something else.

    A value goes on until the next field, so that quotes are needed only where it contains one.
    """
    line = rest[:MAX_LINE].translate(_SMART_QUOTES)
    tokens: list[str] = _TOKEN.findall(_QUOTED_OR_SPACED_EQUALS.sub(lambda found: found[1] or "=", line))
    # Whoever names an address means no code: “what is the matter with ann@example.com” is for somebody else.
    addressed = form.bare is None or form.bare.kind is not Kind.CODES
    if not any(_KEY.fullmatch(token) or (addressed and _looks_bare(token)) for token in tokens):
        return Arguments() if not tokens else None
    read = _Reader(form).read(tokens)
    if len(rest) > MAX_LINE:
        cut = Complaint(None, f"That was too long: I read the first {MAX_LINE} characters only.")
        return Arguments(read.values, (*read.complaints, cut))
    return read


def alone(rest: str, form: Form) -> Arguments | None:
    """Read words that stand without the names of their inputs; None when they are something else.

    They are the names that a form needs, as in ``template rename acme globex``, a user ID without an @, codes, or the
    one text that a form is about, as in ``show workspace Conference Room``.
    """
    said = rest.translate(_SMART_QUOTES).split()
    words = [_unquoted(word) for word in said]
    bare = form.bare
    if bare is None or not words:
        return None
    if bare.kind is Kind.CODES:
        codes = codes_in(rest)
        return Arguments({bare.name: ", ".join(codes)}) if codes and all(map(looks_like_code, codes)) else None
    if len(words) == 1 and _is_plain_id(words[0], bare):
        return Arguments({bare.name: words[0]})
    if bare.kind is Kind.TEXT:
        return Arguments({bare.name: _unquoted(" ".join(said))})
    names = [each.name for each in form.inputs if each is bare or (each.required and each.kind in NAMES)]
    if bare.kind not in NAMES or len(words) > len(names):
        return None
    return Arguments(dict(zip(names, words, strict=False)))


def whole(rest: str, form: Form) -> Arguments | None:
    """Take the rest of a line as it is, for a form with an input that wants all of it; None for any other form."""
    asked = next((each for each in form.inputs if each.kind is Kind.LINE), None)
    if asked is None:
        return None
    # Its name may stand before it, as before any other value.
    said = re.sub(rf"^\s*{re.escape(asked.name)}\s*=", "", rest[:MAX_LINE], count=1, flags=re.IGNORECASE).strip()
    return Arguments({asked.name: said} if said else {})


def carried(line: str, form: Form) -> str:
    """What a line that was not understood says from its first address or ``field=value`` on, if the form takes that."""
    tokens = line[:MAX_LINE].translate(_SMART_QUOTES).split()
    first = next((at for at, token in enumerate(tokens) if _looks_bare(token) or _KEY.fullmatch(token)), None)
    # Of a name or a text nobody can say where it began among words that were not understood.
    if first is None or form.bare is None or form.bare.kind in {*NAMES, Kind.TEXT}:
        return ""
    rest = " ".join(tokens[first:])
    read = arguments(rest, form)
    return rest if read and not read.complaints else ""


def _rest(line: str, count: int) -> str:
    parts = line.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""


def _looks_bare(token: str) -> bool:
    user, _, domain = token.partition("@")
    return bool(user and domain) and '"' not in token


def _is_plain_id(word: str, bare: Input) -> bool:
    """A user ID without an @, which is told from other words by a digit in it."""
    return bare.kind is Kind.USER_ID and '"' not in word and any(c.isdigit() for c in word)


class _Reader:
    """Goes through the tokens of one line from left to right."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.values: dict[str, str] = {}
        self.complaints: list[Complaint] = []
        self.leftover: list[str] = []
        self.unknown: set[str] = set()
        self.current: Input | None = None
        self.last_is_word = False

    def read(self, tokens: list[str]) -> Arguments:
        for token in tokens:
            keyed = _KEY.fullmatch(token)
            if keyed is None or (self._awaits_value() and _PADDED.fullmatch(token)):
                self._word(token)
            else:
                self._start(keyed[1], _unquoted(keyed[2]))
        if self.leftover:
            said = " ".join(self.leftover)[:80]
            self.complaints.append(Complaint(None, f"I did not understand “{said}”. Write field=value."))
        return Arguments(self.values, tuple(self.complaints))

    def _start(self, key: str, value: str) -> None:
        self.current, self.last_is_word = self._named(key), False
        if self.current is None:
            self._complain_of(key)
        elif self.current.name in self.values:
            self._complain(Complaint(self.current.name, f"{self.current.label} was given twice."))
            self.current = None
        else:
            self.values[self.current.name] = value

    def _named(self, key: str) -> Input | None:
        """Look the key up, together with the word before it if that makes a name, as in ``first name=Ann``."""
        if self.last_is_word and self.current:
            before, _, word = self.values[self.current.name].rpartition(" ")
            if word.isalpha() and (found := self.form.find(word + key)):
                self.values[self.current.name] = before
                return found
        elif self.last_is_word and self.leftover[-1].isalpha() and (found := self.form.find(self.leftover[-1] + key)):
            self.leftover.pop()
            return found
        return self.form.find(key)

    def _word(self, token: str) -> None:
        self.last_is_word = '"' not in token
        bare = self.form.bare
        if bare and bare.name not in self.values and self._goes_bare(token, bare):
            self.values[bare.name] = _unquoted(token)
            # A text goes on until the next field, as if it had been named.
            self.current, self.last_is_word = (bare if bare.kind is Kind.TEXT else None), False
        elif self.current is not None:
            said = self.values.get(self.current.name, "")
            self.values[self.current.name] = f"{said} {_unquoted(token)}".strip()
        else:
            self.leftover.append(token)

    def _goes_bare(self, token: str, bare: Input) -> bool:
        if bare.kind in NAMES or (bare.kind is Kind.TEXT and self.current is None):
            return self.current is None and not self.leftover
        if self.current is None and not self.leftover and _is_plain_id(token, bare):
            return True
        return _looks_bare(token) and not self._awaits_value()

    def _awaits_value(self) -> bool:
        return self.current is not None and not self.values.get(self.current.name)

    def _complain_of(self, key: str) -> None:
        """Say once that there is no such field; a line of rubbish is not answered with a hundred complaints."""
        if key in self.unknown or len(self.unknown) >= _MOST_UNKNOWN:
            return
        self.unknown.add(key)
        why = self.form.why_untaken(key)
        if why:
            self._complain(Complaint(None, why))
            return
        names = {name.casefold(): name for each in self.form.inputs for name in (each.name, *each.short)}
        near = difflib.get_close_matches(key.casefold(), names, n=1)
        hint = f" Did you mean “{names[near[0]]}”?" if near else ""
        self._complain(Complaint(None, f"There is no field “{key[:40]}”.{hint}"))

    def _complain(self, complaint: Complaint) -> None:
        if complaint not in self.complaints:
            self.complaints.append(complaint)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1]
    return _PAIR.sub(r"\1", text).removeprefix('"')
