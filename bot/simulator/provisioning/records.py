"""What the simulated BroadWorks side knows: templates, customers, subscribers, workspaces, billing reports."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.simulator import ids
from bot.simulator.clock import Clock, stamp
from bot.simulator.control.switches import Switches
from bot.simulator.provisioning.compare import same
from bot.simulator.provisioning.enterprises import Directories
from bot.simulator.provisioning.filling import sample
from bot.simulator.provisioning.reports import Reports
from bot.simulator.provisioning.subscriber import Subscriber
from bot.simulator.provisioning.subscribers import Expect, Subscribers

PROVISIONING_ID = ids.encoded("f5b36187-c8dd-4727-8b2f-f9c447f29046:4285f594-5b51-47be-9396-6c36e2ad83a5")
OTHER_PROVISIONING_ID = ids.encoded("f5b36187-c8dd-4727-8b2f-f9c447f29046:9c0d8e52-3b1a-4d6f-8f0e-2a7b64c1d935")
ENTERPRISES = ("Reseller1+acme", "Reseller1+example")
# One in so many subscribers of a filling begins a customer whose directory is synchronised.
_KEPT_IN_STEP = 200

Record = dict[str, Any]
Holder = Subscriber | Record


class BroadWorks:
    """`workspaces` are those that calls have made; `seeded_workspaces` were there before.

    `customers` maps each enterprise to the provisioningId that it is bound to, from its first subscriber on. A
    template leads to one BroadWorks cluster, so the enterprises that share one share that.
    """

    def __init__(self, clock: Clock, switches: Switches | None = None, *, expect: Expect | None = None) -> None:
        self._clock = clock
        self._switches = switches or Switches()
        self.templates = {PROVISIONING_ID, OTHER_PROVISIONING_ID}
        self.customers = dict.fromkeys(ENTERPRISES, PROVISIONING_ID)
        self.workspaces: list[Record] = []
        self.seeded_workspaces: list[Record] = []
        self.subscribers = Subscribers(clock, self._switches, expect=expect or _nobody_waits)
        self.directories = Directories(clock, self._switches, cluster_of=self.customers.__getitem__)
        self.reports = Reports(clock, self._switches, people=lambda: self.subscribers)
        self._opening: dict[str, datetime] = {}
        self._filled = 0
        self._seed()

    def all_workspaces(self) -> list[Record]:
        return [*self.seeded_workspaces, *self.workspaces]

    def has_customer(self, enterprise: str) -> bool:
        """A new one is there only after some minutes."""
        return enterprise in self.customers and self._opens(enterprise) <= self.subscribers.now()

    def enterprises(self) -> list[str]:
        """Those that are there by now, by name."""
        return sorted(filter(self.has_customer, self.customers))

    def taken(
        self,
        field: str,
        value: str,
        *,
        enterprise: str | None = None,
        but: Holder | None = None,
    ) -> bool:
        """Whether somebody or something has it already, save `but`; an extension counts within its enterprise."""
        somebody = but if isinstance(but, Subscriber) else None
        return self.subscribers.taken(field, value, enterprise=enterprise, but=somebody) or any(
            same(field, value, str(workspace.get(field) or ""))
            for workspace in self.all_workspaces()
            if workspace is not but and (enterprise is None or workspace["spEnterpriseId"] == enterprise)
        )

    def workspace(self, workspace_id: str) -> Record | None:
        return next((each for each in self.all_workspaces() if each["id"] == workspace_id), None)

    def change_workspace(self, workspace: Record, facts: Mapping[str, str]) -> None:
        """At once; what is empty goes."""
        workspace.update(facts)
        for name in [name for name, value in facts.items() if not value]:
            del workspace[name]

    def remove_workspace(self, workspace: Record) -> None:
        """Whether the place itself outlives its mapping is not documented: here it does not."""
        for kept in (self.seeded_workspaces, self.workspaces):
            kept[:] = [each for each in kept if each is not workspace]

    def create_workspace(self, facts: Record) -> Record:
        workspace = self._record("PLACE", facts)
        self.workspaces.append(workspace)
        return workspace

    def create_subscriber(self, facts: dict[str, str]) -> Subscriber:
        """The first one of an enterprise creates the customer, and all who come meanwhile wait for it."""
        enterprise = facts["spEnterpriseId"]
        if enterprise not in self.customers:
            self.customers[enterprise] = facts["provisioningId"]
            wait = timedelta(seconds=self._switches.customer_seconds)
            self._opening[enterprise] = self.subscribers.now() + wait
        return self.subscribers.accept(facts, not_before=self._opens(enterprise))

    def add_subscriber(self, **facts: str) -> Subscriber:
        """Somebody who was provisioned before, named by the API's own field names."""
        return self.subscribers.add(facts)

    def fill(self, count: int) -> None:
        """So many more subscribers, in customers of their own: the same ones in every run."""
        now = self.subscribers.now()
        for number in range(self._filled, self._filled + count):
            one = sample(number, provisioning_id=PROVISIONING_ID)
            self.customers.setdefault(one.facts["spEnterpriseId"], PROVISIONING_ID)
            if number % _KEPT_IN_STEP == 0:
                self.directories.enable(one.facts["spEnterpriseId"])
            at = now - one.age
            self.subscribers.add(one.facts, end=one.end, at=at, self_activated=one.self_activated)
        self._filled += count

    def _opens(self, enterprise: str) -> datetime:
        return self._opening.get(enterprise, datetime.min.replace(tzinfo=UTC))

    def _record(self, kind: str, facts: Record) -> Record:
        return {"id": ids.fresh(kind), **facts, "created": stamp(self._clock.now())}

    def _seed(self) -> None:
        self.directories.enable(ENTERPRISES[0])
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


def _nobody_waits(subscriber_id: str, seconds: float) -> None:
    """Whoever looks sees what became of it."""
