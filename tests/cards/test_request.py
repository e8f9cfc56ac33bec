"""The card that lives with a request."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.domain.operation import Operation
from bot.domain.plan import LOCAL, Call, Outcome, Subject
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from bot.domain.view import RequestView
from bot.operations import find_subscribers, show_subscriber
from cards.render import render
from cards.states import state_words
from tests.cards.reading import card_of, facts, inputs, nodes, presses, texts
from tests.cards.samples import (
    ALL_WELL,
    ANN,
    BODY,
    BUSY,
    NOW,
    PLACE,
    PLAN,
    PRECHECK,
    REMARK,
    TEMPLATE,
    asked,
    frame,
    prechecked,
    provisioning,
)
from tests.cards.samples import provisioning as provisioning_in
from tests.cards.scenes import CLOSED, SCENES, WATCHED, WORKSPACES

FIND, SHOW = find_subscribers.OPERATION, show_subscriber.OPERATION
COMMON = {"person_id": ANN, "request": 12, "version": 4}


def scene(name: str) -> RequestView:
    view = SCENES[name]
    assert isinstance(view, RequestView)
    return view


def test_what_will_be_sent_is_shown_exactly() -> None:
    view = provisioning_in(State.ASKED)

    assert facts(view) == {
        "User ID": "95547321@example.com",
        "Enterprise": "Reseller1+acme",
        "Display name": "Conference Room",
        "Phone number": "+12405551212",
        "Extension": "51212",
    }
    assert f"Provisioning ID: {TEMPLATE}" in texts(view)
    assert "POST /broadworks/workspaces" in texts(view)
    assert "Nothing has been sent yet" in texts(view)


def test_nested_entries_have_dotted_names_and_unknown_ones_their_own() -> None:
    body = {"customerInfo": {"primaryEmail": "bob@example.com", "x_y": {}}, "flag": True}
    view = asked(PRECHECK, plan=replace(PLAN, call=replace(PLAN.call, body=body)))

    assert facts(view) == {"Customer's e-mail": "bob@example.com", "customerInfo.x_y": "{}", "flag": "true"}


def test_a_confirmation_is_bound_to_the_plan_that_was_read() -> None:
    assert presses(provisioning_in(State.ASKED)) == {
        "Provision": {"purpose": "confirm", **COMMON, "plan_hash": PLAN.hash},
        "Edit": {"purpose": "edit", **COMMON},
        "Cancel": {"purpose": "withdraw", **COMMON},
    }


@pytest.mark.parametrize(
    ("name", "style"),
    [("provision_workspace_confirmation", "positive"), ("provision_workspace_destructive", "destructive")],
)
def test_the_button_that_sends_looks_like_what_it_does(name: str, style: str) -> None:
    assert card_of(scene(name))["actions"][0]["style"] == style


def test_every_finding_says_who_found_it() -> None:
    shown = texts(scene("provision_workspace_confirmation_warned"))

    warning = next(number for number, words in enumerate(shown) if words.startswith("This bot has already"))
    assert shown[warning + 1] == "Checked by the bot, not by Webex"
    assert shown[shown.index("The enterprise is known.") + 1] == "Checked by Webex"


def test_the_state_before_is_shown_beside_the_state_after() -> None:
    shown = facts(scene("provision_workspace_confirmation_warned"))

    assert (shown["Display name"], shown["licences"]) == ("Old Room → Conference Room", "2")


def test_what_comes_or_goes_is_said_in_words_and_what_nobody_knows_too() -> None:
    body = {"mobilePhoneNumber": "", "extension": "51212", "timezone": "UTC", "flag": False}
    before = {"mobilePhoneNumber": "+12405551213", "extension": "", "timezone": None, "flag": True}
    view = asked(PRECHECK, plan=replace(PLAN, call=replace(PLAN.call, body=body), before=before))

    assert "Before → after" in texts(view)
    assert facts(view) == {
        "Mobile number": "+12405551213 → (nothing)",
        "Extension": "(nothing) → 51212",
        "Time zone": "(unknown) → UTC",
        "flag": "yes → no",
    }


def test_where_nothing_is_sent_in_place_of_it_only_what_is_there_now_is_shown() -> None:
    before = {"firstName": "John", "extension": "51212", "status": "provisioned", "new_thing": 1}
    view = provisioning_in(State.ASKED, plan=replace(PLAN, call=replace(PLAN.call, body={}), before=before))

    shown = texts(view)
    assert "Before → after" not in shown
    assert "What is there now" in shown
    assert facts(view) == {"First name": "John", "Extension": "51212", "Status": "provisioned", "new_thing": "1"}


@pytest.mark.parametrize("state", [State.ASKED, State.UNKNOWN])
def test_what_exists_already_is_named_beside_the_id_under_which_it_is_sent(state: State) -> None:
    words = "Conference Room · 95547321@example.com"

    assert words not in texts(provisioning_in(state))
    assert words in texts(provisioning_in(state, plan=replace(PLAN, subject=Subject(webex_id="an-id"))))


def test_what_is_watched_says_by_when_one_hears_of_it_at_the_latest() -> None:
    watched = WATCHED["provision_workspace_watching"]
    assert isinstance(watched, RequestView)
    put_off = replace(watched, request=replace(watched.request, nudge_at=NOW + timedelta(hours=24)))

    assert "You will be told here when that changes." in texts(watched)
    assert "You will be told here when that changes, or that it has not by 22 Nov 2026 18:36 UTC." in texts(put_off)


@pytest.mark.parametrize(
    ("operation", "whom"), [(PRECHECK, "zoe_o.neill@example.com"), (FIND, "ann@example.com · 9@bw")]
)
def test_a_problem_stands_below_whom_it_was_about(operation: Operation, whom: str) -> None:
    values = {"email": "ann@example.com", "userId": "9@bw"} if operation is FIND else {"email": whom}
    view = asked(operation, state=State.FAILED, values=values, outcome=Outcome(ok=False, problem=BUSY))

    assert texts(view)[2:4] == [whom, BUSY.happened]


def test_who_was_named_by_an_id_of_webex_is_shown_by_the_user_id() -> None:
    told = {"id": PLACE, "fields": {"userId": "95547321@example.com"}}
    planned = {"webex_id": PLACE, "user_id": "95547321@example.com"}

    for known in (planned, {"outcome": Outcome(ok=False, problem=BUSY, data=told)}):
        view = asked(SHOW, **{"outcome": Outcome(ok=False, problem=BUSY), **known}, values={"subscriber": PLACE})
        assert texts(replace(view, request=replace(view.request, state=State.FAILED)))[2] == "95547321@example.com"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("precheck_subscriber_working", {}),
        ("provision_workspace_approved", {}),
        ("provision_workspace_running", {}),
        ("provision_workspace_held", {"Cancel": "withdraw"}),
        ("provision_workspace_waiting", {"Cancel": "withdraw"}),
        ("precheck_subscriber", {"Provision subscriber": "follow up", "Edit and check again": "edit"}),
        ("provision_workspace", {"Show workspace": "follow up", "Again with changes": "edit"}),
        ("provision_workspace_withdrawn", {"Ask again": "edit"}),
        ("provision_workspace_expired", {"Ask again": "edit"}),
        ("provision_workspace_unknown", {"Check": "check", "Close": "close"}),
    ],
)
def test_a_state_offers_only_what_is_possible_in_it(name: str, titles: dict[str, str]) -> None:
    view = scene(name)

    common = {"person_id": ANN, "request": 12, "version": view.request.version}
    says = {title: {"words": title} for title, purpose in titles.items() if purpose == "follow up"}
    assert presses(view) == {
        title: {"purpose": purpose, **common, **says.get(title, {})} for title, purpose in titles.items()
    }


def test_a_code_that_nobody_knows_can_be_asked_about_as_anybody_could_write_it() -> None:
    offered = presses(scene("provision_workspace_failed"))

    assert list(offered) == ["Explain 98765", "Again with changes"]
    assert offered["Explain 98765"] == {"purpose": "say", "person_id": ANN, "words": "explain code=98765"}


@pytest.mark.parametrize(
    ("codes", "titles"),
    [
        (["1", "2", "1"], {"Explain codes": "explain code=1,2"}),
        (["a b", "x=1", "c" * 41, ""], {}),
        ([str(number) for number in range(9)], {"Explain codes": "explain code=0,1,2,3,4"}),
    ],
)
def test_only_codes_that_can_stand_in_a_line_are_asked_about_and_not_too_many(
    codes: list[str], titles: dict[str, str]
) -> None:
    reasons = tuple(Reason("Odd.", None, Explanation(code, "Odd.", known=False)) for code in codes)
    outcome = Outcome(ok=False, problem=Problem("It failed.", reasons=(*reasons, Reason("No code."))))
    view = provisioning(State.FAILED, outcome=outcome)

    asked = {title: press["words"] for title, press in presses(view).items() if title != "Again with changes"}
    assert asked == titles


def test_closing_an_unknown_outcome_asks_how_it_ended() -> None:
    view = scene("provision_workspace_unknown")

    drawn = inputs(view)
    assert drawn["ended"]["choices"] == [
        {"title": "It exists in Webex", "value": "done"},
        {"title": "It does not exist", "value": "failed"},
    ]
    assert drawn["ended"]["isRequired"] is True
    assert "isRequired" not in drawn["comment"]


def test_closing_asks_in_the_words_of_what_was_asked_for() -> None:
    view = scene("provision_workspace_unknown")
    removal = replace(view, operation=replace(view.operation, ends=("no longer exists", "still exists")))

    assert inputs(removal)["ended"]["choices"] == [
        {"title": "It no longer exists in Webex", "value": "done"},
        {"title": "It still exists", "value": "failed"},
    ]


def test_an_unknown_outcome_warns_against_sending_again_and_tells_the_last_look() -> None:
    shown = texts(scene("provision_workspace_unknown"))

    assert "Nobody knows yet whether it was done." in shown
    assert "Sending it again could create it twice." in shown
    assert "The bot looked at 18:40:05 UTC and found nothing that settles it." in shown


def test_where_nobody_can_look_people_are_told_what_to_do_instead() -> None:
    seen = scene("provision_workspace_unknown")
    blind = replace(seen.operation, blind="Ask the user whether a mail has come.", ends=("was done", "was not done"))
    view = replace(seen, operation=blind)

    shown = texts(view)
    assert shown[shown.index("What to do") + 1] == "Ask the user whether a mail has come."
    assert "Sending it again could create it twice." not in shown
    assert list(presses(view)) == ["Close"]
    assert [choice["title"] for choice in inputs(view)["ended"]["choices"]] == ["It was done", "It was not done"]


def test_what_a_person_said_about_the_end_is_told() -> None:
    assert f"{CLOSED}." in texts(scene("provision_workspace_closed"))


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_card_names_the_environment_the_request_and_who_asked(name: str) -> None:
    shown = texts(scene(name))

    assert shown[1] == "TEST environment"
    assert "Request 12 · asked by Ann Agent · 21 Nov 2026 18:36 UTC" in shown


def test_production_has_no_badge() -> None:
    view = replace(provisioning_in(State.ASKED), frame=frame(""))

    assert not any("environment" in words for words in texts(view))


def test_times_are_told_in_utc() -> None:
    paris = timezone(timedelta(hours=1))
    view = provisioning_in(State.APPROVED, try_at=datetime(2026, 11, 21, 19, 40, 5, tzinfo=paris))

    assert "Trying again at 18:40:05 UTC. Nothing has been changed." in texts(view)


@pytest.mark.parametrize(
    ("name", "verdict", "style"),
    [
        ("precheck_subscriber", "Webex expects this to work", "good"),
        ("precheck_subscriber_remarks", "Passed, with remarks", "warning"),
        ("precheck_subscriber_refused", "Webex would refuse this", "attention"),
        ("provision_workspace", "Workspace provisioned", "good"),
        ("provision_workspace_closed", "Workspace not provisioned", "attention"),
    ],
)
def test_the_verdict_is_the_first_thing_that_is_seen(name: str, verdict: str, style: str) -> None:
    box = next(node for node in card_of(scene(name))["body"] if node["type"] == "Container")

    assert (box["items"][0]["text"], box["style"]) == (verdict, style)


def test_a_precheck_shows_every_remark_and_its_blind_spot() -> None:
    shown = texts(prechecked(ALL_WELL, REMARK, tries=3, waited=4.2))

    assert (
        "Code 100: Nothing was found that would stop the provisioning. Next: Go on and provision the subscriber."
        in shown
    )
    assert "“User will need to migrate an existing account.”" in shown
    assert "Code 123: Webex's own words, code unknown to this bot." in shown
    assert "Webex was busy: asked 3 times, waited 4 s." in shown
    assert "A precheck does not see accounts in the free consumer organisation." in shown


def test_a_workspace_shows_all_that_was_echoed() -> None:
    outcome = scene("provision_workspace").request.outcome
    assert outcome is not None
    data = {
        "id": "PLACE1",
        "fields": {**BODY, "id": "PLACE1", "created": "2026-11-21T18:36:20.000Z", "newThing": ["a"]},
    }
    view = provisioning_in(State.DONE, outcome=replace(outcome, data=data))

    found = facts(view)
    assert next(iter(found.items())) == ("Display name", "Conference Room")
    assert (found["Workspace ID"], found["Created"]) == ("PLACE1", "21 Nov 2026 18:36 UTC")
    assert facts(view)["newThing"] == '\\["a"\\]'


def test_without_cards_everything_is_told_all_the_same() -> None:
    markdown = render(provisioning_in(State.ASKED)).markdown

    assert "- **Phone number:** +12405551212" in markdown
    assert markdown.endswith("On the card: **Provision**, **Edit**, **Cancel**.")


# What is the bot's own.


def local(state: State, **changed: Any) -> RequestView:
    """A request that changes something of the bot's own."""
    call = Call("PUT", "templates/acme", {"name": "acme", "timezone": "", "region": "US"}, LOCAL)
    before = {"name": "acme", "timezone": "UTC", "region": "GB"}
    return provisioning_in(state, **{"plan": replace(PLAN, call=call, before=before, findings=()), **changed})


