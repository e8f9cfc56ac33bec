"""What updating a workspace shows as old and new, sends, and remembers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.desk import Amended, Provisioned
from bot.domain.operation import FollowUp, Risk
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.provisioning import Subscriber, SubscriberFilter, Workspace
from bot.domain.request import Request, State
from bot.errors import Declined, Refused, Unconfirmed
from bot.operations import update_workspace
from tests.operations.desk import BASE_URL, NOW, asked, desk
from tests.operations.rooms import FIELDS, GENERAL, KNOWN, OTHER_PLACE, PLACE, SEEN, STRANGER, having, room

PATH = f"broadworks/workspaces/{PLACE}"
PLAN = Plan(
    "update_workspace",
    Call("PUT", PATH, {"extension": "51213"}, BASE_URL),
    made=NOW,
    before={"extension": "51212"},
    findings=(KNOWN, SEEN),
    subject=Subject("95547321@example.com", PLACE),
)
CLEARED = Finding(
    Level.WARNING,
    "That an empty value removes what is there is documented for subscribers, not for workspaces.",
    Source.DOCUMENTED,
)
UNREACHABLE = Finding(
    Level.WARNING, "Neither a phone number nor an extension would be left: Webex probably wants one of them."
)
SAME = Finding(Level.WARNING, "Nothing would change, as far as this bot remembers. All of it is sent all the same.")


def planned(*known: Provisioned, which: str = "Conference Room", **values: str) -> Plan:
    return update_workspace.plan({"workspace": which, **values}, having(*known))


# Which one is meant.


@pytest.mark.parametrize("which", ["Conference Room", "conference ROOM", "95547321@EXAMPLE.com", PLACE])
def test_it_is_meant_by_its_name_its_user_id_or_its_id(which: str) -> None:
    at_desk = having(room())
    if "@" not in which:
        at_desk.registry.find = lambda **by: [room()] if by.get("webex_id") == which else []  # type: ignore[method-assign]  # The fake finds all by user ID.

    assert update_workspace.plan({"workspace": which, "extension": "51213"}, at_desk) == PLAN
    assert asked(at_desk) == [PLACE]


def named(*known: Provisioned, **told: Any) -> Any:
    """A desk whose registry knows nobody by user ID."""
    at_desk = having(*known, **told)
    at_desk.registry.find = lambda **_by: []  # type: ignore[method-assign]  # The fake finds all by user ID.
    return at_desk


def test_a_part_of_a_name_is_not_taken_for_the_whole() -> None:
    with pytest.raises(Declined, match="Neither this bot nor Webex knows a workspace “Conference”"):
        update_workspace.plan({"workspace": "Conference", "extension": "5"}, named(room()))


def test_several_are_named_by_what_tells_them_apart() -> None:
    rooms = [room(user_id=f"{number}@sp.com") for number in range(7)]

    with pytest.raises(Declined) as caught:
        update_workspace.plan({"workspace": "Conference Room", "extension": "5"}, named(*rooms))

    assert str(caught.value) == (
        "More than one workspace is “Conference Room”: 6@sp.com, 5@sp.com, 4@sp.com, 3@sp.com, 2@sp.com and 2 more. "
        "Say which by its user ID or Webex ID."
    )


def test_one_that_only_webex_lists_is_meant_by_exactly_its_name() -> None:
    at_desk = named(listed=[GENERAL, {**GENERAL, "id": "x", "displayName": "conference room"}])

    plan = update_workspace.plan({"workspace": "Conference Room", "extension": "51213"}, at_desk)

    assert plan == replace(PLAN, before={"extension": None}, findings=(STRANGER, SEEN), subject=Subject("", PLACE))


@pytest.mark.parametrize(
    ("which", "told", "words"),
    [
        ("Hall", {"listed": [GENERAL, GENERAL]}, "Neither this bot nor Webex knows a workspace “Hall”"),
        (
            "Conference Room",
            {"listed": [GENERAL, GENERAL]},
            "This bot remembers no workspace “Conference Room”, and Webex lists 2 of that name. Say “find workspaces",
        ),
        ("Hall", {"listed": Refused("no", status=403)}, "and may not look for it in Webex. Name it by its Webex ID"),
        ("Hall", {"listed": Unconfirmed("timeout")}, "and could not look for it in Webex just now. Name it by"),
        ("9@sp.com", {}, "This bot remembers no workspace “9@sp.com”, and Webex lists none by user ID."),
    ],
)
def test_one_that_nobody_can_tell_is_not_guessed(which: str, told: dict[str, Any], words: str) -> None:
    with pytest.raises(Declined) as caught:
        update_workspace.plan({"workspace": which, "extension": "5"}, named(**told))

    assert words in str(caught.value)


def test_one_whose_id_nobody_knows_cannot_be_changed() -> None:
    with pytest.raises(Declined, match="The bot does not know the Webex ID of “Conference Room”"):
        planned(room(webex_id=""), extension="5")


def test_one_that_the_bot_does_not_know_is_changed_by_its_id_with_a_warning() -> None:
    plan = planned(which=PLACE, extension="", userId="9@sp.com")

    assert plan.before == {"extension": None, "userId": None}
    assert plan.findings == (STRANGER, SEEN, CLEARED, Finding(Level.GOOD, "No subscriber has this user ID."))
    assert plan.subject == Subject("", PLACE)


def test_one_that_was_removed_can_be_changed_by_its_id_with_a_warning() -> None:
    plan = planned(room(removed_at=NOW), which=PLACE, extension="51213")

    warned = (
        "This bot has noted “Conference Room” · 95547321@example.com · Reseller1+acme as removed on "
        "09 Jul 2026 14:13 UTC."
    )
    assert plan.findings == (Finding(Level.WARNING, warned), SEEN)


def test_another_thing_of_that_id_is_no_workspace() -> None:
    assert planned(room(kind="subscriber"), which=PLACE, extension="51213").findings[0] == STRANGER


@pytest.mark.parametrize(
    ("place", "finding"),
    [
        (Refused("no", status=404), Finding(Level.BAD, "Webex finds no workspace with this ID.", Source.WEBEX)),
        (
            Refused("no", status=403),
            Finding(
                Level.WARNING,
                "The bot's token may not look at workspaces in Webex (spark-admin:workspaces_read), so the bot did not "
                "see whether it is still there.",
            ),
        ),
        (
            Refused("no", status=409),
            Finding(
                Level.WARNING,
                "Webex refused to show it (409), so the bot did not see whether it is still there.",
            ),
        ),
        (
            Unconfirmed("timeout"),
            Finding(
                Level.WARNING,
                "Webex could not be asked just now, so the bot did not see whether it is still there.",
            ),
        ),
        (Workspace(PLACE, {"id": PLACE}), Finding(Level.GOOD, "Webex has this workspace.", Source.WEBEX)),
    ],
)
def test_a_look_that_tells_little_or_nothing_stops_nobody(place: Any, finding: Finding) -> None:
    at_desk = having(room(), place=place)

    plan = update_workspace.plan({"workspace": "Conference Room", "extension": "51213"}, at_desk)

    assert plan == replace(PLAN, findings=(KNOWN, finding))


# What is sent.


def test_only_what_differs_from_what_is_remembered_is_sent() -> None:
    plan = planned(room(), extension="51213", primaryPhoneNumber="+12405551212", userId="95547321@EXAMPLE.COM")

    assert plan == PLAN


def test_what_is_believed_to_be_so_already_is_sent_all_the_same() -> None:
    plan = planned(room(), extension="51212", primaryPhoneNumber="+12405551212")

    assert plan.call.body == {"extension": "51212", "primaryPhoneNumber": "+12405551212"}
    assert plan.findings == (KNOWN, SEEN, SAME)


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({"extension": "-"}, (CLEARED,)),
        ({"extension": "-", "primaryPhoneNumber": "+12405551213"}, (CLEARED,)),
        ({"extension": "-", "primaryPhoneNumber": "-"}, (CLEARED,)),
    ],
)
def test_a_minus_is_sent_as_nothing_and_said_to_be_undocumented(
    values: dict[str, str], findings: tuple[Finding, ...]
) -> None:
    plan = planned(room(), **values)

    assert plan.call.body == {name: "" if value == "-" else value for name, value in values.items()}
    assert plan.findings == (KNOWN, SEEN, *findings)


def test_to_be_left_with_neither_number_nor_extension_is_warned_about() -> None:
    assert planned(room(number=""), extension="-").findings == (KNOWN, SEEN, CLEARED, UNREACHABLE)
    both = check(update_workspace.FORM, {"workspace": "x", "extension": "-", "primaryPhoneNumber": "-"})
    assert ([each.text for each in both.warnings], both.complaints) == ([UNREACHABLE.text], ())


def test_what_somebody_or_something_else_has_is_told() -> None:
    other = room(webex_id=OTHER_PLACE, name="Hall", user_id="9@sp.com", number="+12405551213", id=2)
    tara = Subscriber("tara", email="tara@example.com", enterprise="Reseller1+example")
    at_desk = having(room(), other, there=(tara,))
    values = {"workspace": PLACE, "userId": "9@sp.com", "primaryPhoneNumber": "+12405551213"}

    plan = update_workspace.plan(values, at_desk)

    assert [each.text for each in plan.findings[2:]] == [
        "A subscriber has this user ID already: tara@example.com, Reseller1+example.",
        "This bot has already provisioned that user ID: workspace “Hall” in request 3 on 01 Jul 2026.",
    ]
    assert asked(at_desk) == [PLACE, SubscriberFilter(user_id="9@sp.com", max=1)]


@pytest.mark.parametrize("values", [{"workspace": "x"}])
def test_something_must_change(values: dict[str, str]) -> None:
    [complaint] = check(update_workspace.FORM, values).complaints

    assert complaint.text.startswith("Say what shall change, for example phone=+1-240-555-1213")


def test_running_sends_the_one_write() -> None:
    at_desk = desk(Workspace(PLACE, FIELDS, "THEIRS"))

    assert update_workspace.run(PLAN, at_desk) == Outcome(
        ok=True, data={"id": PLACE, "fields": FIELDS}, tracking_id="THEIRS"
    )
    assert asked(at_desk) == [PLAN.call]


@pytest.mark.parametrize("exc", [Refused("no", status=404), Unconfirmed("no answer")])
def test_what_goes_wrong_is_not_hidden(exc: Exception) -> None:
    with pytest.raises(type(exc)):
        update_workspace.run(PLAN, desk(exc))


def test_a_lost_update_leaves_no_trace_that_could_be_looked_for() -> None:
    assert update_workspace.OPERATION.look is None
    assert "close this as not changed and ask again" in update_workspace.OPERATION.blind
    assert update_workspace.OPERATION.risk is Risk.CHANGE


# What is remembered, and what comes next.


def request(**changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "update_workspace",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": {},
        "asked_at": NOW,
        "tracking_id": "OURS",
        "state": State.DONE,
        "plan": PLAN,
        "ended_at": NOW + timedelta(minutes=1),
        "number": 7,
    }
    return Request(**(fields | changed))


def recorded(body: dict[str, str], fields: Any) -> Amended:
    plan = replace(PLAN, call=replace(PLAN.call, body=body))
    return update_workspace.record(request(outcome=Outcome(ok=True, data={"fields": fields})), plan)


def test_all_that_webex_echoes_is_remembered() -> None:
    echo = {**FIELDS, "id": PLACE, "primaryPhoneNumber": "+1-240-555-1212", "extension": "51213", "created": "x"}

    assert recorded({"extension": "51213"}, echo) == Amended(
        "workspace",
        PLACE,
        NOW + timedelta(minutes=1),
        request=7,
        facts={
            "name": "Conference Room",
            "user_id": "95547321@example.com",
            "enterprise": "Reseller1+acme",
            "number": "+12405551212",
            "extension": "51213",
            "provisioning_id": "ZjVi",
        },
    )


@pytest.mark.parametrize(
    ("body", "fields", "facts"),
    [
        ({"extension": ""}, {}, {"extension": ""}),
        ({"extension": ""}, None, {"extension": ""}),
        ({"primaryPhoneNumber": "+12405551213"}, {"primaryPhoneNumber": "+1-240-555-1213"}, {"number": "+12405551213"}),
        ({"primaryPhoneNumber": "+12405551213"}, {"primaryPhoneNumber": "+1-240-555-1212"}, {"number": "+12405551212"}),
        ({"extension": "5"}, {"primaryPhoneNumber": "none"}, {"extension": "5", "number": "none"}),
        ({"userId": "9@sp.com"}, {"userId": "8@sp.com", "extension": None}, {"user_id": "8@sp.com", "extension": ""}),
    ],
)
def test_what_webex_shows_goes_before_what_was_sent(body: dict[str, str], fields: Any, facts: dict[str, str]) -> None:
    assert recorded(body, fields).facts == facts


def test_of_one_that_a_person_has_closed_what_was_sent_is_remembered() -> None:
    noted = update_workspace.record(request(outcome=None, ended_at=None), PLAN)

    assert (noted.facts, noted.at) == ({"extension": "51213"}, NOW)


def test_it_can_be_looked_at_afterwards() -> None:
    assert update_workspace.follow_ups(request()) == (
        FollowUp("Show workspace", "show workspace", {"workspace": PLACE}, at_once=True),
    )
    assert update_workspace.follow_ups(request(plan=None)) == ()
