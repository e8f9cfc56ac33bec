"""What provisioning a subscriber checks, sends, looks for, remembers and leads on to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.checks import check
from bot.domain.desk import Desk, Provisioned
from bot.domain.enterprise import Enterprise
from bot.domain.form import Complaint
from bot.domain.operation import FollowUp
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.provisioning import Precheck, Subscriber, SubscriberFilter
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.errors import Busy, Refused, Unconfirmed
from bot.operations import provision_subscriber
from tests.operations.desk import BASE_URL, NOW, FakeBroadWorks, FakeRegistry, asked, desk

SINCE = NOW - timedelta(minutes=1)
ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMQ"
BODY = {
    "provisioningId": "ZjViMzYx",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Zoe",
    "lastName": "Neill",
    "package": "standard",
    "email": "zoe@example.com",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
}
CALL = Call("POST", "broadworks/subscribers", BODY, BASE_URL)
PLAN = Plan("provision_subscriber", CALL, made=NOW)
FINE = Finding(Level.GOOD, "Webex expects this to work.", Source.WEBEX)
NEW = Finding(Level.GOOD, "This bot has not provisioned that user ID or number before.")
BY_USER_ID = SubscriberFilter(user_id="95547321@example.com", max=1)
BY_BOTH = replace(BY_USER_ID, enterprise="Reseller1+acme")


ACME = Enterprise("acme", provisioning_id="ZjViMzYx", enterprise="Reseller1+acme")


@dataclass
class Answering(FakeBroadWorks):
    """Passes every precheck, or fails as it was told; has these subscribers."""

    verdict: Precheck | Exception = field(default_factory=lambda: Precheck(passed=True, message="success"))
    there: tuple[Subscriber, ...] | Exception = ()
    customer: Enterprise | Exception | None = field(default_factory=lambda: ACME)

    def precheck(self, body: Mapping[str, Any]) -> Precheck:
        self.asked.append(body)
        if isinstance(self.verdict, Exception):
            raise self.verdict
        return self.verdict

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        self.asked.append(sp_enterprise_id)
        if isinstance(self.customer, Exception):
            raise self.customer
        return self.customer

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        self.asked.append(wanted)
        if isinstance(self.there, Exception):
            raise self.there
        yield from self.there


def having(*there: Subscriber, known: tuple[Provisioned, ...] = (), requests: tuple[Request, ...] = ()) -> Desk:
    """A desk at which these subscribers, things and requests are known."""
    return replace(desk(None, *known, requests=requests), broadworks=Answering(there=there))


def subscriber(**changed: Any) -> Subscriber:
    """The one that was sent, as Webex shows it."""
    fields: dict[str, Any] = {
        "id": ID,
        "user_id": "95547321@example.com",
        "enterprise": "Reseller1+acme",
        "first_name": "Zoe",
        "last_name": "Neill",
        "email": "zoe@example.com",
        "primary_number": "+12405551212",
        "extension": "51212",
        "package": "standard",
        "status": "provisioning",
        "created": NOW,
        "last_status_change": NOW,
        "provisioning_id": "ZjViMzYx",
        "fields": {"id": ID},
    }
    return Subscriber(**(fields | changed))


def request(**changed: Any) -> Request:
    fields: dict[str, Any] = {
        "operation": "provision_subscriber",
        "asked_by": "ann",
        "asker_name": "Ann",
        "room_id": "room",
        "values": BODY,
        "asked_at": SINCE,
        "tracking_id": "OURS",
        "state": State.WATCHING,
        "plan": PLAN,
        "confirmed_at": SINCE,
        "number": 7,
    }
    return Request(**(fields | changed))


KNOWN = Provisioned(
    "subscriber",
    ID,
    user_id="95547321@EXAMPLE.com",
    enterprise="Reseller1+acme",
    name="Zoe Neill",
    number="",
    extension="",
    request=3,
    made_at=datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
)


# What is shown before anything is sent.


def test_what_will_be_sent_is_prechecked_and_looked_for_and_nothing_is_written() -> None:
    at_desk = having()

    plan = provision_subscriber.plan(BODY, at_desk)

    assert plan == replace(PLAN, findings=(FINE, NEW), subject=Subject(user_id="95547321@example.com"))
    assert asked(at_desk) == [BODY, BY_USER_ID, "Reseller1+acme"]
    assert isinstance(at_desk.registry, FakeRegistry)
    assert at_desk.registry.asked == [{"user_id": "95547321@example.com", "number": "+12405551212"}]


def test_without_an_email_address_there_is_no_precheck_but_a_look() -> None:
    at_desk = having()
    values = {name: value for name, value in BODY.items() if name != "email"}

    plan = provision_subscriber.plan(values, at_desk)

    assert [each.text for each in plan.findings] == [
        "There was no precheck: it needs an e-mail address. You can go on all the same.",
        NEW.text,
    ]
    assert asked(at_desk) == [BY_USER_ID, "Reseller1+acme"]


@pytest.mark.parametrize("failure", [Refused("no", status=403), Busy("busy", status=429), Unconfirmed("timeout")])
def test_where_webex_gives_no_verdict_nobody_waits_for_a_second_question(failure: Exception) -> None:
    at_desk = replace(desk(), broadworks=Answering(verdict=failure))

    plan = provision_subscriber.plan(BODY, at_desk)

    assert [each.level for each in plan.findings] == [Level.WARNING, Level.GOOD]
    assert plan.call == CALL
    assert asked(at_desk) == [BODY]


def test_what_webex_would_refuse_can_be_sent_all_the_same() -> None:
    at_desk = replace(desk(), broadworks=Answering(verdict=Precheck(passed=False, message="failure")))

    plan = provision_subscriber.plan(BODY, at_desk)

    assert plan.findings == (Finding(Level.BAD, "Webex would refuse this: “failure”", Source.WEBEX), NEW)
    assert plan.call == CALL


@pytest.mark.parametrize(
    ("there", "text"),
    [
        (subscriber(), "Zoe Neill, status provisioning, Reseller1+acme, created 09 Jul 2026 14:13 UTC"),
        (Subscriber(ID, email="zoe@example.com"), "zoe@example.com, status unknown"),
    ],
)
def test_a_subscriber_who_has_the_user_id_already_is_shown(there: Subscriber, text: str) -> None:
    plan = provision_subscriber.plan(BODY, having(there))

    assert plan.findings == (
        FINE,
        Finding(Level.BAD, f"There is a subscriber with this user ID already: {text}.", Source.WEBEX),
        NEW,
    )


def test_a_look_that_fails_is_told() -> None:
    at_desk = replace(desk(), broadworks=Answering(there=Unconfirmed("timeout")))

    plan = provision_subscriber.plan(BODY, at_desk)

    texts = (
        "The bot could not look whether there is a subscriber with this user ID already.",
        "The bot could not look whether the enterprise exists.",
    )
    assert plan.findings == (FINE, *(Finding(Level.WARNING, text) for text in texts), NEW)
    assert asked(at_desk) == [BODY, BY_USER_ID]


@pytest.mark.parametrize(
    ("customer", "level", "text"),
    [
        (None, Level.WARNING, "Webex lists no enterprise “Reseller1+acme”. This would be its first subscriber: Webex"),
        (replace(ACME, provisioning_id="b3RoZXI"), Level.BAD, "exists with another provisioning ID: b3RoZXI."),
        (Refused("no", status=403), Level.WARNING, "could not look whether the enterprise exists: its token may not."),
        (Unconfirmed("timeout"), Level.WARNING, "The bot could not look whether the enterprise exists."),
    ],
)
def test_a_customer_that_is_new_or_of_another_template_is_told(
    customer: Enterprise | Exception | None, level: Level, text: str
) -> None:
    plan = provision_subscriber.plan(BODY, replace(desk(), broadworks=Answering(customer=customer)))

    first, found, last = plan.findings
    assert (first, found.level, found.source, last) == (FINE, level, Source.BOT, NEW)
    assert text in found.text


def test_what_this_bot_has_done_or_is_doing_about_that_user_id_is_told() -> None:
    under_way = request(number=6, asker_name="Bob")
    over = [request(number=5, state=State.DONE), request(number=4, state=State.ASKED, confirmed_at=None)]

    plan = provision_subscriber.plan(BODY, having(known=(KNOWN,), requests=(under_way, *over)))

    assert plan.findings == (
        FINE,
        Finding(
            Level.WARNING,
            "This bot has already provisioned that user ID: subscriber “Zoe Neill” in request 3 on 01 Jul 2026.",
        ),
        Finding(Level.WARNING, "Request 6 by Bob is about this user ID too, and has not ended yet."),
    )


def test_a_number_that_this_bot_gave_to_somebody_else_is_told() -> None:
    plan = provision_subscriber.plan(BODY, having(known=(replace(KNOWN, user_id="other@example.com"),)))

    assert plan.findings[-1].text.startswith("This bot has already provisioned that number: subscriber “Zoe Neill”")


# The form.


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        (BODY, []),
        (BODY | {"extension": ""}, []),
        (BODY | {"primaryPhoneNumber": ""}, []),
        (
            BODY | {"primaryPhoneNumber": "", "extension": ""},
            ["There is neither a phone number nor an extension: Webex probably wants one of them."],
        ),
        (BODY | {"email": ""}, ["Without an e-mail address Webex asks the user for it, and waits until it has it."]),
    ],
)
def test_what_is_only_probable_warns_and_stops_nobody(values: dict[str, str], warned: list[str]) -> None:
    checked = check(provision_subscriber.FORM, values | {"provisioningId": "Zj" * 30})

    assert checked.complaints == ()
    assert checked.warnings == tuple(Complaint(None, text) for text in warned)


def test_a_template_brings_what_nobody_said() -> None:
    acme = Template("acme", "Zj" * 30, "Reseller1+acme", "basic", "Europe/Paris", "", made_by="ann", made_at=NOW)
    said = {"provisioningId": "ACME", "userId": "zoe@bw.example", "firstName": "Zoe", "lastName": "Neill"}

    checked = check(provision_subscriber.FORM, said, templates=[acme])

    assert checked.complaints == ()
    assert checked.values == said | {
        "provisioningId": "Zj" * 30,
        "spEnterpriseId": "Reseller1+acme",
        "package": "basic",
        "timezone": "Europe/Paris",
    }


# The write.


def test_running_sends_the_one_write_of_the_plan_which_webex_then_works_on() -> None:
    at_desk = desk(subscriber(tracking_id="THEIRS"))

    outcome = provision_subscriber.run(PLAN, at_desk)

    watched = Watched(ID, "provisioning", since=NOW)
    data = {"id": ID, "fields": {"id": ID}}
    assert outcome == Outcome(ok=True, data=data, tracking_id="THEIRS", watched=watched)
    assert asked(at_desk) == [CALL]


def test_a_write_that_is_refused_is_not_hidden() -> None:
    with pytest.raises(Refused):
        provision_subscriber.run(PLAN, desk(Refused("no")))


# A write of which nobody knows how it ended.


@pytest.mark.parametrize(
    "found",
    [
        subscriber(),
        subscriber(created=SINCE - timedelta(seconds=5)),
        subscriber(email="ZOE@example.com", primary_number="+1-240-555-1212", first_name="ZOE ", package="Standard"),
        Subscriber(ID, created=NOW, status="provisioning", last_status_change=NOW, fields={"id": ID}),
    ],
)
def test_a_new_subscriber_as_it_was_sent_is_ours_and_is_watched(found: Subscriber) -> None:
    at_desk = having(found)

    outcome = provision_subscriber.look(PLAN, at_desk, SINCE)

    assert outcome == Outcome(
        ok=True,
        data={"id": ID, "fields": {"id": ID}},
        note="Found by looking: a subscriber as it was sent, created at that time.",
        watched=Watched(ID, "provisioning", since=NOW),
    )
    assert asked(at_desk) == [BY_BOTH]


def test_ours_may_have_ended_already() -> None:
    outcome = provision_subscriber.look(PLAN, having(subscriber(status="provisioned")), SINCE)

    assert outcome is not None
    assert (outcome.ok, outcome.watched) == (True, None)


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"first_name": "Joe"}, "First name"),
        ({"last_name": "Neil"}, "Last name"),
        ({"email": "joe@example.com"}, "E-mail"),
        ({"package": "basic"}, "Package"),
        ({"primary_number": "+12405551213"}, "Phone number"),
        ({"extension": "1"}, "Extension"),
        ({"provisioning_id": "zjViMzYx"}, "Provisioning ID"),
        ({"first_name": "Joe", "extension": "1"}, "First name, Extension"),
    ],
)
def test_a_new_subscriber_that_differs_was_made_by_somebody_else(changed: dict[str, str], label: str) -> None:
    outcome = provision_subscriber.look(PLAN, having(subscriber(**changed)), SINCE)

    assert outcome is not None
    assert (outcome.ok, outcome.absent, outcome.data["id"]) == (False, False, ID)
    assert outcome.note.startswith("This user ID has a subscriber that this request did not make: ")
    assert outcome.note.endswith(f" UTC. It differs from what was sent: {label}.")


def test_what_was_not_sent_may_be_there_all_the_same() -> None:
    body = {name: value for name, value in BODY.items() if name not in {"primaryPhoneNumber", "extension"}}

    outcome = provision_subscriber.look(replace(PLAN, call=replace(CALL, body=body)), having(subscriber()), SINCE)

    assert outcome is not None
    assert outcome.ok


def test_a_subscriber_who_was_there_long_before_was_made_by_somebody_else() -> None:
    created = SINCE - timedelta(minutes=10, seconds=1)

    outcome = provision_subscriber.look(PLAN, having(subscriber(created=created, status="provisioned")), SINCE)

    assert outcome == Outcome(
        ok=False,
        data={"id": ID, "fields": {"id": ID}},
        note="This user ID has a subscriber that this request did not make: Zoe Neill, status provisioned, "
        "Reseller1+acme, created 09 Jul 2026 14:01 UTC. It was there before.",
    )


@pytest.mark.parametrize(
    "created", [None, SINCE - timedelta(seconds=6), SINCE - timedelta(minutes=10)], ids=["no time", "just", "at most"]
)
def test_where_only_a_clock_may_be_wrong_nobody_can_tell(created: datetime | None) -> None:
    assert provision_subscriber.look(PLAN, having(subscriber(created=created)), SINCE) is None


def test_no_such_subscriber_is_no_trace_of_the_write() -> None:
    assert provision_subscriber.look(PLAN, having(), SINCE) == Outcome(
        ok=False,
        absent=True,
        note=(
            "The bot looked: Webex has no subscriber with this user ID in this enterprise. So it was not done: "
            "send it again, or close it."
        ),
    )


# What is remembered, and what comes next.


def test_the_registry_remembers_who_was_provisioned() -> None:
    done = request(state=State.DONE, outcome=Outcome(ok=True, data={"id": ID}), ended_at=NOW)

    assert provision_subscriber.record(done, PLAN) == Provisioned(
        kind="subscriber",
        webex_id=ID,
        user_id="95547321@example.com",
        enterprise="Reseller1+acme",
        name="Zoe Neill",
        number="+12405551212",
        extension="51212",
        request=7,
        made_at=NOW,
    )


def test_what_is_not_known_is_remembered_as_nothing() -> None:
    body = {name: value for name, value in BODY.items() if name not in {"primaryPhoneNumber", "extension"}}

    recorded = provision_subscriber.record(request(number=None), replace(PLAN, call=replace(CALL, body=body)))

    assert (recorded.webex_id, recorded.number, recorded.extension) == ("", "", "")
    assert (recorded.request, recorded.made_at) == (0, NOW)


WHO = {"subscriber": ID}
SHOW = FollowUp("Show subscriber", "show subscriber", WHO, at_once=True)
CONSENT = FollowUp("Resend consent", "resend consent", WHO, at_once=True)


@pytest.mark.parametrize(
    ("state", "status", "offered"),
    [
        (State.WATCHING, "provisioning", (SHOW,)),
        (State.WATCHING, "pending_email_input", (SHOW,)),
        (State.WATCHING, "pending_user_migration", (CONSENT, SHOW)),
        (State.STUCK, "Pending_User_Migration", (CONSENT, SHOW)),
        (State.DONE, "pending_user_migration", (SHOW,)),
    ],
)
def test_the_mail_can_be_sent_again_while_it_is_waited_for(
    state: State, status: str, offered: tuple[FollowUp, ...]
) -> None:
    watched = Watched(ID, status, since=NOW)
    of = request(state=state, watched=watched, outcome=Outcome(ok=True, data={"id": ID}))

    assert provision_subscriber.follow_ups(of) == offered


def test_where_there_is_no_subscriber_nothing_can_be_shown() -> None:
    assert provision_subscriber.follow_ups(request(state=State.FAILED)) == ()
    assert provision_subscriber.follow_ups(request(state=State.FAILED, webex_id=ID)) == (SHOW,)
