"""What a dialogue shows is compared by what it means: what differs from run to run is no difference."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import ids
from bot.simulator.dialogues.dialogue import Numbers, matches, normalised
from bot.simulator.provisioning.records import PROVISIONING_ID


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Bot tracking ID BOT_0192f3c1-7a55", "Bot tracking ID <tracking id>"),
        ("BOT_5c1a9475b2bf435492ddeb2c4569a478", "<tracking id>"),
        ("ROUTER_65A1B2C3-0F4E-01BB-4D2F-AC12D6004D2F.", "<tracking id>."),
        (f"Workspace ID: {ids.steady('PLACE', 'lobby')}", "Workspace ID: <id>"),
        ("f5b36187-c8dd-4727-8b2f-f9c447f29046", "<id>"),
        ("open until 21 Nov 2026 18:36 UTC", "open until <moment>"),
        ("Created: 2026-11-21T18:36:00.000Z", "Created: <moment>"),
        ("looked at 18:40:05 UTC and", "looked at <time> and"),
        ("asked 2 times, waited 2.1 s.", "asked 2 times, waited <a while>."),
        ("Try again in 5 minutes", "Try again in <a while>"),
        ("http://127.0.0.1:40961/v1", "http://<address>/v1"),
        (f"<@personId:{ids.steady('PEOPLE', 'bob@example.com')}> no", "@bob no"),
        (f"<@personId:{ids.steady('PEOPLE', 'zoe@elsewhere.test')}|Zoe> no", "@<person> no"),
        ("<@personEmail:ann@example.com|Ann> yes", "@ann yes"),
        ("a line  \nanother\t", "a line\nanother"),
    ],
)
def test_what_differs_from_run_to_run_is_named_instead(text: str, same: str) -> None:
    assert normalised(text) == same


@pytest.mark.parametrize(
    "text",
    [PROVISIONING_ID, "+1-240-555-1212", "95547321@example.com", "Request 12", "ext=51400", "HTTP 400", "Code 1001"],
)
def test_what_people_type_and_what_means_something_stays(text: str) -> None:
    assert normalised(text) == text


@pytest.mark.parametrize("sign", [" ", "\t ", "<@personId:a|", "<@personId:", "1 ", "A_", "1.1.", "12345678-1234-"])
def test_a_long_text_is_compared_in_no_time(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    began = time.process_time()

    matches(f"{text}x", f"{text}y", Numbers())

    # A second would be much; what grew with the square of the length took a minute.
    assert time.process_time() - began < 5


_odd = st.sampled_from(
    ["12:30", "1 s", "BOT_12345678", "<@personId:", ">", "|", "2026-01-01", "Y2lzY29zcGFyazov", " ", "T", "7", "ab"]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(_odd, max_size=12).map("".join)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_request_numbers_are_learnt_as_they_are_met() -> None:
    numbers = Numbers()

    assert matches("Request 1 · asked by Ann", "Request 7 · asked by Ann", numbers)
    assert matches("2 · Provision workspace\n1 · Precheck", "9 · Provision workspace\n7 · Precheck", numbers)
    assert matches("2", "9", numbers, title=True)
    assert numbers.spoken("show request 2") == "show request 9"
    assert numbers.title("1") == "7"


@pytest.mark.parametrize(
    ("recorded", "seen"),
    [("request 2", "request 7"), ("request 1", "request 8"), ("request 2, not 1", "request 8, not 2"), ("one", "two")],
)
def test_a_text_that_does_not_match_teaches_nothing(recorded: str, seen: str) -> None:
    numbers = Numbers()
    assert matches("request 1", "request 7", numbers)

    assert not matches(recorded, seen, numbers)
    assert matches("request 2", "request 8", numbers)


def test_an_example_in_the_help_is_no_request() -> None:
    numbers = Numbers()

    assert matches("Also: “show request 12”", "Also: “show request 12”", numbers)
    assert not matches("Also: “show request 12”", "Also: “show request 13”", numbers)
    assert matches("Request 1", "Request 12", numbers)
