"""The local checks of a filled form: all complaints at once, before any call."""

import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from email_validator import EmailNotValidError, validate_email

from bot.domain import places
from bot.domain.codes import MOST_AT_ONCE, codes_in
from bot.domain.form import CLEARED, Checked, Complaint, Form, Input, Kind, Values
from bot.domain.month import NotAMonth, month
from bot.domain.numbers import NotANumber, is_country, read_number, remark_on_short
from bot.domain.since import NotATime, demand_time
from bot.domain.template import SHORTEST_ID, Template, meant_by, named

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[_-]([A-Za-z]{2}))?")
_EXTENSION_LENGTHS = range(2, 11)
_MOST_NAMES = 10
_IN_NAMES = frozenset("-_.")
# Control and format characters, the two separators, and halves of characters, which cannot be sent at all.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Debian keeps these two files beside the zones.
_NO_ZONES = frozenset({"localtime", "Factory"})


@dataclass(frozen=True)
class _Known:
    """What is known besides what was said: the country of numbers, and the templates."""

    region: str | None
    templates: Sequence[Template]


def check(form: Form, said: Values, *, region: str | None = None, templates: Sequence[Template] = ()) -> Checked:
    """Check what was said against the form; ``region`` serves numbers written without a country code.

    A template that was named stands for its provisioning ID, and for whatever else it brings and nobody has said.
    """
    kept = {each.name: said[each.name] for each in form.inputs if said.get(each.name, "").strip()}
    template = _template_of(form, kept, templates=templates)
    brought = template.defaults if template else {}
    known = _Known((template.region if template else "") or region, templates)
    values: dict[str, str] = {}
    complaints: list[Complaint] = []
    warnings: list[Complaint] = []
    for each in form.inputs:
        if each.name not in kept:
            if each.name in brought:
                values[each.name] = brought[each.name]
                continue
            if each.required and not _comes_with_another(form, each, kept):
                complaints.append(Complaint(each.name, _missing(each)))
            continue
        text, notes = tidy(kept[each.name])
        warnings += [Complaint(each.name, note) for note in notes]
        try:
            values[each.name], remark = _check_one(each, text, known)
        except _Wrong as exc:
            complaints.append(Complaint(each.name, str(exc)))
        else:
            if remark:
                warnings.append(Complaint(each.name, remark))
    if not complaints:
        complaints += [complaint for rule in form.rules for complaint in rule(values)]
    else:
        # A rule over inputs of which one is wrong would complain twice about the same slip.
        wrong = {complaint.input for complaint in complaints}
        complaints += [c for rule in form.rules for c in rule({**kept, **values}) if c.input not in wrong]
    warnings += [remark for rule in form.remarks for remark in rule(values)]
    return Checked(values, kept, tuple(complaints), tuple(warnings))


def _comes_with_another(form: Form, asked: Input, kept: Values) -> bool:
    """Another input brings it; where that one is missing too, that is what is complained about."""
    return bool(asked.unless) and (asked.unless in kept or form[asked.unless].required)


def _template_of(form: Form, kept: Values, *, templates: Sequence[Template]) -> Template | None:
    if all(each.kind is not Kind.TEMPLATE for each in form.inputs):
        return None
    return meant_by({name: tidy(value)[0] for name, value in kept.items()}, templates)


def tidy(text: str) -> tuple[str, list[str]]:
    """Take away what nobody meant to type: outer spaces, doubled spaces, control and invisible characters."""
    seen = visible(text)
    removed = len(seen) < len(text)
    return " ".join(seen.split()), ["contained invisible characters, which were removed"] if removed else []


def visible(text: str) -> str:
    """The text without control and invisible characters; spaces and line breaks stay."""
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)


class _Wrong(Exception):
    """The text is not what the input takes."""


def _missing(asked: Input) -> str:
    if asked.choices:
        return f"{asked.label} is missing: choose one of {_any_of(asked)}."
    return f"{asked.label} is missing."


def _check_one(asked: Input, text: str, known: _Known) -> tuple[str, str]:
    if not text:
        raise _Wrong(f"{asked.label} contains nothing that can be seen.")
    if asked.clearable and text == CLEARED:
        return CLEARED, ""
    _demand_fit(asked, text)
    value, remark = _CHECKS[asked.kind](asked, text, known)
    # Some letters become two when they are made small, as in the domain of an e-mail address.
    _demand_fit(asked, value)
    return value, remark


def _demand_fit(asked: Input, text: str) -> None:
    if len(text) > asked.max_length:
        raise _Wrong(f"{asked.label} has {len(text)} characters; at most {asked.max_length} fit.")


