"""Every request that the client can make is one that is documented, and every documented answer is read whole."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadworks.client import BroadWorksClient
from bot.domain.places import consent_path, could_be_id, subscriber_path
from bot.domain.plan import Call
from bot.domain.provisioning import Info, Package, Subscriber, SubscriberFilter, SubscriberStatus
from tests.broadworks import shapes
from tests.broadworks.calls import FULL, KNOWN, Known
from tests.broadworks.conftest import BASE_URL, make_client
from tests.broadworks.shapes import ENDPOINTS, Endpoint, Shape

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
ids = st.text(min_size=1, max_size=12).filter(could_be_id)
moments = st.datetimes(timezones=st.just(UTC))
filters = st.builds(
    SubscriberFilter,
    user_id=texts,
    person_id=texts,
    email=texts,
    provisioning_id=texts,
    enterprise=texts,
    last_status_change=st.none() | moments,
    status=st.lists(st.sampled_from(SubscriberStatus), max_size=7).map(tuple),
    after=st.none() | moments,
    self_activated=st.none() | st.booleans(),
    max=st.none() | st.integers(1, 100),
)


def sent_by(use: Callable[[BroadWorksClient], Any], *, answer: Any = FULL) -> list[httpx.Request]:
    seen: list[httpx.Request] = []

    def far(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=answer)

    client = make_client(far, clock=lambda: 0.0)
    try:
        use(client)
    finally:
        client.close()
    return seen


def problems(request: httpx.Request) -> list[str]:
    found = shapes.endpoint(request.method, request.url.raw_path.decode().partition("?")[0].removeprefix("/v1"))
    if found is None:
        return [f"{request.method} {request.url} is not documented"]
    body = json.loads(request.content) if request.content else None
    return found.problems(query=dict(request.url.params.multi_items()), body=body)


def of(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of a shape: all that is required, and any of the rest."""
    every = {name: value_of(kind) for name, kind in shape.fields.items()}
    required = {name: each for name, each in every.items() if name in shape.required}
    return st.fixed_dictionaries(
        required, optional={name: each for name, each in every.items() if name not in required}
    )


