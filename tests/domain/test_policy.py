"""The first rule that fits decides, whatever is asked; a rule that can never decide is found."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain.actor import Role
from bot.domain.hours import DAY, Hours
from bot.domain.policy import DEFAULTS, NO_POLICY, Conditions, Decision, Facts, Policy, Rule, decide, like
from bot.domain.policy_reach import unreachable
from bot.domain.risk import Risk
from bot.operations import catalogue
from tests.domain.policies import AT, NEED, PARIS, facts, friday, hours, policies

PREMIUM = Facts(
    "provision subscriber",
    Risk.CHANGE,
    AT,
    requester="bob@example.com",
    package="premium",
    enterprise="Reseller1+acme",
    template="acme",
    rows=40,
)
OFFICE = Hours(frozenset(range(5)), PARIS, 8 * 60, 18 * 60)
MANY = settings(deadline=None, max_examples=150)


def rule(name: str, *, line: int = 1, **when: Any) -> Rule:
    return Rule(name, Conditions(**when), NEED, line)


def decided_by(*rules: Rule, of: Facts = PREMIUM) -> str:
    return decide(Policy(rules), of).rule


@MANY
@given(policy=policies, of=facts)
def test_every_asking_has_exactly_one_decision_and_it_is_the_first_rule_that_fits(policy: Policy, of: Facts) -> None:
    decision = decide(policy, of)

    fitting = [each for each in policy.rules if each.when.fit(of) is not None]
    assert decision.rule == (fitting[0].name if fitting else "")
    assert decision.need == (fitting[0].need if fitting else DEFAULTS[of.risk])
    assert decision.why.endswith((".", ":"))
    assert decide(policy, of) == decision


@MANY
@given(policy=policies, of=facts)
def test_a_rule_that_is_said_to_be_never_reached_decides_nothing(policy: Policy, of: Facts) -> None:
    never = {each.rule.name for each in unreachable(policy, catalogue())}

    assert decide(policy, of).rule not in never


@MANY
@given(policy=policies, of=facts)
def test_without_the_rules_that_are_never_reached_everything_is_decided_as_before(policy: Policy, of: Facts) -> None:
    never = {each.rule.name for each in unreachable(policy, catalogue())}
    rest = replace(policy, rules=tuple(each for each in policy.rules if each.name not in never))

    assert decide(rest, of) == decide(policy, of)


def test_where_no_rule_fits_reads_need_nothing_changes_one_and_removals_two() -> None:
    needs = {risk: decide(NO_POLICY, replace(PREMIUM, risk=risk)).need for risk in Risk}

    assert [sum(step.count for step in need.steps) if need else 0 for need in needs.values()] == [0, 1, 2]
    assert {step.who.roles for need in needs.values() if need for step in need.steps} == {(Role.APPROVER, Role.ADMIN)}


def test_order_decides_between_two_rules_that_both_fit() -> None:
    one, other = rule("one", packages=("premium",)), rule("other", rows=20)

    assert (decided_by(one, other), decided_by(other, one)) == ("one", "other")


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({"operations": ("provision *",)}, True),
        ({"operations": ("Provision Subscriber",)}, True),
        ({"operations": ("provision",)}, False),
        ({"operations": ("remove *", "* subscriber")}, True),
        ({"risks": (Risk.CHANGE, Risk.DESTRUCTIVE)}, True),
        ({"risks": (Risk.READ,)}, False),
        ({"packages": ("standard", "premium")}, True),
        ({"packages": ("standard",)}, False),
        ({"enterprises": ("reseller1+*",)}, True),
        ({"enterprises": ("Reseller1+acm",)}, False),
        ({"templates": ("acme*",)}, True),
        ({"templates": ("lab",)}, False),
        ({"requesters": ("*@example.com",)}, True),
        ({"requesters": ("ann@example.com",)}, False),
        ({"roles": (Role.AGENT, Role.ADMIN)}, True),
        ({"roles": (Role.AUDITOR,)}, False),
        ({"rows": 40}, True),
        ({"rows": 41}, False),
        ({"environments": ("production",)}, True),
        ({"environments": ("staging",)}, False),
        ({"hours": (replace(OFFICE, outside=True),)}, True),
        ({"hours": (OFFICE,)}, False),
        ({"packages": ("premium",), "rows": 41}, False),
        ({}, True),
    ],
    ids=lambda value: str(value) if isinstance(value, bool) else "-".join(value) or "nothing",
)
def test_a_rule_fits_if_all_of_its_conditions_do(when: dict[str, Any], fits: bool) -> None:  # noqa: FBT001 - what is expected.
    assert decided_by(rule("it", **when)) == ("it" if fits else "")


def test_what_is_not_known_fits_no_pattern() -> None:
    assert decided_by(rule("any", enterprises=("*",)), of=replace(PREMIUM, enterprise="")) == ""


@pytest.mark.parametrize(
    ("pattern", "text", "same"),
    [
        ("Reseller1+*", "reseller1+ACME", True),
        ("*", "", True),
        ("a.c", "abc", False),
        ("aba*aba", "aba", False),
        ("a*x*c", "abc", False),
        ("a*b*c", "a-b-c", True),
        ("[a]?", "a", False),
        ("a**b", "a\nb", True),
        ("*a*" * 12 + "b", "a" * 200, False),
    ],
)
def test_a_star_stands_for_any_characters_and_nothing_else_is_special(pattern: str, text: str, same: bool) -> None:  # noqa: FBT001 - what is expected.
    assert like(pattern, text) is same


def test_a_decision_says_which_rule_where_and_why() -> None:
    when = {"operations": ("provision *",), "packages": ("premium",), "hours": (replace(OFFICE, outside=True),)}
    policy = Policy((rule("premium at night", line=12, **when),), "policy.toml")

    assert decide(policy, PREMIUM) == Decision(
        "premium at night",
        "line 12 of policy.toml",
        NEED,
        "Rule “premium at night” is the first that fits: “provision subscriber” is asked for, the package is premium "
        "and Friday 23:00 is outside Monday to Friday, 08:00 to 18:00 (Europe/Paris).",
    )
    assert decide(Policy((rule("all"),)), PREMIUM).why == "Rule “all” takes whatever no rule above it takes."
    assert decide(NO_POLICY, PREMIUM) == Decision(
        "", "", DEFAULTS[Risk.CHANGE], "No rule fits, and it changes something: what the bot does without a rule holds."
    )


@pytest.mark.parametrize(
    ("at", "included"),
    [
        (friday(8), True),
        (friday(7, 59), False),
        (friday(17, 59), True),
        (friday(18), False),
        (friday(12, days=1), False),
        (datetime(2026, 11, 27, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 10, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 10, 16, 0, tzinfo=UTC), False),
    ],
    ids=str,
)
def test_hours_go_by_the_clocks_of_their_zone(at: datetime, included: bool) -> None:  # noqa: FBT001 - what is expected.
    assert OFFICE.include(at) is included
    assert replace(OFFICE, outside=True).include(at) is not included


@pytest.mark.parametrize(
    ("at", "included"),
    [
        (friday(21, 59), False),
        (friday(22), True),
        (friday(5, 59, days=1), True),
        (friday(6, days=1), False),
        (friday(5), False),
    ],
    ids=str,
)
def test_a_night_belongs_to_the_day_on_which_it_began(at: datetime, included: bool) -> None:  # noqa: FBT001 - what is expected.
    assert Hours(frozenset({4}), PARIS, 22 * 60, 6 * 60).include(at) is included


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)], ids=["min", "max"])
def test_the_ends_of_the_calendar_have_hours_as_well(at: datetime) -> None:
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        assert Hours(frozenset(range(7)), type(PARIS)(zone)).include(at)


@MANY
@given(some=hours, of=facts)
def test_a_moment_is_either_in_the_hours_or_outside_of_them(some: Hours, of: Facts) -> None:
    assert some.include(of.at) is not replace(some, outside=not some.outside).include(of.at)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(7), "every day (Europe/Paris)"),
        (range(5), "Monday to Friday (Europe/Paris)"),
        ([5, 6], "Saturday, Sunday (Europe/Paris)"),
        ([0, 2], "Monday, Wednesday (Europe/Paris)"),
    ],
    ids=str,
)
def test_hours_are_told_as_on_a_door(days: list[int], words: str) -> None:
    assert Hours(frozenset(days), PARIS).words == words


@MANY
@given(some=hours)
def test_the_minutes_of_a_week_are_those_that_are_in_the_hours(some: Hours) -> None:
    bits = sum(1 << day * DAY + minute for day in range(7) for minute in range(DAY) if some.has(day, minute))

    assert some.minutes == bits


def never(*rules: Rule) -> list[str]:
    return [each.words for each in unreachable(Policy(rules), catalogue())]


@pytest.mark.parametrize(
    ("above", "below", "taken"),
    [
        ({}, {"packages": ("premium",)}, True),
        ({"packages": ("premium",)}, {}, False),
        ({"packages": ("premium", "basic")}, {"packages": ("Premium",)}, True),
        ({"enterprises": ("Reseller1+*",)}, {"enterprises": ("Reseller1+acme*", "reseller1+b")}, True),
        ({"enterprises": ("Reseller1+a*",)}, {"enterprises": ("Reseller1+*",)}, False),
        ({"operations": ("* subscriber",)}, {"operations": ("remove subscriber",)}, True),
        ({"operations": ("remove *",)}, {"operations": ("* subscriber",)}, False),
        ({"risks": (Risk.DESTRUCTIVE,)}, {"operations": ("remove subscriber",)}, True),
        ({"rows": 10}, {"rows": 20}, True),
        ({"rows": 20}, {"rows": 10}, False),
        ({"rows": 1}, {}, True),
        ({"roles": (Role.AGENT,)}, {"roles": (Role.AGENT, Role.ADMIN)}, False),
        ({"roles": (Role.AGENT, Role.ADMIN)}, {"roles": (Role.ADMIN,)}, True),
        ({"hours": (OFFICE,)}, {"hours": (replace(OFFICE, start=9 * 60),)}, True),
        ({"hours": (OFFICE,)}, {"hours": (replace(OFFICE, zone=type(PARIS)("UTC")),)}, False),
        ({"hours": (OFFICE,)}, {}, False),
        ({"hours": (Hours(frozenset(range(7)), PARIS),)}, {}, True),
    ],
)
def test_a_rule_is_never_reached_if_one_above_it_takes_all_of_it(
    above: dict[str, Any],
    below: dict[str, Any],
    taken: bool,  # noqa: FBT001 - what is expected.
) -> None:
    words = "rule “below” is never reached: “above” (line 3) above it takes everything. Move it up."

    assert never(rule("above", line=3, **above), rule("below", line=9, **below)) == ([words] if taken else [])


def test_several_rules_together_can_take_everything() -> None:
    rules = [rule(risk, line=at, risks=(risk,)) for at, risk in enumerate(Risk, start=1)]

    assert never(*rules, rule("the rest")) == [
        (
            "rule “the rest” is never reached: “read” (line 1) and “change” (line 2) and “destructive” (line 3) above "
            "it take everything. Move it up."
        )
    ]


def test_conditions_that_exclude_each_other_are_found() -> None:
    words = ["rule “it” can never fit: its conditions exclude each other."]

    assert never(rule("it", risks=(Risk.READ,), operations=("remove subscriber",))) == words
    assert never(rule("it", hours=(OFFICE, replace(OFFICE, outside=True)))) == words
    assert never(rule("it", hours=(Hours(frozenset(range(7)), PARIS, outside=True),))) == words
    assert never(rule("it", hours=(OFFICE, replace(OFFICE, zone=type(PARIS)("UTC"))))) == []
