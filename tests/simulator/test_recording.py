"""The recording over HTTP: told in words, saved as a file, begun anew."""

from typing import Any

import httpx
import pytest

from bot.simulator import Simulator
from bot.simulator.dialogues.dialogue import load
from bot.simulator.dialogues.recording import file_name
from bot.simulator.dialogues.steps import Says
from tests.simulator.kit import Space
from tests.simulator.recordings import FORM, LOST, Process, edit, press

PAGE = {"service": "webex", "kind": "html"}


def told(control: httpx.Client, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = control.get("/play/dialogue", params=query).raise_for_status().json()
    return found


def in_short(steps: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(step["kind"], step["who"], step["words"]) for step in steps]


def test_a_session_is_told_in_words(
    control: httpx.Client, ann: httpx.Client, bob: httpx.Client, sim: Simulator, bot_in_support: Space
) -> None:
    ann.post("/messages", json={"toPersonId": sim.bot.id, "text": "book\nquickly"}).raise_for_status()
    message = bot_in_support.show_card(FORM)["id"]
    press(bob, message, action="book", name="", remark="soon")
    bot_in_support.http.delete(f"/messages/{message}").raise_for_status()
    control.post("/control/clock", json={"forward": 7200}).raise_for_status()

    answer = told(control)

    assert in_short(answer["settled"]) == [
        ("says", "Ann Archer says, to Provisioning", "book"),
        ("shown", "Provisioning shows, in BroadWorks support", "Book a *desk*"),
        ("presses", "Bob Baker presses", "Book"),
        ("shown", "Provisioning", "Takes message 2 back"),
        ("world", "The playground", "The clock goes forward by 2 hours"),
    ]
    assert [step["lines"] for step in answer["settled"][:3]] == [
        ["quickly"],
        ["Floor: 2", "name: Ann"],
        ["name: (emptied)", "remark: soon"],
    ]
    assert answer["settled"][1]["buttons"] == ["Book", "Cancel", "Close", "Close"]
    assert (answer["unsettled"], answer["warnings"]) == ([], [])


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("TEST environment\nForm\nopen\nwrong", "Form: wrong"),
        ("TEST environment\nCancelled\nnothing sent", "Cancelled"),
        ("TEST environment\nForm", "Form"),
        ("TEST environment", "TEST environment"),
    ],
)
def test_a_changed_message_is_told_by_what_is_new_on_it(
    control: httpx.Client, bot: httpx.Client, sim: Simulator, bot_in_support: Space, after: str, words: str
) -> None:
    message = bot_in_support.say("TEST environment\nForm\nopen")["id"]
    control.post("/control/clock", json={"forward": 1}).raise_for_status()
    edit(bot, sim, message, after)

    answer = told(control)
    assert in_short([answer["settled"][0], answer["unsettled"][0]]) == [
        ("shown", "Provisioning shows, in BroadWorks support", "Form"),
        ("shown", "Provisioning changes message 1, in BroadWorks support", words),
    ]


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("faults", LOST, "BroadWorks does calls to /broadworks/workspaces, but the answer is lost, once"),
        ("faults", PAGE | {"times": 3}, "Webex answers all calls with an error page, 3 times"),
        ("faults", PAGE | {"lasts": 60}, "Webex answers all calls with an error page, for 1 minute"),
        ("faults", PAGE, "Webex answers all calls with an error page"),
        ("switches", {"card_edits": "refused"}, "Webex refuses every edit"),
        ("switches", {"late_404": 2, "extra_info": True}, "Switches change: late 404 2, extra info on"),
        ("webhooks", {"delay": 0.7}, "Webhooks change: delay 0.7"),
        ("clock", {"forward": 1}, "The clock goes forward by 1 second"),
        ("clock", {"forward": 90.5}, "The clock goes forward by 90.5 seconds"),
    ],
)
def test_what_is_changed_about_the_world_is_told_in_words(
    control: httpx.Client, path: str, body: dict[str, Any], words: str
) -> None:
    control.post(f"/control/{path}", json=body).raise_for_status()

    assert in_short(told(control)["settled"]) == [("world", "The playground", words)]


def test_what_is_done_to_the_bot_is_told_in_words(control: httpx.Client, sim: Simulator) -> None:
    sim.bot_process = Process(lambda: None)
    for what in ("kill", "start"):
        control.post(f"/control/bot/{what}").raise_for_status()
    control.post("/control/faults", json=PAGE).raise_for_status()
    control.delete("/control/scenarios").raise_for_status()

    assert [step["words"] for step in told(control)["settled"]] == [
        "The bot is killed",
        "The bot is started",
        "Webex answers all calls with an error page",
        "Everything is well again",
    ]


def test_only_what_is_not_known_yet_is_told(
    control: httpx.Client, ann_in_support: Space, bot_in_support: Space
) -> None:
    ann_in_support.say("one")
    ann_in_support.say("two")
    bot_in_support.say("answer")

    later = told(control, after=1)

    assert later["after"] == 1
    assert [step["words"] for step in later["settled"]] == ["two"]
    assert [step["words"] for step in later["unsettled"]] == ["answer"]
    assert told(control, after=99)["after"] == 2
    assert told(control, after="x")["after"] == 0


def test_begun_anew_it_is_another_recording(control: httpx.Client, ann_in_support: Space) -> None:
    ann_in_support.say("one")
    before = told(control)["begun"]

    assert control.delete("/play/dialogue").status_code == 204

    after = told(control)
    assert (after["settled"], after["unsettled"]) == ([], [])
    assert after["begun"] != before


def test_the_file_holds_the_session_under_its_title(control: httpx.Client, ann_in_support: Space) -> None:
    ann_in_support.say("one")

    answer = control.get("/play/dialogue.yaml", params={"title": " Zoé & Ann\r\nform: 2 mistakes "})

    dialogue = load(answer.text)
    assert dialogue.title == "Zoé & Ann form: 2 mistakes"
    assert dialogue.steps == (Says("ann", "one", "support", 1),)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zoe-ann-form-2-mistakes.dialogue.yaml"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A mistake is said", "a-mistake-is-said"),
        ("../../etc/passwd", "etc-passwd"),
        ('x"; rm -rf /\n', "x-rm-rf"),
        ("日本", "session"),
        ("", "session"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == f"{name}.dialogue.yaml"


def test_a_file_without_a_title_has_one_all_the_same(control: httpx.Client) -> None:
    assert load(control.get("/play/dialogue.yaml").text).title == "A session in the playground"


def test_nobody_s_token_is_told_or_saved(control: httpx.Client, sim: Simulator, ann_in_support: Space) -> None:
    token = sim.people["bob"].token
    ann_in_support.say(f"my token is {token} and {sim.broadworks_token}")

    saved = control.get("/play/dialogue.yaml", params={"title": sim.bot.token}).text

    for secret in (token, sim.broadworks_token, sim.bot.token):
        assert secret not in saved
        assert secret not in control.get("/play/dialogue").text
    assert load(saved).steps == (Says("ann", "my token is <token> and <token>", "support", 1),)


def test_a_page_from_elsewhere_gets_nothing(control: httpx.Client) -> None:
    for path in ("/play/dialogue", "/play/dialogue.yaml"):
        assert control.get(path, headers={"Origin": "http://elsewhere.example"}).status_code == 403
    assert control.delete("/play/dialogue", headers={"Origin": "http://elsewhere.example"}).status_code == 403
