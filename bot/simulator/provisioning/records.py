"""What the simulated BroadWorks side knows: templates, customers, subscribers, workspaces."""

from collections.abc import Iterator
from typing import Any

from bot.simulator import ids
from bot.simulator.clock import Clock, stamp

PROVISIONING_ID = ids.encoded("f5b36187-c8dd-4727-8b2f-f9c447f29046:4285f594-5b51-47be-9396-6c36e2ad83a5")
OTHER_PROVISIONING_ID = ids.encoded("f5b36187-c8dd-4727-8b2f-f9c447f29046:9c0d8e52-3b1a-4d6f-8f0e-2a7b64c1d935")
ENTERPRISES = ("Reseller1+acme", "Reseller1+example")

Record = dict[str, Any]


class BroadWorks:
    """`workspaces` are those that calls have made; `seeded` subscribers and workspaces were there before.

    `customers` maps each existing enterprise to the provisioningId that it is bound to.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.templates = {PROVISIONING_ID, OTHER_PROVISIONING_ID}
        self.customers = dict.fromkeys(ENTERPRISES, PROVISIONING_ID)
        self.workspaces: list[Record] = []
        self.seeded_workspaces: list[Record] = []
        self.subscribers: list[Record] = []
        self._seed()

    def all_workspaces(self) -> list[Record]:
        return [*self.seeded_workspaces, *self.workspaces]

    def taken(self, field: str, value: str, *, enterprise: str | None = None) -> bool:
        """Whether somebody or something has it already; an extension counts within its enterprise."""
        return any(
            same(field, value, str(record.get(field) or ""))
            for record in self._everybody()
            if enterprise is None or record["spEnterpriseId"] == enterprise
        )

    def create_workspace(self, facts: Record) -> Record:
        workspace = self._record("PLACE", facts)
        self.workspaces.append(workspace)
        return workspace

    def add_subscriber(self, **facts: str) -> Record:
        """Somebody who was provisioned before, named by the API's own field names."""
        subscriber = self._record("SUBSCRIBER", facts)
        self.subscribers.append(subscriber)
        return subscriber

    def _record(self, kind: str, facts: Record) -> Record:
        return {"id": ids.fresh(kind), **facts, "created": stamp(self._clock.now())}

    def _everybody(self) -> Iterator[Record]:
        yield from self.subscribers
        yield from self.all_workspaces()

    def _seed(self) -> None:
        self.add_subscriber(
            provisioningId=PROVISIONING_ID,
            userId="95540001@example.com",
            spEnterpriseId="Reseller1+example",
            firstName="Tara",
            lastName="Taken",
            email="taken@example.com",
            primaryPhoneNumber="+1-240-555-0100",
            extension="50100",
            package="standard",
        )
        lobby = {
            "provisioningId": PROVISIONING_ID,
            "userId": "95540002@sp.com",
            "spEnterpriseId": "Reseller1+acme",
            "displayName": "Lobby",
            "primaryPhoneNumber": "+1-240-555-0101",
            "extension": "50101",
        }
        self.seeded_workspaces.append(self._record("PLACE", lobby) | {"id": ids.steady("PLACE", "lobby")})


def same(field: str, one: str, other: str) -> bool:
    """Telephone numbers are compared by their digits, everything else without regard to case."""
    if field.endswith("PhoneNumber"):
        return bool(digits(one)) and digits(one) == digits(other)
    return bool(one) and one.lower() == other.lower()


def digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())
