"""The tracking id is there while something is worked on, and only then."""

import re

from bot import tracking


def test_ids_are_told_from_those_of_webex_and_are_never_the_same() -> None:
    one, other = tracking.new(), tracking.new()

    assert re.fullmatch(r"BOT_[0-9a-f]{32}", one)
    assert one != other


def test_the_id_is_current_inside_and_gone_outside() -> None:
    seen = [tracking.current()]

    with tracking.tracked("outer") as name:
        seen.append(name)
        with tracking.tracked("inner"):
            seen.append(tracking.current())
        seen.append(tracking.current())
    seen.append(tracking.current())

    assert seen == ["", "outer", "inner", "outer", ""]


def test_what_a_person_did_is_known_while_it_is_worked_on() -> None:
    with tracking.caused_by(tracking.Source("message", "THEIRS")):
        inside = tracking.source()

    assert inside == tracking.Source("message", "THEIRS")
    assert tracking.source() == tracking.Source()
