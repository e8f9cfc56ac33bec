"""Sync external user: bring one BroadWorks user without Webex up to date in the directory of an enterprise."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import enterprises
from bot.domain.desk import Desk
from bot.domain.enterprise import DirectorySync, SyncStatus
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation, Risk
from bot.domain.places import external_user_path
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.request import Request
from cards.sync_external_user import result

_DISABLED = "Directory sync is disabled for this enterprise: Webex probably refuses this until it is enabled"
_NEVER = "The whole directory has never been synchronised: Webex wants that before a single user"

WHICH = replace(enterprises.WHICH, bare=False)
FORM = Form(
    inputs=(
        Input(
            "userId",
            "User ID",
            Kind.USER_ID,
            required=True,
            short=("user",),
            bare=True,
            hint="95547321@example.com, of a user without Webex",
        ),
        WHICH,
    )
)


def plan(values: Values, desk: Desk) -> Plan:
    """Bring one BroadWorks user without Webex up to date in the directory, without waiting for all the others."""
    enterprise = enterprises.one(values[WHICH.name], desk)
    body = {"userId": values["userId"]}
    return Plan(
        operation=OPERATION.name,
        call=Call("POST", external_user_path(enterprise.id), body, desk.broadworks.base_url),
        made=desk.clock(),
        before={WHICH.label: enterprises.called(enterprise)},
        findings=_findings(enterprise.sync),
        subject=Subject(user_id=values["userId"], webex_id=enterprise.id),
    )


def _findings(sync: DirectorySync | None) -> tuple[Finding, ...]:
    if sync is None:
        return ()
    if sync.enabled is False:
        return (Finding(Level.WARNING, _DISABLED),)
    if sync.known_status is SyncStatus.NOT_SYNCED:
        return (Finding(Level.WARNING, _NEVER, Source.DOCUMENTED),)
    return ()


def run(plan: Plan, desk: Desk) -> Outcome:
    """Send the one write; the answer says what became of the user."""
    found = desk.broadworks.sync_external_user(plan.call)
    data = {"status": found.status, "user": found.user, "fields": found.fields}
    return Outcome(ok=True, data=data, tracking_id=found.tracking_id)


def follow_ups(request: Request) -> Sequence[FollowUp]:
    """The directory that the user is in."""
    if request.plan is None:
        return ()
    which = {WHICH.name: request.plan.subject.webex_id}
    return (FollowUp("Directory status", "directory status", which, at_once=True),)


OPERATION = Operation(
    words="sync external user",
    aliases=("sync user", "sync external"),
    form=FORM,
    plan=plan,
    result=result,
    risk=Risk.CHANGE,
    verb="Sync",
    again="Sync another",
    examples=("sync external user 95547321@example.com enterprise=Reseller1+acme", "sync external user"),
    run=run,
    ends=("was done", "was not done"),
    blind=(
        "Webex does not tell afterwards whether it was done. Close this and ask again: doing it twice does no harm, "
        "and the answer then says how the user stands in the directory."
    ),
    follow_ups=follow_ups,
)