def _text(_asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    return text, ""


def _email(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    # As it comes out of other programs: <ann@example.com>, mailto:ann@example.com, "ann@example.com";
    text = text.strip("<>\"'“”„ ,;").removeprefix("mailto:").strip("<> ").rstrip(".")
    try:
        # Test domains are left to Webex to refuse: a rule of ours would be a guess.
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as exc:
        reason = str(exc)[:1].lower() + str(exc)[1:].rstrip(".")
        raise _Wrong(f"{asked.label} is not an e-mail address: {reason}. Write it like ann@example.com.") from exc
    remark = ""
    if "+" in found.local_part:
        remark = "has a + before the @; some Webex functions are known not to cope with that"
    return found.normalized, remark


def _user_id(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    if " " in text:
        raise _Wrong(f"{asked.label} cannot contain spaces. It looks like 95547321@example.com.")
    user, _, domain = text.partition("@")
    usual = (user and domain) or len(text) >= places.SHORTEST_ID
    return text, "" if usual else "usually looks like 95547321@example.com"


def _number(asked: Input, text: str, known: _Known) -> tuple[str, str]:
    try:
        number = read_number(text, region=known.region)
    except NotANumber as exc:
        raise _Wrong(f"{asked.label} {exc}.") from exc
    return number.e164, "" if number.likely else "does not look like a number that is in use"


def _extension(asked: Input, text: str, known: _Known) -> tuple[str, str]:
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        raise _Wrong(f"{asked.label} takes digits only, like 51212.")
    # The length is not documented, so an unusual one is only remarked upon.
    length = "" if len(digits) in _EXTENSION_LENGTHS else "has an unusual length"
    return digits, length or remark_on_short(digits, region=known.region)


def _template(asked: Input, text: str, known: _Known) -> tuple[str, str]:
    """Whatever is the name of no template is taken for a provisioning ID, unless it is far too short for one."""
    found = named(text, known.templates)
    if found is not None:
        return found.provisioning_id, ""
    if len(text) >= SHORTEST_ID or any(each.provisioning_id == text for each in known.templates):
        return text, ""
    if not known.templates:
        return text, "is shorter than those of Webex; if it is meant for a template, there are none yet"
    raise _Wrong(_no_template(asked, text, known))


def _template_name(asked: Input, text: str, known: _Known) -> tuple[str, str]:
    found = named(text, known.templates)
    if found is None:
        raise _Wrong(_no_template(asked, text, known))
    return found.name, ""


def _no_template(asked: Input, text: str, known: _Known) -> str:
    if not known.templates:
        return f"{asked.label}: there are no templates yet. Say “template add” to make one."
    names = [each.name for each in known.templates[:_MOST_NAMES]]
    more = len(known.templates) - len(names)
    also = f" and {more} more" if more else ""
    return f"{asked.label}: there is no template “{text}”. There are: {', '.join(names)}{also}."


def _name(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    if not text[0].isalnum() or not all(char.isalnum() or char in _IN_NAMES for char in text):
        raise _Wrong(f"{asked.label} takes letters, digits, - _ and . only, without spaces, like acme-east.")
    return text, ""


def _country(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    code = text.upper()
    # Some letters become two when they are made large.
    if not text.isascii() or not is_country(code):
        raise _Wrong(f"{asked.label} takes a country's code of two letters, such as US or GB.")
    return code, ""


def _choice(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    if not asked.several:
        return _chosen(asked, text), ""
    parts = [part for each in text.split(",") if (part := each.strip())]
    return ",".join(dict.fromkeys(_chosen(asked, part) for part in parts or [text])), ""


def _chosen(asked: Input, text: str) -> str:
    for choice in asked.choices:
        if text.casefold() in {choice.value.casefold(), choice.title.casefold()}:
            return choice.value
    if asked.several:
        raise _Wrong(f"{asked.label}: there is no “{text}”. There are {_any_of(asked)}; commas stand between several.")
    raise _Wrong(f"{asked.label} must be one of {_any_of(asked)}.")


def _language(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    found = _LANGUAGE.fullmatch(text)
    if not found:
        raise _Wrong(f"{asked.label} takes a two-letter code such as en, with a country if you like: en_US.")
    language, country = found.groups()
    return f"{language.lower()}_{country.upper()}" if country else language.lower(), ""


def _timezone(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    zone = timezones().get(text.casefold().replace(" ", "_"))
    if zone is None:
        raise _Wrong(f"{asked.label} is not an IANA time zone. Write it like America/Los_Angeles.")
    return zone, ""


@cache
def timezones() -> dict[str, str]:
    """The IANA time zones by their names in small letters."""
    return {name.casefold(): name for name in zoneinfo.available_timezones() - _NO_ZONES}


def _since(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    """What is said stays as it is: which moment it means is known only when it is used."""
    try:
        demand_time(text)
    except NotATime as exc:
        example = "Write a date like 2026-11-20, or today, yesterday, 24h, 7d (all in UTC)."
        raise _Wrong(f"{asked.label} is no time that the bot can read. {example}") from exc
    return text.casefold(), ""


def _codes(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    codes = codes_in(text)
    if not codes:
        raise _Wrong(f"{asked.label} takes a code such as 10022, or several with commas between them.")
    if len(codes) > MOST_AT_ONCE:
        raise _Wrong(f"{asked.label}: {len(codes)} are too many at once; at most {MOST_AT_ONCE} fit on a card.")
    return ", ".join(codes), ""


def _month(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    try:
        return month(text), ""
    except NotAMonth as exc:
        raise _Wrong(f"{asked.label} is no month that the bot can read. Write it like 2026-10.") from exc


def _report(asked: Input, text: str, _known: _Known) -> tuple[str, str]:
    if len(text) >= places.SHORTEST_ID and places.could_be_id(text):
        return text, ""
    try:
        return month(text), ""
    except NotAMonth as exc:
        raise _Wrong(f"{asked.label} takes a month like 2026-10, or the whole id of a report.") from exc


def _any_of(asked: Input) -> str:
    return ", ".join(choice.value for choice in asked.choices)


_CHECKS: dict[Kind, Callable[[Input, str, _Known], tuple[str, str]]] = {
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.USER_ID: _user_id,
    Kind.NUMBER: _number,
    Kind.EXTENSION: _extension,
    Kind.TEMPLATE: _template,
    Kind.TEMPLATE_NAME: _template_name,
    Kind.NAME: _name,
    Kind.ENTERPRISE: _text,
    Kind.BEGINNING: _text,
    Kind.COUNTRY: _country,
    Kind.CHOICE: _choice,
    Kind.LANGUAGE: _language,
    Kind.TIMEZONE: _timezone,
    Kind.SINCE: _since,
    Kind.CODES: _codes,
    Kind.MONTH: _month,
    Kind.REPORT: _report,
    Kind.LINE: _text,
}
