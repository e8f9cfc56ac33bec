"""What enabling and disabling a directory sync share: one call, whose whole body is whether it shall be."""

from collections.abc import Sequence

from bot.domain import enterprises
from bot.domain.desk import Desk
from bot.domain.enterprise import DirectorySync
from bot.domain.enterprises import WHICH
from bot.domain.operation import FollowUp
from bot.domain.places import directory_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.request import Request
from bot.errors import Declined

ENABLED = "enableDirSync"
_WORDS = {True: "enabled", False: "disabled"}


def planned(operation: str, which: str, desk: Desk, *, on: bool, findings: tuple[Finding, ...]) -> Plan:
    """The call that makes it so; raises Declined where it is so already."""
    enterprise = enterprises.one(which, desk)
    sync = desk.broadworks.directory_sync(enterprise.id)
    if sync.enabled is on:
        name = enterprises.called(enterprise)
        raise Declined(f"Nothing would change: directory sync of {name} is {_WORDS[on]} already.")
    return Plan(
        operation=operation,
        call=Call("PUT", directory_path(enterprise.id), {ENABLED: on}, desk.broadworks.base_url),
        made=desk.clock(),
        before={ENABLED: sync.enabled},
        findings=(*_running(sync), *findings),
        subject=enterprises.subject(enterprise),
    )


def _running(sync: DirectorySync) -> tuple[Finding, ...]:
    if not sync.running:
        return ()
    words = "This directory is being synchronised just now: Webex may refuse to change it until that has ended."
    return (Finding(Level.WARNING, words, Source.WEBEX),)


def switched(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write, and say so if Webex still answers with what was before."""
    sync = desk.broadworks.set_directory_sync(plan.call)
    wanted: bool = plan.call.body[ENABLED]
    late = sync.enabled is not None and sync.enabled is not wanted
    note = f"Webex has accepted it, but still says {_WORDS[not wanted]}: look again in a minute." if late else ""
    return Outcome(ok=True, data=_data(plan, sync), tracking_id=sync.tracking_id, note=note)


def looked(plan: Plan, desk: Desk) -> Outcome | None:
    """Whether it is as it was sent."""
    sync = desk.broadworks.directory_sync(plan.subject.webex_id)
    wanted: bool = plan.call.body[ENABLED]
    if sync.enabled is wanted:
        note = f"Found by looking: directory sync is {_WORDS[wanted]}."
        return Outcome(ok=True, data=_data(plan, sync), tracking_id=sync.tracking_id, note=note)
    if sync.enabled is None:
        return None
    note = f"The bot looked: directory sync is still {_WORDS[not wanted]}. You can send it again."
    return Outcome(ok=False, absent=True, note=note)


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """Once it is enabled, a synchronisation; in any case, a look at the directory."""
    if request.plan is None:
        return ()
    which = {WHICH.name: request.plan.subject.webex_id}
    status = FollowUp("Directory status", "directory status", which, at_once=True)
    done = request.outcome is not None and request.outcome.ok
    if not (done and request.plan.call.body.get(ENABLED)):
        return (status,)
    return (FollowUp("Sync directory", "sync directory", which, at_once=True), status)


def _data(plan: Plan, sync: DirectorySync) -> dict[str, object]:
    return {"id": plan.subject.webex_id, "enterprise": plan.subject.user_id, "fields": sync.fields}
