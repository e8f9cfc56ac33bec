"""Sync directory: bring the directory of an enterprise up to date now, and follow it until it is."""

from datetime import datetime

from bot.domain import enterprises
from bot.domain.desk import Desk
from bot.domain.enterprise import DirectorySync
from bot.domain.enterprises import SYNC_ID, WHICH, called, one
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import directory_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.request import Request
from bot.errors import Declined
from cards.sync_directory import result

_ONE_AT_A_TIME = (
    "Webex runs one directory sync that somebody has asked for on a BroadWorks cluster at a time, and another one is "
    "before this"
)
_SIZE = "How long it takes depends on the size of the directory: you are told here when it has ended."

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Plan:
    """Synchronise an enterprise's directory now; if another one runs on its cluster, it waits its turn."""
    enterprise = one(values[WHICH.name], desk)
    sync = desk.broadworks.directory_sync(enterprise.id)
    if sync.enabled is False:
        name = called(enterprise)
        raise Declined(f"Directory sync is disabled for {name}. Say “enable directory sync {name}” first.")
    return Plan(
        operation=OPERATION.name,
        call=Call("POST", directory_path(enterprise.id), {"syncStatus": "SYNC_NOW"}, desk.broadworks.base_url),
        made=desk.clock(),
        before={SYNC_ID: sync.sync_tracking_id},
        findings=_findings(sync),
        subject=enterprises.subject(enterprise),
    )


def _findings(sync: DirectorySync) -> tuple[Finding, ...]:
    if sync.running:
        words = "This directory is being synchronised already: yours waits until that has ended."
        return (Finding(Level.WARNING, words, Source.WEBEX),)
    when = f"The last one that worked ended at {sync.succeeded:%d %b %Y %H:%M} UTC" if sync.succeeded else ""
    words = when or "It has never been synchronised"
    return (Finding(Level.GOOD, words, Source.WEBEX), Finding(Level.GOOD, _SIZE, Source.DOCUMENTED))


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; Webex has then begun, and works on it."""
    sync = desk.broadworks.sync_directory(plan.call)
    return enterprises.begun(sync, desk, of=plan.subject)


def look(plan: Plan, desk: Desk, since: datetime) -> Outcome | None:
    """Look whether a synchronisation has begun since then."""
    sync = desk.broadworks.directory_sync(plan.subject.webex_id)
    if enterprises.is_later(sync, than=plan.before or {}, since=since):
        note = "Found by looking: a synchronisation of this directory has begun since then."
        return enterprises.told(sync, desk, of=plan.subject, note=note)
    if sync.running:
        return None
    note = "The bot looked: no synchronisation of this directory has begun since then. You can send it again."
    return Outcome(ok=False, absent=True, note=note)


def follow_ups(request: Request) -> tuple[FollowUp, ...]:
    """Look at the directory that it is about."""
    if request.plan is None:
        return ()
    which = {WHICH.name: request.plan.subject.webex_id}
    return (FollowUp("Directory status", "directory status", which, at_once=True),)


OPERATION = Operation(
    words="sync directory",
    aliases=("directory sync", "synchronise directory", "synchronize directory"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Sync now",
    again="Sync another",
    examples=("sync directory Reseller1+acme", "sync directory"),
    ends=("has begun", "has not begun"),
    queues=_ONE_AT_A_TIME,
    run=run,
    look=look,
    follow=enterprises.follow,
    follow_ups=follow_ups,
)
