"""A replay does what people did, and tells where the bot does not show what it showed then."""

from pathlib import Path
from typing import Any

import pytest

from bot.testing.replay import CannotRead, WentOtherwise, read
from tests.testing.parrot import Parrot, Step, card, replayed

HURRY = 1.0
"""Seconds to wait for what is not going to come."""


def says(words: str, number: int = 1, *, where: str = "ann", **more: Any) -> Step:
    return {"who": "ann", "says": words, "where": where, "message": number, **more}


def shows(text: str, number: int = 2, *, where: str = "ann", **more: Any) -> Step:
    return {"shown": number, "where": where, "reads": text, **more}


def difference(parrot: Parrot, folder: Path, *steps: Step) -> str:
    """What is told of the first step that goes otherwise."""
    with pytest.raises(WentOtherwise) as failed:
        replayed(parrot, folder, *steps, patience=HURRY)
    return str(failed.value)


def test_what_is_shown_as_it_was_goes_well(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Good morning"]})

    done = replayed(parrot, tmp_path, says("hello"), shows("Good morning"))

    assert [(each.number, each.line, each.words) for each in done] == [
        (1, 3, "Ann Archer says, to Provisioning: hello"),
        (2, 4, "Provisioning shows, to Ann Archer: Good morning"),
    ]


def test_what_differs_from_run_to_run_does_not_matter(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Good morning at 08:15 UTC, until 3 Dec 2027 09:00 UTC"]})

    assert replayed(parrot, tmp_path, says("hello"), shows("Good morning at 22:01 UTC, until <moment>"))


def test_another_text_is_told_with_step_and_line_and_the_lines_that_differ(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [card("One\n\nTwo", "Check", "Cancel", email="ann@example.com")]})
    wanted = shows("One\n\nThree", buttons=["Check"], inputs={"email": "ann@example.com"})

    assert difference(parrot, tmp_path, says("hello"), wanted) == "\n".join(
        [
            "Step 2 (line 4): Message 2 in ann did not come to read so within 1 seconds.",
            "--- in the file",
            "+++ shown",
            "@@ -1,5 +1,5 @@",
            " One",
            " ",
            "-Three",
            "-buttons: Check",
            "+Two",
            "+buttons: Check | Cancel",
            " input email: ann@example.com",
        ]
    )


def test_nothing_at_all_is_told_with_what_was_waited_for(tmp_path: Path) -> None:
    assert difference(Parrot({}), tmp_path, says("hello"), shows("Good morning")) == "\n".join(
        [
            "Step 2 (line 4): Nothing new was shown in ann within 1 seconds.",
            "--- in the file",
            "+++ shown",
            "@@ -1 +0,0 @@",
            "-Good morning",
        ]
    )


def test_of_several_messages_the_nearest_is_compared(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Something else", "Good morning\nAnn"]})

    told = difference(parrot, tmp_path, says("hello"), shows("Good morning\nBob"))

    assert told.splitlines()[-3:] == [" Good morning", "-Bob", "+Ann"]


@pytest.mark.parametrize(
    "wanted",
    [
        shows("One", buttons=["Check"]),
        shows("One", inputs={"email": "new@"}),
        shows("One", buttons=["Cancel"], inputs={"email": "new@"}),
        shows("One", buttons=["Check"], inputs={"email": "old@"}),
        shows("One", buttons=["Check"], inputs={"mail": "new@"}),
    ],
)
def test_buttons_and_inputs_count_like_words(tmp_path: Path, wanted: Step) -> None:
    parrot = Parrot({"hello": [card("One", "Check", email="new@")]})

    assert "did not come to read so" in difference(parrot, tmp_path, says("hello"), wanted)


def test_a_state_that_an_edit_has_overtaken_counts(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [["Working on it", "Almost", "Done"]]})

    assert len(replayed(parrot, tmp_path, says("hello"), shows("Working on it"), shows("Done"))) == 3


def test_states_do_not_go_back(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [["Working on it", "Done"]]})

    told = difference(parrot, tmp_path, says("hello"), shows("Done"), shows("Working on it"))

    assert told.startswith("Step 3 (line 5): Message 2 in ann did not come to read so")


def test_in_the_end_every_message_reads_as_it_was_last_seen(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [["Working on it", "It went wrong"]]})

    assert difference(parrot, tmp_path, says("hello"), shows("Working on it")).splitlines() == [
        "Step 2 (line 4): Message 2 was so for a moment, and reads otherwise in the end.",
        "--- in the file",
        "+++ shown",
        "@@ -1 +1 @@",
        "-Working on it",
        "+It went wrong",
    ]


