"""Whatever stands in an answer where something else is documented, no operation, no watch and no card breaks."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import pytest
import stamina
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadworks.codes import CodeBook
from bot.domain.checks import check
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind
from bot.domain.operation import Operation, Risk
from bot.domain.plan import Answer, Call, Outcome, Plan, Watched
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.domain.view import RequestView
from bot.errors import BroadWorksError, Declined
from bot.failures import explain
from bot.operations import catalogue
from bot.store.types import Stored
from cards.kit import MAX_BYTES
from cards.render import render
from tests.broadworks import shapes
from tests.broadworks.conftest import make_client
from tests.broadworks.shapes import Shape
from tests.broadworks.test_shapes import of, value_of
from tests.cards.samples import frame
from tests.cards.test_anything import MAX_MARKDOWN
from tests.operations.desk import desk as fake_desk

NOW = datetime(2026, 11, 21, 18, 36, 20, tzinfo=UTC)
ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOQ"
ACME = Template("acme", "ZjVi" * 15, "Reseller1+acme", "", "", "", made_by="Ann", made_at=NOW)
SAID = {
    "subscriber": "95547321@example.com",
    "userId": "95547321@example.com",
    "provisioningId": ACME.provisioning_id,
    "template": "acme",
    "workspace": ID,
    "report": "2026-10",
    "code": "10022, 4711, 200044",
}
BY_KIND = {
    Kind.EMAIL: "ann@example.com",
    Kind.USER_ID: "95547321@example.com",
    Kind.NUMBER: "+12405551212",
    Kind.EXTENSION: "51212",
    Kind.NAME: "globex",
    Kind.TEMPLATE_NAME: "acme",
    Kind.COUNTRY: "US",
    Kind.LANGUAGE: "en",
    Kind.TIMEZONE: "UTC",
    Kind.SINCE: "7d",
    Kind.MONTH: "2026-10",
    Kind.LINE: "remove subscriber",
}
MORE = ("colour", "spEnterpriseGroupId", "orgCreationTimeStamp", "status", "errors", "info")
ODD: tuple[Any, ...] = (
    None,
    "",
    "on_hold",
    "0",
    "12",
    "true",
    "false",
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    [],
    {},
    ["x"],
    {"x": [None]},
)
OUTCOME = Stored(Outcome)

odd = st.sampled_from(ODD) | st.text(max_size=8)


def bent(shape: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of nearly that shape: anything may be missing, more than is documented, or of another type."""
    every = {name: _bent_value(kind) for name, kind in shape.fields.items()}
    more = st.dictionaries(st.sampled_from(MORE), odd, max_size=1)
    return st.tuples(more, st.fixed_dictionaries({}, optional=every)).map(lambda both: {**both[0], **both[1]})


def _bent_value(kind: shapes.Kind) -> st.SearchStrategy[Any]:
    right = value_of(kind)
    if kind.within is not None:
        inside = bent(kind.within)
        right = st.lists(inside | odd, max_size=3) | inside if kind.many else inside
    # Mostly right, or an answer would seldom be one that is gone into.
    return st.one_of(right, right, right, right.map(_as_text), odd)


def _as_text(value: Any) -> Any:
    """A number or a flag as a text, as some serialisers write it."""
    return json.dumps(value) if isinstance(value, bool | int) else value


@cache
def straight_answers(name: str) -> st.SearchStrategy[httpx.Response]:
    """What an endpoint is documented to answer."""
    documented = shapes.ENDPOINTS[name]
    if documented.answer is None:
        return st.just(httpx.Response(documented.status))
    return of(documented.answer).map(lambda told: httpx.Response(200, json={**told, "id": ID}))


@cache
def answers(name: str) -> st.SearchStrategy[httpx.Response]:
    """What an endpoint may answer: nearly what is documented, or a refusal with codes that nobody has met."""
    documented = shapes.ENDPOINTS[name]
    refusal = st.builds(httpx.Response, st.sampled_from([400, 404, 409, 429]), json=bent(shapes.ENVELOPE))
    if documented.answer is None:
        return st.just(httpx.Response(documented.status)) | refusal
    # Whatever else is bent, an id mostly lets it be read.
    told = st.tuples(bent(documented.answer), st.sampled_from([{"id": ID}, {"id": ID}, {}]))
    right = st.builds(httpx.Response, st.just(200), json=told.map(lambda both: {**both[0], **both[1]}))
    return st.one_of(right, right, right, refusal)


