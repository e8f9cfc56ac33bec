"""Who must approve what: ordered rules, of which the first that fits decides.

Nothing here reads a file, a clock or a database: the same facts always lead to the same decision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.actor import Role
from bot.domain.hours import Hours
from bot.domain.risk import Risk

DIRECT, HERE = "direct", "here"
"""Where approvers are asked: each in a direct message, or in the space where somebody asked; else the id of a space."""

PRODUCTION = "production"


@dataclass(frozen=True)
class Facts:
    """What is known of an asking when its rule is looked for; what does not apply is "".

    ``operation`` are the words of the operation, ``at`` is aware, ``rows`` is 1 for what is asked for singly.
    """

    operation: str
    risk: Risk
    at: datetime
    requester: str = ""
    roles: frozenset[Role] = frozenset({Role.AGENT})
    package: str = ""
    enterprise: str = ""
    template: str = ""
    rows: int = 1
    environment: str = PRODUCTION


@dataclass(frozen=True)
class Conditions:
    """What must be true for a rule to fit: everything that is given, and of several texts any one.

    Texts are compared in any case, and ``*`` stands for any characters. A text that is not known fits nothing.
    """

    operations: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    packages: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    requesters: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    rows: int = 0
    environments: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()

    def fit(self, facts: Facts) -> tuple[str, ...] | None:
        """Why the facts fit, a few words for each condition; None when they do not."""
        reasons = []
        for fits, why in (*self._of_texts(facts), *self._of_others(facts)):
            if not fits:
                return None
            reasons.append(why)
        return tuple(reasons)

    def _of_texts(self, facts: Facts) -> Iterator[tuple[bool, str]]:
        texts = (
            (self.operations, facts.operation, f"“{facts.operation}” is asked for"),
            (self.packages, facts.package, f"the package is {facts.package}"),
            (self.enterprises, facts.enterprise, f"the enterprise is {facts.enterprise}"),
            (self.templates, facts.template, f"the template is {facts.template}"),
            (self.requesters, facts.requester, f"{facts.requester} asks"),
            (self.environments, facts.environment, f"the environment is {facts.environment}"),
        )
        return ((any_like(patterns, said), why) for patterns, said, why in texts if patterns)

    def _of_others(self, facts: Facts) -> Iterator[tuple[bool, str]]:
        if self.risks:
            yield facts.risk in self.risks, RISKS[facts.risk]
        if self.roles:
            held = [role for role in self.roles if role in facts.roles]
            yield bool(held), f"who asks has the role {' and '.join(held)}"
        if self.rows:
            yield facts.rows >= self.rows, f"{facts.rows} rows are {self.rows} or more"
        for hours in self.hours:
            yield hours.include(facts.at), hours.told(facts.at)


@dataclass(frozen=True)
class Group:
    """People who may approve: whoever has one of the roles, and those named by their e-mail addresses."""

    roles: tuple[Role, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalation:
    """Who may approve as well if a step is not through after a while."""

    after: timedelta
    to: Group


@dataclass(frozen=True)
class Step:
    """One step: how many of whom must approve, and where they are asked (DIRECT, HERE or the id of a space)."""

    who: Group
    count: int = 1
    space: str = DIRECT
    escalations: tuple[Escalation, ...] = ()


@dataclass(frozen=True)
class BreakGlass:
    """Who may run it without waiting, and within which time that must have been reviewed."""

    who: Group
    review: timedelta


@dataclass(frozen=True)
class Requirement:
    """What it takes: the steps one after the other, and what holds for all of them.

    Nobody's own approval counts, whatever a policy says: there is no setting for that. ``expires`` and ``reminders``
    count from the asking. ``comment`` is demanded of who approves, ``reason`` of who asks.
    """

    steps: tuple[Step, ...]
    expires: timedelta = timedelta(hours=24)
    reminders: tuple[timedelta, ...] = ()
    comment: bool = False
    reason: bool = False
    break_glass: BreakGlass | None = None


@dataclass(frozen=True)
class Rule:
    """If ``when`` fits, ``need`` is what it takes, or None for nothing; ``line`` is where the rule begins."""

    name: str
    when: Conditions
    need: Requirement | None
    line: int = 0


@dataclass(frozen=True)
class Policy:
    """Rules in their order; ``source`` is the file that they stand in."""

    rules: tuple[Rule, ...] = ()
    source: str = ""


NO_POLICY = Policy()
"""No rule at all: what is usual for the risk holds."""


@dataclass(frozen=True)
class Decision:
    """Which rule decides ("" if none fits), where it stands, what it takes (None for nothing), and one sentence why."""

    rule: str
    place: str
    need: Requirement | None
    why: str


RISKS = {
    Risk.READ: "it changes nothing",
    Risk.CHANGE: "it changes something",
    Risk.DESTRUCTIVE: "it cannot be taken back",
}

_APPROVERS = Group(roles=(Role.APPROVER, Role.ADMIN))
_REMINDERS = (timedelta(hours=4),)
DEFAULTS: dict[Risk, Requirement | None] = {
    Risk.READ: None,
    Risk.CHANGE: Requirement((Step(_APPROVERS),), reminders=_REMINDERS),
    Risk.DESTRUCTIVE: Requirement((Step(_APPROVERS, count=2),), reminders=_REMINDERS),
}
"""What it takes where no rule fits."""


def decide(policy: Policy, facts: Facts) -> Decision:
    """What it takes: the first rule that fits decides, else what is usual for the risk."""
    for rule in policy.rules:
        reasons = rule.when.fit(facts)
        if reasons is not None:
            return Decision(rule.name, _place(policy, rule), rule.need, _why(rule, reasons))
    why = f"No rule fits, and {RISKS[facts.risk]}: what the bot does without a rule holds."
    return Decision("", "", DEFAULTS[facts.risk], why)


def any_like(patterns: Sequence[str], text: str) -> bool:
    """Whether a text that is known is like one of the patterns."""
    return bool(text) and any(like(pattern, text) for pattern in patterns)


def like(pattern: str, text: str) -> bool:
    """Whether a text is a pattern's, in any case; ``*`` stands for any characters or none."""
    first, *rest = pattern.casefold().split("*")
    said = text.casefold()
    if not rest:
        return said == first
    *between, last = rest
    if len(said) < len(first) + len(last) or not (said.startswith(first) and said.endswith(last)):
        return False
    at, end = len(first), len(said) - len(last)
    for part in between:
        # The earliest place leaves most room for what follows.
        found = said.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _place(policy: Policy, rule: Rule) -> str:
    return f"line {rule.line} of {policy.source}" if policy.source else f"line {rule.line}"


def _why(rule: Rule, reasons: Sequence[str]) -> str:
    if not reasons:
        return f"Rule “{rule.name}” takes whatever no rule above it takes."
    *most, last = reasons
    words = f"{', '.join(most)} and {last}" if most else last
    return f"Rule “{rule.name}” is the first that fits: {words}."
