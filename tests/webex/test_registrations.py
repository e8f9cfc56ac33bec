"""The webhooks end up as the bot needs them, without touching those of others."""

import pytest

from bot.webex.answers import Registration
from bot.webex.gateway import Gateway
from bot.webex.registrations import PREFIX, Action, Change, ensure, plan_registrations
from tests.webex.conftest import Webex

PUBLIC_URL = "http://127.0.0.1:1/"
TARGET = "http://127.0.0.1:1/webhooks/webex"
SECRET = "the-secret-of-today"
ALL = [
    ("messages", "created"),
    ("attachmentActions", "created"),
    ("memberships", "created"),
    ("memberships", "deleted"),
    ("rooms", "migrated"),
]


def registered(resource: str = "messages", event: str = "created", **changed: str | None) -> Registration:
    facts = {
        "id": f"{resource} {event}",
        "name": f"{PREFIX}{resource} {event}",
        "target_url": TARGET,
        "resource": resource,
        "event": event,
        "status": "active",
        "secret": SECRET,
    }
    return Registration(**(facts | changed))  # type: ignore[arg-type] # Only the secret may be None, and only there.


@pytest.fixture
def others() -> list[Registration]:
    """All but the first are as they should be."""
    return [registered(*each) for each in ALL[1:]]


def plan(existing: list[Registration], *, renew_secret: bool = False) -> list[Change]:
    return plan_registrations(existing, target_url=TARGET, secret=SECRET, renew_secret=renew_secret)


def test_a_new_bot_gets_all_of_them(webex: Webex, gateway: Gateway) -> None:
    done = ensure(gateway, public_url=PUBLIC_URL, secret=SECRET)

    assert [(each.action, each.resource, each.event) for each in done] == [(Action.CREATE, *each) for each in ALL]
    made = gateway.webhooks()
    assert [each.id for each in done] == [each.id for each in made]
    assert made == [registered(*pair, id=each.id) for pair, each in zip(ALL, made, strict=True)]


def test_the_second_time_nothing_is_done(webex: Webex, gateway: Gateway) -> None:
    ensure(gateway, public_url=PUBLIC_URL, secret=SECRET)
    webex.sim.calls.clear()

    assert ensure(gateway, public_url=PUBLIC_URL, secret=SECRET) == []
    assert webex.calls() == [("GET", "/webhooks")]


def test_a_new_address_and_a_new_secret_are_set_where_they_were(webex: Webex, gateway: Gateway) -> None:
    first = ensure(gateway, public_url="http://127.0.0.1:2", secret="the-secret-of-yesterday")
    second = ensure(gateway, public_url=PUBLIC_URL, secret=SECRET)

    assert second == [Change(Action.REPAIR, each.resource, each.event, each.id) for each in first]
    assert [(each.target_url, each.secret) for each in gateway.webhooks()] == [(TARGET, SECRET)] * 5


def test_one_that_webex_turned_off_is_turned_on(webex: Webex, gateway: Gateway) -> None:
    first, *_ = ensure(gateway, public_url=PUBLIC_URL, secret=SECRET)
    turned_off = webex.sim.world.webhooks[first.id]
    turned_off.active, turned_off.disabled_at = False, webex.sim.world.clock.now()

    assert ensure(gateway, public_url=PUBLIC_URL, secret=SECRET) == [
        Change(Action.REPAIR, "messages", "created", first.id)
    ]
    assert {each.status for each in gateway.webhooks()} == {"active"}


def test_duplicates_of_ours_go_and_those_of_others_stay(webex: Webex, gateway: Gateway) -> None:
    ours = ensure(gateway, public_url=PUBLIC_URL, secret=SECRET)
    double = gateway.create_webhook(
        name=ours[0].name, target_url=TARGET, resource="messages", event="created", secret=SECRET
    )
    foreign = gateway.create_webhook(
        name="somebody's", target_url=TARGET, resource="messages", event="created", secret=SECRET
    )

    assert ensure(gateway, public_url=PUBLIC_URL, secret=SECRET) == [
        Change(Action.REMOVE, "messages", "created", double.id)
    ]
    assert {each.id for each in gateway.webhooks()} == {*(each.id for each in ours), foreign.id}


@pytest.mark.parametrize(
    "wrong", [{"target_url": "https://old.example.com"}, {"status": "inactive"}, {"secret": "the-secret-of-yesterday"}]
)
def test_whatever_is_wrong_is_repaired(others: list[Registration], wrong: dict[str, str]) -> None:
    assert plan([registered(**wrong), *others]) == [Change(Action.REPAIR, "messages", "created", "messages created")]


def test_of_duplicates_the_sound_one_stays(others: list[Registration]) -> None:
    wrong, sound = registered(status="inactive", id="wrong"), registered(id="sound")

    assert plan([wrong, sound, *others]) == [Change(Action.REMOVE, "messages", "created", "wrong")]
    assert plan([wrong, registered(status="inactive", id="wrong too"), *others]) == [
        Change(Action.REPAIR, "messages", "created", "wrong"),
        Change(Action.REMOVE, "messages", "created", "wrong too"),
    ]


def test_a_secret_that_webex_does_not_tell_is_left_unless_it_shall_be_renewed(others: list[Registration]) -> None:
    silent = [registered(secret=None), *others]

    assert plan(silent) == []
    assert plan(silent, renew_secret=True) == [Change(Action.REPAIR, "messages", "created", "messages created")]


def test_one_with_a_filter_or_for_something_else_is_not_ours(others: list[Registration]) -> None:
    existing = [registered(filter="roomId=x"), registered("rooms", "updated"), *others]

    assert plan(existing) == [Change(Action.CREATE, "messages", "created")]
