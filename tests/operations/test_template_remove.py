"""What template_remove shows before it removes, and when it does not."""

from dataclasses import replace

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import LOCAL, Call, Outcome
from bot.domain.request import State
from bot.domain.template import Template
from bot.errors import Declined
from bot.operations import template_remove
from tests.cards.samples import asked
from tests.operations.desk import NOW, desk

ACME = Template("acme", "YWNtZQ" * 10, "sp+acme", "", "", "US", made_by="Ann", made_at=NOW)
LAB = Template("lab", "bGFi" * 20, "", "", "", "", made_by="Bob", made_at=NOW)
VALUES = {"template": "acme"}


def test_what_goes_is_shown_and_nothing_must_be_typed() -> None:
    at_desk = desk(templates=[ACME, LAB])

    found = template_remove.plan(VALUES, at_desk)

    assert found.call == Call("DELETE", "templates/acme", ACME.fields, LOCAL)
    assert found.typed == ""
    assert at_desk.templates.all() == [ACME, LAB]


def test_it_goes_and_the_others_stay() -> None:
    at_desk = desk(templates=[ACME, LAB])
    plan = template_remove.plan(VALUES, at_desk)

    assert [template_remove.run(plan, at_desk) for _ in range(2)] == [Outcome(ok=True)] * 2
    assert at_desk.templates.all() == [LAB]


def test_one_that_is_gone_already_is_told_so() -> None:
    with pytest.raises(Declined, match=r"^There is no template “acme” any more\. Nothing was changed\.$"):
        template_remove.plan(VALUES, desk(templates=[LAB]))


def test_one_that_has_become_another_since_is_not_removed() -> None:
    at_desk = desk(templates=[replace(ACME, region="GB")])

    with pytest.raises(Declined, match=r"^Somebody has changed the template “acme” meanwhile\."):
        template_remove.run(template_remove.plan(VALUES, desk(templates=[ACME])), at_desk)

    assert [each.name for each in at_desk.templates.all()] == ["acme"]


def test_a_look_tells_whether_it_is_still_there() -> None:
    plan = template_remove.plan(VALUES, desk(templates=[ACME]))

    assert template_remove.look(plan, desk(templates=[LAB]), NOW) == Outcome(
        ok=True, note="Found by looking: it is not there any more."
    )
    assert template_remove.look(plan, desk(templates=[ACME]), NOW) == Outcome(
        ok=False, absent=True, note="The bot has looked: it is still there."
    )


def test_what_was_removed_can_be_added_again_as_it_was() -> None:
    plan = template_remove.plan(VALUES, desk(templates=[ACME]))
    done, failed = (
        asked(template_remove.OPERATION, state=state, plan=plan).request for state in (State.DONE, State.FAILED)
    )

    assert list(template_remove.follow_ups(done)) == [
        FollowUp("Add it again", "template add", values=ACME.fields),
        FollowUp("All templates", "template list", at_once=True),
    ]
    assert list(template_remove.follow_ups(failed)) == []
