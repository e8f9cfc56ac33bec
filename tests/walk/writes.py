"""The writes of the catalogue: what each is asked with, and how the simulated world tells whether it was done."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.form import Values
from bot.domain.template import Template
from bot.operations import catalogue
from bot.simulator.provisioning.directory import Directory
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.simulator.provisioning.subscriber import End, Subscriber
from bot.store.templates import StoredTemplates
from tests.walk.house import House

ENTERPRISE = "Reseller1+acme"
_turns = itertools.count(1)


@dataclass(frozen=True)
class Write:
    """One operation that has ``run``, as a walk asks for it.

    ``values`` prepares the world and gives what is asked, different each time; ``done`` is how many times the world
    shows it. ``found``: a look finds what was done. ``missed``: a look is sure of what was not done. ``told``: its
    answer must say something to be a yes. ``asks``: a look asks the API. ``own``: it changes something of the bot's
    own, and calls nobody. ``queues``: it waits its turn for hours. ``fine`` are the refusals that say that there is
    nothing left to do.
    """

    words: str
    values: Callable[[House, int], Values]
    done: Callable[[House, Values], int]
    found: bool = True
    missed: bool = True
    told: bool = True
    asks: bool = True
    own: bool = False
    queues: bool = False
    fine: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return self.words


def turn() -> int:
    """A number that was never used before."""
    return next(_turns)


# What is new in Webex.


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


def _newcomer(_house: House, number: int) -> Values:
    return {
        "userId": f"user.{number}@example.com",
        "spEnterpriseId": ENTERPRISE,
        "provisioningId": PROVISIONING_ID,
        "firstName": "Ann",
        "lastName": f"Archer {number}",
        "package": "standard",
        "email": f"ann.{number}@example.com",
        "extension": f"{number + 10000}",
    }


def _newcomers(house: House, values: Values) -> int:
    return sum(each.facts["userId"] == values["userId"] for each in house.simulator.broadworks.subscribers)


# What happens to somebody who is there.


def _known(house: House, number: int, *, end: str = "provisioned") -> Subscriber:
    """Somebody who was provisioned long ago."""
    facts = {name: value for name, value in _newcomer(house, number).items() if name != "userId"}
    facts["userId"] = f"known.{number}@example.com"
    at = house.clock() - timedelta(days=30)
    return house.simulator.broadworks.subscribers.add(facts, end=End(end), at=at)  # type: ignore[arg-type]  # One of the API's own words.


def _who(values: Values, house: House) -> list[Subscriber]:
    return [each for each in house.simulator.broadworks.subscribers if each.facts["userId"] == values["subscriber"]]


def _change(house: House, number: int) -> Values:
    return {"subscriber": _known(house, number).facts["userId"], "lastName": f"Changed {number}"}


def _changed(house: House, values: Values) -> int:
    return sum(
        values["lastName"] in (each.facts["lastName"], each.wanted.get("lastName")) for each in _who(values, house)
    )


def _removal(house: House, number: int) -> Values:
    return {"subscriber": _known(house, number).facts["userId"]}


def _removed(house: House, values: Values) -> int:
    return 0 if _who(values, house) else 1


def _mail(house: House, number: int) -> Values:
    return {"subscriber": _known(house, number, end="pending_user_migration").facts["userId"]}


def _mailed(house: House, values: Values) -> int:
    return sum(each.consent_mails for each in _who(values, house))


# Billing reports.


def _month(_house: House, number: int) -> Values:
    """Of a month that nobody has asked for before."""
    return {"billingPeriod": f"{1000 + number // 12}-{number % 12 + 1:02d}"}


def _of_month(house: House, month: str) -> int:
    return sum(each.period == month for each in house.simulator.broadworks.reports.all())


def _report(house: House, number: int) -> Values:
    """One that was made long ago."""
    at = house.clock() - timedelta(days=30)
    return {"report": house.simulator.broadworks.reports.add(_month(house, number)["billingPeriod"], at=at).id}


# What happens to a workspace that is there.


def _room(house: House, number: int) -> str:
    """One that the bot does not know, by its id."""
    return str(house.simulator.broadworks.create_workspace(dict(_workspace(house, number)))["id"])


def _rearranged(house: House, values: Values) -> int:
    found = house.simulator.broadworks.workspace(values["workspace"])
    return int(found is not None and found.get("extension") == values["extension"])


# What happens to the directory of an enterprise.


def _enterprise(house: House, number: int, *, on: bool = True) -> str:
    """One of its own on a cluster of its own, so that nobody waits for anybody; it was synchronised before."""
    name = f"Reseller1+walk{number}"
    house.simulator.broadworks.customers[name] = f"template-{number}"
    directories = house.simulator.broadworks.directories
    directories.enable(name)
    if not on:
        directories.switch(name, on=False)
    directories.of(name).scheduled = None
    return name


def _directory(house: House, values: Values) -> Directory:
    return house.simulator.broadworks.directories.of(values["enterprise"])


def _synced(house: House, values: Values) -> int:
    return 1 if _directory(house, values).last else 0


def _external(house: House, number: int) -> Values:
    values = {"enterprise": _enterprise(house, number), "userId": f"external.{number}@example.com"}
    _directory(house, values).succeeded = house.clock()
    return values


# What changes in the bot's own house.


def _names(house: House) -> list[str]:
    return [each.name for each in StoredTemplates(house.database).all()]


def _kept(house: House, number: int) -> str:
    name = f"kept-{number}"
    template = Template(name, PROVISIONING_ID, "", "", "", "", "somebody", house.clock())
    StoredTemplates(house.database).keep(template)
    return name


WRITES = tuple(
    each
    for each in (
        Write("provision subscriber", _newcomer, _newcomers),
        Write("provision workspace", _workspace, _workspaces, missed=False),
        Write("update subscriber", _change, _changed),
        Write("remove subscriber", _removal, _removed, told=False, fine=frozenset({404})),
        Write(
            "update workspace",
            lambda house, number: {"workspace": _room(house, number), "extension": f"{number + 60000}"},
            _rearranged,
            found=False,
            missed=False,
            asks=False,
        ),
        Write(
            "remove workspace",
            lambda house, number: {"workspace": _room(house, number)},
            lambda house, values: int(house.simulator.broadworks.workspace(values["workspace"]) is None),
            missed=False,
            told=False,
            fine=frozenset({404}),
        ),
        Write("resend consent", _mail, _mailed, found=False, missed=False, told=False, asks=False),
        Write("request billing report", _month, lambda house, values: _of_month(house, values["billingPeriod"])),
        Write(
            "remove billing report",
            _report,
            lambda house, values: 0 if house.simulator.broadworks.reports.get(values["report"]) else 1,
            told=False,
            fine=frozenset({404}),
        ),
        Write("sync directory", lambda house, number: {"enterprise": _enterprise(house, number)}, _synced, queues=True),
        Write(
            "enable directory sync",
            lambda house, number: {"enterprise": _enterprise(house, number, on=False)},
            lambda house, values: int(_directory(house, values).enabled),
        ),
        Write(
            "disable directory sync",
            lambda house, number: {"enterprise": _enterprise(house, number)},
            lambda house, values: int(not _directory(house, values).enabled),
        ),
        Write(
            "sync external user",
            _external,
            lambda house, values: len(_directory(house, values).entries),
            found=False,
            missed=False,
            asks=False,
        ),
        Write(
            "template add",
            lambda _house, number: {"name": f"new-{number}", "provisioningId": PROVISIONING_ID},
            lambda house, values: _names(house).count(values["name"]),
            asks=False,
            own=True,
        ),
        Write(
            "template rename",
            lambda house, number: {"template": _kept(house, number), "newName": f"renamed-{number}"},
            lambda house, values: _names(house).count(values["newName"]),
            asks=False,
            own=True,
        ),
        Write(
            "template remove",
            lambda house, number: {"template": _kept(house, number)},
            lambda house, values: 1 - _names(house).count(values["template"]),
            asks=False,
            own=True,
        ),
    )
    if each.words in {operation.words for operation in catalogue()}
)


def unknown_to_the_walk() -> set[str]:
    """The words of the operations that write and are not in the table."""
    return {each.words for each in catalogue() if each.run} - {each.words for each in WRITES}
