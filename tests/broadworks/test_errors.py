"""Answers and transport failures become exceptions that say what the caller can do."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.broadworks.answer import Answer
from bot.broadworks.errors import failure, retry_after, translated
from bot.errors import ApiComplaint, BroadWorksError, Busy, NeverSent, Refused, Unconfirmed

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


def failed(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> BroadWorksError:
    return failure(Answer(status, httpx.Headers(headers), body), now=lambda: NOW)


def all_of(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for each in kind.__subclasses__():
        yield from all_of(each)


OF_HTTPX = [
    kind
    for root in (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
    for kind in all_of(root)
    if kind.__module__.startswith("httpx")
]
BEFORE_SENDING = {
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
}


def of_httpx(kind: type[Exception]) -> Exception:
    """An exception of that kind, whatever its constructor asks for."""
    made = kind.__new__(kind)
    Exception.__init__(made, "with a secret")
    return made


@pytest.mark.parametrize("kind", OF_HTTPX)
def test_no_exception_of_httpx_gets_through(kind: type[Exception]) -> None:
    with pytest.raises(BroadWorksError) as caught, translated():
        raise of_httpx(kind)

    assert type(caught.value) is (NeverSent if kind in BEFORE_SENDING else Unconfirmed)
    assert caught.value.status is None
    assert isinstance(caught.value.__cause__, kind)
    assert "secret" not in str(caught.value)


def test_what_the_system_raises_past_httpx_leaves_it_unknown() -> None:
    with pytest.raises(Unconfirmed), translated():
        raise ConnectionResetError


def test_the_public_exceptions_of_httpx_are_all_among_the_tested() -> None:
    public = {each for each in vars(httpx).values() if isinstance(each, type) and issubclass(each, Exception)}

    assert public <= set(OF_HTTPX)


def test_other_exceptions_are_none_of_its_business() -> None:
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


@pytest.mark.parametrize("status", range(100, 600))
def test_every_status_outside_of_2xx_has_its_class(status: int) -> None:
    expected: type[BroadWorksError] = Unconfirmed
    if status in {423, 429}:
        expected = Busy
    elif 400 <= status <= 499 and status != 408:
        expected = Refused

    found = failed(status)

    assert type(found) is expected
    assert found.status == status


def test_a_status_that_http_does_not_know_is_named_by_its_number() -> None:
    assert str(failed(799)) == "Webex answered 799"
    assert str(failed(404)) == "Webex answered 404 Not Found"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("1.5", 1.5),
        (" 7 ", 7.0),
        ("9" * 30, 1e30),
        ("9" * 400, sys.float_info.max),
        ("Sat, 21 Nov 2026 18:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 18:00:30 -0000", 30.0),
        ("Sat, 21 Nov 2026 17:59:30 GMT", None),
        ("Sat, 21 Nov 99999999999 17:59:30 GMT", None),
        ("-5", None),
        ("+5", None),
        ("1_0", None),
        ("٣", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_a_number_a_date_or_nothing(said: str, seconds: float | None) -> None:
    headers = httpx.Headers([(b"retry-after", said.encode())])

    assert retry_after(headers, now=lambda: NOW) == seconds


def test_without_retry_after_there_is_nothing_to_wait_for() -> None:
    assert retry_after(httpx.Headers(), now=lambda: NOW) is None


def test_a_retry_date_is_compared_with_the_clock_that_wrote_it() -> None:
    headers = httpx.Headers({"Retry-After": "Sat, 21 Nov 2026 20:00:30 GMT", "Date": "Sat, 21 Nov 2026 20:00:00 GMT"})

    assert retry_after(headers, now=lambda: NOW) == 30.0


def test_busy_carries_the_seconds() -> None:
    found = failed(423, headers={"Retry-After": "12"})

    assert isinstance(found, Busy)
    assert found.retry_after == 12.0


def test_the_text_of_an_exception_is_ours_and_their_words_are_complaints() -> None:
    body = b'{"message": "ann@example.com is taken", "trackingId": "ROUTER_1"}'

    found = failed(409, body)

    assert str(found) == found.message == "Webex answered 409 Conflict"
    assert found.complaints == (ApiComplaint(description="ann@example.com is taken"),)
    assert found.tracking_id == "ROUTER_1"
