"""Turns what the Webex API answers into values of ours, or into the exception that it amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from bot.domain.actor import Person
from bot.errors import WebexBusy, WebexError, WebexNotFound, WebexRefused, WebexUnreachable

DEFAULT_WAIT = 15
LONGEST_WAIT = 300
"""Webex was seen to ask for an hour; asking again earlier does no harm, and somebody is waiting."""

_MAX_CHARS = 1_000


@dataclass(frozen=True)
class IncomingMessage:
    """A message as GET /messages returns it, and the tracking id of that answer; absent texts are ""."""

    id: str
    room_id: str
    direct: bool
    parent_id: str
    person_id: str
    person_email: str
    text: str
    html: str
    has_files: bool
    tracking_id: str = ""


@dataclass(frozen=True)
class IncomingAction:
    """A press as GET /attachment/actions returns it, and the tracking id of that answer."""

    id: str
    message_id: str
    room_id: str
    person_id: str
    inputs: dict[str, Any]
    tracking_id: str = ""


@dataclass(frozen=True)
class Registration:
    """One webhook; ``secret`` is None where Webex does not tell it."""

    id: str
    name: str
    target_url: str
    resource: str
    event: str
    status: str
    filter: str = ""
    secret: str | None = field(default=None, repr=False)


def judge(response: requests.Response, *_: Any, **__: Any) -> None:
    """Raise what an answer amounts to, if it is not a good one.

    It runs before the SDK reads the answer: the SDK fails in its own ways on a Retry-After that is no number, on
    errors that are not a JSON object, and on success without JSON.
    """
    status = response.status_code
    # Every answer is read to its end, because otherwise it would keep its connection.
    body = _json(response)
    if status == 204 or response.is_redirect:
        return
    if status >= 400:
        raise _refusal(response, body)
    if status != 200 or not isinstance(body, dict) or not _list_of_objects(body.get("items", [])):
        raise WebexUnreachable(f"Webex answered {status} with something unreadable")


def text(data: Mapping[str, Any], name: str) -> str:
    """A text that must be there."""
    found = data.get(name)
    if not isinstance(found, str) or not found:
        raise WebexUnreachable(f"Webex answered without {name}")
    return found


def person(data: Mapping[str, Any]) -> Person:
    """A person; one without a readable address has none."""
    emails = data.get("emails")
    first = emails[0] if isinstance(emails, list) and emails else ""
    return Person(
        id=text(data, "id"),
        email=first.lower() if isinstance(first, str) else "",
        name=_maybe(data, "displayName"),
        type=_maybe(data, "type"),
    )


def message(data: Mapping[str, Any]) -> IncomingMessage:
    """A message."""
    return IncomingMessage(
        id=text(data, "id"),
        room_id=text(data, "roomId"),
        direct=data.get("roomType") == "direct",
        parent_id=_maybe(data, "parentId"),
        person_id=text(data, "personId"),
        person_email=_maybe(data, "personEmail").lower(),
        text=_maybe(data, "text"),
        html=_maybe(data, "html"),
        has_files=bool(data.get("files")),
    )


def action(data: Mapping[str, Any]) -> IncomingAction:
    """A press."""
    inputs = data.get("inputs")
    return IncomingAction(
        id=text(data, "id"),
        message_id=text(data, "messageId"),
        room_id=text(data, "roomId"),
        person_id=text(data, "personId"),
        inputs=dict(inputs) if isinstance(inputs, dict) else {},
    )


def registration(data: Mapping[str, Any]) -> Registration:
    """A webhook."""
    return Registration(
        id=text(data, "id"),
        name=_maybe(data, "name"),
        target_url=_maybe(data, "targetUrl"),
        resource=_maybe(data, "resource"),
        event=_maybe(data, "event"),
        status=_maybe(data, "status"),
        filter=_maybe(data, "filter"),
        secret=_maybe(data, "secret") or None,
    )


def _refusal(response: requests.Response, body: Any) -> WebexError:
    status = response.status_code
    wait = response.headers.get("Retry-After")
    if status == 429 or (status == 423 and wait is not None):
        return WebexBusy(_bounded(wait))
    said: dict[str, Any] = body if isinstance(body, dict) else {}
    tracking_id = _maybe(said, "trackingId") or response.headers.get("TrackingID")
    if status >= 500:
        return WebexUnreachable(f"Webex answered {status} (tracking id {tracking_id})")
    kind = WebexNotFound if status == 404 else WebexRefused
    return kind(status, _maybe(said, "message")[:_MAX_CHARS], tracking_id=tracking_id)


def _bounded(wait: str | None) -> int:
    digits = (wait or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return DEFAULT_WAIT
    # A number of many digits is not even read.
    return max(1, min(int(digits), LONGEST_WAIT)) if len(digits) < 10 else LONGEST_WAIT


def _list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _json(response: requests.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _maybe(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    return found if isinstance(found, str) else ""
