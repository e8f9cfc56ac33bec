"""What template_rename changes, and what it refuses."""

from dataclasses import replace

import pytest

from bot.domain.operation import FollowUp
from bot.domain.plan import LOCAL, Call, Outcome
from bot.domain.request import State
from bot.domain.template import Template
from bot.errors import Declined
from bot.operations import template_rename
from tests.cards.samples import asked
from tests.operations.desk import NOW, desk

ACME = Template("acme", "YWNtZQ" * 10, "sp+acme", "basic", "UTC", "US", made_by="Ann", made_at=NOW, id=7)
LAB = Template("lab", "bGFi" * 20, "", "", "", "", made_by="Bob", made_at=NOW, id=8)
VALUES = {"template": "acme", "newName": "globex"}
GLOBEX = replace(ACME, name="globex", id=None)


def test_both_names_are_planned_and_nothing_is_changed_yet() -> None:
    at_desk = desk(templates=[ACME, LAB])

    found = template_rename.plan(VALUES, at_desk)

    assert found.call == Call("PUT", "templates/acme", VALUES, LOCAL)
    assert at_desk.templates.all() == [ACME, LAB]


def test_everything_but_the_name_stays() -> None:
    at_desk = desk(templates=[ACME, LAB])

    assert template_rename.run(template_rename.plan(VALUES, at_desk), at_desk) == Outcome(ok=True)
    assert at_desk.templates.all() == [GLOBEX, LAB]


def test_letters_can_be_made_large() -> None:
    at_desk = desk(templates=[ACME])

    template_rename.run(template_rename.plan({"template": "acme", "newName": "ACME"}, at_desk), at_desk)

    assert [each.name for each in at_desk.templates.all()] == ["ACME"]


@pytest.mark.parametrize(
    ("there", "new", "why"),
    [
        ([LAB], "globex", "There is no template “acme” any more. Say “template list” to see those that there are."),
        (
            [ACME, LAB],
            "Lab",
            "There is a template “lab” already. Choose another name, or remove that one first.",
        ),
        ([ACME], "acme", "The template is called “acme” already. Nothing was changed."),
    ],
)
def test_what_cannot_be_is_declined_before_and_after_it_was_confirmed(
    there: list[Template], new: str, why: str
) -> None:
    values, at_desk = {"template": "acme", "newName": new}, desk(templates=there)
    confirmed = replace(
        template_rename.plan(VALUES, desk(templates=[ACME])), call=Call("PUT", "templates/acme", values, LOCAL)
    )

    said = []
    for act in (lambda: template_rename.plan(values, at_desk), lambda: template_rename.run(confirmed, at_desk)):
        with pytest.raises(Declined) as declined:
            act()
        said.append(str(declined.value))

    assert said == [why, why]
    assert at_desk.templates.all() == there


def test_a_look_tells_which_of_the_names_there_is() -> None:
    plan = template_rename.plan(VALUES, desk(templates=[ACME]))

    looks = [template_rename.look(plan, desk(templates=there), NOW) for there in ([GLOBEX], [ACME], [ACME, GLOBEX], [])]

    done = Outcome(ok=True, note="Found by looking: it has the new name.")
    absent = Outcome(ok=False, absent=True, note="The bot has looked: it was not renamed.")
    assert looks == [done, absent, absent, absent]


def test_only_what_is_done_leads_on() -> None:
    states = (State.DONE, State.FAILED)
    found = [template_rename.follow_ups(asked(template_rename.OPERATION, state=state).request) for state in states]

    assert [list(each) for each in found] == [[FollowUp("All templates", "template list", at_once=True)], []]
