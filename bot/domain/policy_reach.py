"""Which rules of a policy can never decide anything, because those above them take all that would be theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from bot.domain.hours import WHOLE_WEEK, Hours
from bot.domain.operation import Operation
from bot.domain.policy import Conditions, Policy, Rule, any_like, like


@dataclass(frozen=True)
class Unreachable:
    """A rule that never decides, and those that take all that would be its; none if there is nothing to take."""

    rule: Rule
    takers: tuple[Rule, ...]

    @property
    def words(self) -> str:
        """What is wrong with it and what to do."""
        if not self.takers:
            return f"rule “{self.rule.name}” can never fit: its conditions exclude each other."
        takers = " and ".join(f"“{each.name}” (line {each.line})" for each in self.takers)
        verb = "takes" if len(self.takers) == 1 else "take"
        return f"rule “{self.rule.name}” is never reached: {takers} above it {verb} everything. Move it up."


def unreachable(policy: Policy, operations: Iterable[Operation]) -> list[Unreachable]:
    """The rules that certainly never decide; of some that never do, nobody can tell, and they are not among these."""
    known = list(operations)
    found = []
    for place, rule in enumerate(policy.rules):
        takers = _takers(rule, policy.rules[:place], known)
        if takers is not None:
            found.append(Unreachable(rule, takers))
    return found


def _takers(rule: Rule, above: Sequence[Rule], operations: Sequence[Operation]) -> tuple[Rule, ...] | None:
    """The rules that together take all of it, operation by operation; None if something is left."""
    takers: dict[str, Rule] = {}
    if not _possible(rule.when.hours):
        return ()
    for operation in operations:
        if _is_about(rule.when, operation):
            taker = next((each for each in above if _takes(each.when, rule.when, operation)), None)
            if taker is None:
                return None
            takers.setdefault(taker.name, taker)
    return tuple(each for each in above if takers.get(each.name) is each)


def _is_about(when: Conditions, operation: Operation) -> bool:
    named = not when.operations or any_like(when.operations, operation.words)
    return named and (not when.risks or operation.risk in when.risks)


def _takes(above: Conditions, below: Conditions, operation: Operation) -> bool:
    """Whether all that the lower one has of an operation fits the upper one as well."""
    return (
        _is_about(above, operation)
        and _cover(above.packages, below.packages)
        and _cover(above.enterprises, below.enterprises)
        and _cover(above.templates, below.templates)
        and _cover(above.requesters, below.requesters)
        and _cover(above.environments, below.environments)
        and (not above.roles or (bool(below.roles) and set(below.roles) <= set(above.roles)))
        and above.rows <= max(below.rows, 1)
        and all(_covers(hours, below.hours) for hours in above.hours)
    )


def _cover(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether every text that is like a lower pattern is like an upper one.

    A star of the lower one can only be met by a star of the upper one, which then takes whatever stands for it.
    """
    return not above or (bool(below) and all(any(like(upper, lower) for upper in above) for lower in below))


def _covers(above: Hours, below: Sequence[Hours]) -> bool:
    left = WHOLE_WEEK ^ above.minutes
    return not left or any(each.zone == above.zone and not each.minutes & left for each in below)


def _possible(hours: Sequence[Hours]) -> bool:
    """Whether there is a moment that is in all of them; of different zones it is believed."""
    zones = {str(each.zone) for each in hours}
    return all(reduce(and_, (each.minutes for each in hours if str(each.zone) == zone)) for zone in zones)
