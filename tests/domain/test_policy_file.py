"""A policy is read as it is written, and everything that is wrong with it is said with its line."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.actor import Role
from bot.domain.hours import Hours
from bot.domain.policy import (
    DIRECT,
    HERE,
    BreakGlass,
    Conditions,
    Escalation,
    Facts,
    Group,
    Policy,
    Requirement,
    Rule,
    Step,
    decide,
)
from bot.domain.policy_file import read_policy
from bot.domain.policy_reach import unreachable
from bot.domain.risk import Risk
from bot.errors import SettingsError
from bot.operations import catalogue
from bot.policies import load_policy, policy_text
from tests.domain.policies import AT, PARIS

SPACE = "Y2lzY29zcGFyazovL3VzL1JPT00vZGQyMmVkZmUtOWZlZi00N2Y5"
FULL = f"""
[[rule]]
name = "premium at night"
[rule.when]
operation = ["provision *", "Update  subscriber"]
risk = ["change", "DESTRUCTIVE"]
package = "Premium"
enterprise = "Reseller1+acme*"
template = ["acme", "lab*"]
requester = ["Bob@Example.com", "*@contractor.example"]
role = "agent"
rows = 20
environment = "production"
outside = {{ days = ["mon-fri", "Sunday"], from = 08:00:00, until = "18:30", zone = "europe/paris" }}
during = {{ from = "22:00", until = "06:00", zone = "UTC" }}
[rule.need]
expires = "2d"
remind = ["90m", "30m"]
reason = true
comment = true
break_glass = {{ who = ["admin", "eve@example.com"], review = "1w" }}
[[rule.need.step]]
from = "approver"
space = "{SPACE}"
[[rule.need.step]]
from = ["dora@example.com", "Eve@example.com"]
count = 2
space = "here"
escalate = [{{ after = "4h", to = "admin" }}, {{ after = "2h", to = "approver" }}]

