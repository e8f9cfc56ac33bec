"""A change of the bot's own is asked, shown, saved and settled as any other, and Webex hears nothing of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.attempt import Attempt
from bot.domain.request import Request
from bot.services import requests
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.store.templates import StoredTemplates
from tests.services.kit import ANN, World

FIELDS = {"name": "acme", "provisioningId": PROVISIONING_ID}


@pytest.fixture
def own(world: World) -> Iterator[World]:
    """There is no template before, nor afterwards."""
    yield world
    StoredTemplates(world.database).drop("acme")


def kept(world: World) -> list[dict[str, str]]:
    return [each.fields for each in StoredTemplates(world.database).all()]


def confirmed(world: World) -> int:
    """Ann has read what would be saved, and wants it."""
    number = world.ask("template add", **FIELDS)
    world.plan(number)

    def confirm(session: Session, request: Request) -> None:
        assert request.plan
        requests.confirm(session, world.context, request=request, actor=ANN, plan_hash=request.plan.hash)

    world.change(number, confirm)
    return number


def died_while_saving(world: World) -> int:
    """A process has died between writing down its attempt and saving; returns the number of the request."""
    number = confirmed(world)
    now = world.clock()

    def begin(session: Session, request: Request) -> None:
        assert request.plan
        deadline = now + timedelta(seconds=10)
        attempt = Attempt(number, 1, request.plan.hash, made_at=now, deadline=deadline, owner="a dead process")
        session.add_all([attempt, request.start(at=now)])

    world.change(number, begin)
    return number


def test_it_is_saved_once_it_is_confirmed_and_says_who_asked(own: World) -> None:
    number = confirmed(own)
    assert kept(own) == []

    own.fulfil(number)

    assert (own.request(number).state, own.sent, kept(own)) == ("done", [], [FIELDS])
    assert StoredTemplates(own.database).all()[0].made_by == "Ann Archer"
    assert own.attempts(number) == [(1, "answered", 1)]


def test_while_writes_are_off_nothing_of_the_bots_own_is_changed_either(own: World) -> None:
    own.rules = replace(own.rules, writes=False)
    number = confirmed(own)

    own.fulfil(number)

    assert (own.request(number).state, kept(own)) == ("approved", [])
    assert "Nothing has been changed. It goes on by itself" in own.card(number).text


def test_what_a_dead_process_did_not_save_is_found_out_and_can_be_saved_again(own: World) -> None:
    number = died_while_saving(own)
    own.fulfil(number)
    assert own.request(number).state == "unknown"
    own.clock.move(600)

    own.settle(number)

    card = own.card(number)
    assert "The bot has looked: it was not saved." in card.text
    assert card.buttons == ["Check", "Save again"]
    own.change(number, lambda session, request: requests.send_again(session, own.context, request=request, actor=ANN))
    own.fulfil(number)
    assert (own.request(number).state, kept(own)) == ("done", [FIELDS])


def test_what_a_dead_process_did_save_is_found_and_done(own: World) -> None:
    number = died_while_saving(own)
    other = confirmed(own.reborn())
    own.fulfil(other)

    own.fulfil(number)
    own.settle(number)

    assert own.request(number).state == "done"
    assert "Found by looking: it is there." in own.card(number).text
