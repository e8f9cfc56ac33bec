"""Pasted text line by line: what labels say, what stands by itself, and whose name it is about."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.form import folded
from bot.domain.paste_names import one_name, person, runs
from bot.domain.paste_tokens import (
    FINDERS,
    PLAIN,
    SENT,
    SURE,
    TAKEN,
    WEAK,
    Context,
    Found,
    Span,
    addresses,
    enterprises,
    find,
    labelled_extension,
    labelled_number,
    packages,
    without,
    zones,
)
from bot.domain.paste_words import (
    FAX,
    FILLERS,
    NAME,
    OF_THE_HOUSE,
    ORDERS,
    QUESTIONS,
    REFUSALS,
    SENDER,
    SKIP,
    SKIP_WORD,
    Label,
    Piece,
    pieces,
    words,
)

_PARTS = re.compile(r"\t|\s?[|•·¦]\s?|\s[–—-]\s")  # noqa: RUF001 - dashes as people paste them.
_WORD = re.compile(r"[^\W\d_][\w'’-]*")  # noqa: RUF001 - apostrophes as people paste them.
_END = re.compile(r"[,;\x00]|\s[(|•–—-]\s?|\s(?:for|with|and|please|und|für|mit|et|y|con|en|met)\s")  # noqa: RUF001 - dashes as people paste them.
_CLOSING = re.compile(
    r"^(?:(?:best|kind|warm|many|with)\s)*(?:regards|wishes|thanks|thank you|cheers|sincerely|greetings|br)\b.{0,20}$|"
    r"^(?:mit )?(?:freundlichen?|viele|beste|liebe|schöne) gr(?:ü|ue)(?:ß|ss)en?\b.{0,20}$|^mfg\b.{0,10}$|"
    r"^(?:bien )?cordialement\b.{0,20}$|^un (?:cordial )?saludo\b.{0,20}$|^(?:saludos|atentamente)\b.{0,20}$|"
    r"^met vriendelijke groet(?:en)?\b.{0,20}$|^(?:dear|hi|hello|hallo|hola|bonjour|beste|guten)\b.{0,40}$",
    re.IGNORECASE,
)
_FOR = words("for user subscriber employee colleague name up für pour para voor") | ORDERS
_STRANGE_WORDS = 3
_STRANGE_WORDS_IN_ORDERS = 9


def read_lines(lines: list[str], context: Context) -> list[Found]:
    """Everything that the lines say, line by line; what is believed is decided elsewhere."""
    found: list[Found] = []
    for line in lines:
        found += _Line(line, context).read()
    return found + list(_signed(lines)) + list(_alike(lines, found))


class _Line:
    """Reads one line from left to right."""

    def __init__(self, line: str, context: Context) -> None:
        self.line = line
        self.context = context
        self.sure: list[Found] = []
        self.soft: list[Found] = []
        self.left: list[str] = []

    def read(self) -> list[Found]:
        for piece in pieces(self.line.replace("\t", " | ")):
            rest = self._labelled(piece, piece.label) if piece.label else piece.text
            found, left = find(rest, self.context)
            if piece.label and piece.label.input == SENDER:
                # Who sends an order is seldom whom it is about.
                found = [replace(each, rank=SENT) for each in found]
            self.soft += found
            self.left.append(left)
        if not self._is_order():
            return self.sure
        return self.sure + self.soft + list(self._names())

    def _labelled(self, piece: Piece, label: Label) -> str:
        """Take the value of a label out of the text behind it; hands back the rest."""
        if label.input == SKIP:
            return ""
        found, span = value(label, piece.text, self.context)
        (self.sure if label.hard else self.soft).extend(found)
        if span is None:
            # It was a word like any other, such as “mobile” in a sentence.
            return piece.text if label.hard else f"{label.said} {piece.text}"
        return without(piece.text, span)

    def _is_order(self) -> bool:
        """Whether a line is about a subscriber, rather than chat in which an address happens to stand."""
        said = _WORD.findall(" ".join(self.left))
        small = [word for word in said if word[0].islower() and word not in FILLERS]
        folds = [word.casefold() for word in said]
        if REFUSALS & set(folds) or (folds and folds[0] in QUESTIONS):
            return False
        ordered, asked = bool(ORDERS & set(folds)), "?" in self.line
        if asked and not ordered:
            return False
        return len(small) < (_STRANGE_WORDS_IN_ORDERS if ordered and not asked else _STRANGE_WORDS)

    def _names(self) -> Iterator[Found]:
        """The names in a line that is an order, or right before an address."""
        in_order = bool(ORDERS & {word.casefold() for word in _WORD.findall(" ".join(self.left))})
        for part in re.split(r"\s\|\s", " | ".join(self.left)):
            head, taken, _ = part.partition(TAKEN)
            if taken and "," in head:
                yield from _both(head.strip(" <([\"'“”"), "before the address")
            for start, end in runs(part):
                if reason := self._reason(part[:start], part[end : end + 20], in_order=in_order):
                    yield from _both(part[start:end], reason[0], rank=reason[1])

    def _reason(self, before: str, behind: str, *, in_order: bool) -> tuple[str, int] | None:
        """Why a name in the line is that of the subscriber, and how sure that is."""
        last = "".join(before.rsplit(maxsplit=1)[-1:]).strip("(:")
        if last.casefold() in _FOR:
            return f"after “{last}”", PLAIN
        if "@" in self.line and behind.lstrip(" <([\"'“”:-").startswith(TAKEN):
            return "before the address", PLAIN
        if "@" in self.line and behind.lstrip(" ,").startswith(TAKEN):
            return "before the address", WEAK
        return ("in the order", WEAK) if in_order else None


def value(label: Label, text: str, context: Context) -> tuple[list[Found], Span | None]:
    """What a label says, and where in the text behind it."""
    why = f"after “{label.said}”"
    named = label.input
    if named in {"email", "userId"}:
        return _address(named, text, why, context)
    if named in {"primaryPhoneNumber", "mobilePhoneNumber", FAX}:
        span = labelled_number(text)
        rank = PLAIN if folded(label.said) in OF_THE_HOUSE else SURE
        return _at(text, span, None if named == FAX else Found(named, "", why, rank))
    if named == "extension":
        return _at(text, labelled_extension(text), Found(named, "", why, SURE))
    if named == SKIP_WORD:
        first = re.match(r"\s*#?\S*\d\S*", text)
        return [], first.span() if first else None
    if named in {NAME, SENDER, "firstName", "lastName"}:
        return _name(named, text, why, context)
    return _words(named, text, why, context)


def _at(text: str, span: Span | None, found: Found | None) -> tuple[list[Found], Span | None]:
    if span is None or found is None:
        return [], span
    return [replace(found, text=text[slice(*span)])], span


def _address(named: str, text: str, why: str, context: Context) -> tuple[list[Found], Span | None]:
    if named == "userId" and (names := _name(NAME, text, why, context))[0] and person(text[slice(*names[1] or ())]):
        # “User: Ann Agent” names a person.
        return names
    for found, span in addresses(text, context):
        return [Found(named, found.text, why, SURE)], span
    bare = re.match(r"\s*(\+?\d{4,20})(?![\w@])", text) if named == "userId" else None
    return _at(text, bare.span(1), Found(named, "", why, SURE)) if bare else ([], None)


def _name(named: str, text: str, why: str, context: Context) -> tuple[list[Found], Span | None]:
    """The words up to whatever is surely no part of a name; “Agent, Ann” has its comma within."""
    _, left = find(text, context, finders=FINDERS)
    whole = left.partition(TAKEN)[0].rstrip(" <([\"'“|")
    short = _END.split(f"{whole} ")[0].strip()
    for written in (whole.strip(), short):
        at = text.find(written)
        if named in {"firstName", "lastName"}:
            alone = one_name(written)
            found = [Found(named, alone, why, SURE)] if alone else []
        else:
            found = list(_both(written, why, rank=SENT if named == SENDER else SURE, cased=False))
            if not found and named == NAME and (alone := one_name(written)):
                found = [Found(NAME, alone, why, SURE)]
        if found:
            return found, (at, at + len(written))
    return [], None


def _words(named: str, text: str, why: str, context: Context) -> tuple[list[Found], Span | None]:
    known = {"package": packages, "spEnterpriseId": enterprises, "timezone": zones}.get(named)
    for found, span in known(text, context) if known else ():
        return [Found(named, found.text, why, SURE)], span
    written = re.split(r"[,;|(]", text)[0].strip(" .\"'“”")
    if not written or named == "package" or len(written.split()) > 3:
        return [], None
    if named == "provisioningId":
        written = written.split()[0]
    at = text.find(written)
    return [Found(named, written, why, SURE)], (at, at + len(written))


def _both(text: str, why: str, *, rank: int = PLAIN, cased: bool = True) -> Iterator[Found]:
    if names := person(text, cased=cased):
        yield Found("firstName", names[0], why, rank)
        yield Found("lastName", names[1], why, rank)


def _signed(lines: list[str]) -> Iterator[Found]:
    """The line of a signature that is nothing but a name: the first of a paragraph, or below the closing words."""
    fresh, first = True, True
    for line in lines:
        closing = bool(_CLOSING.match(line))
        if fresh and line and not closing and (names := list(_both(_PARTS.split(line)[0], "", rank=WEAK))):
            why = "the first line" if first else "a line of its own"
            yield from (replace(each, why=why) for each in names)
            return
        first = first and not line
        fresh = not line or closing


def _alike(lines: list[str], found: list[Found]) -> Iterator[Found]:
    """The name that stands in an e-mail address as well, wherever it is."""
    users = [each.text.casefold().partition("@")[0] for each in found if each.input == "email"]
    for line in lines:
        for start, end in runs(line):
            names = [name for name in line[start:end].casefold().split() if len(name) > 2]
            if any(name in user for name in names for user in users):
                yield from _both(line[start:end], "as in the e-mail address", rank=WEAK)
                return
