"""What template_add keeps, what it replaces, and what it refuses to overwrite."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.checks import check
from bot.domain.operation import FollowUp
from bot.domain.plan import LOCAL, Call, Finding, Level, Outcome, Plan
from bot.domain.request import State
from bot.domain.template import Template
from bot.errors import Declined
from bot.operations import template_add
from tests.cards.samples import asked
from tests.operations.desk import NOW, FakeTemplates, desk

ID = "YWNtZQ" * 10
OTHER = "b3RoZXI" * 10
VALUES = {"name": "acme", "provisioningId": ID, "spEnterpriseId": "sp+acme", "region": "US"}
ACME = Template("acme", ID, "sp+acme", "", "", "US", made_by="Ann", made_at=NOW)
OLD = Template(
    "ACME", OTHER, "", "", "Europe/Paris", "US", made_by="Bob", made_at=datetime(2025, 1, 1, tzinfo=NOW.tzinfo)
)
PLAN = Plan("template_add", Call("PUT", "templates/acme", VALUES, LOCAL), made=NOW)


def test_a_new_template_is_planned_with_exactly_what_was_said() -> None:
    assert template_add.plan(VALUES, desk()) == PLAN


def test_a_template_of_that_name_is_replaced_and_its_values_are_shown() -> None:
    found = template_add.plan(VALUES, desk(templates=[OLD]))

    assert found == replace(
        PLAN,
        call=replace(PLAN.call, body={**VALUES, "timezone": ""}),
        before={"name": "ACME", "provisioningId": OTHER, "timezone": "Europe/Paris", "region": "US"},
        findings=(Finding(Level.WARNING, "This replaces the template “ACME” for everybody."),),
    )


def test_the_name_of_another_template_stands_for_its_provisioning_id() -> None:
    found = template_add.plan({"name": "east", "provisioningId": "Acme"}, desk(templates=[ACME]))

    assert found.call == Call("PUT", "templates/east", {"name": "east", "provisioningId": ID}, LOCAL)
    assert found.findings == (Finding(Level.GOOD, "The same provisioning ID is called acme as well."),)


def test_an_id_that_is_too_short_is_warned_about_and_not_refused() -> None:
    found = template_add.plan({"name": "east", "provisioningId": "x" * 39}, desk())

    assert found.findings == (
        Finding(Level.WARNING, "The provisioning ID is shorter than those of Webex. Is it all of it?"),
    )


def test_an_id_that_was_copied_in_several_pieces_is_put_together() -> None:
    found = template_add.plan(VALUES | {"provisioningId": f"{ID[:20]} {ID[20:40]} {ID[40:]}"}, desk())

    assert found == PLAN


def test_a_name_is_never_as_long_as_a_provisioning_id() -> None:
    said = {"name": "x" * 32, "provisioningId": ID}

    assert check(template_add.FORM, said).complaints == ()
    assert [each.text for each in check(template_add.FORM, said | {"name": "x" * 33}).complaints] == [
        "Name has 33 characters; at most 32 fit."
    ]


def test_it_is_kept_with_who_and_when() -> None:
    at_desk = replace(desk(), asker="Ann")

    assert template_add.run(PLAN, at_desk) == Outcome(ok=True)
    assert at_desk.templates.all() == [ACME]


@pytest.mark.parametrize("before", [[], [ACME]])
def test_doing_it_twice_changes_nothing(before: list[Template]) -> None:
    at_desk = replace(desk(templates=before), asker="Ann")

    outcomes = [template_add.run(PLAN, at_desk) for _ in range(2)]

    assert outcomes == [Outcome(ok=True)] * 2
    assert at_desk.templates.all() == [ACME]


@pytest.mark.parametrize(("shown", "now"), [([], [OLD]), ([OLD], []), ([OLD], [replace(OLD, region="GB")])])
def test_what_somebody_else_has_changed_since_is_not_overwritten(shown: list[Template], now: list[Template]) -> None:
    at_desk = desk(templates=now)

    with pytest.raises(Declined, match=r"^Somebody has changed the template “acme” meanwhile\."):
        template_add.run(template_add.plan(VALUES, desk(templates=shown)), at_desk)

    assert at_desk.templates == FakeTemplates(now)


def test_a_look_tells_whether_it_was_kept() -> None:
    kept = Outcome(ok=True, note="Found by looking: it is there.")
    lost = Outcome(ok=False, absent=True, note="The bot has looked: it was not saved.")

    looks = [template_add.look(PLAN, desk(templates=there), NOW) for there in ([ACME], [], [OLD])]

    assert looks == [kept, lost, lost]


def test_only_what_is_done_leads_on() -> None:
    states = (State.DONE, State.FAILED, State.ASKED)
    requests = [asked(template_add.OPERATION, state=state, plan=PLAN).request for state in states]

    assert [list(template_add.follow_ups(each)) for each in requests] == [
        [FollowUp("All templates", "template list", at_once=True)],
        [],
        [],
    ]
