"""What an operation says about itself follows from how it is declared."""

from bot.domain.desk import Desk
from bot.domain.form import Form, Values
from bot.domain.operation import Operation, Risk
from bot.domain.plan import Plan


def plan(values: Values, desk: Desk) -> Plan:
    """Move a thing; nothing else moves.

    This is for whoever reads the code.
    """
    raise NotImplementedError


def operation(words: str = "move this thing") -> Operation:
    return Operation(words=words, form=Form(()), plan=plan, result=lambda _request, _form: ())


def test_its_name_is_its_words_joined() -> None:
    assert operation().name == "move_this_thing"


def test_its_title_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert operation("move this PSTN thing").title == "Move this PSTN thing"


def test_its_help_is_the_first_line_of_what_its_plan_says() -> None:
    assert operation().help == "Move a thing; nothing else moves."


def test_it_changes_nothing_unless_it_says_so() -> None:
    reading = operation()

    assert (reading.risk, reading.run, reading.look, reading.record) == (Risk.READ, None, None, None)
