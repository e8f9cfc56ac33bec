"""The consent e-mail is sent at most once, whichever of its two addresses is the right one."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.broadworks.client import BroadWorksClient
from bot.domain.places import CONSENT, consent_path
from bot.domain.plan import Call
from bot.domain.provisioning import Done
from bot.errors import BroadWorksError, Busy, NeverSent, Refused, Unconfirmed
from tests.broadworks.conftest import BASE_URL, NOW, MakeClient, Time

ID = "U1VCU0NSSUJFUi8x"
SHORT, LONG = (consent_path(ID, pattern=each) for each in CONSENT)
YES = httpx.Response(204, headers={"Trackingid": "ROUTER_1"})


class Far:
    """Answers by path, and keeps the paths that it was asked."""

    def __init__(self, answers: dict[str, httpx.Response | Exception]) -> None:
        self.answers = answers
        self.seen: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.content) == ("POST", b"")
        path = request.url.path.removeprefix("/v1/")
        self.seen.append(path)
        answer = self.answers[path]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def resend(client: BroadWorksClient, path: str = SHORT) -> Done:
    return client.resend_consent(Call("POST", path, {}, BASE_URL))


def no(status: int, body: Any = None, **kind: Any) -> httpx.Response:
    return httpx.Response(status, json=body) if body is not None else httpx.Response(status, **kind)


NOBODY_THERE = [
    no(404),
    no(405),
    no(404, html="<h1>404 Not Found</h1>"),
    no(404, {"message": "The URI requested is invalid or the resource requested, such as a user, does not exist."}),
    no(404, {"code": 404, "message": "Not Found"}),
    no(404, {"error": "Not Found", "status": 404, "path": f"/v1/{SHORT}"}),
    no(404, {"message": f"Cannot POST /v1/{SHORT}"}),
    no(405, {"message": "Request method 'POST' not supported", "errors": [{"description": "Method Not Allowed"}]}),
]

SOMEBODY_THERE = [
    no(404, {"message": "Could not find a subscriber with provided ID."}),
    no(404, {"message": "Not found", "errors": [{"description": f"{ID} does not exist."}]}),
    no(404, {"message": "Not found", "errors": [{"errorCode": 2001, "description": "Not found"}]}),
    no(404, {"errors": [{"description": "Unknown", "fieldName": "subscriberId"}]}),
]


@pytest.mark.parametrize("path", [SHORT, LONG])
def test_where_it_was_planned_it_is_sent(client_for: MakeClient, path: str) -> None:
    far = Far({SHORT: YES, LONG: YES})

    assert resend(client_for(far), path) == Done(path, "ROUTER_1", 1)
    assert far.seen == [path]


@pytest.mark.parametrize("edge", NOBODY_THERE)
@pytest.mark.parametrize(("first", "other"), [(SHORT, LONG), (LONG, SHORT)])
def test_where_nothing_is_the_other_address_is_tried_and_remembered(
    client_for: MakeClient, edge: httpx.Response, first: str, other: str
) -> None:
    far = Far({first: edge, other: YES})
    client = client_for(far)

    assert resend(client, first) == Done(other, "ROUTER_1", 2)
    assert resend(client, first) == Done(other, "ROUTER_1", 1)
    assert far.seen == [first, other, other]


def test_what_was_learned_with_a_deadline_is_known_without(client_for: MakeClient) -> None:
    far = Far({SHORT: no(404), LONG: YES})
    client = client_for(far)

    resend(client.until(NOW + timedelta(minutes=1)))
    resend(client)

    assert far.seen == [SHORT, LONG, LONG]


def test_an_address_that_worked_once_is_not_the_only_one(client_for: MakeClient) -> None:
    far = Far({SHORT: no(404), LONG: YES})
    client = client_for(far)
    resend(client)
    far.answers = {SHORT: YES, LONG: no(404)}

    assert resend(client) == Done(SHORT, "ROUTER_1", 2)


@pytest.mark.parametrize("behind", SOMEBODY_THERE)
def test_a_no_about_the_subscriber_is_a_no(client_for: MakeClient, behind: httpx.Response) -> None:
    far = Far({SHORT: behind, LONG: YES})

    with pytest.raises(Refused) as caught:
        resend(client_for(far))

    assert (caught.value.status, caught.value.tries, far.seen) == (404, 1, [SHORT])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (no(400), Refused),
        (no(401), Refused),
        (no(403), Refused),
        (no(409), Refused),
        (no(410), Refused),
        (no(423), Busy),
        (no(429), Busy),
        (no(301), Unconfirmed),
        (no(408), Unconfirmed),
        (no(500), Unconfirmed),
        (no(502), Unconfirmed),
        (no(504), Unconfirmed),
        (no(200, html="<h1>Welcome</h1>"), Unconfirmed),
        (no(200, {"errors": [{"errorCode": 2001}]}), Unconfirmed),
        (httpx.ReadTimeout(""), Unconfirmed),
        (httpx.RemoteProtocolError(""), Unconfirmed),
        (httpx.ConnectError(""), NeverSent),
    ],
)
@pytest.mark.parametrize("fails", [SHORT, LONG])
def test_after_anything_else_nothing_is_sent_again(
    client_for: MakeClient, passing: Time, fails: str, answer: httpx.Response | Exception, kind: type[BroadWorksError]
) -> None:
    far = Far({SHORT: no(404), LONG: YES, fails: answer})

    with pytest.raises(BroadWorksError) as caught:
        resend(client_for(far))

    tries = [SHORT, LONG].index(fails) + 1
    assert type(caught.value) is kind
    assert (caught.value.tries, far.seen, passing.sleeps) == (tries, [SHORT, LONG][:tries], [])


def test_where_both_addresses_lead_nowhere_it_is_refused(client_for: MakeClient) -> None:
    far = Far({SHORT: no(404), LONG: no(405)})

    with pytest.raises(Refused) as caught:
        resend(client_for(far))

    assert (caught.value.status, caught.value.tries, far.seen) == (405, 2, [SHORT, LONG])


class Torn(httpx.SyncByteStream):
    """A body that breaks off before it names anybody."""

    def __iter__(self) -> Any:
        yield b'{"message": "'
        raise httpx.ReadError("gone")


def test_a_no_that_breaks_off_could_have_been_about_the_subscriber(client_for: MakeClient) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return httpx.Response(404, stream=Torn())

    with pytest.raises(Refused):
        resend(client_for(answer))

    assert seen == [f"/v1/{SHORT}"]
