"""Policy test: who would have to approve something, and which rule says so."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.actor import Actor, Role
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.policy import Decision, Facts, Group, Policy, Requirement, Step, decide
from bot.domain.policy_question import World, read_question
from bot.errors import NotAllowed
from bot.operations import catalogue
from cards.policy_test import result

FORM = Form(
    inputs=(
        Input(
            "question",
            "What would be asked for",
            Kind.LINE,
            required=True,
            hint="provision subscriber package=premium",
            max_length=1000,
        ),
    )
)


def plan(values: Values, desk: Desk) -> Answer:
    """Say who would have to approve something, and which rule says so; nothing is asked for."""
    ruled = desk.ruled
    world = World(catalogue(), desk.clock(), ruled.environment, desk.templates.all(), desk.region)
    question = read_question(values["question"], world)
    facts = question.facts(_asker(question.who, desk), world)
    return Answer(Outcome(ok=True, data=told(ruled.policy, facts)))


def _asker(who: str, desk: Desk) -> Actor:
    """Who would ask; only an admin finds out what holds for somebody else."""
    actor = desk.actor
    if who in {"", actor.email.casefold()}:
        return actor
    if Role.ADMIN not in actor.roles:
        raise NotAllowed("Only an admin of this bot may test for somebody else. Leave out as=.")
    return Actor("", who, who, desk.ruled.roles_of(who))


def told(policy: Policy, facts: Facts) -> dict[str, Any]:
    """What the policy decides, as a card and the command line tell it."""
    decision = decide(policy, facts)
    asked = {
        "operation": facts.operation,
        "requester": facts.requester,
        "roles": sorted(facts.roles),
        "at": facts.at.isoformat(),
        "package": facts.package,
        "spEnterpriseId": facts.enterprise,
        "template": facts.template,
        "rows": str(facts.rows) if facts.rows > 1 else "",
    }
    return {"asked": {name: value for name, value in asked.items() if value}, **_decided(decision, facts.at)}


def _decided(decision: Decision, at: datetime) -> dict[str, Any]:
    need = decision.need
    rule = {"rule": decision.rule, "place": decision.place, "why": decision.why}
    return rule if need is None else rule | _needed(need, at)


def _needed(need: Requirement, at: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {
        "steps": [_step(each, at) for each in need.steps],
        "expires": _after(at, need.expires),
        "reminders": [_after(at, each) for each in need.reminders],
        "comment": need.comment,
        "reason": need.reason,
    }
    if need.break_glass is not None:
        found["breakGlass"] = {
            "who": _named(need.break_glass.who),
            "review": _after(at, need.break_glass.review),
        }
    return found


def _step(step: Step, at: datetime) -> dict[str, Any]:
    later = [{"at": _after(at, each.after), "to": _named(each.to)} for each in step.escalations]
    return {"who": _named(step.who), "count": step.count, "space": step.space, "later": later}


def _named(group: Group) -> list[str]:
    return [*group.roles, *group.people]


def _after(at: datetime, length: timedelta) -> str:
    try:
        return (at + length).isoformat()
    except OverflowError:
        # At the end of the calendar nothing expires any more.
        return datetime.max.replace(tzinfo=at.tzinfo).isoformat()


OPERATION = Operation(
    words="policy test",
    aliases=("test policy", "who approves"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Test",
    again="Test something else",
    examples=(
        "policy test provision subscriber package=premium enterprise=Reseller1+acme",
        "policy test remove subscriber at=2026-11-27T23:00+01:00 rows=40",
        "policy test",
    ),
)
