"""Reads a billing report out of whatever object came; the address of its file is put where nobody sees it."""

from collections.abc import Mapping
from typing import Any

from bot.broadworks import envelope
from bot.broadworks.subscriber import identity, with_field
from bot.broadworks.text import storable
from bot.broadworks.values import moment, text
from bot.domain.provisioning import Info
from bot.domain.report import Report, SignedUrl

_URL = "tempdownloadurl"
_HIDDEN = "(hidden)"
_LONGEST = 8192


def report(data: Mapping[str, Any], *, tracking_id: str | None = None) -> Report | None:
    """The report, with what cannot be read left out of all but ``fields``; None for an object without an id."""
    url, told = _without_url(data)
    found = identity(told)
    if found is None:
        return None
    return Report(
        id=found,
        month=text(told.get("billingPeriod")),
        status=text(told.get("status")),
        created=moment(told.get("created")),
        created_by=text(told.get("createdBy")),
        errors=tuple(Info(each.code or "", with_field(each)) for each in envelope.entries(told.get("errors"))),
        url=SignedUrl(url) if url else None,
        fields=storable(told),
        tracking_id=tracking_id,
    )


def _without_url(data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The address of the file, and everything else, in which it does not stand either."""
    urls = [value for name, value in data.items() if name.casefold() == _URL and isinstance(value, str)]
    url = next((each.strip() for each in urls if 0 < len(each.strip()) <= _LONGEST), "")
    rest = {name: value for name, value in data.items() if name.casefold() != _URL}
    # Behind the question mark is what opens the file, wherever else it may stand.
    secrets = [part for each in urls for part in (each.strip(), each.strip().partition("?")[2]) if part]
    return url, {name: _hidden(value, secrets) for name, value in rest.items()} if secrets else rest


def _hidden(value: Any, secrets: list[str]) -> Any:
    if isinstance(value, Mapping):
        return {_hidden(name, secrets): _hidden(each, secrets) for name, each in value.items()}
    if isinstance(value, list):
        return [_hidden(each, secrets) for each in value]
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, _HIDDEN)
    return value
