"""What updating a subscriber sends, refuses, warns about and looks for."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.desk import Desk
from bot.domain.form import Complaint
from bot.domain.operation import FollowUp
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.provisioning import Info, Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.request import Request
from bot.errors import ApiComplaint, Declined, Refused, Unconfirmed
from bot.operations import update_subscriber
from tests.operations.desk import BASE_URL, NOW, FakeBroadWorks, asked, desk

ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvYWJj"
SINCE = NOW - timedelta(minutes=1)
SKEW = timedelta(seconds=5)
FIELDS: dict[str, Any] = {
    "id": ID,
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "John",
    "lastName": "Andersen",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "51212",
    "package": "standard",
    "status": "provisioned",
}
WHO = {"subscriber": "95547321@example.com"}
FOUND = Finding(Level.GOOD, "This is John Andersen · 95547321@example.com · Reseller1+acme", Source.WEBEX)
MEETINGS = "at once can leave old meeting-room data behind. Change to basic first, and then to what is wanted."
PLAN = Plan(
    operation="update_subscriber",
    call=Call("PUT", f"broadworks/subscribers/{ID}", {"lastName": "Other", "mobilePhoneNumber": ""}, BASE_URL),
    made=NOW,
    before={"lastName": "Andersen", "mobilePhoneNumber": "+1-818-279-1234"},
    findings=(FOUND,),
    subject=Subject("95547321@example.com", ID, "Reseller1+acme"),
)
CHANGED = {"lastName": "Other", "mobilePhoneNumber": None, "lastStatusChange": NOW.isoformat()}


def subscriber(**changed: Any) -> Subscriber:
    """John as Webex shows him; None leaves a field out."""
    fields = {name: value for name, value in (FIELDS | changed).items() if value is not None}
    return Subscriber(
        id=fields["id"],
        user_id=fields["userId"],
        enterprise=fields["spEnterpriseId"],
        package=fields["package"],
        status=fields["status"],
        last_status_change=NOW - timedelta(days=1) if "lastStatusChange" not in changed else NOW,
        fields=fields,
        tracking_id="THEIRS",
    )


def at_a_desk(**changed: Any) -> Desk:
    """A desk at which John is found."""
    return desk(SubscriberPage((subscriber(**changed),)))


def planned(desk: Desk, **said: str) -> Plan:
    checked = check(update_subscriber.FORM, {**WHO, **said})
    assert checked.complaints == ()
    return update_subscriber.plan(checked.values, desk)


@dataclass
class Scripted(FakeBroadWorks):
    """Answers one thing after the other."""

    answers: list[Any] = field(default_factory=list)

    def _answered(self, asked: Any) -> Any:
        self.answer = self.answers.pop(0)
        return super()._answered(asked)


def scripted(*answers: Any) -> Desk:
    return replace(desk(), broadworks=Scripted(answers=list(answers)))


# Planning.


def test_only_what_differs_is_planned_with_what_was_there_before() -> None:
    at_desk = at_a_desk()

    plan = planned(
        at_desk,
        firstName="John",
        lastName="Other",
        primaryPhoneNumber="+1 240 555 1212",
        mobilePhoneNumber="-",
        extension="51212",
        package="standard",
        userId="95547321@EXAMPLE.com",
    )

    assert plan == PLAN
    assert asked(at_desk) == [(SubscriberFilter(user_id="95547321@example.com", max=2), None)]


def test_a_time_zone_is_always_sent_because_webex_does_not_tell_the_one_there_is() -> None:
    plan = planned(at_a_desk(), timezone="America/Los_Angeles")

    assert (plan.call.body, plan.before) == ({"timezone": "America/Los_Angeles"}, {"timezone": None})


@pytest.mark.parametrize(
    "said",
    [{"firstName": "John"}, {"mobilePhoneNumber": "+18182791234", "package": "standard"}, {"extension": "51212"}],
)
def test_where_nothing_differs_there_is_nothing_to_send(said: dict[str, str]) -> None:
    with pytest.raises(Declined, match=r"^Nothing would change: Webex shows all of that for John Andersen already\."):
        planned(at_a_desk(), **said)


def test_what_is_not_there_cannot_be_removed_and_nothing_is_sent() -> None:
    with pytest.raises(Declined, match="Nothing would change"):
        planned(at_a_desk(mobilePhoneNumber=None), mobilePhoneNumber="-")


@pytest.mark.parametrize(
    ("there", "said", "body"),
    [
        ({}, {"primaryPhoneNumber": "-"}, {"primaryPhoneNumber": ""}),
        ({}, {"extension": "-"}, {"extension": ""}),
        (
            {"extension": None},
            {"primaryPhoneNumber": "-", "extension": "7"},
            {"primaryPhoneNumber": "", "extension": "7"},
        ),
        ({"extension": None, "primaryPhoneNumber": None}, {"lastName": "Other"}, {"lastName": "Other"}),
    ],
)
def test_a_number_or_an_extension_can_go_where_the_other_one_stays_or_comes(
    there: dict[str, None], said: dict[str, str], body: dict[str, str]
) -> None:
    assert planned(at_a_desk(**there), **said).call.body == body


@pytest.mark.parametrize(
    ("lacks", "gone", "told"),
    [
        (
            "extension",
            "primaryPhoneNumber",
            (
                "Webex wants everybody to have a phone number or an extension. John Andersen has no extension, "
                "so the phone number cannot be removed, unless you give a new extension with it."
            ),
        ),
        (
            "primaryPhoneNumber",
            "extension",
            (
                "Webex wants everybody to have a phone number or an extension. John Andersen has no phone number, "
                "so the extension cannot be removed, unless you give a new phone number with it."
            ),
        ),
    ],
)
def test_nobody_is_left_without_both(lacks: str, gone: str, told: str) -> None:
    with pytest.raises(Declined) as declined:
        planned(at_a_desk(**{lacks: None}), **{gone: "-"})

    assert str(declined.value) == told


@pytest.mark.parametrize(
    ("said", "complaints"),
    [
        (
            {},
            [
                Complaint(
                    None, "Say what shall change, for example mobile=+1-240-555-1213, or ext=- to remove the extension."
                )
            ],
        ),
        (
            {"primaryPhoneNumber": "-", "extension": "-"},
            [Complaint("extension", "A subscriber needs a phone number or an extension: only one of them can go.")],
        ),
        ({"primaryPhoneNumber": "-"}, []),
        ({"primaryPhoneNumber": "-", "extension": "5"}, []),
    ],
)
def test_a_form_needs_a_change_that_webex_could_take(said: dict[str, str], complaints: list[Complaint]) -> None:
    assert list(check(update_subscriber.FORM, {**WHO, **said}).complaints) == complaints


@pytest.mark.parametrize("name", ["firstName", "userId", "package", "timezone"])
def test_what_webex_does_not_clear_cannot_be_cleared(name: str) -> None:
    assert not update_subscriber.FORM[name].clearable


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("updating", "Webex is updating it"),
        ("pending_user_migration", "waiting for the user's consent, asked for by e-mail"),
        ("error", "ended in an error"),
        ("paused", "in Webex's word “paused”, which this bot does not know"),
    ],
)
def test_who_is_not_provisioned_is_warned_about_and_not_refused(status: str, words: str) -> None:
    plan = planned(at_a_desk(status=status), lastName="Other")

    told = f"Its status is: {words}. Webex changes only who is provisioned, and may refuse."
    assert plan.findings == (FOUND, Finding(Level.WARNING, told, Source.WEBEX))


@pytest.mark.parametrize(
    ("package", "wanted", "words"),
    [
        ("standard", "premium", [f"From standard to premium {MEETINGS}"]),
        ("Premium", "standard", [f"From premium to standard {MEETINGS}"]),
        ("basic", "premium", []),
        ("standard", "basic", []),
    ],
)
def test_between_standard_and_premium_cisco_advises_basic(package: str, wanted: str, words: list[str]) -> None:
    plan = planned(at_a_desk(package=package), package=wanted)

    assert plan.findings[1:] == tuple(Finding(Level.WARNING, each, Source.DOCUMENTED) for each in words)


# Running.


def test_running_sends_the_one_write_and_what_is_accepted_is_watched() -> None:
    answer = subscriber(status="updating")
    at_desk = desk(answer)

    outcome = update_subscriber.run(PLAN, at_desk)

    assert outcome == Outcome(
        ok=True,
        data={"id": ID, "fields": answer.fields},
        tracking_id="THEIRS",
        watched=Watched(ID, "updating", since=NOW - timedelta(days=1)),
    )
    assert asked(at_desk) == [PLAN.call]


def test_an_answer_that_still_shows_what_was_there_before_is_watched() -> None:
    outcome = update_subscriber.run(PLAN, desk(subscriber()))

    assert outcome.watched == Watched(ID, "provisioned", since=NOW)


def test_an_answer_that_shows_what_was_sent_is_the_end() -> None:
    outcome = update_subscriber.run(PLAN, desk(subscriber(**CHANGED)))

    assert (outcome.ok, outcome.watched) == (True, None)


def refused(status: int) -> Refused:
    complaints = (ApiComplaint(description="An update is in progress."),)
    return Refused("no", status=status, complaints=complaints, tracking_id="THEIRS")


def test_a_clash_with_another_update_is_told_as_that() -> None:
    at_desk = scripted(refused(409), subscriber(status="updating"))

    outcome = update_subscriber.run(PLAN, at_desk)

    assert outcome == Outcome(
        ok=False,
        problem=Problem(
            happened="Webex refused because it is still working on this subscriber.",
            why="It takes one change at a time. Nothing was changed.",
            advice="Wait until the other change has ended, then ask again.",
            who="agent",
            reasons=(Reason("An update is in progress."),),
            status=409,
            tracking_id="THEIRS",
            again=True,
        ),
        tracking_id="THEIRS",
    )
    assert asked(at_desk) == [PLAN.call, ID]


@pytest.mark.parametrize("answers", [(409, subscriber()), (409, Unconfirmed("no answer")), (409, refused(404)), (400,)])
def test_any_other_refusal_is_not_hidden(answers: tuple[Any, ...]) -> None:
    status, *then = answers

    with pytest.raises(Refused) as raised:
        update_subscriber.run(PLAN, scripted(refused(status), *then))

    assert raised.value.status == status


# Looking for a lost answer.


def test_an_update_that_runs_is_found_and_watched() -> None:
    at_desk = desk(subscriber(status="updating"))

    outcome = update_subscriber.look(PLAN, at_desk, SINCE)

    assert outcome is not None
    assert outcome.watched == Watched(ID, "updating", since=NOW - timedelta(days=1))
    assert asked(at_desk) == [ID]


def test_an_update_that_has_ended_is_found_by_its_values() -> None:
    found = subscriber(**CHANGED)

    assert update_subscriber.look(PLAN, desk(found), SINCE) == Outcome(
        ok=True,
        data={"id": ID, "fields": found.fields},
        tracking_id="THEIRS",
        note="Found by looking: Webex shows every value as it was sent.",
    )


def test_what_webex_does_not_show_is_said_to_be_unseen() -> None:
    plan = replace(PLAN, call=replace(PLAN.call, body={"timezone": "UTC"}), before={"timezone": None})

    found = update_subscriber.look(plan, desk(subscriber(lastStatusChange=NOW)), SINCE)

    assert found is not None
    assert (found.ok, found.note) == (
        True,
        "Found by looking: Webex has updated the subscriber since then. It does not show the time zone.",
    )


def test_an_update_that_ended_in_an_error_is_found() -> None:
    failed = replace(subscriber(status="error", lastStatusChange=NOW), errors=(Info("10022", "The user ID is taken."),))

    found = update_subscriber.look(PLAN, desk(failed), SINCE)

    assert found is not None
    assert found.problem is not None
    assert found.problem.reasons == (
        Reason("The user ID is taken.", None, Explanation("10022", "explained: The user ID is taken.")),
    )


@pytest.mark.parametrize("status", ["provisioned", "error"])
def test_a_subscriber_as_before_and_quiet_bears_no_trace_of_it(status: str) -> None:
    assert update_subscriber.look(PLAN, desk(subscriber(status=status)), SINCE) == Outcome(
        ok=False,
        absent=True,
        note="The bot looked: the subscriber is as it was, and Webex is not working on it. You can send it again.",
    )


def test_a_subscriber_that_is_gone_ends_it() -> None:
    found = update_subscriber.look(PLAN, desk(refused(404)), SINCE)

    assert found == Outcome(
        ok=False,
        problem=Problem("The subscriber is not there any more.", why="Somebody has removed it meanwhile.", who="agent"),
        tracking_id="THEIRS",
    )


@pytest.mark.parametrize(
    "found",
    [
        # Moved on, and as before: an update may have come and failed.
        subscriber(lastStatusChange=NOW),
        # Half of it is there.
        subscriber(**{**CHANGED, "mobilePhoneNumber": "+1-818-279-1234"}),
        replace(subscriber(lastName="Other"), last_status_change=NOW - timedelta(days=1)),
        # All of it is there, but from before the write was sent.
        replace(subscriber(**CHANGED), last_status_change=SINCE - SKEW - timedelta(milliseconds=1)),
        # Webex does not tell since when.
        replace(subscriber(), last_status_change=None),
        replace(subscriber(**CHANGED), last_status_change=None),
        # It waits for somebody, or is in a status that nobody knows.
        subscriber(status="pending_user_migration"),
        subscriber(**CHANGED, status="paused"),
    ],
)
def test_anything_else_cannot_tell(found: Subscriber) -> None:
    assert update_subscriber.look(PLAN, desk(found), SINCE) is None


def test_clocks_may_differ_a_little() -> None:
    found = replace(subscriber(**CHANGED), last_status_change=SINCE - SKEW)

    outcome = update_subscriber.look(PLAN, desk(found), SINCE)

    assert outcome is not None
    assert outcome.ok


def test_who_may_not_look_is_told_so() -> None:
    with pytest.raises(Refused):
        update_subscriber.look(PLAN, desk(refused(403)), SINCE)


# Afterwards.


def request(**changed: Any) -> Request:
    values = {"subscriber": "95547321@example.com", "lastName": "Other"}
    given = {"operation": "update_subscriber", "asked_by": "ann", "asker_name": "Ann", "room_id": "room"}
    return Request(**{**given, "values": values, "asked_at": NOW, "tracking_id": "OURS", "plan": PLAN, **changed})


def test_the_card_leads_on_to_the_subscriber() -> None:
    assert update_subscriber.follow_ups(request()) == (
        FollowUp("Show subscriber", "show subscriber", {"subscriber": ID}, at_once=True),
    )
    assert update_subscriber.follow_ups(request(plan=None)) == ()