def value_of(kind: shapes.Kind) -> st.SearchStrategy[Any]:
    if kind.within is not None:
        return st.lists(of(kind.within), max_size=3) if kind.many else of(kind.within)
    if kind is shapes.NUMBER:
        return st.integers(0, 10**6)
    if kind is shapes.MOMENT:
        return moments.map(lambda moment: moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    if kind is shapes.FLAG:
        return st.booleans() | st.sampled_from(["true", "false"])
    return texts if kind is shapes.TEXT else st.sampled_from(kind.name.split(" or "))


@pytest.mark.parametrize("known", [each for each in KNOWN.values() if "workspaces" not in each.path])
def test_every_call_of_the_client_is_documented(known: Known) -> None:
    assert [problems(each) for each in sent_by(known.make)] == [[]]


def test_every_documented_endpoint_has_a_call_of_the_client() -> None:
    sent = [request for known in KNOWN.values() for request in sent_by(known.make)]
    reached = [shapes.endpoint(each.method, each.url.path.removeprefix("/v1")) for each in sent]

    assert [name for name, each in ENDPOINTS.items() if each not in reached] == []


@settings(deadline=None)
@given(filters)
def test_every_filter_is_sent_as_documented(wanted: SubscriberFilter) -> None:
    [sent] = sent_by(lambda client: client.subscriber_page(wanted))

    assert problems(sent) == []


@settings(deadline=None)
@given(body=of(shapes.NEW_SUBSCRIBER), data=st.data())
def test_every_planned_body_is_sent_as_it_is(body: dict[str, Any], data: st.DataObject) -> None:
    changed = data.draw(of(shapes.CHANGED_SUBSCRIBER))
    path = subscriber_path(data.draw(ids))

    [made] = sent_by(lambda client: client.provision_subscriber(Call("POST", "broadworks/subscribers", body, BASE_URL)))
    [put] = sent_by(lambda client: client.update_subscriber(Call("PUT", path, changed, BASE_URL)))

    assert (problems(made), problems(put)) == ([], [])
    assert (json.loads(made.content), json.loads(put.content)) == (body, changed)


@settings(deadline=None)
@given(ids)
def test_every_id_is_sent_to_a_documented_path(subscriber_id: str) -> None:
    path = subscriber_path(subscriber_id)
    sent = [
        *sent_by(lambda client: client.subscriber(subscriber_id)),
        *sent_by(lambda client: client.remove_subscriber(Call("DELETE", path, {}, BASE_URL))),
        *sent_by(lambda client: client.resend_consent(Call("POST", consent_path(subscriber_id), {}, BASE_URL))),
    ]

    assert [problems(each) for each in sent] == [[], [], []]


@settings(deadline=None)
@given(of(shapes.CHECKED_SUBSCRIBER))
def test_every_precheck_is_sent_as_it_is(body: dict[str, Any]) -> None:
    [sent] = sent_by(lambda client: client.precheck(body))

    assert (problems(sent), json.loads(sent.content)) == ([], body)


@settings(deadline=None)
@given(identity=ids, told=of(shapes.SUBSCRIBER))
def test_every_documented_answer_is_read_whole(identity: str, told: dict[str, Any]) -> None:
    answer = {**told, "id": identity}
    found: list[Subscriber] = []

    sent_by(lambda client: found.append(client.subscriber(identity)), answer=answer)
    sent_by(lambda client: found.extend(client.subscribers(SubscriberFilter())), answer={"items": [answer]})

    assert found[0] == found[1]
    assert found[0].fields == json.loads(json.dumps(answer).replace("\\u0000", ""))
    assert (found[0].id, found[0].package, found[0].status) == (
        identity,
        told.get("package", ""),
        told.get("status", ""),
    )
    assert (found[0].created, found[0].last_status_change) == (
        moment(told.get("created")),
        moment(told.get("lastStatusChange")),
    )
    activated = told.get("selfActivated")
    assert found[0].self_activated == (activated if activated is None else activated in {True, "true"})
    assert {each.code for each in found[0].errors} <= {
        str(each.get("errorCode", "")) for each in told.get("errors", [])
    }


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def test_the_domain_knows_every_documented_status_and_package() -> None:
    assert set(SubscriberStatus) == set(shapes.STATUSES)
    assert set(Package) == set(shapes.PACKAGES)


def test_the_errors_of_a_subscriber_are_read_with_code_and_words() -> None:
    told = {"id": "1", "errors": [{"errorCode": 10022, "description": "The user ID is taken."}]}
    found: list[Subscriber] = []

    sent_by(lambda client: found.append(client.subscriber("1")), answer=told)

    assert list(shapes.SUBSCRIBER.problems(told)) == []
    assert found[0].errors == (Info("10022", "The user ID is taken."),)


@pytest.mark.parametrize(
    ("name", "query", "body", "wrong"),
    [
        ("list", {"max": "101", "status": "gone", "customerId": "1"}, None, 3),
        ("list", {"after": "2026-11-21", "selfActivated": "False"}, None, 2),
        ("get", {"max": "1"}, {}, 2),
        ("provision", {}, {"userId": 1, "package": "gold", "colour": "red"}, 7),
        ("update", {}, {"email": "ann@example.com"}, 1),
        ("update", {}, None, 1),
        ("validate", {}, {"email": "ann@example.com", "customerInfo": {}}, 1),
        ("remove", {}, {}, 1),
    ],
)
def test_what_is_not_documented_is_noticed(name: str, query: dict[str, str], body: Any, wrong: int) -> None:
    found: Endpoint = ENDPOINTS[name]

    assert len(found.problems(query=query, body=body)) == wrong
