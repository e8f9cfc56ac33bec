"""What the operations on enterprises share: which one is meant, how its directory is doing, and what it brings."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bot.domain.desk import Desk
from bot.domain.enterprise import DirectorySync, Enterprise, EnterpriseFilter
from bot.domain.form import Input, Kind, Values
from bot.domain.places import SHORTEST_ID, could_be_id
from bot.domain.plan import Finding, Level, Outcome, Source, Subject, Watched
from bot.domain.problem import Problem
from bot.domain.request import Request
from bot.domain.subscribers import reason
from bot.errors import Declined, Refused

WHICH = Input(
    "enterprise",
    "Enterprise",
    Kind.ENTERPRISE,
    required=True,
    short=("spEnterpriseId", "sp", "id"),
    bare=True,
    hint="Reseller1+acme",
    max_length=1024,
)
"""Which one it is about, in one input: the service provider's own name for it, or an id of Webex."""

SYNC_ID = "lastSyncTrackingId"
"""What a plan remembers of the synchronisation before, to tell the next one from it."""

_MOST_LOOKED_AT = 10_000
_MOST_SUGGESTED = 3
_SKEW = timedelta(minutes=10)
"""How far the clocks of Webex and the bot may be apart."""


def one(which: str, desk: Desk) -> Enterprise:
    """The enterprise that is meant; raises Declined if there is none, or more than one."""
    found = named(which, desk)
    if not found and len(which) >= SHORTEST_ID and could_be_id(which):
        return _by_id(which, desk)
    if len(found) > 1:
        raise Declined(
            f"More than one enterprise is called “{which}”. Say “find enterprises {which}” and choose from there."
        )
    if not found:
        raise Declined(f"Webex knows no enterprise “{which}”. {_suggestion(which, desk)}")
    return found[0]


def named(name: str, desk: Desk) -> list[Enterprise]:
    """The enterprises of that name: one on each BroadWorks cluster at most."""
    page = desk.broadworks.enterprise_page(EnterpriseFilter(enterprise=name))
    desk.enterprises.remember(page.items)
    return [each for each in page.items if each.enterprise.casefold() in ("", name.casefold())]


def called(enterprise: Enterprise) -> str:
    """The name that people know it by, else its id."""
    return enterprise.enterprise or enterprise.id


def subject(enterprise: Enterprise) -> Subject:
    """What a plan about an enterprise is about."""
    return Subject(user_id=enterprise.enterprise, webex_id=enterprise.id)


def with_provisioning_id(values: Values, desk: Desk) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """What is sent of these values: where no provisioning ID was given, with that of the enterprise.

    Raises Declined where that cannot be told.
    """
    if values.get("provisioningId"):
        return dict(values), ()
    name = values["spEnterpriseId"]
    found = {each.provisioning_id for each in named(name, desk) if each.provisioning_id}
    if len(found) != 1:
        why = "more than one enterprise of that name" if found else "no such enterprise with a provisioning ID yet"
        raise Declined(
            f"Webex knows {why}: “{name}”. Check how it is written, or say which template or provisioning ID it is, "
            "as for the first one of a new enterprise: template=… or pid=…"
        )
    finding = Finding(Level.GOOD, f"The provisioning ID is the one of the enterprise {name}", Source.WEBEX)
    return {"provisioningId": found.pop(), **values}, (finding,)


def begun(sync: DirectorySync, desk: Desk, *, of: Subject) -> Outcome:
    """What a synchronisation that was just accepted comes to: it is watched, whatever Webex calls it so far."""
    data = {"id": of.webex_id, "enterprise": of.user_id, "fields": sync.fields}
    watched = Watched(of.webex_id, sync.status or "no status", since=desk.clock())
    return Outcome(ok=True, data=data, tracking_id=sync.tracking_id, watched=watched)


def told(sync: DirectorySync, desk: Desk, *, of: Subject, note: str = "") -> Outcome:
    """What came of a synchronisation, which is ``watched`` while it runs."""
    data = {"id": of.webex_id, "enterprise": of.user_id, "fields": sync.fields}
    if sync.failed:
        problem = Problem(
            happened="The directory was not synchronised.",
            why="Webex began with it, but could not finish it.",
            advice="Webex tries again by itself after 24 hours. Once the cause is gone, you can also ask again.",
            who="partner administrator",
            reasons=tuple(reason(each, desk.codes) for each in sync.errors),
        )
        return Outcome(ok=False, data=data, problem=problem, tracking_id=sync.tracking_id)
    watched = Watched(of.webex_id, sync.status, since=sync.started or desk.clock()) if sync.running else None
    return Outcome(ok=True, data=data, tracking_id=sync.tracking_id, watched=watched, note=note)


def is_later(sync: DirectorySync, *, than: Mapping[str, Any], since: datetime) -> bool:
    """Whether the last synchronisation is another one than a plan remembers, begun since its write was sent."""
    before = str(than.get(SYNC_ID) or "")
    if sync.started is None or sync.started < since - _SKEW:
        return False
    return not sync.sync_tracking_id or sync.sync_tracking_id != before


def follow(requests: Sequence[Request], desk: Desk) -> Mapping[int, Outcome]:
    """How far Webex is with some synchronisations, of which only a few run at a time."""
    found = {each.number or 0: _look(each, desk) for each in requests}
    return {number: outcome for number, outcome in found.items() if outcome is not None}


def _look(request: Request, desk: Desk) -> Outcome | None:
    if request.watched is None or request.plan is None:
        return None
    try:
        sync = desk.broadworks.directory_sync(request.watched.id)
    except Refused as exc:
        if not exc.gone:
            raise
        problem = Problem(
            "The enterprise is not there any more.", why="Somebody has removed it meanwhile.", who="agent"
        )
        return Outcome(ok=False, problem=problem, tracking_id=exc.tracking_id)
    since = request.confirmed_at or request.asked_at
    if not sync.running and not is_later(sync, than=request.plan.before or {}, since=since):
        # Not every server knows yet that it has begun.
        return None
    return told(sync, desk, of=request.plan.subject)


def _by_id(enterprise_id: str, desk: Desk) -> Enterprise:
    """No endpoint tells of one by its id, so the list is gone through."""
    for each in islice(desk.broadworks.enterprises(EnterpriseFilter()), _MOST_LOOKED_AT):
        if each.id == enterprise_id:
            return each
    raise Declined("Webex knows no enterprise of that name or ID. Say “find enterprises” to look for it.")


def _suggestion(which: str, desk: Desk) -> str:
    """Those that are known and look like it; nothing is ever taken for another one."""
    near = [name for name in desk.enterprises.names() if which.casefold() in name.casefold()]
    if near:
        return f"Did you mean {' or '.join(near[:_MOST_SUGGESTED])}?"
    return "It is written as in Partner Hub: service provider, plus, enterprise. Say “find enterprises” to see them."
