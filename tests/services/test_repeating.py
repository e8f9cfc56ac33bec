"""Asking again: the same, a copy, the next page, and what an answer leads on to; nobody presses for another."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot import dispatch
from bot.broadworks.codes import CodeBook
from bot.dispatch.front import Front
from bot.domain.actor import Actor, Person
from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Place
from bot.domain.event import Submission
from bot.domain.plan import Outcome
from bot.domain.press import CARD_KEY, Press, Purpose
from bot.domain.request import ENDED, Request, State
from bot.domain.template import Template
from bot.errors import Declined, WrongState
from bot.services import repeating
from bot.signing import Signer
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store import tables
from bot.store.templates import StoredTemplates
from bot.testing.running import KEY
from tests.services.kit import ANN, NOW, PLACE, World

BOB = Actor("Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ib2I", "bob@example.com", "Bob Baker")
ELSEWHERE = Place("another-room", direct=True)
NO_PAGE = "There is no next page any more. Ask again."
NOT_OFFERED = "That is not possible any more. Look at the newest card."
ONLY_ANN = "Only Ann Archer, who asked, can press the buttons of request "
NOT_MINE = "I cannot read this button: the card is not one of mine, or it is from before my keys were changed."


@pytest.fixture
def many(world: World) -> Iterator[World]:
    """There are twelve templates: more than fit on a page."""
    templates = StoredTemplates(world.database)
    for number in range(12):
        name = f"acme-{number:02}"
        templates.keep(Template(name, PROVISIONING_ID, f"sp+{name}", "", "", "", made_by="Ann", made_at=NOW))
    yield world
    for each in templates.all():
        templates.drop(each.name)


def answered(world: World, **values: str) -> int:
    """Ann has asked for the list of templates, and it stands in a message; returns the number of the request."""
    number = world.ask("template list", **values)
    world.plan(number)
    with world.database.transaction() as session:
        delivery = shown(session, number)
        delivery.message_id = f"message-{number}"
    return number


def shown(session: Any, number: int) -> Delivery:
    """The message that shows a request."""
    [found] = [each for each in session.scalars(select(Delivery)) if each.request == number]
    return found  # type: ignore[no-any-return]  # The session is not typed.


def press(
    world: World,
    number: int,
    purpose: Purpose,
    *,
    title: str | None = None,
    by: Actor = ANN,
    on: int | None = None,
    key: str = KEY,
) -> str:
    """Somebody presses a button of a request, on its message or ``on`` that of another; what they are told."""
    signed = Signer([key]).sign(Press(purpose, ANN.person_id, request=number, words=title))
    message = f"message-{number if on is None else on}"
    event = Submission(f"action-{purpose}", message, PLACE.room_id, by.person_id, {CARD_KEY: signed})
    front = Front(world.context, Signer([KEY]), CodeBook.load())
    with world.database.transaction() as session:
        before = len(session.scalars(select(Delivery).order_by(tables.deliveries.c.id)).all())
        dispatch.handle(session, front, event=event, person=Person(by.person_id, by.email, by.name))
        new = session.scalars(select(Delivery).order_by(tables.deliveries.c.id)).all()[before:]
    return "".join(str(each.notice.facts.get("text", "")) for each in new if each.notice)


def newest(world: World) -> Request:
    """The request that was asked last."""
    with world.database.transaction() as session:
        return session.scalars(select(Request).order_by(tables.requests.c.number)).all()[-1]


def form(world: World) -> Conversation:
    """The form that was opened last."""
    with world.database.transaction() as session:
        return session.scalars(select(Conversation).order_by(tables.conversations.c.id)).all()[-1]


# The next page.


def test_the_next_page_takes_the_place_of_the_one_before(many: World) -> None:
    number = answered(many, filter="acme")

    assert press(many, number, Purpose.NEXT_PAGE) == ""

    following = newest(many)
    assert (following.number, following.values) == (number + 1, {"filter": "acme", "page": "10"})
    with many.database.transaction() as session:
        assert shown(session, number + 1).message_id == f"message-{number}"
    many.plan(number + 1)
    assert "11 to 12 of 12 templates." in many.card(number + 1).text


def test_a_page_that_is_turned_twice_is_turned_once(many: World) -> None:
    number = answered(many)
    press(many, number, Purpose.NEXT_PAGE)

    assert press(many, number, Purpose.NEXT_PAGE, on=number) == NO_PAGE
    assert newest(many).number == number + 1


def test_the_last_page_has_no_next_one(many: World) -> None:
    number = answered(many, filter="acme-1")

    assert press(many, number, Purpose.NEXT_PAGE) == NO_PAGE


def test_a_page_is_turned_on_its_own_message_only(many: World) -> None:
    first, second = answered(many), answered(many)

    assert press(many, first, Purpose.NEXT_PAGE, on=second) == NO_PAGE
    assert newest(many).number == second


@pytest.mark.parametrize("data", [{"next": 10}, {"next": ["10"]}, {}])
def test_only_a_cursor_leads_to_a_next_page(many: World, data: dict[str, Any]) -> None:
    number = answered(many)
    many.change(number, lambda _, request: setattr(request, "outcome", Outcome(ok=True, data=data)))

    assert press(many, number, Purpose.NEXT_PAGE) == NO_PAGE


@pytest.mark.parametrize(("purpose", "title"), [(Purpose.NEXT_PAGE, None), (Purpose.FOLLOW_UP, "Add a template")])
def test_nobody_presses_for_another_and_nobody_signs_for_the_bot(
    many: World, purpose: Purpose, title: str | None
) -> None:
    number = answered(many)

    assert press(many, number, purpose, title=title, by=BOB).startswith(f"{ONLY_ANN}{number}.")
    assert press(many, number, purpose, title=title, key="another-key").startswith(NOT_MINE)
    assert press(many, 999_999, purpose, title=title, on=number) == "I do not know that request any more."
    assert newest(many).number == number


# What an answer leads on to.


def test_a_follow_up_opens_the_form_of_another_operation_with_its_values(many: World) -> None:
    number = answered(many, filter="acme-07")

    assert press(many, number, Purpose.FOLLOW_UP, title="Rename acme-07") == ""

    opened = form(many)
    assert (opened.operation, opened.values, opened.complaints) == ("template_rename", {"template": "acme-07"}, ())
    assert (opened.person_id, opened.room_id) == (ANN.person_id, PLACE.room_id)


def test_a_follow_up_that_is_complete_is_asked_for_at_once(many: World) -> None:
    number = answered(many, filter="acme-07")

    press(many, number, Purpose.FOLLOW_UP, title="Remove acme-07")

    asked = newest(many)
    assert (asked.operation, asked.values, asked.state) == ("template_remove", {"template": "acme-07"}, "asked")


def test_a_follow_up_that_has_become_impossible_comes_back_as_its_form(many: World) -> None:
    number = answered(many, filter="acme-07")
    StoredTemplates(many.database).drop("acme-07")

    press(many, number, Purpose.FOLLOW_UP, title="Remove acme-07")

    [complaint] = form(many).complaints
    assert "there is no template “acme-07”" in complaint.text
    assert newest(many).number == number


@pytest.mark.parametrize("title", ["Remove acme-08", "Remove everything", "", None])
def test_only_what_was_offered_can_be_gone_on_to(many: World, title: str | None) -> None:
    number = answered(many, filter="acme-07")

    assert press(many, number, Purpose.FOLLOW_UP, title=title) == NOT_OFFERED
    assert newest(many).number == number


# The same again.


def again(world: World, number: int, *, by: Actor = ANN, place: Place = PLACE, clone: bool = False) -> None:
    act = repeating.clone if clone else repeating.retry
    with world.database.transaction() as session:
        act(session, world.context, number=number, actor=by, place=place)


def stateful(world: World, state: State) -> int:
    """A request for a workspace in that state."""
    number = world.planned()
    world.change(number, lambda _, request: setattr(request, "state", state))
    return number


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_asked_again_and_shown_before_it_is_sent(world: World, state: State) -> None:
    number = stateful(world, state)

    again(world, number)

    asked, before = newest(world), world.request(number)
    assert (asked.number, asked.values, asked.state) == (number + 1, before.values, "asked")
    assert world.awaited(number + 1) == [("plan", 0.0)]
    world.plan(number + 1)
    assert "Nothing has been sent yet" in world.card(number + 1).text
    # It is looked around before it is shown, and nothing is written.
    assert {each.method for each in world.sent} == {"GET"}


@pytest.mark.parametrize("state", sorted(set(State) - ENDED - {State.UNKNOWN}))
def test_what_has_not_ended_is_not_asked_again(world: World, state: State) -> None:
    number = stateful(world, state)

    with pytest.raises(WrongState) as refused:
        again(world, number)

    assert str(refused.value) == (
        f"Request {number} has not ended yet. Say “show request {number}” to see how far it is."
    )
    assert newest(world).number == number


def test_what_may_have_been_done_is_looked_at_before_it_is_asked_again(world: World) -> None:
    number = stateful(world, State.UNKNOWN)

    with pytest.raises(WrongState) as refused:
        again(world, number)

    assert str(refused.value) == (f"Nobody knows yet whether request {number} was done. Press Check on its card first.")
    assert newest(world).number == number


def test_a_page_is_asked_again_from_the_first(many: World) -> None:
    number = answered(many, filter="acme")
    press(many, number, Purpose.NEXT_PAGE)
    many.plan(number + 1)

    again(many, number + 1)

    assert newest(many).values == {"filter": "acme"}


def test_what_needs_no_values_is_asked_again_without_any(many: World) -> None:
    number = answered(many)

    again(many, number)

    assert (newest(many).number, newest(many).values) == (number + 1, {})


def test_what_no_longer_passes_the_checks_comes_back_as_its_form(world: World) -> None:
    number = stateful(world, State.FAILED)
    values = {**world.request(number).values, "extension": "x"}
    world.change(number, lambda _, request: setattr(request, "values", values))

    again(world, number)

    assert (form(world).values, [each.input for each in form(world).complaints]) == (values, ["extension"])
    assert newest(world).number == number


@pytest.mark.parametrize("clone", [False, True])
def test_what_cannot_be_seen_cannot_be_asked_again(world: World, clone: bool) -> None:  # noqa: FBT001 - pytest hands it over by its name.
    number = stateful(world, State.DONE)

    for missing in (number, 0, 999_999):
        with pytest.raises(Declined) as refused:
            again(world, missing, by=BOB, place=ELSEWHERE, clone=clone)
        assert str(refused.value) == f"There is no request {missing} that you can see here."
    assert newest(world).number == number


def test_somebody_elses_is_asked_again_in_the_same_space_in_ones_own_name(world: World) -> None:
    number = stateful(world, State.DONE)

    again(world, number, by=BOB)

    assert (newest(world).asked_by, newest(world).asker_name) == (BOB.person_id, "Bob Baker")


@pytest.mark.parametrize("state", State)
def test_a_copy_of_any_state_is_a_form_with_everything_in_it(world: World, state: State) -> None:
    number = stateful(world, state)

    again(world, number, clone=True)

    opened, before = form(world), world.request(number)
    assert (opened.operation, opened.values, opened.complaints) == ("provision_workspace", before.values, ())
    assert before.state is state
    assert newest(world).number == number


def test_a_copy_says_a_template_by_its_name(many: World) -> None:
    number = stateful(many, State.DONE)
    values = {**many.request(number).values, "spEnterpriseId": "sp+acme-03"}
    many.change(number, lambda _, request: setattr(request, "values", values))

    again(many, number, clone=True)

    assert form(many).values == {
        **{name: value for name, value in values.items() if name != "spEnterpriseId"},
        "provisioningId": "acme-03",
    }


def test_a_copy_forgets_the_page(many: World) -> None:
    number = answered(many, filter="acme")
    press(many, number, Purpose.NEXT_PAGE)

    again(many, number + 1, clone=True)

    assert form(many).values == {"filter": "acme"}
