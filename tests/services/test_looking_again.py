"""What Webex works on is looked at again, whatever became of the look before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.domain.plan import Outcome, Watched
from bot.domain.request import Request
from bot.errors import Unconfirmed
from bot.services import ending, watching
from tests.services.kit import World
from tests.services.test_fulfilling import Killed

Follow = Callable[[Sequence[Request]], Mapping[int, Outcome]]


def nothing_new(_: Sequence[Request]) -> Mapping[int, Outcome]:
    return {}


def unreadable(_: Sequence[Request]) -> Mapping[int, Outcome]:
    raise Unconfirmed("made up")


def killed(_: Sequence[Request]) -> Mapping[int, Outcome]:
    raise Killed


def ended(requests: Sequence[Request]) -> Mapping[int, Outcome]:
    return {each.number or 0: Outcome(ok=True) for each in requests}


def follows(world: World, follow: Follow) -> None:
    """From now on Webex is followed so."""

    def looked(requests: Sequence[Request], _desk: Any) -> Mapping[int, Outcome]:
        return follow(requests)

    world.operations = tuple(replace(each, follow=looked) for each in world.operations)


def watched(world: World) -> int:
    """Webex has accepted a write and works on it; returns the number of the request."""
    number = world.confirmed()

    def accepted(session: Session, request: Request) -> None:
        request.start(at=world.clock())
        working = Watched("an-id", "provisioning", since=world.clock())
        ending.conclude(session, world.context, request, Outcome(ok=True, watched=working))

    world.change(number, accepted)
    return number


def asked(world: World, number: int) -> list[str]:
    """The keys under which a look was asked for."""
    return [each.key for each in world.later if each.kind == "watch" and each.key.startswith(f"{number}.")]


def due(world: World, number: int) -> None:
    """The time of the next look has come."""
    at = world.request(number).look_at
    assert at
    world.clock.now = at


@pytest.mark.parametrize("follow", [nothing_new, unreadable])
def test_every_look_is_asked_for_under_a_key_of_its_own(world: World, follow: Follow) -> None:
    number = watched(world)
    follows(world, follow)

    for _ in range(5):
        due(world, number)
        watching.watch(world.work, number)

    keys = asked(world, number)
    assert len(keys) == len(set(keys)) == 6


def test_a_look_whose_process_dies_is_done_by_the_next(world: World) -> None:
    number = watched(world)
    follows(world, killed)
    due(world, number)
    with pytest.raises(Killed):
        watching.watch(world.work, number)
    another = world.reborn()
    follows(another, ended)

    watching.watch(another.work, number)
    assert another.awaited(number) == [("watch", watching.LEASE.total_seconds())]
    world.clock.move(watching.LEASE.total_seconds())
    watching.watch(another.work, number)

    assert another.request(number).state == "done"
    another.close()
