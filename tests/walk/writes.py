"""The writes of the catalogue: what each is asked with, and how the simulated world tells whether it was done."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.form import Values
from bot.operations import catalogue
from bot.simulator.provisioning.records import PROVISIONING_ID
from tests.walk.house import House

ENTERPRISE = "Reseller1+acme"
_turns = itertools.count(1)


@dataclass(frozen=True)
class Write:
    """One operation that has ``run``, as a walk asks for it.

    ``values`` prepares the world and gives what is asked, different each time; ``done`` is how many times the world
    shows it. ``found``: a look finds what was done. ``missed``: a look is sure of what was not done. ``told``: its
    answer must say something to be a yes. ``own``: it changes something of the bot's own, and calls nobody.
    """

    words: str
    values: Callable[[House, int], Values]
    done: Callable[[House, Values], int]
    found: bool = True
    missed: bool = False
    told: bool = True
    own: bool = False

    def __str__(self) -> str:
        return self.words


def turn() -> int:
    """A number that was never used before."""
    return next(_turns)


def _workspace(_house: House, number: int) -> Values:
    return {
        "displayName": f"Room {number}",
        "userId": f"room.{number}@example.com",
        "spEnterpriseId": ENTERPRISE,
        "provisioningId": PROVISIONING_ID,
        "extension": f"{number + 10000}",
    }


def _workspaces(house: House, values: Values) -> int:
    return sum(each["displayName"] == values["displayName"] for each in house.simulator.broadworks.workspaces)


WRITES = (Write("provision workspace", _workspace, _workspaces),)


def unknown_to_the_walk() -> set[str]:
    """The words of the operations that write and are not in the table, and of those in it that are gone."""
    return {each.words for each in catalogue() if each.run} ^ {each.words for each in WRITES}
