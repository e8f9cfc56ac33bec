"""Dialogue files: what is written is read again, and what is wrong is told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.dialogues.dialogue import (
    BadDialogue,
    Breaks,
    Dialogue,
    Forwards,
    Gone,
    Heals,
    Orders,
    Presses,
    Says,
    Sets,
    Shows,
    Step,
    Webhooks,
    dump,
    load,
)

KEPT = Path(__file__).parents[1] / "dialogues"

FORM = Dialogue(
    "A mistake in a form is said at its field",
    (
        Breaks({"service": "webex", "kind": "status", "status": 429, "times": 1}),
        Says("ann", "precheck", "ann", 1),
        Shows(2, "ann", "Precheck subscriber\nThis form is open", ("Check", "Cancel"), {"email": "", "ext": "51400"}),
        Presses("ann", "Check", 2, {"email": "new@"}),
        Shows(2, "ann", "E-mail is not an e-mail address"),
        Orders("kill"),
        Says("bob", "@bot yes", "support", 3),
        Shows(4, "support", "12", ("12",), thread=3),
        Gone(4),
        Forwards(3600),
    ),
)
WRITTEN = """\
title: A mistake in a form is said at its field
steps:
  - fault: {service: webex, kind: status, status: 429, times: 1}

  - who: ann
    says: precheck
    where: ann
    message: 1
  - shown: 2
    where: ann
    reads: |
      Precheck subscriber
      This form is open
    buttons: [Check, Cancel]
    inputs: {email: '', ext: '51400'}

  - who: ann
    presses: Check
    on: 2
    with: {email: new@}
  - shown: 2
    where: ann
    reads: E-mail is not an e-mail address

  - bot: kill

  - who: bob
    says: '@bot yes'
    where: support
    message: 3
  - shown: 4
    where: support
    reads: '12'
    buttons: ['12']
    thread: 3
  - shown: 4
    gone: true

  - forward: 3600
