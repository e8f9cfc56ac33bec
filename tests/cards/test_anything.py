"""Whatever text comes from outside, the card stays a card and the message stays a message."""

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.delivery import NoticeKind
from bot.domain.form import Complaint
from bot.domain.plan import Finding, Level, Outcome
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from bot.domain.view import FormView, RequestView, View
from cards.render import render
from tests.cards.rules import problems
from tests.cards.samples import (
    ACME,
    LAB,
    OPERATIONS,
    PLAN,
    PRECHECK,
    PROVISION,
    asked,
    form,
    frame,
    notice,
    provisioning,
)

MAX_MARKDOWN = 7000
ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    ["<@all>", "<@personId:x|y>", "**", "1. ", "`", "😀", "\u200b", "\\", "a_b*c", "[x](http://y.example)", "é", '"']
)
# Some of it is longer than anything that is ever shown.
TEXT = st.builds(lambda text, times: text * times, ANY, st.sampled_from([1, 1, 1, 30, 400]))
# Webex's answers are JSON of any shape.
VALUE = TEXT | st.none() | st.integers() | st.booleans() | st.lists(TEXT, max_size=3)
TEXTS = st.lists(TEXT, min_size=14, max_size=14)
MANY = settings(max_examples=15, deadline=None)


def assert_sound(view: View) -> None:
    drawn = render(view)

    # A mention of one person is ours; nobody else can bring one about.
    assert "<@" not in re.sub(r"^<@personId:[\w=-]{8,200}> ", "", drawn.markdown)
    assert 0 < len(drawn.markdown.encode()) <= MAX_MARKDOWN
    if drawn.card is not None:
        assert problems(drawn.card) == []


