"""A desk that answers as it is told and remembers what it was asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.domain.actor import Person
from bot.domain.audit import AuditEvent
from bot.domain.desk import Desk, Provisioned
from bot.domain.history import Wanted
from bot.domain.plan import Call
from bot.domain.problem import Explanation
from bot.domain.provisioning import Done, Precheck, Subscriber, SubscriberFilter, SubscriberPage, Workspace
from bot.domain.request import Request
from bot.domain.template import Template

NOW = datetime(2026, 7, 9, 14, 13, tzinfo=UTC)
BASE_URL = "https://webexapis.example/v1/"


@dataclass
class FakeBroadWorks:
    """Answers what it was told to, and remembers what it was asked."""

    base_url: str = BASE_URL
    answer: Any = None
    asked: list[Any] = field(default_factory=list)

    def precheck(self, body: Mapping[str, Any]) -> Precheck:
        return self._answered(body)  # type: ignore[no-any-return]  # The test decides what it is.

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        yield from self._answered(wanted)

    def subscriber_page(self, wanted: SubscriberFilter, page: str | None = None) -> SubscriberPage:
        return self._answered((wanted, page))  # type: ignore[no-any-return]  # The test decides what it is.

    def subscriber(self, subscriber_id: str) -> Subscriber:
        return self._answered(subscriber_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def provision_subscriber(self, call: Call) -> Subscriber:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def update_subscriber(self, call: Call) -> Subscriber:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def remove_subscriber(self, call: Call) -> Done:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def resend_consent(self, call: Call) -> Done:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def provision_workspace(self, call: Call) -> Workspace:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        return self._answered(display_name)  # type: ignore[no-any-return]  # The test decides what it is.

    def until(self, moment: datetime) -> "FakeBroadWorks":
        return self

    def _answered(self, asked: Any) -> Any:
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class FakeRegistry:
    """Knows a few things, whatever they are looked for by."""

    known: list[Provisioned] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def find(self, *, user_id: str = "", number: str = "", webex_id: str = "") -> list[Provisioned]:
        asked = {"user_id": user_id, "number": number, "webex_id": webex_id}
        self.asked.append({name: value for name, value in asked.items() if value})
        if webex_id:
            return [each for each in self.known if each.webex_id == webex_id]
        return self.known


@dataclass
class FakeTemplates:
    """Keeps templates in a list."""

    kept: list[Template] = field(default_factory=list)

    def all(self) -> list[Template]:
        return sorted(self.kept, key=lambda each: each.name)

    def keep(self, template: Template, *, instead_of: str = "") -> None:
        self.drop(instead_of or template.name)
        self.kept.append(template)

    def drop(self, name: str) -> None:
        self.kept = [each for each in self.kept if each.name != name]

    def until(self, moment: datetime) -> "FakeTemplates":
        return self


@dataclass
class FakeRequests:
    """Knows what was asked before, whomever it is asked about."""

    known: list[Request] = field(default_factory=list)

    def about(self, *, user_id: str = "", webex_id: str = "", limit: int = 10) -> list[Request]:
        return self.known[:limit]

    def numbered(self, number: int) -> Request | None:
        return next((each for each in self.known if each.number == number), None)


@dataclass
class FakeHistory:
    """Holds a few events, and remembers what was wanted of it."""

    known: list[AuditEvent] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    asked: list[tuple[Wanted, int | None]] = field(default_factory=list)

    def events(self, wanted: Wanted, *, beyond: int | None = None, limit: int) -> list[AuditEvent]:
        self.asked.append((wanted, beyond))
        return self.known[:limit]

    def person(self, said: str) -> Person | None:
        return next((each for each in self.people if said in {each.id, each.email}), None)

    def names(self, ids: Collection[str]) -> dict[str, str]:
        return {each.id: each.name for each in self.people if each.id in ids}


class FakeCodes:
    """Explains every code by itself."""

    def explain(self, code: str, *, words: str = "") -> Explanation:
        return Explanation(code, f"explained: {words}", known=code != "unknown")


def desk(
    answer: Any = None, *known: Provisioned, templates: Sequence[Template] = (), requests: Sequence[Request] = ()
) -> Desk:
    return Desk(
        broadworks=FakeBroadWorks(answer=answer),
        registry=FakeRegistry(list(known)),
        templates=FakeTemplates(list(templates)),
        requests=FakeRequests(list(requests)),
        history=FakeHistory(),
        codes=FakeCodes(),
        clock=lambda: NOW,
    )


def asked(desk: Desk) -> list[Any]:
    """What the provisioning API was asked."""
    assert isinstance(desk.broadworks, FakeBroadWorks)
    return desk.broadworks.asked
