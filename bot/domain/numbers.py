"""Telephone numbers, read as people write them and sent in E.164."""

from dataclasses import dataclass

import phonenumbers


@dataclass(frozen=True)
class Number:
    """A possible number: ``e164`` is sent, ``shown`` is drawn; an unlikely one is only warned about."""

    e164: str
    shown: str
    likely: bool


class NotANumber(ValueError):
    """The text cannot be a telephone number; the message says why and what would be right."""


_REASONS = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: "has a country code that does not exist",
    phonenumbers.NumberParseException.NOT_A_NUMBER: "is not a telephone number",
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: "is too short",
    phonenumbers.NumberParseException.TOO_SHORT_NSN: "is too short",
    phonenumbers.NumberParseException.TOO_LONG: "is too long",
}
_IMPOSSIBLE = {
    phonenumbers.ValidationResult.TOO_SHORT: "is too short for its country",
    phonenumbers.ValidationResult.TOO_LONG: "is too long for its country",
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "has a country code that does not exist",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "lacks its area code",
}
_PLUSES = {"+", "\N{FULLWIDTH PLUS SIGN}"}
EXAMPLE = "+1-240-555-1212"


def read_number(text: str, *, region: str | None) -> Number:
    """Read a number in any usual notation; ``region`` (ISO 3166, e.g. "US") serves numbers without +.

    Raises NotANumber.
    """
    if region is None and not _PLUSES & set(text):
        raise NotANumber(f"has no country code: write it with + and the country code, like {EXAMPLE}")
    number = _parsed(text, region)
    if number.extension:
        raise NotANumber(f"contains an extension: put the extension in its own field, the number like {EXAMPLE}")
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible is not phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotANumber(f"{_IMPOSSIBLE.get(possible, 'is not possible')}: write it like {EXAMPLE}")
    e164 = _e164(number)
    # With a zero too many, each reading would take one away, and what is asked for again would be another number.
    if _e164(_parsed(e164, None)) != e164:
        raise NotANumber(f"can be read in two ways: write it like {EXAMPLE}")
    return Number(
        e164=e164,
        shown=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        likely=phonenumbers.is_valid_number(number),
    )


def is_country(code: str) -> bool:
    """Whether numbers without a country code can be read as those of that country (ISO 3166, e.g. "US")."""
    return code in phonenumbers.SUPPORTED_REGIONS


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as exc:
        raise NotANumber(f"{_REASONS[exc.error_type]}: write it like {EXAMPLE}") from exc


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
