"""Reads the file in which an operator writes who must approve what."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.domain import command
from bot.domain.actor import Role
from bot.domain.operation import Operation
from bot.domain.places import SHORTEST_ID, could_be_id
from bot.domain.policy import (
    DIRECT,
    HERE,
    BreakGlass,
    Conditions,
    Escalation,
    Group,
    Policy,
    Requirement,
    Rule,
    Step,
    like,
)
from bot.domain.policy_hours import hours
from bot.domain.provisioning import Package
from bot.domain.risk import Risk
from bot.domain.toml_table import Table, Wrong, cut, did_you_mean, load, one_of, text, whole
from bot.errors import SettingsError

MOST_COUNTED, MOST_ROWS = 20, 100_000
LONGEST = timedelta(days=90)
"""What nobody has decided by then nobody remembers."""

_NOTHING = "none"
_SPAN = re.compile(r"([0-9]{1,5}) ?([mhdw])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST_NAME = 80
_ROLES = [role.value for role in Role]


def read_policy(content: str, *, source: str, operations: Iterable[Operation]) -> Policy:
    """The policy that a text says; SettingsError with everything that is wrong, each with its line."""
    try:
        values, complaints = load(content.removeprefix("\ufeff"))
    except Wrong as exc:
        raise SettingsError([f"{source}, {exc}"]) from exc
    reader = _Reader(list(operations))
    top = Table(values, complaints)
    rules = [reader.rule(each) for each in top.tables("rule", name=lambda number: f"rule {number}")]
    top.close()
    if complaints.listed:
        raise SettingsError([f"{source}, {each}" for each in complaints.listed])
    return Policy(tuple(rules), source)


class _Reader:
    """Reads rules, of which no two may have the same name."""

    def __init__(self, operations: list[Operation]) -> None:
        self._words = [each.words for each in operations]
        self._aliases = {alias: each.words for each in operations for alias in each.aliases}
        self._names: dict[str, int] = {}

    def rule(self, table: Table) -> Rule:
        name = self._name(table)
        when = table.table("when")
        conditions = self._conditions(when) if when else Conditions()
        need = _need(table)
        table.close()
        return Rule(name, conditions, need, table.line)

    def _name(self, table: Table) -> str:
        """The name of a rule, by which everything else that is wrong with it is told as well."""
        name = table.read("name", text)
        if name is None:
            if "name" not in table:
                table.wrong('name is missing. Write one, such as name = "removals".')
            return ""
        if len(name) > _LONGEST_NAME:
            table.wrong(f"name has {len(name)} characters; at most {_LONGEST_NAME} fit.", key="name")
        first = self._names.setdefault(name.casefold(), table.line)
        table.name = f"rule “{cut(name)}”"
        if first != table.line:
            table.wrong(f"the rule on line {first} has this name already.", key="name")
        return name

    def _conditions(self, table: Table) -> Conditions:
        found = Conditions(
            operations=table.texts("operation", self._operation),
            risks=tuple(map(Risk, table.texts("risk", one_of(Risk)))),
            packages=table.texts("package", one_of(Package)),
            enterprises=table.texts("enterprise", text),
            templates=table.texts("template", text),
            requesters=table.texts("requester", _requester),
            roles=tuple(map(Role, table.texts("role", one_of(_ROLES)))),
            rows=table.read("rows", whole(1, MOST_ROWS)) or 0,
            environments=table.texts("environment", text),
            hours=tuple(hours(table)),
        )
        table.close()
        return found

    def _operation(self, pattern: str) -> str:
        words = " ".join(pattern.split())
        if any(like(words, each) for each in self._words):
            return words
        if words.casefold() in self._aliases:
            raise Wrong(f"“{cut(words)}” is another name of “{self._aliases[words.casefold()]}”. Write that.")
        near = command.suggest(words, self._words, limit=1)
        hint = f"Did you mean “{near[0]}”?" if near else "The bot's help lists all operations."
        raise Wrong(f"“{cut(words)}” is no operation. {hint}")


def _need(rule: Table) -> Requirement | None:
    if rule.get("need") == _NOTHING:
        return None
    table = rule.table("need") if not isinstance(rule.get("need"), str) else None
    if table is None:
        if "need" not in rule or isinstance(rule.get("need"), str):
            rule.wrong('need must be "none", or a table with steps.', key="need" if "need" in rule else "")
        return None
    found = Requirement(
        steps=tuple(_step(each) for each in table.tables("step", name=lambda number: f"{rule.name}: step {number}")),
        expires=table.read("expires", span) or Requirement(()).expires,
        reminders=tuple(sorted(table.texts("remind", span))),
        comment=table.flag("comment"),
        reason=table.flag("reason"),
        break_glass=_break_glass(table),
    )
    table.close()
    _demand_sense(table, found)
    return found


def _demand_sense(table: Table, found: Requirement) -> None:
    if not found.steps and not table.get("step"):
        table.wrong('there is no step. Write need = "none" if nobody must approve.')
    late = [each for each in found.reminders if each >= found.expires]
    if late:
        table.wrong(f"remind after {told(late[0])} is too late: it expires after {told(found.expires)}.", key="remind")
    for each in (escalation for step in found.steps for escalation in step.escalations):
        if each.after >= found.expires:
            words = f"escalate after {told(each.after)} is too late: it expires after {told(found.expires)}."
            table.wrong(words, key="step")


def _step(table: Table) -> Step:
    within = table.tables("escalate", name=lambda _: f"{table.name}: escalate")
    escalations = [_escalation(each) for each in within]
    found = Step(
        who=_group(table, "from"),
        count=table.read("count", whole(1, MOST_COUNTED)) or 1,
        space=table.read("space", _space) or DIRECT,
        escalations=tuple(sorted(escalations, key=lambda each: each.after)),
    )
    _demand_enough(table, found)
    table.close()
    return found


def _escalation(table: Table) -> Escalation:
    found = Escalation(table.read("after", span) or timedelta(), _group(table, "to"))
    if "after" not in table:
        table.wrong('after is missing. Write a time such as after = "2h".')
    table.close()
    return found


def _demand_enough(table: Table, step: Step) -> None:
    """A person has one vote, so that a few people alone cannot give many approvals."""
    groups = [step.who, *(each.to for each in step.escalations)]
    people = {person for group in groups for person in group.people}
    if people and step.count > len(people) and not any(group.roles for group in groups):
        named = "one person is" if len(people) == 1 else f"{len(people)} people are"
        table.wrong(f"count is {step.count}, but only {named} named, and each has one vote.", key="count")


def _group(table: Table, key: str) -> Group:
    if key not in table:
        table.wrong(f'{key} is missing: who? Write a role, such as {key} = "approver", or e-mail addresses.')
    named = table.texts(key, _who)
    roles = tuple(Role(each) for each in named if "@" not in each)
    return Group(roles, tuple(each for each in named if "@" in each))


def _break_glass(need: Table) -> BreakGlass | None:
    table = need.table("break_glass")
    if table is None:
        return None
    found = BreakGlass(_group(table, "who"), table.read("review", span) or timedelta())
    if "review" not in table:
        table.wrong('review is missing. Write within which time, such as review = "48h".')
    table.close()
    return found


def span(value: Any) -> timedelta:
    """How long: 30m, 24h, 2d or 1w."""
    said = text(value).casefold()
    found = _SPAN.fullmatch(said)
    length = int(found[1]) * _UNITS[found[2]] if found else timedelta()
    if not timedelta() < length <= LONGEST:
        raise Wrong(f"cannot be “{cut(said)}”. Write how long, up to {told(LONGEST)}, such as 30m, 24h or 2d.")
    return length


def told(length: timedelta) -> str:
    """How long, as it is written in the file."""
    minutes = int(length.total_seconds()) // 60
    if minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _who(said: str) -> str:
    """A role, or the e-mail address of a person."""
    if "@" in said:
        return _address(said)
    if "*" in said:
        raise Wrong(f"cannot be “{cut(said)}”: name people without wildcards, or a role.")
    try:
        return one_of(_ROLES)(said)
    except Wrong:
        hint = did_you_mean(said, [*_ROLES, "e-mail addresses"])
        raise Wrong(f"“{cut(said)}” is no role. {hint}") from None


def _requester(said: str) -> str:
    """An e-mail address, or a pattern of some."""
    if "*" not in said:
        return _address(said)
    if "@" not in said or " " in said:
        raise Wrong(f"“{cut(said)}” is like no e-mail address. Write it like *@example.com.")
    return said.casefold()


def _address(said: str) -> str:
    try:
        found = validate_email(said, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Wrong(f"“{cut(said)}” is not an e-mail address. Write it like ann@example.com.") from None
    return f"{found.local_part}@{found.ascii_domain}".lower()


def _space(value: Any) -> str:
    said = text(value)
    if said.casefold() in {DIRECT, HERE}:
        return said.casefold()
    if len(said) < SHORTEST_ID or not could_be_id(said):
        raise Wrong(f"cannot be “{cut(said)}”. It takes {DIRECT}, {HERE}, or the id of a space of Webex.")
    return said