def test_a_message_of_which_the_file_says_nothing_is_one_too_many(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Good morning", "Good morning"]})

    assert difference(parrot, tmp_path, says("hello"), shows("Good morning")).splitlines() == [
        "Step 2 (line 4): By then the bot has shown a message in ann of which the file says nothing:",
        "Good morning",
    ]


def test_a_message_that_was_taken_back_must_go(tmp_path: Path) -> None:
    goes, stays = Parrot({"hello": [["Good morning", None]]}), Parrot({"hello": ["Good morning"]})
    steps = says("hello"), shows("Good morning"), {"shown": 2, "gone": True}

    assert len(replayed(goes, tmp_path, *steps)) == 3
    assert difference(stays, tmp_path, *steps) == "Step 3 (line 5): Message 2 did not go away within 1 seconds."
    assert difference(goes, tmp_path, *steps[:2]) == "Step 2 (line 4): In the end message 2 is gone."


def test_numbers_of_requests_are_those_of_the_run_at_hand(tmp_path: Path) -> None:
    parrot = Parrot({"first": ["Request 1 is done"], "second": ["Request 2 is done"], "show request 2": ["Here it is"]})
    steps = [
        *(says("first"), shows("Request 7 is done")),
        *(says("second", 3), shows("Request 9 is done", 4)),
        *(says("show request 9", 5), shows("Here it is", 6)),
    ]

    assert len(replayed(parrot, tmp_path, *steps)) == 6
    assert parrot.heard == ["first", "second", "show request 2"]


def test_two_requests_cannot_have_the_same_number(tmp_path: Path) -> None:
    parrot = Parrot({"first": ["Request 1 is done"], "second": ["Request 1 is done"]})
    steps = says("first"), shows("Request 7 is done"), says("second", 3), shows("Request 9 is done", 4)

    assert difference(parrot, tmp_path, *steps).startswith("Step 4 (line 6): Message 4 in ann did not come to read so")


def test_a_button_is_pressed_with_what_stands_in_the_card_and_what_was_typed(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [card("One", "Check", "Cancel", email="", name="Ann")], "Check": ["Well"]})
    form = shows("One", buttons=["Check", "Cancel"], inputs={"email": "", "name": "Ann"})
    press = {"who": "ann", "presses": "Check", "on": 2, "with": {"email": "new@example.com"}}

    replayed(parrot, tmp_path, says("hello"), form, press, shows("Well", 3))

    assert parrot.pressed == [{"email": "new@example.com", "name": "Ann", "said": "Check"}]


def test_a_button_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    parrot = Parrot({"hello": [card("One", "Check", "Cancel")]})
    press = {"who": "ann", "presses": "Send", "on": 2}

    told = difference(parrot, tmp_path, says("hello"), shows("One", buttons=["Check", "Cancel"]), press)

    assert told.splitlines() == [
        "Step 3 (line 5): Ann Archer presses: Send",
        "The message has no such button; it has: Check, Cancel.",
    ]


def test_mentions_are_mentions_and_all_other_signs_mean_themselves(tmp_path: Path) -> None:
    said = "@bot precheck *a_b*@example.com for @bob, not @dave. @all: look"
    heard = "Provisioning precheck *a_b*@example.com for Bob Baker, not @dave. All: look"
    parrot = Parrot({heard: ["Well"]})

    replayed(parrot, tmp_path, says(said, where="support"), shows("Well", where="support", thread=1))

    assert parrot.heard == [heard]


def test_an_answer_must_be_in_its_thread(tmp_path: Path) -> None:
    parrot = Parrot({"Provisioning hello": ["Well"]})
    steps = says("@bot hello", where="support"), says("@bot again", 2, where="support")

    told = difference(parrot, tmp_path, *steps, shows("Well", 3, where="support", thread=2))

    assert told.splitlines()[1] == "It reads so, but stands in another thread than that of message 2."


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ({**says("hello"), "who": "dave"}, "The playground has no person called dave; it has ann, bob, cleo."),
        (says("hello", where="attic"), "The playground has no space called attic; it has support, ann, bob, cleo."),
        ({"bot": "start"}, "was refused with 409"),
    ],
)
def test_what_the_playground_cannot_do_is_told(tmp_path: Path, step: Step, why: str) -> None:
    assert why in difference(Parrot({}), tmp_path, step)


def test_the_world_is_broken_and_healed_as_it_was(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Good morning"]})
    steps: list[Step] = [
        {"fault": {"service": "webex", "kind": "status", "status": 503, "person": "ann"}},
        {"webhooks": {"hold": True}},
        {"switches": {"card_edits": "refused"}},
        {"forward": 60},
    ]

    assert "POST /v1/messages was refused with 503" in difference(parrot, tmp_path, *steps, says("hello"))
    assert "Nothing new was shown" in difference(parrot, tmp_path, *steps[1:], says("hello"), shows("Good morning"))
    assert len(replayed(parrot, tmp_path, *steps, {"heal": True}, says("hello"), shows("Good morning"))) == 7


def test_signs_that_would_move_a_terminal_are_told_as_signs(tmp_path: Path) -> None:
    parrot = Parrot({"hello": ["Good morning"]})
    wanted = shows("Good \x1b[2J evening")

    told = difference(parrot, tmp_path, says("hello"), wanted)

    assert "-Good \\x1b[2J evening" in told.splitlines()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"title: x\nsteps:\n  - {who: ann, sings: la}\n", ": line 3: who does not belong here."),
        (b"title: [\n", ": line 2: This is no YAML"),
        (b"\xff\xfe", ": The file is not text in UTF-8."),
        (None, ": No such file or directory."),
    ],
)
def test_a_file_that_is_no_dialogue_is_refused_with_line_and_reason(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    file = tmp_path / "bad.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CannotRead) as refused:
        read(file)

    assert str(refused.value).startswith(f"{file}{why}")


def test_a_file_without_end_is_refused_and_its_name_moves_no_terminal(tmp_path: Path) -> None:
    endless = tmp_path / "\x1b[2J.yaml"
    endless.symlink_to("/dev/zero")
    hostile = tmp_path / "hostile.yaml"
    hostile.write_text('title: t\n"\\e]0;x\\a": 1\nsteps: []\n')

    for file in (endless, hostile):
        with pytest.raises(CannotRead) as caught:
            read(file)
        assert str(caught.value).isprintable()
