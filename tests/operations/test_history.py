"""What is told of the history: history_request, history_subscriber and history_person, to those who may know it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.actor import Actor, Person, Role
from bot.domain.audit import AuditEvent, Happening
from bot.domain.desk import NOBODY, Desk
from bot.domain.history import ON_A_CARD, Wanted
from bot.domain.provisioning import SubscriberPage
from bot.domain.request import Request
from bot.errors import Declined, NotAllowed
from bot.operations import history_person, history_request, history_subscriber
from tests.cards.samples import asked
from tests.operations.desk import NOW, FakeHistory, desk

ANN = Actor("ann", "ann@example.com", "Ann")
BOB = Actor("bob", "bob@example.com", "Bob")
AUDITOR = replace(BOB, roles=frozenset({Role.AGENT, Role.AUDITOR}))
ADMIN = replace(BOB, roles=frozenset({Role.AGENT, Role.ADMIN}))
PEOPLE = [Person("ann", "ann@example.com", "Ann Archer"), Person("eve", "eve@example.com", "")]
EVENT = AuditEvent(
    NOW,
    Happening.CONFIRMED,
    "ann",
    7,
    detail={"person": "ann"},
    tracking_id="BOT_1",
    id=3,
    from_state="asked",
    to_state="asked",
    plan_hash="f" * 64,
    enterprise="Reseller1+acme",
)
TOLD = {
    "number": 3,
    "at": NOW.isoformat(),
    "what": "request confirmed",
    "who": "Ann Archer",
    "request": 7,
    "from": "asked",
    "to": "asked",
    "plan": "f" * 64,
    "enterprise": "Reseller1+acme",
    "detail": {"person": "Ann Archer"},
    "tracking": {"bot": "BOT_1", "Webex": None, "BroadWorks": None},
}


def request(number: int, **changed: Any) -> Request:
    fields = {"number": number, "asked_by": "ann", "room_id": "support", **changed}
    return asked(history_request.OPERATION, **fields).request


def at_desk(*events: AuditEvent, actor: Actor = ANN, room: str = "ann", requests: list[Request]) -> Desk:
    history = FakeHistory(list(events), PEOPLE)
    return replace(desk(requests=requests), history=history, actor=actor, room_id=room)


def wanted_of(used: Desk) -> list[tuple[Wanted, int | None]]:
    assert isinstance(used.history, FakeHistory)
    return used.history.asked


def test_a_request_is_told_in_order_with_the_names_of_people() -> None:
    used = at_desk(EVENT, requests=[request(7)])

    answer = history_request.plan({"request": "7"}, used)

    assert answer.outcome.data == {"events": [TOLD], "about": "history request"}
    assert wanted_of(used) == [(Wanted(requests=[7]), None)]


def test_more_than_a_card_shows_is_told_page_by_page() -> None:
    events = [replace(EVENT, id=number, at=NOW + timedelta(seconds=number)) for number in range(1, 20)]
    used = at_desk(*events, requests=[request(7)])

    first = history_request.plan({"request": "7"}, used).outcome.data
    history_request.plan({"request": "7", "page": first["next"]}, used)

    assert [each["number"] for each in first["events"]] == list(range(1, ON_A_CARD + 1))
    assert [beyond for _, beyond in wanted_of(used)] == [None, ON_A_CARD]


@pytest.mark.parametrize(
    ("actor", "room"),
    [(ANN, "elsewhere"), (BOB, "support"), (ADMIN, "elsewhere"), (AUDITOR, "elsewhere")],
    ids=["asker", "same space", "admin", "auditor"],
)
def test_a_request_is_told_to_those_who_may_see_it_and_to_auditors(actor: Actor, room: str) -> None:
    used = at_desk(EVENT, actor=actor, room=room, requests=[request(7)])

    assert history_request.plan({"request": "7"}, used).outcome.ok


@pytest.mark.parametrize(
    ("actor", "room"), [(BOB, "elsewhere"), (NOBODY, "elsewhere")], ids=["somebody else", "nobody"]
)
def test_a_request_is_told_to_nobody_else(actor: Actor, room: str) -> None:
    used = at_desk(EVENT, actor=actor, room=room, requests=[request(7)])

    with pytest.raises(Declined, match="There is no request 7 that you can see here"):
        history_request.plan({"request": "7"}, used)
    assert wanted_of(used) == []


@pytest.mark.parametrize("number", ["8", "acme", "\u0667", "9" * 10])
def test_a_request_that_is_not_there_is_answered_as_one_that_may_not_be_seen(number: str) -> None:
    used = at_desk(EVENT, requests=[request(7)])

    with pytest.raises(Declined, match=f"There is no request {number} that you can see here"):
        history_request.plan({"request": number}, used)


def test_of_a_subscriber_everybody_is_told_what_they_may_see_the_newest_first() -> None:
    requests = [request(7), request(8, room_id="elsewhere"), request(9, asked_by="bob", room_id="elsewhere")]
    used = at_desk(EVENT, actor=BOB, room="support", requests=requests)

    answer = history_subscriber.plan({"subscriber": "95547321@example.com"}, used)

    assert answer.outcome.data == {"events": [TOLD], "hidden": 1}
    assert wanted_of(used) == [(Wanted(requests=[7, 9], newest_first=True), None)]


def test_whoever_was_never_asked_about_is_looked_for_in_webex() -> None:
    used = replace(at_desk(requests=[]), broadworks=desk(SubscriberPage((), None, "T")).broadworks)

    with pytest.raises(Declined, match="Webex knows no subscriber “nobody@"):
        history_subscriber.plan({"subscriber": "nobody@example.com"}, used)


@pytest.mark.parametrize("actor", [AUDITOR, ADMIN], ids=["auditor", "admin"])
def test_what_a_person_did_is_told_to_auditors_and_admins(actor: Actor) -> None:
    used = at_desk(EVENT, actor=actor, requests=[])

    answer = history_person.plan({"person": "ann@example.com"}, used)

    assert answer.outcome.data == {"events": [TOLD], "person": "Ann Archer"}
    assert wanted_of(used) == [(Wanted(person="ann", newest_first=True), None)]
    assert history_person.plan({"person": "eve"}, used).outcome.data["person"] == "eve@example.com"


def test_nobody_else_is_told_what_a_person_did() -> None:
    for actor in (ANN, NOBODY):
        with pytest.raises(NotAllowed, match="told to auditors and admins only"):
            history_person.plan({"person": "ann"}, at_desk(EVENT, actor=actor, requests=[]))


def test_somebody_whom_the_bot_has_never_met_is_nobody() -> None:
    with pytest.raises(Declined, match="This bot has met nobody called “mallory”"):
        history_person.plan({"person": "mallory"}, at_desk(actor=ADMIN, requests=[]))


def test_an_operation_is_for_its_role_and_for_admins() -> None:
    allowed = [each.roles for each in (ANN, AUDITOR, ADMIN) if history_person.OPERATION.is_for(each)]

    assert allowed == [AUDITOR.roles, ADMIN.roles]
    assert all(history_request.OPERATION.is_for(each) for each in (ANN, AUDITOR, ADMIN))
