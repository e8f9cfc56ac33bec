"""What policy_test answers: who would have to approve, until when, and which rule says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain.actor import Actor, Role
from bot.domain.desk import Ruled
from bot.domain.policy import Conditions, Facts, Group, Policy, Requirement, Rule, Step
from bot.domain.policy_question import AS, AT, ROWS
from bot.domain.risk import Risk
from bot.domain.template import Template
from bot.errors import Declined, NotAllowed
from bot.operations import catalogue, policy_test
from cards.policy_test import lines
from tests.domain.policies import facts, policies
from tests.operations.desk import NOW, desk

ANN = Actor("ann", "Ann@example.com", "Ann")
CLEO = Actor("cleo", "cleo@example.com", "Cleo", frozenset({Role.AGENT, Role.ADMIN}))
ACME = Template("acme", "YWNtZQ" * 10, "Reseller1+acme", "premium", "", "", made_by="Ann", made_at=NOW)
ONE = Requirement((Step(Group((Role.APPROVER,))),), expires=timedelta(hours=8))


def answer(
    question: str, *, by: Actor = ANN, policy: Policy | None = None, templates: Sequence[Template] = ()
) -> dict[str, Any]:
    """What is answered, with a policy that asks Bob for an approval more than others."""
    bobs = Rule("bob", Conditions(requesters=("bob@example.com",), roles=(Role.APPROVER,)), ONE, 7)
    ruled = Ruled(policy or Policy((bobs,), "p.toml"), lambda _: frozenset({Role.AGENT, Role.APPROVER}), "test")
    found = policy_test.plan({"question": question}, replace(desk(templates=templates), actor=by, ruled=ruled))
    assert found.outcome.ok
    return found.outcome.data


def about(question: str, **options: Any) -> dict[str, Any]:
    """What was understood, without who asks and when."""
    asked: dict[str, Any] = answer(question, **options)["asked"]
    return {name: value for name, value in asked.items() if name not in {"requester", "roles", "at"}}


def declined(question: str) -> str:
    with pytest.raises(Declined) as caught:
        answer(question)
    return str(caught.value)


def test_the_default_is_told_with_its_times() -> None:
    assert answer("remove subscriber") == {
        "asked": {
            "operation": "remove subscriber",
            "requester": "ann@example.com",
            "roles": ["agent"],
            "at": "2026-07-09T14:13:00+00:00",
        },
        "rule": "",
        "place": "",
        "why": "No rule fits, and it cannot be taken back: what the bot does without a rule holds.",
        "steps": [{"who": ["approver", "admin"], "count": 2, "space": "direct", "later": []}],
        "expires": "2026-07-10T14:13:00+00:00",
        "reminders": ["2026-07-09T18:13:00+00:00"],
        "comment": False,
        "reason": False,
    }


def test_an_admin_asks_for_somebody_else_at_another_time() -> None:
    found = answer("provision subscriber as=Bob@example.com at=2026-11-27T23:00+01:00 rows=40", by=CLEO)

    assert found["asked"] == {
        "operation": "provision subscriber",
        "requester": "bob@example.com",
        "roles": ["agent", "approver"],
        "at": "2026-11-27T22:00:00+00:00",
        "rows": "40",
    }
    assert (found["rule"], found["place"], found["expires"]) == ("bob", "line 7 of p.toml", "2026-11-28T06:00:00+00:00")


def test_others_ask_for_themselves_only() -> None:
    assert answer("show subscriber as=ann@example.com")["asked"]["requester"] == "ann@example.com"
    with pytest.raises(NotAllowed, match="Only an admin of this bot may test for somebody else"):
        answer("show subscriber as=bob@example.com")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("add subscriber pkg=Premium", {"operation": "provision subscriber", "package": "premium"}),
        (
            "Remove Subscriber package=premium enterprise=Reseller1+acme",
            {"operation": "remove subscriber", "package": "premium", "spEnterpriseId": "Reseller1+acme"},
        ),
        ("remove subscriber 95547321@example.com", {"operation": "remove subscriber"}),
        (
            "provision subscriber template=ACME",
            {
                "operation": "provision subscriber",
                "package": "premium",
                "spEnterpriseId": "Reseller1+acme",
                "template": "acme",
            },
        ),
        ("templates", {"operation": "template list"}),
        ("policy test", {"operation": "policy test"}),
    ],
)
def test_the_words_of_any_operation_are_understood_and_nothing_more_is_needed(
    question: str, understood: dict[str, str]
) -> None:
    assert about(question, templates=[ACME]) == understood


def test_a_template_that_nobody_knows_is_taken_by_its_name_where_there_are_none() -> None:
    assert about("provision subscriber template=acme") == {"operation": "provision subscriber", "template": "acme"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("remov subscriber", "No operation begins with “remov subscriber”. Did you mean “remove subscriber”"),
        ("zzz", "No operation begins with “zzz”. “help” lists all of them."),
        ("remove subscriber now please", "I did not understand “now please” after “remove subscriber”."),
        ("remove subscriber pakage=premium", "There is no field “pakage”. Did you mean “package”?"),
        ("provision subscriber package=gold", "Package must be one of softphone, basic, standard, premium."),
        ("remove subscriber rows=0", "Rows must be a whole number from 1 to 100000."),
        ("remove subscriber rows=²", "Rows must be a whole number from 1 to 100000."),
        ("remove subscriber at=noon", "When is no time that the bot can read."),
        ("remove subscriber as=bob", "As whom is not an e-mail address"),
        ("remove subscriber rows=1 rows=x at=noon", "Rows was given twice. When is no time"),
    ],
)
def test_what_is_not_understood_is_said(question: str, words: str) -> None:
    assert words in declined(question)


def test_at_the_end_of_the_calendar_nothing_expires_any_more() -> None:
    assert answer("remove subscriber at=9999-12-31T23:00Z")["expires"] == "9999-12-31T23:59:59.999999+00:00"


def test_no_operation_asks_for_something_under_the_names_that_say_who_when_and_how_many() -> None:
    taken = [each.words for each in catalogue() for name in (AS, AT, ROWS) if each.form.find(name)]

    assert taken == []


@settings(deadline=None, max_examples=100)
@given(policy=policies, of=facts)
def test_whatever_is_decided_can_be_told(policy: Policy, of: Facts) -> None:
    said = lines(policy_test.told(policy, of))

    assert said[0].startswith("If ")
    assert any(line.startswith("Why: ") for line in said)


def test_a_need_is_told_with_everything_that_it_demands() -> None:
    said = lines(
        policy_test.told(Policy(), Facts("remove subscriber", Risk.DESTRUCTIVE, NOW, requester="bob@example.com"))
    )

    assert said == [
        "If bob@example.com (agent) asks for “remove subscriber” on 9 Jul 2026 14:13 UTC:",
        "  Two approvals are needed, none by who asks.",
        "  2 of: approvers, admins, each asked in a direct message.",
        "  It expires on 10 Jul 2026 14:13 UTC.",
        "  1 reminder: 9 Jul 2026 18:13 UTC.",
        "Rule: None: the policy says nothing of it.",
        "Why: No rule fits, and it cannot be taken back: what the bot does without a rule holds.",
        "The bot does not ask anybody for approvals yet: this is what the policy says.",
    ]