[[rule]]
name = "reads"
when.risk = "read"
need = "none"
"""
NEED = '[[rule]]\nname = "it"\n[rule.need]\n'
STEP = f"{NEED}[[rule.need.step]]\n"
WHEN = '[[rule]]\nname = "it"\nneed = "none"\n[rule.when]\n'


def read(content: str) -> Policy:
    return read_policy(content, source="p.toml", operations=catalogue())


def wrong(content: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(content)
    return [each.removeprefix("p.toml, ") for each in caught.value.problems]


def test_everything_that_can_be_written_is_read() -> None:
    week = frozenset(range(7))

    assert read(FULL) == Policy(
        (
            Rule(
                "premium at night",
                Conditions(
                    operations=("provision *", "Update subscriber"),
                    risks=(Risk.CHANGE, Risk.DESTRUCTIVE),
                    packages=("premium",),
                    enterprises=("Reseller1+acme*",),
                    templates=("acme", "lab*"),
                    requesters=("bob@example.com", "*@contractor.example"),
                    roles=(Role.AGENT,),
                    rows=20,
                    environments=("production",),
                    hours=(
                        Hours(week, type(PARIS)("UTC"), 22 * 60, 6 * 60),
                        Hours(week - {5}, PARIS, 8 * 60, 18 * 60 + 30, outside=True),
                    ),
                ),
                Requirement(
                    (
                        Step(Group((Role.APPROVER,)), space=SPACE),
                        Step(
                            Group(people=("dora@example.com", "eve@example.com")),
                            count=2,
                            space=HERE,
                            escalations=(
                                Escalation(timedelta(hours=2), Group((Role.APPROVER,))),
                                Escalation(timedelta(hours=4), Group((Role.ADMIN,))),
                            ),
                        ),
                    ),
                    expires=timedelta(days=2),
                    reminders=(timedelta(minutes=30), timedelta(minutes=90)),
                    comment=True,
                    reason=True,
                    break_glass=BreakGlass(Group((Role.ADMIN,), ("eve@example.com",)), timedelta(weeks=1)),
                ),
                line=2,
            ),
            Rule("reads", Conditions(risks=(Risk.READ,)), None, line=31),
        ),
        "p.toml",
    )


def test_what_is_left_out_is_as_usual() -> None:
    found = read(f'{STEP}from = "approver"\n').rules[0].need

    assert found == Requirement((Step(Group((Role.APPROVER,)), count=1, space=DIRECT),), expires=timedelta(hours=24))


@pytest.mark.parametrize(
    "content", ["", "# nothing yet\n", "\ufeff# from Windows\r\n"], ids=["empty", "comment", "bom"]
)
def test_a_file_without_rules_leaves_everything_as_it_is_without_a_file(content: str) -> None:
    assert read(content) == Policy((), "p.toml")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("x = [", "line 1: this is not TOML. Invalid value."),
        ("a = 1\nb == 2\n", "line 2: this is not TOML. Invalid value."),
        ("a = 1\na = 2\n", "line 2: this is not TOML. Cannot overwrite a value."),
        ("[[rules]]\nname = 'x'", "line 1: there is no “rules” here. Did you mean “rule”?"),
        ("zone = 'x'", "line 1: there is no “zone” here. It takes rule."),
        ("rule = 5", "line 1: rule 1 must be a table, not a whole number."),
        ("rule = [1.5]", "line 1: rule 1 must be a table, not a number."),
        ("[[rule]]\nneed = 'none'", 'line 1: rule 1: name is missing. Write one, such as name = "removals".'),
        ("[[rule]]\nname = ' '\nneed = 'none'", "line 2: rule 1: name must be a text of one line that can be seen."),
        ("[[rule]]\nname = 3\nneed = 'none'", "line 2: rule 1: name must be a text, not a whole number."),
        (
            f"[[rule]]\nname = '{'x' * 81}'\nneed = 'none'",
            "line 2: rule 1: name has 81 characters; at most 80 fit.",
        ),
        (
            "[[rule]]\nname = 'a'\nneed = 'none'\n[[rule]]\nname = 'A'\nneed = 'none'",
            "line 5: rule “A”: the rule on line 1 has this name already.",
        ),
        ("[[rule]]\nname = 'it'", 'line 1: rule “it”: need must be "none", or a table with steps.'),
        ("[[rule]]\nname = 'it'\nneed = 'nobody'", 'line 3: rule “it”: need must be "none", or a table with steps.'),
        (
            "[[rule]]\nname = 'it'\nneed = 2",
            "line 3: rule “it”: need must be a table, such as need = { … }, not a whole number.",
        ),
        (
            f"{NEED}reason = true",
            'line 3: rule “it”: need: there is no step. Write need = "none" if nobody must approve.',
        ),
        (
            "[[rule]]\nname = 'it'\nwhen = 1\nneed = 'none'",
            "line 3: rule “it”: when must be a table, such as when = { … }, not a whole number.",
        ),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(written: str, complaint: str) -> None:
    assert wrong(written) == [complaint]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ('operaton = "x"', "there is no “operaton” here. Did you mean “operation”?"),
        (
            'operation = "remov subscriber"',
            "operation “remov subscriber” is no operation. Did you mean “remove subscriber”?",
        ),
        ('operation = "zzz"', "operation “zzz” is no operation. The bot's help lists all operations."),
        (
            'operation = "delete subscriber"',
            "operation “delete subscriber” is another name of “remove subscriber”. Write that.",
        ),
        ("operation = []", "operation is an empty list. Name something, or leave operation out."),
        ('operation = ["remove *", "Remove  *", "remove *"]', "operation says “remove *” twice."),
        ('risk = "chnge"', "risk cannot be “chnge”. Did you mean “change”?"),
        ('risk = "x"', "risk cannot be “x”. It takes read, change, destructive."),
        ('package = "premum"', "package cannot be “premum”. Did you mean “premium”?"),
        ('role = "aprover"', "role cannot be “aprover”. Did you mean “approver”?"),
        ('requester = "bob"', "requester “bob” is not an e-mail address. Write it like ann@example.com."),
        ('requester = "bob*"', "requester “bob*” is like no e-mail address. Write it like *@example.com."),
        ('enterprise = "a\\u0007"', "enterprise must be a text of one line that can be seen."),
        ("rows = 0", "rows must be from 1 to 100000."),
        ("rows = {}", "rows must be a whole number, not a table."),
        ("rows = true", "rows must be a whole number, not true or false."),
        ("rows = '7'", "rows must be a whole number, not a text."),
        (
            "outside = { days = 'mon-fri' }",
            'outside: zone is missing: whose clocks? Write one such as zone = "Europe/Paris".',
        ),
        (
            "during = { zone = 'UTC' }",
            'during: days, from and until are all missing. Write at least one, such as days = "mon-fri".',
        ),
        (
            "during = { days = 'mo-fr', zone = 'UTC' }",
            "during: days cannot be “mo-fr”. Write mon, tue, wed, thu, fri, sat, sun, or from one to another: mon-fri.",
        ),
        (
            "during = { from = '08:00', until = '25:00', zone = 'UTC' }",
            "during: until cannot be “25:00”. Write a time such as 08:00, up to 24:00.",
        ),
        (
            "during = { from = '08:00', until = '24:01', zone = 'UTC' }",
            "during: until cannot be “24:01”. Write a time such as 08:00, up to 24:00.",
        ),
        (
            "during = { from = '08:00', until = '08:00', zone = 'UTC' }",
            "during: from and until are the same. Leave both out for whole days.",
        ),
        (
            "during = { from = '24:00', until = '08:00', zone = 'UTC' }",
            "during: from and until are the same. Leave both out for whole days.",
        ),
        (
            "during = { days = 'mon', zone = 'Mars' }",
            "during: zone cannot be “Mars”. Write an IANA time zone such as Europe/Paris.",
        ),
        (
            "during = { days = 'mon', zone = 'UTC', unti = '1' }",
            "during: there is no “unti” here. Did you mean “until”?",
        ),
    ],
)
def test_what_is_wrong_with_a_condition_is_told(written: str, complaint: str) -> None:
    assert wrong(f"{WHEN}{written}\n") == [f"line 5: rule “it”: when: {complaint}"]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ('expires = "1x"', "expires cannot be “1x”. Write how long, up to 90d, such as 30m, 24h or 2d."),
        ('expires = "0h"', "expires cannot be “0h”. Write how long, up to 90d, such as 30m, 24h or 2d."),
        ('expires = "91d"', "expires cannot be “91d”. Write how long, up to 90d, such as 30m, 24h or 2d."),
        ("expires = 24", "expires must be a text, not a whole number."),
        ('expires = "2h"\nremind = "90m"\nremindd = 1', "there is no “remindd” here. Did you mean “remind”?"),
        ('remind = ["1h", "1H"]', "remind says “1H” twice."),
        ('remind = "24h"', "remind after 24h is too late: it expires after 24h."),
        ('comment = "yes"', "comment must be true or false, not a text."),
        ("reason = 1979-05-27", "reason must be true or false, not a date or a time."),
        ("break_glass = true", "break_glass must be a table, such as break_glass = { … }, not true or false."),
        (
            'break_glass = { who = "admin" }',
            'break_glass: review is missing. Write within which time, such as review = "48h".',
        ),
        (
            'break_glass = { review = "1h" }',
            'break_glass: who is missing: who? Write a role, such as who = "approver", or e-mail addresses.',
        ),
    ],
)
def test_what_is_wrong_with_a_need_is_told(written: str, complaint: str) -> None:
    found = wrong(f'{NEED}{written}\n[[rule.need.step]]\nfrom = "approver"\n')

    assert [each.partition(": ")[2] for each in found] == [f"rule “it”: need: {complaint}"]
    assert found[0].startswith(f"line {3 + len(written.splitlines())}:")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("count = 1", 'from is missing: who? Write a role, such as from = "approver", or e-mail addresses.'),
        ("from = []", "from is an empty list. Name something, or leave from out."),
        ('from = "aproover"', "from “aproover” is no role. Did you mean “approver”?"),
        ('from = "x"', "from “x” is no role. It takes agent, approver, admin, auditor, e-mail addresses."),
        ('from = "*"', "from cannot be “*”: name people without wildcards, or a role."),
        ('from = "bob@"', "from “bob@” is not an e-mail address. Write it like ann@example.com."),
        ('from = "admin"\ncount = 0', "count must be from 1 to 20."),
        ('from = "admin"\ncount = 21', "count must be from 1 to 20."),
        (
            'from = "bob@example.com"\ncount = 2',
            "count is 2, but only one person is named, and each has one vote.",
        ),
        (
            'from = ["a@b.example", "c@b.example"]\ncount = 3',
            "count is 3, but only 2 people are named, and each has one vote.",
        ),
        (
            'from = "admin"\nspace = "ops"',
            "space cannot be “ops”. It takes direct, here, or the id of a space of Webex.",
        ),
        (
            'from = "admin"\nescalate = { to = "admin" }',
            'escalate: after is missing. Write a time such as after = "2h".',
        ),
        (
            'from = "admin"\nescalate = { after = "1h" }',
            'escalate: to is missing: who? Write a role, such as to = "approver", or e-mail addresses.',
        ),
        ('from = "admin"\nescalate = "1h"', "escalate must be a table, not a text."),
        ('from = "admin"\nspce = "here"', "there is no “spce” here. Did you mean “space”?"),
    ],
)
def test_what_is_wrong_with_a_step_is_told(written: str, complaint: str) -> None:
    found = wrong(f"{STEP}{written}\n")

    assert [each.partition(": ")[2] for each in found] == [f"rule “it”: step 1: {complaint}"]


def test_an_escalation_must_come_before_the_end() -> None:
    late = f'{STEP}from = "admin"\nescalate = {{ after = "24h", to = "admin" }}\n'

    assert wrong(late) == ["line 4: rule “it”: need: escalate after 24h is too late: it expires after 24h."]


def test_a_few_people_can_be_asked_for_more_votes_where_a_role_helps_them_out() -> None:
    content = f'{STEP}from = "bob@example.com"\ncount = 2\nescalate = {{ after = "1h", to = "admin" }}\n'

    assert read(content).rules[0].need


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_lines() -> None:
    content = (
        '[[rule]]\nnme = "a"\n[rule.when]\nrisk = "x"\n[rule.need]\nexpires = "y"\n[[rule.need.step]]\ncount = 99\n'
    )

    assert [each.split(":")[0] for each in wrong(content)] == [f"line {at}" for at in (1, 2, 4, 6, 7, 8)]


def test_a_text_that_python_cannot_take_in_is_told_as_well() -> None:
    assert wrong("a = " + "[" * 5000)[0].startswith("line 1: ")
    assert wrong(f"{WHEN}rows = 0x{'f' * 5000}") == ["line 5: rule “it”: when: rows must be from 1 to 100000."]
    assert wrong(f"a = {'9' * 5000}")[0].startswith("line 1: this cannot be read as TOML. ")


_pieces = st.sampled_from(
    [line for line in FULL.splitlines() if line]
    + ["name = 3", "[rule.need]", "count = 1", "x = [", 'from = "a@b"', "when = 1"]
)


@settings(deadline=None, max_examples=200)
@given(content=st.lists(_pieces, max_size=12).map("\n".join) | st.text(max_size=40))
def test_whatever_is_written_is_a_policy_or_has_complaints_with_lines(content: str) -> None:
    try:
        assert read(content).source == "p.toml"
    except SettingsError as exc:
        found = [each.split(",")[1].split(":")[0].removeprefix(" line ") for each in exc.problems]
        last = len(content.split("\n")) + 1
        assert found
        assert all(1 <= int(line) <= last for line in found)


def test_the_policy_that_comes_with_the_bot_decides_as_the_bot_does_without_one() -> None:
    own = load_policy(None, catalogue())

    assert unreachable(own, catalogue()) == []
    for risk in Risk:
        of = Facts("remove subscriber", risk, AT)
        assert decide(own, of).need == decide(Policy(), of).need
        assert decide(own, of).place.endswith("of the bot's own policy.toml")


def test_the_example_in_the_policy_that_comes_with_the_bot_can_be_used_as_it_stands() -> None:
    text = policy_text(None)
    example = text[text.index("# [[rule]]") :]
    lines = [line.removeprefix("#").removeprefix(" ") for line in example.splitlines()]
    unpacked = "\n".join(line for line in lines if not line.startswith(" ") and "…" not in line)

    found = read(unpacked).rules

    assert [each.name for each in found] == ["premium for acme at night"]
    assert found[0].need
    assert len(found[0].need.steps) == 2
