"""Enterprises as operations see them: which one is meant, how its directory is doing, and what it brings.

What is tested here of find_enterprises, show_enterprise, directory_status, sync_directory, enable_directory_sync,
disable_directory_sync and sync_external_user is what they plan, send and find; how it looks is in their cards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import enterprises
from bot.domain.desk import Desk
from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter, EnterprisePage, ExternalUser
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.problem import Explanation, Reason
from bot.domain.provisioning import Info, Subscriber, SubscriberFilter, SubscriberPage
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.errors import BroadWorksError, Declined, Refused, Unconfirmed
from bot.operations import (
    directory_status,
    disable_directory_sync,
    enable_directory_sync,
    find_enterprises,
    show_enterprise,
    sync_directory,
    sync_external_user,
)
from tests.operations.desk import BASE_URL, NOW, FakeBroadWorks, desk

ACME = "Reseller1+acme"
ID = "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvOTZhYmMyYWEtM2RjYy0xMWU1"
PATH = f"broadworks/enterprises/{ID}/broadworksDirectorySync"
WHICH = {"enterprise": ACME}
COMPLETE = DirectorySync(
    enabled=True,
    status="COMPLETE",
    started=NOW - timedelta(days=1),
    ended=NOW - timedelta(days=1),
    succeeded=NOW - timedelta(days=1),
    sync_tracking_id="NA_1",
    fields={"enableDirSync": True},
    tracking_id="THEIRS",
)
NEVER = DirectorySync(enabled=False, status="NOT_SYNCED")
RUNNING = replace(COMPLETE, status="IN_PROGRESS", started=NOW, sync_tracking_id="NA_2")
DONE = replace(RUNNING, status="COMPLETE", ended=NOW)
FAILED = replace(DONE, status="FAILED", errors=(Info("6003", "away"),))
ONE = Enterprise(ID, "org", "ZjVi", ACME, sync=COMPLETE, fields={"id": ID}, tracking_id="THEIRS")
NOBODY = SubscriberPage(())
LATER = NOW - timedelta(minutes=1)


@dataclass
class World(FakeBroadWorks):
    """Some enterprises with one directory; what is done to it is kept in ``asked``."""

    known: list[Enterprise] = field(default_factory=lambda: [ONE])
    directory: Any = COMPLETE
    people: Any = NOBODY

    def enterprises(self, wanted: EnterpriseFilter) -> Iterator[Enterprise]:
        yield from self.known

    def enterprise_page(self, wanted: EnterpriseFilter, page: str | None = None) -> EnterprisePage:
        found = [each for each in self.known if wanted.enterprise.casefold() in ("", each.enterprise.casefold())]
        return EnterprisePage(tuple(each for each in found if each.enterprise.startswith(wanted.starts_with)))

    def directory_sync(self, enterprise_id: str) -> DirectorySync:
        self.answer = self.directory
        return self._answered(enterprise_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        self.answer = self.people
        return self._answered(wanted)  # type: ignore[no-any-return]  # The test decides what it is.


def at(world: World, **more: Any) -> Desk:
    return replace(desk(**more), broadworks=world)


def answered(operation: Operation, values: dict[str, str], at_desk: Desk) -> dict[str, Any]:
    found = operation.plan(values, at_desk)
    assert isinstance(found, Answer)
    assert found.outcome.ok
    return found.outcome.data


def planned(operation: Operation, values: dict[str, str], world: World) -> Plan:
    found = operation.plan(values, at(world))
    assert isinstance(found, Plan)
    return found


def a_request(operation: Operation, **known: Any) -> Request:
    given: dict[str, Any] = {"values": WHICH, "number": 7, "asked_at": LATER, **known}
    return Request(
        operation=operation.name, asked_by="ann", asker_name="Ann", room_id="room", tracking_id="BOT_1", **given
    )


def offered(operation: Operation, **known: Any) -> list[tuple[str, str, dict[str, str]]]:
    """The buttons: their titles, what they ask for, and with what."""
    found = operation.follow_ups(a_request(operation, **known))
    return [(each.title, each.words, dict(each.values)) for each in found]


# Which one is meant.


@pytest.mark.parametrize("which", [ACME, "reseller1+ACME", ID])
def test_it_is_said_by_its_name_or_by_an_id_of_webex(which: str) -> None:
    other = replace(ONE, id="other", enterprise="Reseller1+other")

    assert enterprises.one(which, at(World(known=[other, ONE]))) is ONE


def test_what_is_not_there_is_said_with_those_that_look_like_it() -> None:
    at_desk = at(World(known=[]))
    with pytest.raises(Declined, match=r"knows no enterprise “acme”\. It is written as in Partner Hub"):
        enterprises.one("acme", at_desk)

    at_desk.enterprises.remember([ONE, replace(ONE, enterprise="Reseller2+acme"), replace(ONE, enterprise="Other")])
    with pytest.raises(Declined, match=r"Did you mean Reseller1\+acme or Reseller2\+acme\?"):
        enterprises.one("ACME", at_desk)


def test_an_id_that_nothing_has_is_said_so() -> None:
    with pytest.raises(Declined, match="of that name or ID"):
        enterprises.one(ID[:-1] + "x", at(World()))


def test_two_of_the_same_name_are_told_apart_by_a_person() -> None:
    with pytest.raises(Declined, match="More than one enterprise is called"):
        enterprises.one(ACME, at(World(known=[ONE, replace(ONE, id="2")])))


def test_whoever_was_read_is_offered_from_then_on() -> None:
    at_desk = at(World())
    enterprises.one(ACME, at_desk)

    assert at_desk.enterprises.names() == (ACME,)


# What it brings.


def test_it_brings_its_provisioning_id_and_says_so() -> None:
    values = {"spEnterpriseId": ACME, "userId": "1"}

    assert enterprises.with_provisioning_id(values, at(World())) == (
        {"provisioningId": "ZjVi", **values},
        (Finding(Level.GOOD, f"The provisioning ID is the one of the enterprise {ACME}", Source.WEBEX),),
    )


def test_what_was_said_is_not_looked_up() -> None:
    values = {"spEnterpriseId": ACME, "provisioningId": "said"}
    world = World(answer=AssertionError())

    assert enterprises.with_provisioning_id(values, at(world)) == (values, ())
    assert world.asked == []


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ([], "no such enterprise with a provisioning ID yet"),
        ([replace(ONE, provisioning_id="")], "no such enterprise with a provisioning ID yet"),
        ([ONE, replace(ONE, id="2", provisioning_id="other")], "more than one enterprise of that name"),
    ],
)
def test_where_it_cannot_be_told_a_person_says_it(known: list[Enterprise], why: str) -> None:
    with pytest.raises(Declined, match=rf"Webex knows {why}: “Reseller1\+acme”.*template=… or pid=…"):
        enterprises.with_provisioning_id({"spEnterpriseId": ACME}, at(World(known=known)))


# Find.


def test_all_are_found_or_those_that_begin_so() -> None:
    other = Enterprise("2", enterprise="Other")
    at_desk = at(World(known=[ONE, other]))
    everything = answered(find_enterprises.OPERATION, {}, at_desk)
    some = answered(find_enterprises.OPERATION, {"enterprise": "Oth"}, at_desk)

    assert everything["items"] == [
        {"id": ID, "enterprise": ACME, "sync": {"enableDirSync": True}},
        {"id": "2", "enterprise": "Other", "sync": {}},
    ]
    assert [each["enterprise"] for each in some["items"]] == ["Other"]
    assert (some["next"], some["left_out"], some["near"]) == (None, 0, [])
    assert at_desk.enterprises.names() == (ACME, "Other", "Other")


def test_none_that_begins_so_may_be_one_that_has_it_elsewhere() -> None:
    at_desk = at(World())
    at_desk.enterprises.remember([ONE])
    data = answered(find_enterprises.OPERATION, {"enterprise": "acme"}, at_desk)

    assert (data["items"], data["near"]) == ([], [ACME])
    assert offered(find_enterprises.OPERATION, outcome=Outcome(ok=True, data=data)) == [
        (ACME, "show enterprise", {"enterprise": ACME})
    ]


def test_each_row_has_its_button_and_more_than_fit_are_counted() -> None:
    world = World(known=[replace(ONE, id=str(number)) for number in range(10)])
    data = answered(find_enterprises.OPERATION, {}, at(world))

    assert (len(data["items"]), data["left_out"]) == (8, 2)
    found = offered(find_enterprises.OPERATION, outcome=Outcome(ok=True, data=data))
    assert found[0] == ("Show 1", "show enterprise", {"enterprise": "0"})
    assert offered(find_enterprises.OPERATION) == []


class Pages(World):
    """Pages without any, one after the other; a cursor that is not theirs is refused."""

    def enterprise_page(self, wanted: EnterpriseFilter, page: str | None = None) -> EnterprisePage:
        if page == "elsewhere" or wanted.starts_with == "broken":
            raise ValueError("another list")
        number = int(page or 0)
        return EnterprisePage((ONE,) if number == 12 else (), None if number == 12 else str(number + 1))


def test_empty_pages_are_passed_over_until_a_person_decides() -> None:
    data = answered(find_enterprises.OPERATION, {}, at(Pages()))
    further = answered(find_enterprises.OPERATION, {"page": data["next"]}, at(Pages()))

    assert (data["items"], data["next"]) == ([], "10")
    assert [each["id"] for each in further["items"]] == [ID]


def test_a_page_of_another_list_is_declined_and_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(Declined, match="not there any more"):
        find_enterprises.plan({"page": "elsewhere"}, at(Pages()))
    with pytest.raises(ValueError, match="another list"):
        find_enterprises.plan({"enterprise": "broken"}, at(Pages()))


# Show, and the state of a directory.


def test_an_enterprise_is_shown_with_what_belongs_to_it() -> None:
    template = Template("acme", "ZjVi", "", "", "", "", made_by="ann", made_at=NOW)
    world = World(people=SubscriberPage((Subscriber("1"),), next="more"))
    at_desk = at(world, templates=[template], requests=[a_request(sync_directory.OPERATION)])

    data = answered(show_enterprise.OPERATION, WHICH, at_desk)

    assert world.asked == [SubscriberFilter(enterprise=ACME, max=100)]
    assert data["subscribers"] == {"number": 1, "more": True}
    assert (data["template"], data["enabled"], data["running"]) == ("acme", True, False)
    assert [each["words"] for each in data["history"]] == ["sync directory"]


def test_what_webex_does_not_tell_of_it_is_left_out() -> None:
    bare = Enterprise(ID)
    world = World(known=[bare], directory=NEVER, people=Unconfirmed("away"))
    unnamed = answered(show_enterprise.OPERATION, {"enterprise": ID}, at(world))
    world.known = [replace(ONE, sync=None)]
    uncounted = answered(show_enterprise.OPERATION, WHICH, at(world))

    assert (unnamed["enterprise"], unnamed["subscribers"], unnamed["enabled"]) == (ID, {}, False)
    assert uncounted["subscribers"] == {}


SHOWN: dict[str, Any] = {"id": ID, "enterprise": ACME, "enabled": True, "running": False}


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (SHOWN, ["Directory status", "Sync directory", "Disable", "Find subscribers"]),
        (SHOWN | {"enabled": False}, ["Directory status", "Enable", "Find subscribers"]),
        (SHOWN | {"enabled": None}, ["Directory status", "Sync directory", "Disable", "Find subscribers"]),
        (SHOWN | {"running": True}, ["Directory status", "Find subscribers"]),
        ({}, ["Find enterprises"]),
    ],
)
def test_what_can_be_done_with_a_shown_one_is_offered(data: dict[str, Any], titles: list[str]) -> None:
    found = offered(show_enterprise.OPERATION, outcome=Outcome(ok=True, data=data))

    assert [title for title, _, _ in found] == titles
    assert {tuple(values.items()) for _, words, values in found if "enterprise" in words} <= {(("enterprise", ID),), ()}


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (SHOWN, ["Sync directory", "Disable", "Show enterprise", "Refresh"]),
        (SHOWN | {"enabled": False}, ["Enable", "Show enterprise", "Refresh"]),
        (SHOWN | {"running": True}, ["Show enterprise", "Refresh"]),
        ({}, ["Find enterprises"]),
    ],
)
def test_what_can_be_done_with_a_directory_is_offered(data: dict[str, Any], titles: list[str]) -> None:
    found = offered(directory_status.OPERATION, outcome=Outcome(ok=True, data=data))

    assert [title for title, _, _ in found] == titles


def test_the_state_of_a_directory_tells_its_errors_with_their_codes() -> None:
    data = answered(directory_status.OPERATION, WHICH, at(World(directory=FAILED)))

    assert [(each["words"], each["explanation"]["code"]) for each in data["errors"]] == [("away", "6003")]
    assert (data["enterprise"], data["enabled"], data["running"]) == (ACME, True, False)
    assert (offered(show_enterprise.OPERATION), offered(directory_status.OPERATION)) == (
        [("Find enterprises", "find enterprises", {})],
    ) * 2


# Synchronise it now.


def test_a_synchronisation_is_planned_with_what_was_before() -> None:
    plan = planned(sync_directory.OPERATION, WHICH, World())

    assert plan.call == Call("POST", PATH, {"syncStatus": "SYNC_NOW"}, BASE_URL)
    assert (plan.before, plan.subject) == ({"lastSyncTrackingId": "NA_1"}, Subject(ACME, ID))
    assert [each.text for each in plan.findings] == [
        "The last one that worked ended at 08 Jul 2026 14:13 UTC",
        "How long it takes depends on the size of the directory: you are told here when it has ended.",
    ]


@pytest.mark.parametrize(
    ("directory", "words"),
    [
        (replace(NEVER, enabled=True), "It has never been synchronised"),
        (RUNNING, "This directory is being synchronised already: yours waits until that has ended."),
    ],
)
def test_what_is_known_beforehand_is_said(directory: DirectorySync, words: str) -> None:
    assert planned(sync_directory.OPERATION, WHICH, World(directory=directory)).findings[0].text == words


def test_a_disabled_directory_is_enabled_first() -> None:
    with pytest.raises(Declined, match=r"disabled for Reseller1\+acme. Say “enable directory sync Reseller1\+acme”"):
        sync_directory.plan(WHICH, at(World(directory=NEVER)))


SYNC = Plan(
    "sync_directory",
    Call("POST", PATH, {"syncStatus": "SYNC_NOW"}, BASE_URL),
    NOW,
    before={"lastSyncTrackingId": "NA_1"},
    subject=Subject(ACME, ID),
)


def test_what_webex_has_begun_is_watched() -> None:
    world = World(answer=DirectorySync(status="IN_PROGRESS", tracking_id="THEIRS"))
    outcome = sync_directory.run(SYNC, at(world))

    assert outcome.watched == Watched(ID, "IN_PROGRESS", since=NOW)
    assert (world.asked, outcome.ok, outcome.tracking_id) == ([SYNC.call], True, "THEIRS")
    assert sync_directory.run(SYNC, at(World(answer=DirectorySync()))).watched == Watched(ID, "no status", since=NOW)


def looked(directory: Any, *, since: timedelta = timedelta(minutes=1)) -> Outcome | None:
    return sync_directory.look(SYNC, at(World(directory=directory)), NOW - since)


def test_a_lost_one_is_found_by_what_has_begun_since() -> None:
    running, done, failed = looked(RUNNING), looked(DONE), looked(FAILED)

    assert running is not None
    assert (running.ok, running.watched) == (True, Watched(ID, "IN_PROGRESS", since=NOW))
    assert "Found by looking" in running.note
    assert done is not None
    assert (done.ok, done.watched, done.data["enterprise"]) == (True, None, ACME)
    assert failed is not None
    assert failed.problem is not None
    assert failed.problem.reasons == (Reason("away", None, Explanation("6003", "explained: away")),)


@pytest.mark.parametrize(
    "directory",
    [COMPLETE, replace(DONE, started=None), replace(DONE, started=NOW - timedelta(hours=1)), NEVER],
    ids=["the one before", "no time", "long ago", "never"],
)
def test_where_none_has_begun_since_it_was_not_done(directory: DirectorySync) -> None:
    outcome = looked(directory)

    assert outcome is not None
    assert (outcome.ok, outcome.absent) == (False, True)


def test_one_that_ran_before_says_nothing() -> None:
    assert looked(replace(RUNNING, sync_tracking_id="NA_1")) is None


def test_without_a_tracking_id_the_time_tells() -> None:
    outcome = looked(replace(DONE, sync_tracking_id=""))

    assert outcome is not None
    assert outcome.ok


def followed(directory: Any, **known: Any) -> dict[int, Outcome]:
    watched = Watched(ID, "IN_PROGRESS", since=NOW)
    request = a_request(sync_directory.OPERATION, **{"plan": SYNC, "watched": watched, "confirmed_at": LATER, **known})
    return dict(enterprises.follow([request], at(World(directory=directory))))


def test_it_is_followed_to_its_end() -> None:
    assert followed(RUNNING)[7].watched == Watched(ID, "IN_PROGRESS", since=NOW)
    assert followed(DONE)[7].watched is None
    assert followed(FAILED)[7].ok is False


@pytest.mark.parametrize("known", [{"watched": None}, {"plan": None}])
def test_what_is_not_watched_is_not_asked_for(known: dict[str, Any]) -> None:
    assert followed(AssertionError(), **known) == {}


def test_a_server_that_is_late_to_know_ends_nothing() -> None:
    assert followed(COMPLETE) == {}


def test_an_enterprise_that_has_gone_ends_it() -> None:
    problem = followed(Refused("gone", status=404))[7].problem

    assert problem is not None
    assert problem.happened == "The enterprise is not there any more."
    with pytest.raises(Refused):
        followed(Refused("no", status=403))


def test_the_directory_is_one_press_away_from_everything_about_it() -> None:
    which = {"enterprise": ID}
    status = ("Directory status", "directory status", which)

    for operation in (sync_directory.OPERATION, disable_directory_sync.OPERATION, sync_external_user.OPERATION):
        assert offered(operation, plan=SYNC) == [status]
        assert offered(operation) == []


def test_one_after_the_other_is_waited_for_in_words() -> None:
    assert sync_directory.OPERATION.queues.startswith("Webex runs one directory sync")


# Enable and disable it.


@pytest.mark.parametrize(
    ("module", "directory", "on"),
    [(enable_directory_sync, NEVER, True), (disable_directory_sync, COMPLETE, False)],
    ids=["enable", "disable"],
)
def test_it_is_switched_by_one_call_that_shows_what_was_before(
    module: Any, directory: DirectorySync, *, on: bool
) -> None:
    plan = planned(module.OPERATION, WHICH, World(directory=directory))
    world = World(answer=replace(directory, enabled=on))
    outcome = module.run(plan, at(world))

    assert plan.call == Call("PUT", PATH, {"enableDirSync": on}, BASE_URL)
    assert (plan.before, plan.subject) == ({"enableDirSync": not on}, Subject(ACME, ID))
    assert {each.source for each in plan.findings} == {Source.DOCUMENTED}
    assert (outcome.ok, outcome.note, world.asked) == (True, "", [plan.call])


@pytest.mark.parametrize(
    ("module", "directory", "word"),
    [(enable_directory_sync, COMPLETE, "enabled"), (disable_directory_sync, NEVER, "disabled")],
    ids=["enable", "disable"],
)
def test_what_is_so_already_is_not_sent(module: Any, directory: DirectorySync, word: str) -> None:
    with pytest.raises(Declined, match=f"Nothing would change: directory sync of .* is {word} already"):
        module.plan(WHICH, at(World(directory=directory)))


def test_a_running_one_is_a_warning() -> None:
    plan = planned(disable_directory_sync.OPERATION, WHICH, World(directory=RUNNING))

    assert plan.findings[0].level is Level.WARNING
    assert "being synchronised just now" in plan.findings[0].text


DISABLE = Plan(
    "disable_directory_sync", Call("PUT", PATH, {"enableDirSync": False}, BASE_URL), NOW, subject=SYNC.subject
)


def test_an_answer_that_is_late_is_told() -> None:
    outcome = disable_directory_sync.run(DISABLE, at(World(answer=COMPLETE)))

    assert outcome.note == "Webex has accepted it, but still says enabled: look again in a minute."


@pytest.mark.parametrize(
    ("enabled", "ok", "absent"), [(False, True, False), (True, False, True)], ids=["as sent", "as before"]
)
def test_a_lost_one_is_found_by_how_it_is(*, enabled: bool, ok: bool, absent: bool) -> None:
    outcome = disable_directory_sync.look(DISABLE, at(World(directory=replace(COMPLETE, enabled=enabled))), NOW)

    assert outcome is not None
    assert (outcome.ok, outcome.absent) == (ok, absent)


def test_where_webex_does_not_say_nobody_knows() -> None:
    assert enable_directory_sync.look(DISABLE, at(World(directory=DirectorySync())), NOW) is None


def test_once_it_is_enabled_it_can_be_synchronised() -> None:
    enable = replace(DISABLE, call=replace(DISABLE.call, body={"enableDirSync": True}))
    done = {"plan": enable, "outcome": Outcome(ok=True), "state": State.DONE}

    assert [title for title, _, _ in offered(enable_directory_sync.OPERATION, **done)] == [
        "Sync directory",
        "Directory status",
    ]


# One user.


def test_one_user_is_sent_and_the_answer_kept() -> None:
    values = {"userId": "9@sp.com", **WHICH}
    plan = planned(sync_external_user.OPERATION, values, World())
    world = World(answer=ExternalUser("ADD", {"userId": "9@sp.com"}, {"status": "ADD"}, "THEIRS"))
    outcome = sync_external_user.run(plan, at(world))

    assert plan.call == Call("POST", f"{PATH}/externalUser", {"userId": "9@sp.com"}, BASE_URL)
    assert (plan.before, plan.subject, plan.findings) == ({"Enterprise": ACME}, Subject("9@sp.com", ID), ())
    assert (outcome.data["status"], outcome.data["user"], world.asked) == ("ADD", {"userId": "9@sp.com"}, [plan.call])


@pytest.mark.parametrize(
    ("sync", "source"),
    [(NEVER, Source.BOT), (replace(NEVER, enabled=True), Source.DOCUMENTED), (None, None)],
    ids=["disabled", "never", "untold"],
)
def test_what_may_stand_in_the_way_is_a_warning(sync: DirectorySync | None, source: Source | None) -> None:
    values = {"userId": "9@sp.com", **WHICH}
    plan = planned(sync_external_user.OPERATION, values, World(known=[replace(ONE, sync=sync)]))

    assert [each.source for each in plan.findings] == ([source] if source else [])


def test_a_lost_one_leaves_no_trace() -> None:
    assert sync_external_user.OPERATION.look is None
    assert "doing it twice does no harm" in sync_external_user.OPERATION.blind


def test_a_refusal_is_not_hidden() -> None:
    for module, plan in ((sync_directory, SYNC), (disable_directory_sync, DISABLE), (sync_external_user, SYNC)):
        with pytest.raises(BroadWorksError):
            module.run(plan, at(World(answer=Refused("no"))))