def a_problem(texts: list[str], *, reasons: int = 3) -> Problem:
    return Problem(
        happened=texts[0],
        why=texts[1],
        advice=texts[2],
        who=texts[3],
        reasons=(Reason(texts[4], texts[5], Explanation(texts[6], texts[7], texts[8], texts[9], known=False)),)
        * reasons,
        status=418,
        tracking_id=texts[10],
        ours=texts[11],
        tries=2,
        retry_after=1.5,
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
@given(TEXTS, st.booleans())
@MANY
def test_a_form_takes_any_text(operation: Any, texts: list[str], wrong: bool) -> None:  # noqa: FBT001 - it is drawn.
    names = [each.name for each in operation.form.inputs]
    complaints = tuple(Complaint(name, text) for name, text in zip([*names, None], texts, strict=False))
    view: FormView = form(operation, *(complaints if wrong else ()), **dict(zip(names, texts, strict=False)))

    assert_sound(view)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
@given(TEXT, TEXT, st.booleans())
@MANY
def test_a_form_with_templates_takes_any_text(operation: Any, said: str, other: str, wrong: bool) -> None:  # noqa: FBT001 - it is drawn.
    complaints = (Complaint("provisioningId", other),) if wrong else ()
    view: FormView = form(operation, *complaints, provisioningId=said, spEnterpriseId=other)
    strange = replace(ACME, enterprise=other, timezone=said)

    assert_sound(replace(view, templates=(strange, LAB), usual="lab"))
    assert_sound(replace(view, conversation=replace(view.conversation, values={}), templates=(strange,), usual="acme"))


@pytest.mark.parametrize("state", State)
@given(TEXTS, st.dictionaries(TEXT, VALUE, max_size=6))
@MANY
def test_a_request_takes_any_text(state: State, texts: list[str], body: dict[str, Any]) -> None:
    sendable = {_sendable(key): _sendable(value) for key, value in body.items()}
    call = replace(PLAN.call, body={**sendable, "displayName": _sendable(texts[0])})
    plan = replace(PLAN, call=call, before=sendable, findings=(Finding(Level.WARNING, texts[1]),) * 12)
    outcome = Outcome(ok=False, problem=a_problem(texts), note=texts[2])
    view = provisioning(
        state,
        plan=plan,
        outcome=outcome,
        warnings=tuple(texts),
        asker_name=texts[3],
        values=dict(zip(["displayName", "userId", *texts], texts, strict=False)),
    )

    assert_sound(replace(view, frame=frame(texts[4])))


@given(TEXTS, st.dictionaries(TEXT, VALUE, max_size=50), st.booleans())
@MANY
def test_a_workspace_takes_any_echo(texts: list[str], fields: dict[str, Any], ok: bool) -> None:  # noqa: FBT001 - it is drawn.
    data = {"id": texts[0], "fields": {**fields, "created": texts[1], "nested": {texts[2]: texts[3]}}}
    outcome = Outcome(ok=ok, data=data, note=texts[4], tracking_id=texts[5])

    assert_sound(provisioning(State.DONE if ok else State.FAILED, outcome=outcome))


@given(TEXTS, VALUE, VALUE, st.booleans())
@MANY
def test_a_precheck_takes_any_answer(texts: list[str], one: Any, other: Any, passed: bool) -> None:  # noqa: FBT001 - it is drawn.
    explained = {"code": one, "meaning": other, "remedy": texts[0], "who": texts[1], "known": passed}
    infos = [{"code": one, "description": other, "explanation": explained}, {}, {"code": 1, "explanation": None}, one]
    data = {"message": other, "passed": passed, "infos": infos * 6}
    values = dict(zip([each.name for each in PRECHECK.form.inputs], texts, strict=False))
    outcome = Outcome(ok=passed, data=data, tries=3, waited=2.5, tracking_id=texts[2])
    view: RequestView = asked(PRECHECK, state=State.DONE, outcome=outcome, values=values, warnings=tuple(texts))

    assert_sound(view)


NOTICES: dict[NoticeKind, Callable[[list[str]], dict[str, Any]]] = {
    NoticeKind.HELP: lambda texts: {"words": texts[0]},
    NoticeKind.SUGGESTION: lambda texts: {"said": texts[0], "suggestions": texts[1:]},
    NoticeKind.REFUSAL: lambda texts: {"reason": texts[0]},
    NoticeKind.DECLINED: lambda texts: {"text": texts[0]},
    NoticeKind.REQUESTS: lambda _texts: {},
    NoticeKind.CANCELLED: lambda texts: {"what": texts[0]},
    NoticeKind.CLOSED_FORM: lambda texts: {"operation": texts[0], "why": texts[1]},
    NoticeKind.PROBLEM: lambda texts: {"problem": asdict(a_problem(texts, reasons=30))},
    NoticeKind.DONE: lambda texts: {"request": 1, "title": texts[0], "state": texts[1], "mention": texts[2]},
    NoticeKind.STATUS: lambda texts: {"request": 1, "title": texts[0], "status": texts[1], "mention": texts[2]},
    NoticeKind.FILE: lambda texts: {"request": 1, "file": texts[0]},
    NoticeKind.QUESTION: lambda texts: dict(zip(["label", "hint", "complaint", "operation"], texts, strict=False)),
    NoticeKind.LOCKED_OUT: lambda texts: {"why": texts[0]},
    NoticeKind.LET_IN: lambda _texts: {},
}


@pytest.mark.parametrize("kind", NoticeKind)
@given(TEXTS)
@MANY
def test_a_notice_takes_any_text(kind: NoticeKind, texts: list[str]) -> None:
    values = {"displayName": texts[5], "userId": texts[6]}
    listed = [provisioning(State.UNKNOWN, number=number, values=values) for number in range(30)]

    assert_sound(notice(kind, *listed, **NOTICES[kind](texts)))


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_without_facts_is_still_a_message(kind: NoticeKind) -> None:
    assert_sound(notice(kind))


def test_an_operation_of_many_fields_fits_into_a_card() -> None:
    inputs = tuple(replace(each, name=f"{each.name}{n}") for n in range(3) for each in PROVISION.form.inputs)
    operation = replace(PROVISION, form=replace(PROVISION.form, inputs=inputs))

    assert_sound(form(operation, **{each.name: "ж" * 1500 for each in inputs}))


def _sendable(value: Any) -> Any:
    """A plan is hashed as UTF-8, which half a surrogate pair has no place in."""
    if isinstance(value, list):
        return [_sendable(each) for each in value]
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
