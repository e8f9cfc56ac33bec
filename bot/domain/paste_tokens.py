"""What is unmistakable wherever it stands in pasted text: addresses, numbers, enterprises, packages, zones."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.domain.checks import timezones
from bot.domain.numbers import NotANumber, read_number
from bot.domain.provisioning import Package

NUMBER = "number"
"""A telephone number of which nothing says whose it is."""

Span = tuple[int, int]
TAKEN = "\x00"
"""Stands in a text for what was understood and taken out of it; tidied text cannot contain it."""

# Ranks: the greater is believed; among equals the one that was read first.
SURE, PLAIN, WEAK, SENT = 3, 2, 1, 0
_MOST = 5


@dataclass(frozen=True)
class Found:
    """One thing that was understood; ``rank`` says how sure it is."""

    input: str
    text: str
    why: str
    rank: int = PLAIN


Hit = tuple[Found, Span]


@dataclass(frozen=True)
class Context:
    """What helps to understand: the region of numbers without a country code, and the names of templates."""

    region: str | None = None
    templates: tuple[str, ...] = ()

    @classmethod
    def of(cls, region: str | None, templates: Collection[str]) -> "Context":
        """The longest template first, so that “acme basic” is not taken for “acme”."""
        # A template that is called “standard” must be labelled: the word alone is a package.
        named = {name.strip() for name in templates if name.strip().casefold() not in set(Package)} - {""}
        return cls(region, tuple(sorted(named, key=lambda name: (-len(name), name))))


_ADDRESS = re.compile(
    r"(?<![^\s<>()\[\]\"',;:=|/“”])[^\s<>()\[\]\",;:=|/“”@\x00]{1,64}@[^\s<>()\[\]\",;:=|/“”@\x00]{1,253}"
)
_DIGITS = re.compile(r"\+?\d+")
_HOUSE = re.compile(
    r"(?:info|office|sales|support|contact|hello|no-?reply|admin|helpdesk|orders?|billing|kontakt|mail|service)",
    re.IGNORECASE,
)
_BETWEEN = r"[ ().\-–]{0,3}"  # noqa: RUF001 - dashes as people paste them.
_PHONE = re.compile(
    rf"(?<![\w@+/.,#-])(?!(?:19|20)\d\d[-./]\d\d[-./]\d\d\b)(?:\(?\+\s?|\()?\d(?:(?:{_BETWEEN}|/)\d){{4,17}}(?![\w@+])"
)
_EXTENSION = re.compile(r"(?<![\w+])\d{1,10}(?!\w)")
_ENTERPRISE = re.compile(r"(?<![\w@+.-])[^\W\d_][\w.-]{1,60}\+(?=[\w.-]{0,60}[^\W\d_])[\w.-]{1,60}\w(?![\w@+])")
_ZONE = re.compile(r"(?<![\w/])[A-Za-z]{2,20}(?:/[A-Za-z][A-Za-z0-9_+-]{1,30}){1,2}(?![\w/])")
_LOCALE = re.compile(r"(?<![\w/.-])[a-z]{2}[_-][A-Z]{2}(?![\w/-])")
_NOUN = r"(?:package|pack|pkg|licen[cs]e|paket|lizenz|forfait|paquete|pakket|user|subscriber|subscription)"
_PACKAGE = re.compile(
    rf"(?<![\w@.+-])(?P<word>{'|'.join(Package)})(?P<noun>[- ]?{_NOUN})?(?![\w@+-]|\.\w)", re.IGNORECASE
)
_CAPITAL_NEXT = re.compile(r"\s[A-Z]")


def addresses(text: str, _context: Context) -> Iterator[Hit]:
    """Yields each address; one of digits is a user id of BroadWorks."""
    for at in list(_ADDRESS.finditer(text))[:_MOST]:
        address = at[0].strip(".'’*_!?“”")  # noqa: RUF001 - quotes as people paste them.
        if is_address(address):
            start = at.start() + at[0].index(address)
            yield _addressed(address), (start, start + len(address))


def is_address(text: str) -> bool:
    """Whether it is an address as such; whether it is one of a subscriber is checked later."""
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def numbers(text: str, context: Context) -> Iterator[Hit]:
    """Only what is surely a number: with its country code, or in use in the region."""
    for at in list(_PHONE.finditer(text))[:_MOST]:
        start, end = _balanced(at)
        if _in_use(text[start:end], context.region):
            yield Found(NUMBER, text[start:end], ""), (start, end)


def labelled_number(text: str) -> Span | None:
    """The first digits that could be a number, for text that a label says is one."""
    at = _PHONE.search(text)
    return _balanced(at) if at else None


def labelled_extension(text: str) -> Span | None:
    """The first digits that could be an extension."""
    at = _EXTENSION.search(text)
    return at.span() if at else None


def enterprises(text: str, _context: Context) -> Iterator[Hit]:
    """Yields what is written like Reseller1+acme."""
    for at in list(_ENTERPRISE.finditer(text))[:_MOST]:
        yield Found("spEnterpriseId", at[0], "written like Reseller1+acme"), at.span()


def packages(text: str, _context: Context) -> Iterator[Hit]:
    """The words of the packages, unless they begin a name such as Standard Bank."""
    for at in list(_PACKAGE.finditer(text))[:_MOST]:
        if at["noun"] or at["word"].islower() or not _CAPITAL_NEXT.match(text, at.end()):
            yield Found("package", at["word"], "the name of a package"), at.span()


def zones(text: str, _context: Context) -> Iterator[Hit]:
    """Yields IANA time zones that have a slash in them: nothing else is written so."""
    for at in list(_ZONE.finditer(text))[:_MOST]:
        if at[0].casefold() in timezones():
            yield Found("timezone", at[0], "the name of a time zone"), at.span()


def locales(text: str, _context: Context) -> Iterator[Hit]:
    """Yields what is written like en_US."""
    for at in list(_LOCALE.finditer(text))[:_MOST]:
        yield Found("language", at[0], "written like en_US"), at.span()


def template_names(text: str, context: Context) -> Iterator[Hit]:
    """The first template whose name stands in the text as whole words."""
    folded = text.casefold()
    for name in context.templates:
        # Python keeps only some hundred patterns: with more templates, each line would take seconds.
        if name.casefold() not in folded:
            continue
        if at := re.search(rf"(?<![\w@.+-]){re.escape(name)}(?![\w@+-])", text, re.IGNORECASE):
            yield Found("template", at[0], "the name of a template"), at.span()
            return


Finder = Callable[[str, Context], Iterator[Hit]]
FINDERS: tuple[Finder, ...] = (addresses, enterprises, template_names, zones, numbers, locales, packages)


def find(text: str, context: Context, *, finders: tuple[Finder, ...] = FINDERS) -> tuple[list[Found], str]:
    """All that is unmistakable in the text, and the text without it."""
    found: list[Found] = []
    for finder in finders:
        for each, span in list(finder(text, context)):
            found.append(each)
            text = without(text, span)
    return found, text


def without(text: str, span: Span) -> str:
    """The text with something taken out; whatever comes later stays where it was."""
    return text[: span[0]] + TAKEN * (span[1] - span[0]) + text[span[1] :]


def is_mobile(text: str, region: str | None) -> bool:
    """Whether a number surely is that of a mobile; in some countries nobody can tell."""
    try:
        number = phonenumbers.parse(read_number(text, region=region).e164)
    except NotANumber:
        return False
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


def _addressed(address: str) -> Found:
    local = address.partition("@")[0]
    if _DIGITS.fullmatch(local):
        return Found("userId", address, "digits before the @")
    return Found("email", address, "", WEAK if _HOUSE.fullmatch(local) else PLAIN)


def _balanced(at: re.Match[str]) -> Span:
    """Without the bracket in which the whole number stands, as in “(+1 240 555 1212)”."""
    lone = at[0][0] == "(" and ")" not in at[0]
    return at.start() + lone, at.end()


def _in_use(text: str, region: str | None) -> bool:
    try:
        number = read_number(text, region=region)
    except NotANumber:
        return False
    return "+" in text or number.likely
