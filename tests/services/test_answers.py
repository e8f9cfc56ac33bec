"""Every answer that the API can give, to a precheck and to the provisioning of a workspace."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.cards.rules import problems
from tests.services.kit import Api, World

THEIRS = "ROUTER_65A1B2C3"
FULL = {
    "trackingId": THEIRS,
    "message": "Their message.",
    "errors": [{"errorCode": 1001, "description": "Their words.", "fieldName": "userId"}],
}
FINE = {
    "trackingId": THEIRS,
    "message": "success",
    "info": [{"infoCode": 100, "description": "All is well."}],
    "id": "workspace-id",
    "displayName": "Room",
}
DONE, FAILED, UNKNOWN, POSTPONED = "done", "failed", "unknown", "approved"
NO_ANSWER = "Webex did not answer."
UNREADABLE = "but its answer cannot be read."
NOT_SENT = "The bot could not reach Webex; nothing was sent."
FIELD = "User ID: “Their words.”"
NEXT = {
    DONE: "Webex tracking ID",
    FAILED: "What to do",
    UNKNOWN: "Sending it again could create it twice.",
    POSTPONED: "Trying again at",
}


@dataclass(frozen=True)
class Row:
    """One answer: how both calls end, how often a precheck asks, and what the card says of it.

    ``theirs`` are words of the API, shown where a request has failed.
    """

    name: str
    api: Api
    precheck: str
    workspace: str
    tries: int = 1
    words: str = ""
    theirs: str = ""
    tracked: bool = False


def answers(status: int, body: Any = None, **headers: str) -> Api:
    """An API that answers so; a body may be JSON, text or bytes."""
    raw = isinstance(body, str | bytes)
    content = body if raw else b"" if body is None else json.dumps(body).encode()
    return lambda _: httpx.Response(
        status, content=content, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def raises(kind: type[httpx.TransportError]) -> Api:
    """An API that cannot be reached, or goes away."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise kind("made up", request=request)

    return fail