"""

_words = st.text(st.characters(codec="utf-8"), max_size=40)
_lines = st.lists(
    st.sampled_from(["", " ", "a", " a", "a ", "- who: x", "\t", "# x", "é·“", "\u2028", "\x85"]), max_size=5
)
_text = st.one_of(_words, _lines.map("\n".join))
_values = st.dictionaries(_words, _text, max_size=3)
_worlds: st.SearchStrategy[Step] = st.one_of(
    st.just(Heals()),
    st.sampled_from([Orders("kill"), Orders("start")]),
    st.floats(min_value=0, max_value=316_224_000).map(Forwards),
    st.just(Sets({"workspaces_scope": False, "late_404": 2})),
    st.just(Webhooks({"delay": 0.5, "hold": True, "times": None})),
    st.builds(
        lambda body, path: Breaks({"service": "webex", "kind": "body", "body": body, "path": path}),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), _text),
            lambda inner: st.lists(inner) | st.dictionaries(_words, inner),
            max_leaves=5,
        ),
        st.sampled_from(["/messages", "/broadworks/.*", "on", "1", "1.5", "null", ""]),
    ),
)


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    """Of every kind of step; who answers or presses something names what was there before."""
    steps: list[Step] = []
    seen: list[int] = []
    shown: list[int] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        thread = draw(st.sampled_from([None, *seen]))
        kind = draw(st.sampled_from(["says", "shows", "presses", "gone", "world"]))
        if kind == "says":
            steps.append(Says(draw(_words), draw(_text), draw(_words), number, thread))
            seen.append(number)
        elif kind == "shows" or (kind in {"presses", "gone"} and not shown):
            buttons = tuple(draw(st.lists(_words, max_size=3)))
            steps.append(Shows(number, draw(_words), draw(_text), buttons, draw(_values), thread))
            seen.append(number)
            shown.append(number)
        elif kind == "presses":
            steps.append(Presses(draw(_words), draw(_words), draw(st.sampled_from(shown)), draw(_values)))
        elif kind == "gone":
            steps.append(Gone(draw(st.sampled_from(shown))))
        else:
            steps.append(draw(_worlds))
    return Dialogue(draw(_words), tuple(steps))


@settings(deadline=None)
@given(dialogues())
def test_what_was_written_is_read_again(dialogue: Dialogue) -> None:
    assert load(dump(dialogue)) == dialogue


def test_a_file_reads_well() -> None:
    assert dump(FORM) == WRITTEN
    assert load(WRITTEN) == FORM


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.dialogue.yaml")), ids=lambda file: file.name)
def test_a_kept_dialogue_is_the_same_when_it_is_written_again(file: Path) -> None:
    kept = load(file.read_text(encoding="utf-8"))

    assert kept.steps
    assert load(dump(kept)) == kept


@pytest.mark.parametrize("word", ["yes", "on", "12:30", "2026-07-09", "1_000", "0x1f", "=", "<<"])
def test_words_stay_words_without_quotes(word: str) -> None:
    says = f"title: t\nsteps:\n  - {{who: ann, says: {word}, where: ann, message: 1}}"

    assert load(says).steps == (Says("ann", word, "ann", 1),)


STEPS = "title: t\nsteps:\n"
SAID = "  - {who: ann, says: hello, where: ann, message: 1}\n"
SHOWN = "  - {shown: 2, where: ann, reads: hello}\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "There is nothing here."),
        ("a: [", 1, "This is no YAML"),
        ("title: \0", 1, "This is no YAML"),
        ("title: !!timestamp x\nsteps: []", 1, "! does not mark a type here"),
        ("title: !!python/name:os.system x\nsteps: []", 1, "! does not mark a type here"),
        ("title: t\nsteps: [&a [], *a]", 2, "& and * do not name anything here"),
        ('title: "\\ud800"\nsteps: []', 1, "title cannot be used"),
        (f"title: {'9' * 5000}\nsteps: []", 1, "title cannot be used"),
        (f"title: t\nsteps: [{'{}, ' * 101_000}]", 2, "more than a dialogue can hold"),
        (f"{STEPS}  - {{[a]: b}}", 3, "Here must be names with values"),
        (f"{STEPS}  - {{}}", 3, "bot is missing"),
        (f"{STEPS}  - {{forward: {'9' * 400}}}", 3, "forward must be a number of seconds"),
        (f"{STEPS}  - {{fault: {{service: webex, kind: html, path: (a+)+}}}}", 3, "a group cannot be repeated"),
        ("[" * 3000, 1, "nested too deeply"),
        ("x" * 2_000_001, 1, "longer than"),
        ("- a", 1, "Here must be names with values"),
        ("title: t", 1, "steps is missing"),
        ("title: 5\nsteps: []", 1, "title must be text: put it in quotes"),
        ("title: t\nsteps: 1", 2, "steps must be a list"),
        ("title: t\nmore: 1\nsteps: []", 2, "more does not belong here"),
        (f"{STEPS}  - {{who: ann, who: bob}}", 3, "who is here twice"),
        (f"{STEPS}  - {{sings: la}}", 3, "sings does not belong here. A step has says, presses, shown"),
        (f"{STEPS}  - {{who: ann, says: 12, where: ann, message: 1}}", 3, "says must be text: put it in quotes"),
        (f"{STEPS}  - {{who: ann, says: x, where: ann, message: 0}}", 3, "message must be the number of a message"),
        (f"{STEPS}{SAID}{SAID}", 4, "There is a message 1 above"),
        (f"{STEPS}{SAID}  - {{shown: 1, where: ann, reads: x}}", 4, "Message 1 is one that a person wrote"),
        (f"{STEPS}{SAID}  - {{who: ann, presses: Check, on: 1}}", 4, "Nothing above has the number 1"),
        (f"{STEPS}  - {{shown: 2, gone: true}}", 3, "Nothing above has the number 2"),
        (f"{STEPS}{SHOWN}  - {{shown: 2, gone: false}}", 4, "gone can only be true"),
        (f"{STEPS}  - {{shown: 2, where: ann, reads: x, thread: 1}}", 3, "Nothing above has the number 1"),
        (f"{STEPS}  - {{shown: 2, where: ann, reads: x, buttons: [12]}}", 3, "put numbers in quotes"),
        (f"{STEPS}  - {{shown: 2, where: ann, reads: x, inputs: {{a: 1}}}}", 3, "put numbers in quotes"),
        (f"{STEPS}  - {{fault: {{service: webex, kind: odd}}}}", 3, "fault: Kind must be one of"),
        (f"{STEPS}  - {{fault: {{service: webex, kind: html, odd: 1}}}}", 3, "unexpected keyword argument 'odd'"),
        (f"{STEPS}  - {{shown: 2, where: ann, reads: x, buttons: Check}}", 3, "buttons must be a list of texts"),
        (f"{STEPS}  - {{shown: 2, where: ann, reads: x, inputs: [a]}}", 3, "inputs must be texts by name"),
        (f"{STEPS}  - {{fault: webex}}", 3, "fault must be values by name"),
        (f"{STEPS}  - {{webhooks: {{lost: 1}}}}", 3, "There is no switch 'lost'"),
        (f"{STEPS}  - {{switches: {{late_404: -1}}}}", 3, "-1 is no value for late_404"),
        (f"{STEPS}  - {{heal: 1}}", 3, "heal can only be true"),
        (f"{STEPS}  - {{forward: -1}}", 3, "forward must be a number of seconds"),
        (f"{STEPS}  - {{bot: sing}}", 3, "bot can only be kill or start"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(text: str, line: int, why: str) -> None:
    with pytest.raises(BadDialogue) as caught:
        load(text)

    assert caught.value.line == line
    assert why in caught.value.why
