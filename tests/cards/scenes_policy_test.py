"""The cards that tell who would have to approve something."""

from datetime import timedelta
from typing import Any

from bot.domain.actor import Role
from bot.domain.plan import Outcome
from bot.domain.policy import (
    HERE,
    NO_POLICY,
    BreakGlass,
    Conditions,
    Escalation,
    Facts,
    Group,
    Policy,
    Requirement,
    Rule,
    Step,
)
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.risk import Risk
from bot.domain.view import RequestView, View
from bot.operations.policy_test import OPERATION, told
from tests.cards.samples import NOW, OURS, asked, form

PREMIUM = Facts(
    "provision subscriber",
    Risk.CHANGE,
    NOW,
    requester="bob@example.com",
    package="premium",
    enterprise="Reseller1+acme",
    template="acme",
    rows=40,
)
REMOVAL = Facts("remove subscriber", Risk.DESTRUCTIVE, NOW, requester="ann@example.com")
READ = Facts("show subscriber", Risk.READ, NOW, requester="ann@example.com")
STRICT = Requirement(
    (
        Step(Group((Role.APPROVER,)), space=HERE),
        Step(
            Group((Role.ADMIN,), ("dora@example.com", "eve@example.com")),
            count=2,
            space="Y2lzY29zcGFyazovL3VzL1JPT00vZGQyMmVkZmUtOWZlZi00N2Y5",
            escalations=(Escalation(timedelta(hours=2), Group(people=("mona@example.com",))),),
        ),
    ),
    expires=timedelta(hours=8),
    reminders=(timedelta(hours=1), timedelta(hours=4)),
    comment=True,
    reason=True,
    break_glass=BreakGlass(Group((Role.ADMIN,)), timedelta(hours=48)),
)
POLICY = Policy(
    (
        Rule("reads", Conditions(risks=(Risk.READ,)), None, 9),
        Rule("premium for *acme*", Conditions(packages=("premium",), enterprises=("Reseller1+acme",)), STRICT, 14),
    ),
    "policy.toml",
)
UNKNOWN = Problem("No operation begins with “provison subscriber”. Did you mean “provision subscriber”?", ours=OURS)


def answered(question: str, **outcome: Any) -> RequestView:
    values = {"question": question}
    return asked(OPERATION, values=values, state=State.DONE, version=2, outcome=Outcome(**{"ok": True, **outcome}))


SCENES: dict[str, View] = {
    "policy_test_form": form(OPERATION),
    "policy_test": answered("remove subscriber", data=told(NO_POLICY, REMOVAL)),
    "policy_test_steps": answered("provision subscriber package=premium rows=40", data=told(POLICY, PREMIUM)),
    "policy_test_none": answered("show subscriber", data=told(POLICY, READ)),
    "policy_test_unknown": asked(
        OPERATION,
        values={"question": "provison subscriber"},
        state=State.FAILED,
        version=2,
        outcome=Outcome(ok=False, problem=UNKNOWN),
    ),
}