class BrokenOff(httpx.SyncByteStream):
    """A body of which only the beginning comes."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"message": "succ'
        raise httpx.ReadError("made up")


def refused(status: int, words: str) -> Row:
    return Row(str(status), answers(status, FULL), FAILED, FAILED, words=words, theirs=FIELD, tracked=True)


def broken(status: int, words: str) -> Row:
    return Row(str(status), answers(status, FULL), FAILED, UNKNOWN, tries=4, words=words, theirs=FIELD, tracked=True)


def busy(status: int, words: str, name: str = "", **headers: str) -> Row:
    api = answers(status, FULL, **headers)
    return Row(f"{status} {name}", api, FAILED, POSTPONED, tries=4, words=words, theirs=FIELD, tracked=True)


def fine(status: int) -> Row:
    return Row(str(status), answers(status, FINE), DONE, DONE, tracked=True)


def unreadable(name: str, api: Api, *, tracked: bool = False) -> Row:
    return Row(name, api, FAILED, UNKNOWN, tries=4, words=UNREADABLE, tracked=tracked)


def envelope(name: str, body: Any, *, theirs: str = "", tracked: bool = False, **headers: str) -> Row:
    api = answers(400, body, **headers)
    return Row(name, api, FAILED, FAILED, words="Webex did not accept what was asked.", theirs=theirs, tracked=tracked)


WITHOUT_CODE = {"trackingId": THEIRS, "errors": [{"description": "Their words.", "fieldName": "userId"}]}
ROWS = [
    fine(200),
    fine(201),
    fine(202),
    unreadable("204", answers(204)),
    refused(400, "Webex did not accept what was asked."),
    refused(401, "Webex did not accept the bot's administrator token."),
    refused(403, "Webex does not let the bot do this."),
    refused(404, "Webex did not find what was asked for."),
    refused(405, "Webex does not offer this action at the address that the bot uses."),
    refused(409, "Webex refused because it clashes with something that exists already."),
    refused(410, "Webex no longer has what was asked for."),
    refused(415, "Webex did not accept the form in which the bot sent this."),
    busy(423, "Webex has this locked for the moment."),
    refused(428, "Webex demands that something else is done first."),
    busy(429, "Webex has too many requests at the moment."),
    busy(429, "Webex has too many requests at the moment.", "with Retry-After", Retry_After="7"),
    busy(429, "Webex has too many requests at the moment.", "with nonsense", Retry_After="soon"),
    broken(500, "Something went wrong inside Webex."),
    broken(502, "Webex could not get an answer from one of its own servers."),
    broken(503, "Webex is overloaded or down at the moment."),
    broken(504, "Webex took too long."),
    refused(418, "Webex refused with a status that the bot does not know (418)."),
    envelope("no errorCode", WITHOUT_CODE, theirs=FIELD, tracked=True),
    envelope("no fieldName", {"errors": [{"errorCode": 7, "description": "Their words."}]}, theirs="“Their words.”"),
    envelope("no trackingId", {"errors": FULL["errors"]}, theirs=FIELD),
    envelope("trackingId in a header", {"errors": FULL["errors"]}, theirs=FIELD, tracked=True, TrackingID=THEIRS),
    envelope("only a message", {"message": "Their message."}, theirs="“Their message.”"),
    envelope("a known code", {"errors": [{"errorCode": 10022}]}, theirs="Code 10022: "),
    envelope("an unknown code", {"errors": [{"errorCode": 4711}]}, theirs="Code 4711: Webex's own words"),
    envelope("errors as an object", {"errors": {"userId": "Their words."}}, theirs=FIELD),
    envelope("empty", ""),
    envelope("HTML", "<html><h1>Bad request</h1></html>"),
    envelope("broken JSON", '{"message": "Their'),
    envelope("a list", ["Their words."]),
    Row("HTML from a gateway", answers(502, "<html>"), FAILED, UNKNOWN, tries=4, words="one of its own servers."),
    Row("an empty failure", answers(500), FAILED, UNKNOWN, tries=4, words="Something went wrong inside Webex."),
    unreadable("an empty yes", answers(200)),
    unreadable("HTML as yes", answers(200, "<html>")),
    unreadable("a list as yes", answers(200, [FINE])),
    unreadable("broken JSON as yes", answers(200, '{"message": "succ')),
    unreadable("a yes that breaks off", lambda _: httpx.Response(200, stream=BrokenOff())),
    Row("info as an object", answers(200, {**FINE, "info": FINE["info"][0]}), DONE, DONE, tracked=True),
    Row("no info at all", answers(200, {"message": "success", "id": "workspace-id"}), DONE, DONE),
    Row("a redirect", answers(302, Location="https://elsewhere.example.com"), FAILED, UNKNOWN, words="status 302"),
    Row("connection refused", raises(httpx.ConnectError), FAILED, POSTPONED, tries=4, words=NOT_SENT),
    Row("timeout before sending", raises(httpx.ConnectTimeout), FAILED, POSTPONED, tries=4, words=NOT_SENT),
    Row("timeout after sending", raises(httpx.ReadTimeout), FAILED, UNKNOWN, tries=4, words=NO_ANSWER),
    Row("dropped while sending", raises(httpx.WriteError), FAILED, UNKNOWN, tries=4, words=NO_ANSWER),
    Row("dropped before the answer", raises(httpx.RemoteProtocolError), FAILED, UNKNOWN, tries=4, words=NO_ANSWER),
    Row("dropped in the answer", raises(httpx.ReadError), FAILED, UNKNOWN, tries=4, words=NO_ANSWER),
]


@pytest.mark.parametrize("call", ["precheck", "workspace"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_answer_is_told_truly_and_no_write_is_sent_twice(world: World, row: Row, call: str) -> None:
    world.api = row.api
    number = world.ask_precheck() if call == "precheck" else world.confirmed()

    (world.plan if call == "precheck" else world.fulfil)(number)

    state = getattr(row, call)
    shown = world.card(number)
    assert world.request(number).state == state
    assert len(world.sent) == (row.tries if call == "precheck" else 1)
    assert problems(shown.card) == []
    told = [row.words, row.theirs if state == FAILED else "", f"Webex tracking ID {THEIRS}" if row.tracked else ""]
    if row.tracked or state != DONE:
        told.append(NEXT[state])
    assert [words for words in told if words not in shown.text] == []
