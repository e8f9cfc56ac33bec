"""A desk that answers as it is told and remembers what it was asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

from bot.domain.actor import Person
from bot.domain.audit import AuditEvent
from bot.domain.codes import Meaning, UnknownCode
from bot.domain.desk import Desk, Provisioned, RegistryFilter
from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter, EnterprisePage, ExternalUser
from bot.domain.history import Wanted
from bot.domain.plan import Call
from bot.domain.problem import Explanation
from bot.domain.provisioning import Done, Precheck, Subscriber, SubscriberFilter, SubscriberPage, Workspace
from bot.domain.report import Report, ReportSort
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

    def update_workspace(self, call: Call) -> Workspace:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def remove_workspace(self, call: Call) -> Done:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def workspace(self, workspace_id: str) -> Workspace:
        return self._answered(workspace_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        return self._answered(display_name)  # type: ignore[no-any-return]  # The test decides what it is.

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        return self._answered(sp_enterprise_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def enterprises(self, wanted: EnterpriseFilter) -> Iterator[Enterprise]:
        yield from self._answered(wanted)

    def enterprise_page(self, wanted: EnterpriseFilter, page: str | None = None) -> EnterprisePage:
        return self._answered((wanted, page))  # type: ignore[no-any-return]  # The test decides what it is.

    def directory_sync(self, enterprise_id: str) -> DirectorySync:
        return self._answered(enterprise_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def set_directory_sync(self, call: Call) -> DirectorySync:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def sync_directory(self, call: Call) -> DirectorySync:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def sync_external_user(self, call: Call) -> ExternalUser:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def reports(
        self, *, before: str = "", after: str = "", sort_by: ReportSort = ReportSort.MONTH
    ) -> tuple[Report, ...]:
        return self._answered(("reports", before, after, sort_by.value))  # type: ignore[no-any-return]  # The test decides what it is.

    def report(self, report_id: str) -> Report:
        return self._answered(report_id)  # type: ignore[no-any-return]  # The test decides what it is.

    def request_report(self, call: Call) -> Report:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def remove_report(self, call: Call) -> Done:
        return self._answered(call)  # type: ignore[no-any-return]  # The test decides what it is.

    def download_report(self, report_id: str, *, into: BinaryIO) -> Report:
        return self._answered(("file", report_id))  # type: ignore[no-any-return]  # The test decides what it is.

    def until(self, moment: datetime) -> "FakeBroadWorks":
        return self

    def _answered(self, asked: Any) -> Any:
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class Telling(FakeBroadWorks):
    """Tells of each kind of thing what was prepared, or raises it."""

    customer: Enterprise | Exception | None = None
    there: tuple[Subscriber, ...] | Exception = ()
    place: Workspace | Exception | None = None
    listed: list[dict[str, Any]] | Exception = field(default_factory=list)

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        return self._told(sp_enterprise_id, self.customer)  # type: ignore[no-any-return]  # The test decides what it is.

    def subscribers(self, wanted: SubscriberFilter) -> Iterator[Subscriber]:
        yield from self._told(wanted, self.there)

    def workspace(self, workspace_id: str) -> Workspace:
        return self._told(workspace_id, self.place)  # type: ignore[no-any-return]  # The test decides what it is.

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        return self._told(display_name, self.listed)  # type: ignore[no-any-return]  # The test decides what it is.

    def _told(self, asked: Any, answer: Any) -> Any:
        self.asked.append(asked)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeRegistry:
    """Knows a few things, whatever they are looked for by."""

    known: list[Provisioned] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def find(
        self, *, user_id: str = "", number: str = "", webex_id: str = "", removed: bool = False
    ) -> list[Provisioned]:
        asked = {"user_id": user_id, "number": number, "webex_id": webex_id}
        self.asked.append({name: value for name, value in asked.items() if value})
        known = [each for each in self.known if removed or each.removed_at is None]
        return [each for each in known if each.webex_id == webex_id] if webex_id else known

    def search(self, wanted: RegistryFilter, *, before: int | None = None, limit: int = 10) -> list[Provisioned]:
        fitting = [
            each
            for each in reversed(self.known)
            if bool(each.removed_at) is wanted.removed
            and wanted.name.casefold() in each.name.casefold()
            and wanted.user_id.casefold() in {"", each.user_id.casefold()}
            and wanted.number in {"", each.number}
            and wanted.enterprise.casefold() in {"", each.enterprise.casefold()}
            and (before is None or (each.id or 0) < before)
        ]
        return fitting[:limit]


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
class FakeEnterprises:
    """Knows the names that it was told."""

    known: list[str] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return tuple(self.known)

    def remember(self, found: Iterable[Enterprise]) -> None:
        self.known += [each.enterprise for each in found]


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


@dataclass
class FakeCodes:
    """Explains every code by itself; ``meanings`` are what is known of some everywhere."""

    meanings: list[Meaning] = field(default_factory=list)

    def explain(self, code: str, *, words: str = "") -> Explanation:
        return Explanation(code, f"explained: {words}", known=code != "unknown")

    def everywhere(self, code: str) -> tuple[Meaning, ...]:
        return tuple(each for each in self.meanings if each.code == code)


@dataclass
class FakeUnknownCodes:
    """Has met a few codes."""

    met: list[UnknownCode] = field(default_factory=list)

    def all(self) -> list[UnknownCode]:
        return self.met

    def find(self, code: str) -> UnknownCode | None:
        return next((each for each in self.met if each.code == code), None)


def desk(
    answer: Any = None,
    *known: Provisioned,
    templates: Sequence[Template] = (),
    requests: Sequence[Request] = (),
    meanings: Sequence[Meaning] = (),
    unknown_codes: Sequence[UnknownCode] = (),
) -> Desk:
    return Desk(
        broadworks=FakeBroadWorks(answer=answer),
        registry=FakeRegistry(list(known)),
        templates=FakeTemplates(list(templates)),
        enterprises=FakeEnterprises(),
        requests=FakeRequests(list(requests)),
        codes=FakeCodes(list(meanings)),
        unknown_codes=FakeUnknownCodes(list(unknown_codes)),
        history=FakeHistory(),
        clock=lambda: NOW,
    )


def asked(desk: Desk) -> list[Any]:
    """What the provisioning API was asked."""
    assert isinstance(desk.broadworks, FakeBroadWorks)
    return desk.broadworks.asked