class Asking:
    """One person asks for one thing, of an API that answers ``draw(endpoint)``; each state is drawn and stored."""

    def __init__(self, operation: Operation, draw: Any) -> None:
        self.operation = operation
        self._draw = draw
        self.reached: list[str] = []
        self.client = make_client(self._answer, clock=lambda: 0.0)
        fake = fake_desk(templates=[ACME])
        self.desk: Desk = replace(fake, broadworks=self.client, codes=CodeBook.load(), clock=lambda: NOW)
        values = check(operation.form, said(operation.form), templates=[ACME])
        assert values.complaints == ()
        self.request = Request(operation.name, "ann", "Ann", "room", values.values, NOW, "BOT_1", number=12)

    def go(self) -> State:
        """From the words to the end, as far as the answers let it come."""
        made = self._run(lambda: self.operation.plan(self.request.values, self.desk))
        if isinstance(made, Plan):
            self.request.planned(made, at=NOW)
            self._show()
            self.request.confirm(by="ann", plan_hash=made.hash, typed=made.typed, at=NOW)
            self.request.start(at=NOW)
            self._show()
            self._write(made)
        else:
            self.request.answered(made.outcome if isinstance(made, Answer) else made, at=NOW)
        self._show()
        return self.request.state

    def watch(self, watched: Watched) -> State:
        """It was accepted, and somebody looks how far it is."""
        call = Call("POST", "as/planned", {}, self.desk.broadworks.base_url)
        self.request.planned(Plan(self.operation.name, call, made=NOW), at=NOW)
        self.request.state = State.RUNNING
        self.request.watch(Outcome(ok=True, watched=watched), at=NOW)
        follow = self.operation.follow
        assert follow
        seen = self._run(lambda: follow([self.request], self.desk))
        outcome = seen.get(12) if not isinstance(seen, Outcome) else None
        if outcome is not None:
            self._end(outcome)
        self._show()
        return self.request.state

    def _write(self, plan: Plan) -> None:
        run, look = self.operation.run, self.operation.look
        assert run
        outcome = self._run(lambda: run(plan, self.desk))
        if look is not None:
            found = self._run(lambda: look(plan, self.desk, NOW - timedelta(hours=1)))
            assert found is None or isinstance(found, Outcome)
        self._end(outcome)

    def _end(self, outcome: Outcome) -> None:
        if outcome.watched is None:
            self.request.finish(outcome, at=NOW)
        else:
            self.request.watch(outcome, at=NOW)

    def _run(self, part: Any) -> Any:
        """Part of an operation; only what the API can be blamed for, or a plain word, may come out of it."""
        try:
            return part()
        except (BroadWorksError, Declined) as exc:
            changes = self.operation.risk is not Risk.READ
            problem = explain(exc, codes=self.desk.codes, doing=self.operation.words, ours="BOT_1", changes=changes)
            return Outcome(ok=False, problem=problem)

    def _show(self) -> None:
        drawn = render(RequestView(frame(), self.request, self.operation))
        assert drawn.card
        assert len(json.dumps(drawn.card)) < MAX_BYTES
        assert 0 < len(drawn.markdown.encode()) <= MAX_MARKDOWN
        kept = OUTCOME.process_bind_param(self.request.outcome, dialect=None)  # type: ignore[arg-type]  # It is not used.
        assert OUTCOME.process_result_value(kept, dialect=None) == self.request.outcome  # type: ignore[arg-type]  # As above.

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0].removeprefix("/v1")
        name = next(name for name, each in shapes.ENDPOINTS.items() if each is shapes.endpoint(request.method, path))
        self.reached.append(name)
        response: httpx.Response = self._draw(name)
        return response


def said(form: Form) -> dict[str, str]:
    """What somebody fills in: all that is needed, and little else."""
    return {each.name: _said(each) for each in form.inputs if each.required or each.name in {"extension", "email"}}


def _said(asked: Input) -> str:
    return SAID.get(asked.name) or (
        asked.choices[0].value if asked.choices else BY_KIND.get(asked.kind, "Reseller1+acme")
    )


OPERATIONS = {each.name: each for each in catalogue()}
WATCHED = [name for name, each in OPERATIONS.items() if each.follow is not None]


@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=25)
@given(data=st.data())
def test_no_answer_breaks_an_operation_or_its_cards(name: str, data: st.DataObject) -> None:
    asking = Asking(OPERATIONS[name], lambda endpoint: data.draw(answers(endpoint), label=endpoint))

    with stamina.set_testing(True, attempts=1):
        asking.go()
    asking.client.close()


@pytest.mark.parametrize("name", WATCHED)
@settings(max_examples=25)
@given(data=st.data())
def test_no_answer_breaks_a_watch(name: str, data: st.DataObject) -> None:
    asking = Asking(OPERATIONS[name], lambda endpoint: data.draw(answers(endpoint), label=endpoint))

    with stamina.set_testing(True, attempts=1):
        asking.watch(Watched(ID, "provisioning", NOW - timedelta(minutes=1)))
    asking.client.close()
    assert asking.reached


@pytest.mark.parametrize("name", OPERATIONS)
@settings(max_examples=10)
@given(data=st.data())
def test_what_is_documented_is_gone_into_and_not_only_refused(name: str, data: st.DataObject) -> None:
    """Else the two properties above would say nothing: bent answers must get as far as straight ones do."""

    asking = Asking(OPERATIONS[name], lambda endpoint: data.draw(straight_answers(endpoint), label=endpoint))
    with stamina.set_testing(True, attempts=1):
        asking.go()
    asking.client.close()
    assert asking.reached or not _asks(asking.operation)


def _asks(operation: Operation) -> bool:
    """Whether anything of it is asked of the provisioning API; what is said here names no workspace that is wanted."""
    own = ("template", "explain", "history", "policy", "list unknown codes", "find workspaces")
    return not operation.words.startswith(own)