@pytest.mark.parametrize(
    ("state", "changed", "heading", "told"),
    [
        (State.ASKED, {}, "Nothing has been changed yet", "waiting for your go-ahead"),
        (State.APPROVED, {}, "Saving…", "about to be saved"),
        (State.APPROVED, {"held": True}, "Writes are switched off.", "waiting, writes are switched off"),
        (State.RUNNING, {}, "Saving…", "being saved"),
        (State.UNKNOWN, {}, "Nobody knows yet whether it was done.", "not known yet whether it was done"),
        (State.WITHDRAWN, {}, "Nothing was changed.", "cancelled"),
        (State.EXPIRED, {}, "Nobody confirmed it in time. Nothing was changed.", "expired"),
    ],
)
def test_webex_is_not_spoken_of_where_it_hears_nothing(
    state: State, changed: dict[str, Any], heading: str, told: str
) -> None:
    view = local(state, **changed)

    shown = texts(view)
    assert heading in shown
    assert not [words for words in shown if "Webex" in words or "sen" in words]
    assert state_words(view.request) == told


def test_of_the_state_before_only_what_changes_is_shown_and_nothing_has_its_word() -> None:
    view = local(State.ASKED)

    assert "PUT /templates/acme" not in texts(view)
    before = [node["facts"] for node in nodes(card_of(view)) if node.get("type") == "FactSet"][1]
    assert before == [
        {"title": "Time zone", "value": "UTC → (nothing)"},
        {"title": "Country of phone numbers", "value": "GB → US"},
    ]


