"""What provisioning a workspace sends, finds, looks for and remembers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.desk import Desk, Provisioned
from bot.domain.enterprise import Enterprise
from bot.domain.form import Complaint
from bot.domain.operation import FollowUp
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Subject
from bot.domain.provisioning import Subscriber, SubscriberFilter, Workspace
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.errors import Refused, Unconfirmed
from bot.operations import provision_workspace
from tests.operations.desk import BASE_URL, NOW, FakeRegistry, Telling, asked, desk

SINCE = NOW - timedelta(minutes=10)
SKEW = timedelta(seconds=5)
PLACE = "Y2lzY29zcGFyazovL3VzL1BMQUNFL2FiYw"
BODY = {
    "displayName": "Conference Room",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "provisioningId": "ZjViMzYx",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
}
CALL = Call("POST", "broadworks/workspaces", BODY, BASE_URL)
EXISTS = Finding(Level.GOOD, "The enterprise “Reseller1+acme” exists, with this provisioning ID.")
FREE = Finding(Level.GOOD, "No subscriber has this user ID.")
NEW = Finding(Level.GOOD, "This bot has not provisioned that user ID or number before.")
BY_USER_ID = SubscriberFilter(user_id="95547321@example.com", max=1)
ACME = Enterprise("acme", provisioning_id="ZjViMzYx", enterprise="Reseller1+acme")
TARA = Subscriber("tara", first_name="Tara", last_name="Taken", enterprise="Reseller1+example")
PLAN = Plan(
    "provision_workspace",
    CALL,
    made=NOW,
    findings=(EXISTS, FREE, NEW),
    subject=Subject(user_id="95547321@example.com"),
)


def known(**changed: Any) -> Provisioned:
    fields: dict[str, Any] = {
        "kind": "workspace",
        "webex_id": PLACE,
        "user_id": "95547321@EXAMPLE.com",
        "enterprise": "Reseller1+acme",
        "name": "Lobby",
        "number": "+12405551212",
        "extension": "",
        "request": 3,
        "made_at": datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
    }
    return Provisioned(**(fields | changed))


def ready(*known: Provisioned, **told: Any) -> Desk:
    """A desk at which Webex knows the enterprise, and nothing else."""
    return replace(desk(None, *known), broadworks=Telling(**{"customer": ACME, **told}))


def test_a_workspace_is_planned_with_the_exact_body_and_nothing_is_sent() -> None:
    at_desk = ready()

    plan = provision_workspace.plan(BODY, at_desk)

    assert plan == PLAN
    assert asked(at_desk) == ["Reseller1+acme", BY_USER_ID]
    assert isinstance(at_desk.registry, FakeRegistry)
    assert at_desk.registry.asked == [{"user_id": "95547321@example.com", "number": "+12405551212"}]


def test_the_plan_does_not_change_when_what_was_filled_in_does() -> None:
    values = dict(BODY)
    plan = provision_workspace.plan(values, ready())
    before = plan.hash

    values["extension"] = "1"

    assert plan.hash == before


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            known(),
            "This bot has already provisioned that user ID: workspace “Lobby” in request 3 on 01 Jul 2026.",
        ),
        (
            known(user_id="other@example.com"),
            "This bot has already provisioned that number: workspace “Lobby” in request 3 on 01 Jul 2026.",
        ),
        (
            known(source="imported from x.csv by ops", seen_at=datetime(2026, 7, 2, tzinfo=UTC)),
            (
                "This bot knows that user ID already: workspace “Lobby”, request 3 and imported from x.csv by ops, "
                "as of 02 Jul 2026."
            ),
        ),
    ],
)
def test_what_was_provisioned_before_is_found_and_warned_about(found: Provisioned, text: str) -> None:
    plan = provision_workspace.plan(BODY, ready(found))

    assert plan.findings == (EXISTS, FREE, Finding(Level.WARNING, text))


def test_every_clash_is_found() -> None:
    plan = provision_workspace.plan(BODY, ready(known(), known(user_id="other@example.com", name="Hall")))

    clashes = plan.findings[2:]
    assert ["Lobby" in each.text for each in clashes] == [True, False]
    assert {each.level for each in clashes} == {Level.WARNING}


def test_without_a_number_only_the_user_id_is_looked_for() -> None:
    at_desk = ready()

    provision_workspace.plan({name: value for name, value in BODY.items() if name != "primaryPhoneNumber"}, at_desk)

    assert isinstance(at_desk.registry, FakeRegistry)
    assert at_desk.registry.asked == [{"user_id": "95547321@example.com"}]


@pytest.mark.parametrize(
    ("told", "findings"),
    [
        (
            {"customer": None},
            (
                Finding(
                    Level.WARNING,
                    "Webex lists no enterprise “Reseller1+acme”. A workspace needs one that exists: "
                    "provision a subscriber first.",
                ),
                FREE,
                NEW,
            ),
        ),
        (
            {"customer": replace(ACME, provisioning_id="b3RoZXI")},
            (
                Finding(
                    Level.BAD,
                    "The enterprise “Reseller1+acme” exists with another provisioning ID: that of the template globex. "
                    "Webex keeps to the first one.",
                ),
                FREE,
                NEW,
            ),
        ),
        (
            {"customer": replace(ACME, provisioning_id="")},
            (
                Finding(
                    Level.GOOD,
                    "The enterprise “Reseller1+acme” exists; Webex does not say with which provisioning ID.",
                ),
                FREE,
                NEW,
            ),
        ),
        (
            {"there": (TARA,)},
            (
                EXISTS,
                Finding(Level.BAD, "A subscriber has this user ID already: Tara Taken, Reseller1+example."),
                NEW,
            ),
        ),
        (
            {"customer": Refused("no", status=403), "there": Refused("no", status=400)},
            (
                Finding(Level.WARNING, "The bot could not look whether the enterprise exists: its token may not."),
                Finding(Level.WARNING, "The bot could not look whether a subscriber has this user ID."),
                NEW,
            ),
        ),
    ],
    ids=["no enterprise", "another template", "no template", "a subscriber", "no answers"],
)
def test_what_only_the_bot_can_check_is_checked_and_stops_nobody(
    told: dict[str, Any], findings: tuple[Finding, ...]
) -> None:
    at_desk = ready(**told)
    at_desk.templates.keep(Template("globex", "b3RoZXI", "", "", "", "", "ann", NOW))

    plan = provision_workspace.plan(BODY, at_desk)

    assert plan == replace(PLAN, findings=findings)


def test_where_webex_is_away_nobody_waits_for_a_second_question() -> None:
    at_desk = ready(customer=Unconfirmed("timeout"))

    plan = provision_workspace.plan(BODY, at_desk)

    assert [each.level for each in plan.findings] == [Level.WARNING, Level.WARNING, Level.GOOD]
    assert asked(at_desk) == ["Reseller1+acme"]


def test_one_that_was_removed_is_in_nobodys_way() -> None:
    assert provision_workspace.plan(BODY, ready(known(removed_at=NOW))) == PLAN


@pytest.mark.parametrize(
    ("values", "complains"),
    [({}, True), ({"extension": ""}, True), ({"extension": "1"}, False), ({"primaryPhoneNumber": "+1"}, False)],
)
def test_a_workspace_needs_a_number_or_an_extension(values: dict[str, str], *, complains: bool) -> None:
    (rule,) = provision_workspace.FORM.rules
    complaint = Complaint("primaryPhoneNumber", "Give a phone number or an extension: a workspace needs one of them.")

    assert rule(values) == ([complaint] if complains else [])


def test_running_sends_the_one_write_of_the_plan() -> None:
    echoed = {"id": PLACE, "displayName": "Conference Room"}
    at_desk = desk(Workspace(PLACE, echoed, tracking_id="THEIRS"))

    outcome = provision_workspace.run(PLAN, at_desk)

    assert outcome == Outcome(ok=True, data={"id": PLACE, "fields": echoed}, tracking_id="THEIRS")
    assert asked(at_desk) == [CALL]


def test_a_write_that_is_refused_is_not_hidden() -> None:
    with pytest.raises(Refused):
        provision_workspace.run(PLAN, desk(Refused("no")))


def workspace(created: Any = "2026-07-09T14:05:00.000Z", **changed: Any) -> dict[str, Any]:
    return {"id": PLACE, "displayName": "Conference Room", "created": created} | changed


def test_looking_finds_the_one_workspace_of_that_name_made_since() -> None:
    at_desk = desk([workspace()])

    outcome = provision_workspace.look(PLAN, at_desk, SINCE)

    assert outcome == Outcome(
        ok=True,
        data={"id": PLACE, "fields": workspace()},
        note="Found by looking: exactly one workspace of that name was created at that time.",
    )
    assert asked(at_desk) == ["Conference Room"]


@pytest.mark.parametrize(
    "found",
    [
        [],
        [workspace(), workspace(id="other")],
        [workspace(created="2026-07-09T13:00:00.000Z")],
        [workspace(created=(SINCE - SKEW - timedelta(microseconds=1)).isoformat())],
        [workspace(created="yesterday")],
        [workspace(created=None)],
        [workspace(created=1752070000)],
        [workspace(created="")],
        [{"id": PLACE, "displayName": "Conference Room"}],
        [workspace(displayName="conference room")],
        [workspace(displayName="Conference Room 2")],
        [workspace(displayName=None)],
        [{}],
    ],
)
def test_looking_cannot_tell_unless_exactly_one_fits(found: list[dict[str, Any]]) -> None:
    assert provision_workspace.look(PLAN, desk(found), SINCE) is None


@pytest.mark.parametrize(
    "created",
    [
        "2026-07-09T14:05:00",
        "2026-07-09T16:05:00+02:00",
        "2026-07-09T14:05:00Z",
        (SINCE - SKEW).isoformat(),
        "2026-07-09",
    ],
)
def test_times_are_read_as_utc_unless_they_name_a_zone_and_clocks_may_differ(created: str) -> None:
    since = SINCE if created != "2026-07-09" else datetime(2026, 7, 9, tzinfo=UTC)

    outcome = provision_workspace.look(PLAN, desk([workspace(created)]), since)

    assert outcome is not None
    assert outcome.data["id"] == PLACE


def test_older_ones_and_those_of_other_requests_do_not_confuse_the_look() -> None:
    found = [
        workspace(id="theirs"),
        workspace(id="older", created="2026-07-09T13:00:00Z"),
        workspace(id="named otherwise", displayName="Lobby"),
        workspace(),
    ]

    outcome = provision_workspace.look(PLAN, desk(found, known(webex_id="theirs")), SINCE)

    assert outcome is not None
    assert outcome.data["id"] == PLACE


def test_one_that_belongs_to_another_request_is_not_taken_for_ours() -> None:
    assert provision_workspace.look(PLAN, desk([workspace()], known()), SINCE) is None


def request(**changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "provision_workspace",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": BODY,
        "asked_at": SINCE,
        "tracking_id": "OURS",
        "state": State.DONE,
        "plan": PLAN,
        "outcome": Outcome(ok=True, data={"id": PLACE}),
        "ended_at": NOW + timedelta(minutes=1),
        "number": 7,
    }
    return Request(**(fields | changed))


def test_the_registry_remembers_what_was_provisioned() -> None:
    assert provision_workspace.record(request(), PLAN) == Provisioned(
        kind="workspace",
        webex_id=PLACE,
        user_id="95547321@example.com",
        enterprise="Reseller1+acme",
        name="Conference Room",
        number="+12405551212",
        extension="51212",
        request=7,
        made_at=NOW + timedelta(minutes=1),
        provisioning_id="ZjViMzYx",
    )


def test_once_there_is_a_workspace_it_can_be_looked_at() -> None:
    made = request(outcome=Outcome(ok=True, data={"id": PLACE}))

    assert list(provision_workspace.follow_ups(made)) == [
        FollowUp("Show workspace", "show workspace", {"workspace": PLACE}, at_once=True)
    ]
    for outcome in (None, Outcome(ok=True), Outcome(ok=False, data={"id": PLACE})):
        assert list(provision_workspace.follow_ups(request(outcome=outcome))) == []


def test_what_is_not_known_is_remembered_as_nothing() -> None:
    body = {name: BODY[name] for name in ("displayName", "userId", "spEnterpriseId", "provisioningId")}
    plan = Plan("provision_workspace", Call("POST", "broadworks/workspaces", body, BASE_URL), made=NOW)

    recorded = provision_workspace.record(request(outcome=None, ended_at=None, number=None), plan)
    closed = provision_workspace.record(request(outcome=Outcome(ok=True)), plan)

    assert (recorded.webex_id, recorded.number, recorded.extension) == ("", "", "")
    assert (recorded.request, recorded.made_at) == (0, NOW)
    assert closed.webex_id == ""
