"""The file of a report: byte for byte, from allowed hosts alone, and with nothing of the administrator's sent there."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.broadworks import download
from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.errors import BroadWorksError, Busy, Declined, NeverSent, Refused, Unconfirmed
from tests.broadworks.calls import ID
from tests.broadworks.conftest import BASE_URL, TOKEN, Time

SIGNATURE = "Syp3vrVeMx4P6MeMtm8e1bQaeAdHFe"
HOST = "billing-reports-example.webexcontent.com"
URL = f"https://{HOST}/2026/10/1.csv?Expires=1&Signature={SIGNATURE}"
CSV = "\ufeffuserId;name\r\n1;Zoé\r\n=1+1;\x00\r\n".encode()
HOSTS = frozenset({"webexcontent.com", "webex.com"})

Store = Callable[[httpx.Request], httpx.Response]


class World:
    """The API, which gives addresses in their order, the last one for ever, and the store to which they lead."""

    def __init__(self, store: Store, *urls: str, base_url: str = BASE_URL, clock: Time) -> None:
        self.seen: list[httpx.Request] = []
        self.asked = 0
        self._urls = list(urls)
        self._store = store
        self.client = BroadWorksClient(
            Wire(
                base_url=base_url,
                token=TOKEN,
                tracking=lambda: "BOT_1",
                transport=httpx.MockTransport(self._answer),
                download_hosts=HOSTS,
                clock=clock,
            )
        )

    def fetch(self) -> bytes:
        into = io.BytesIO(b"what stood there before")
        self.client.download_report(ID, into=into)
        assert into.tell() == 0
        return into.read()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/v1/broadworks/"):
            self.asked += 1
            url = self._urls.pop(0) if len(self._urls) > 1 else self._urls[0]
            return httpx.Response(200, json={"id": ID, "status": "COMPLETED", "tempDownloadURL": url})
        self.seen.append(request)
        return self._store(request)


MakeWorld = Callable[..., World]


@pytest.fixture
def world(passing: Time) -> Iterator[MakeWorld]:
    made: list[World] = []

    def make(store: Store, *urls: str, **options: Any) -> World:
        made.append(World(store, *(urls or (URL,)), clock=passing, **options))
        return made[-1]

    yield make
    for each in made:
        each.client.close()


def good(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=CSV, headers={"Content-Type": "text/csv", "Set-Cookie": "a=b"})


def test_a_file_comes_byte_for_byte_and_nothing_of_the_administrator_goes_there(world: MakeWorld) -> None:
    ground = world(good)

    assert (ground.fetch(), ground.fetch()) == (CSV, CSV)
    assert [str(each.url) for each in ground.seen] == [URL, URL]
    for each in ground.seen:
        assert {"authorization", "cookie", "trackingid"}.isdisjoint(each.headers)
        assert TOKEN not in str(each.headers)


def test_neither_the_address_nor_the_content_reaches_the_log(world: MakeWorld) -> None:
    with capture_logs() as logs:
        world(good).fetch()

    assert [each for each in logs if each["event"].startswith("report file")] == [
        {"event": "report file", "log_level": "info", "host": HOST, "status": 200},
        {"event": "report file fetched", "log_level": "info", "host": HOST, "bytes": len(CSV), "seconds": 0.0},
    ]
    assert SIGNATURE not in repr(logs)
    assert "Zoé" not in repr(logs)


@pytest.mark.parametrize(
    "url",
    [
        "https://webexcontent.com/1.csv",
        "https://WebexContent.com:443/1.csv",
        "https://a.b.webexcontent.com/1.csv",
        "https://webex.com./1.csv",
        # The API's own host is one to which the bot goes anyway.
        "https://webexapis.com/files/1.csv",
    ],
)
def test_a_file_may_come_from_there(world: MakeWorld, url: str) -> None:
    assert world(good, url).fetch() == CSV


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/1.csv",
        "https://webexcontent.com.elsewhere.example/1.csv",
        "https://elsewherewebexcontent.com/1.csv",
        "http://webexcontent.com/1.csv",
        "http://webexapis.com/1.csv",
        "https://webexapis.com:444/1.csv",
        "https://webexcontent.com:8443/1.csv",
        "https://user:pass@webexcontent.com/1.csv",
        "https://webexcontent.com@elsewhere.example/1.csv",
        "https://127.0.0.1/1.csv",
        "http://127.0.0.1:8080/1.csv",
        "http://localhost/1.csv",
        "https://[::1]/1.csv",
        "file:///etc/passwd",
        "ftp://webexcontent.com/1.csv",
        "//webexcontent.com/1.csv",
        "/1.csv",
        "1.csv",
        "https://",
        "https://webexcontent.com:x/1.csv",
        "https://[/1.csv",
        "https://webexcontent.com/\x00",
        "javascript:alert(1)",
    ],
)
def test_a_file_may_not_come_from_there(world: MakeWorld, url: str) -> None:
    ground = world(good, f"{url}?Signature={SIGNATURE}")

    with pytest.raises(Declined, match="Nothing was passed on") as caught:
        ground.fetch()

    assert ground.seen == []
    assert SIGNATURE not in str(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__)


def test_what_runs_on_this_machine_may_give_the_files_of_an_api_on_this_machine(world: MakeWorld) -> None:
    api = "http://127.0.0.1:8080/v1"

    assert world(good, "http://127.0.0.1:8080/files/1.csv", base_url=api).fetch() == CSV
    with pytest.raises(Declined):
        world(good, "http://127.0.0.1:8081/files/1.csv", base_url=api).fetch()


def test_redirects_are_followed_within_the_allowed_hosts(world: MakeWorld) -> None:
    def store(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/2026/10/1.csv":
            return httpx.Response(302, headers={"Location": "/second.csv", "Set-Cookie": "a=b"})
        if request.url.path == "/second.csv":
            return httpx.Response(307, headers={"Location": "https://files.webex.com/third.csv"})
        return good(request)

    ground = world(store)

    assert ground.fetch() == CSV
    assert [each.url.host for each in ground.seen] == [HOST, HOST, "files.webex.com"]


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/1.csv", "http://webex.com/1.csv", "//elsewhere.example/", "https://[/"]
)
def test_a_redirect_elsewhere_is_not_followed(world: MakeWorld, location: str) -> None:
    ground = world(lambda _request: httpx.Response(302, headers={"Location": location}))

    with pytest.raises((Declined, Unconfirmed)):
        ground.fetch()

    assert {each.url.host for each in ground.seen} == {HOST}


def test_redirects_in_a_circle_end(world: MakeWorld) -> None:
    ground = world(lambda _request: httpx.Response(302, headers={"Location": URL}))

    with pytest.raises(Declined, match="from address to address"):
        ground.fetch()

    assert len(ground.seen) == download.HOPS + 1


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_address_that_has_expired_is_replaced_once(world: MakeWorld, status: int) -> None:
    second = URL.replace("1.csv", "2.csv")

    def store(request: httpx.Request) -> httpx.Response:
        return good(request) if request.url.path.endswith("2.csv") else httpx.Response(status, text="<Error/>")

    ground = world(store, URL, second)
    assert ground.fetch() == CSV
    assert ground.asked == 2

    expired = world(store, URL)
    with pytest.raises(Declined, match="Webex gave two addresses"):
        expired.fetch()
    assert expired.asked == 2


def test_a_report_without_an_address_has_no_file(world: MakeWorld) -> None:
    with pytest.raises(Declined, match="Webex gives no file for this report"):
        world(good, "").fetch()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html>", "text/csv"),
        (b"\xef\xbb\xbf \r\n<html>", "application/octet-stream"),
        (b"<?xml version='1.0'?><Error/>", "text/plain"),
        (b"Sign in", "text/html; charset=utf-8"),
        (b"Sign in", "Text/HTML"),
        (b"Sign in", "application/xhtml+xml"),
    ],
)
def test_a_web_page_is_no_file(world: MakeWorld, content: bytes, kind: str) -> None:
    with pytest.raises(Declined, match=r"there is a web page\. Nothing was passed on"):
        world(lambda _request: httpx.Response(200, content=content, headers={"Content-Type": kind})).fetch()


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_none(world: MakeWorld, content: bytes) -> None:
    with pytest.raises(Declined, match="is empty"):
        world(lambda _request: httpx.Response(200, content=content)).fetch()


class Endless(httpx.SyncByteStream):
    """Goes on for ever, and counts what was taken of it."""

    def __init__(self, between: Callable[[], None] = lambda: None) -> None:
        self.taken = 0
        self._between = between

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.taken += 1
            self._between()
            yield b"x" * 65536


def test_a_file_that_is_too_large_is_given_up_while_it_comes(world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "LIMIT", 1024 * 1024)
    stream = Endless()

    with pytest.raises(Declined, match="more than 1 MB"):
        world(lambda _request: httpx.Response(200, stream=stream)).fetch()

    assert stream.taken <= 17


def test_a_file_that_says_that_it_is_too_large_is_not_begun(world: MakeWorld) -> None:
    stream = Endless()
    headers = {"Content-Length": str(download.LIMIT + 1)}

    with pytest.raises(Declined, match="more than 100 MB"):
        world(lambda _request: httpx.Response(200, stream=stream, headers=headers)).fetch()

    assert stream.taken == 0


def test_a_file_that_trickles_is_given_up(world: MakeWorld, passing: Time) -> None:
    stream = Endless(lambda: passing.sleep(50))

    with pytest.raises(Unconfirmed, match="took too long"):
        world(lambda _request: httpx.Response(200, stream=stream)).fetch()


@pytest.mark.parametrize("status", [400, 401, 405, 416])
def test_a_refusal_of_the_store_is_told_as_its_own(world: MakeWorld, status: int) -> None:
    with pytest.raises(Declined, match=f"refuses the file of this report .HTTP {status}."):
        world(lambda _request: httpx.Response(status)).fetch()


@pytest.mark.parametrize(
    ("status", "kind"), [(503, Unconfirmed), (500, Unconfirmed), (204, Unconfirmed), (429, Busy), (304, Unconfirmed)]
)
def test_a_store_that_does_not_answer_well_is_asked_again_within_bounds(
    world: MakeWorld, status: int, kind: type[BroadWorksError]
) -> None:
    ground = world(lambda _request: httpx.Response(status))

    with pytest.raises(kind) as caught:
        ground.fetch()

    assert type(caught.value) is kind
    assert not isinstance(caught.value, Refused) or kind is Busy
    assert 1 <= len(ground.seen) <= 4


def test_a_store_that_is_away_for_a_moment_costs_nothing(world: MakeWorld) -> None:
    answers: list[Store] = [lambda _request: httpx.Response(503), good]

    def broken(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Broken())

    answers.insert(1, broken)

    def store(request: httpx.Request) -> httpx.Response:
        return answers.pop(0)(request)

    assert world(store).fetch() == CSV
    assert answers == []


class Broken(httpx.SyncByteStream):
    """Breaks off after the first bytes."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"userId;name\r\nhalf of"
        raise httpx.ReadError("")


def test_a_store_that_cannot_be_reached_is_told(world: MakeWorld) -> None:
    def away(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("")

    with pytest.raises(NeverSent):
        world(away).fetch()
