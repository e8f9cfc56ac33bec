"""Telephone numbers, read as people write them and sent in E.164."""

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import shortnumberinfo


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
_DIALLED = "dialling it inside may reach emergency services instead"
_MOST_REGIONS = 3
_LONGEST_SHORT = 8
# Longer short numbers are mostly text message services, of which some countries have nearly all five digits.
_LONGEST_FOR_ANY_SERVICE = 3


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


@lru_cache(maxsize=4096)
def remark_on_short(digits: str, *, region: str | None) -> str:
    """What else is reached by dialling an extension, for people to read; empty if nothing is known.

    Without a region all countries count, but for emergency numbers only.
    """
    if not 0 < len(digits) <= _LONGEST_SHORT:
        return ""
    if region is None:
        where = _emergencies(digits)
        return f"is an emergency number in {_listed(where)}: {_DIALLED}" if where else ""
    if shortnumberinfo.is_emergency_number(digits, region):
        return f"is an emergency number in {region}: {_DIALLED}"
    if shortnumberinfo.connects_to_emergency_number(digits, region):
        return f"begins with an emergency number of {region}: dialling it may reach emergency services instead"
    return f"is a short service number in {region}" if _is_service(digits, region) else ""


def _emergencies(digits: str) -> list[str]:
    regions = sorted(shortnumberinfo.SUPPORTED_SHORT_REGIONS)
    return [region for region in regions if shortnumberinfo.is_emergency_number(digits, region)]


def _listed(regions: list[str]) -> str:
    return f"{len(regions)} countries" if len(regions) > _MOST_REGIONS else ", ".join(regions)


def _is_service(digits: str, region: str) -> bool:
    number = _dialled(digits, region)
    if not shortnumberinfo.is_valid_short_number_for_region(number, region):
        return False
    free = shortnumberinfo.expected_cost_for_region(number, region) == shortnumberinfo.ShortNumberCost.TOLL_FREE
    texts = shortnumberinfo.is_sms_service_for_region(number, region)
    return not texts and (free or len(digits) <= _LONGEST_FOR_ANY_SERVICE)


def _dialled(digits: str, region: str) -> phonenumbers.PhoneNumber:
    """The digits as they stand: to parse them would take away the zeros with which a country begins its own calls."""
    zeros = len(digits) - len(str(int(digits)))
    return phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(region),
        national_number=int(digits),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros or None,
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