def test_what_stays_as_it_was_has_no_before_and_after() -> None:
    plan = provisioning_in(State.ASKED).request.plan
    assert plan
    view = local(State.ASKED, plan=replace(plan, before=dict(plan.call.body)))

    assert "Before → after" not in texts(view)


def test_the_bots_own_is_looked_up_and_never_closed_by_a_person() -> None:
    lost = Outcome(ok=False, absent=True, note="It was not saved.")

    assert list(presses(local(State.UNKNOWN))) == ["Check"]
    assert list(presses(local(State.UNKNOWN, outcome=lost))) == ["Check", "Provision again"]


def test_an_id_that_is_given_a_name_stands_there_without_another_name() -> None:
    call = Call("PUT", "templates/acme", {"name": "east", "provisioningId": TEMPLATE}, LOCAL)
    view = replace(local(State.ASKED, plan=replace(PLAN, call=call)), names={TEMPLATE: "acme"})

    assert f"Provisioning ID: {TEMPLATE}" in texts(view)


# What failed.


def test_what_can_succeed_unchanged_can_be_tried_again_with_one_press() -> None:
    view = scene("precheck_subscriber_failed")

    assert presses(view) == {
        "Try again": {"purpose": "say", "person_id": ANN, "words": "retry request 12"},
        "Edit and check again": {"purpose": "edit", "person_id": ANN, "request": 12, "version": view.request.version},
    }


def test_an_id_does_not_fill_a_card_that_only_names_its_request() -> None:
    view = provisioning_in(State.RUNNING, values={"displayName": "x" * 100, "userId": "9@sp.com"})

    assert f"{'x' * 39}… · 9@sp.com" in texts(view)
