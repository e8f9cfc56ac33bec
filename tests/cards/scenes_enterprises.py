"""The views of enterprises and of their directories that have a golden file."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations import (
    directory_status,
    disable_directory_sync,
    enable_directory_sync,
    find_enterprises,
    show_enterprise,
    sync_directory,
    sync_external_user,
)
from tests.cards.samples import LOST, NOW, OURS, THEIRS, asked, form

ACME = "Reseller1+acme"
ID = "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvOTZhYmMyYWEtM2RjYy0xMWU1LWExNTItZmUzNDgxOWNkYzlh"
ORG = "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi85NmFiYzJhYS0zZGNjLTExZTUtYTE1Mi1mZTM0ODE5Y2RjOWE"
PID = "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTViNTEtNDdiZS05Mzk2LTZjMzZlMmFkODNhNQ"
PATH = f"broadworks/enterprises/{ID}/broadworksDirectorySync"
BASE_URL = "https://webexapis.com/v1/"
WHICH = {"enterprise": ACME}
SUBJECT = Subject(ACME, ID)

NEVER: dict[str, Any] = {"enableDirSync": False, "directorySyncStatus": {"syncStatus": "NOT_SYNCED"}}
COMPLETE: dict[str, Any] = {
    "enableDirSync": True,
    "directorySyncStatus": {
        "lastSyncStartTime": "2026-11-21T16:09:06.527199Z",
        "lastSyncEndTime": "2026-11-21T17:21:41.532770Z",
        "lastSuccessfulSyncTime": "2026-11-21T17:21:41.532770Z",
        "syncStatus": "COMPLETE",
        "usersAdded": 44,
        "usersUpdated": 21,
        "usersDeleted": 34,
        "machinesAdded": 24,
        "machinesUpdated": 4,
        "machinesDeleted": 9,
        "userContactsAdded": 5,
        "orgContactsDeleted": 1,
        "totalExternalUsersInCI": 1077,
        "totalExternalMachinesInCI": 326,
        "totalOrgContactsInContactService": 2,
        "lastSyncTrackingId": "NA_dde3a13a-bad7-4990-b155-9b4574e545b9",
        "robotsAdded": 3,
    },
}
FAILED: dict[str, Any] = {
    "enableDirSync": True,
    "directorySyncStatus": {
        "syncStatus": "FAILED",
        "lastSyncStartTime": "2026-11-21T16:09:06.527199Z",
        "errors": [{"errorCode": 6003, "description": "The cluster is away."}],
    },
}
UNREACHABLE = {
    "words": "Broadworks External Directory User Sync failed while trying to connect to Broadworks cluster.",
    "field": None,
    "explanation": {
        "code": "6003",
        "meaning": "The directory synchronization could not reach the BroadWorks cluster.",
        "remedy": "Check the connection of the cluster in Partner Hub, then start the synchronization again.",
        "who": "partner administrator",
        "known": True,
    },
}
HISTORY = [
    {
        "number": 9,
        "words": "sync directory",
        "asker": "Bob Builder",
        "asked_at": "2026-11-20T09:14:00+00:00",
        "confirmed_at": "2026-11-20T09:15:00+00:00",
        "ended_at": "2026-11-20T10:00:00+00:00",
        "state": "done",
        "status": "",
        "happened": "",
        "note": "",
    }
]
BUSY = Problem(
    happened="Webex has too many requests at the moment.",
    why="The limit for requests in a period of time is used up. Nothing was changed.",
    advice="Try again in 30 seconds.",
    who="agent",
    reasons=(Reason("A directory sync is already in progress on the BroadWorks cluster of this customer."),),
    status=429,
    tracking_id=THEIRS,
    ours=OURS,
    again=True,
)
NOT_DONE = Problem(
    happened="The directory was not synchronised.",
    why="Webex began with it, but could not finish it.",
    advice="Webex tries again by itself after 24 hours. Once the cause is gone, you can also ask again.",
    who="partner administrator",
    reasons=(
        Reason(
            str(UNREACHABLE["words"]),
            None,
            Explanation("6003", "The directory synchronization could not reach the BroadWorks cluster."),
        ),
    ),
    tracking_id=THEIRS,
)


def enterprise(**changed: Any) -> dict[str, Any]:
    """What an answer says of one."""
    fields = {
        "id": ID,
        "orgId": ORG,
        "spEnterpriseId": ACME,
        "provisioningId": PID,
        "broadworksDirectorySync": COMPLETE,
        "orgCreationTimeStamp": "2021-01-01",
    }
    return {
        "id": ID,
        "enterprise": ACME,
        "fields": fields,
        "sync": COMPLETE,
        "errors": [],
        "subscribers": {"number": 100, "more": True},
        "template": "acme",
        "history": HISTORY,
        "enabled": True,
        "running": False,
        **changed,
    }


def found(*names: str, **changed: Any) -> dict[str, Any]:
    """A list of enterprises."""
    states = (COMPLETE, NEVER, FAILED)
    items = [{"id": ID, "enterprise": name, "sync": states[at % 3]} for at, name in enumerate(names)]
    return {"items": items, "left_out": 0, "next": None, "wanted": "", "near": [], **changed}


def answered(operation: Any, data: dict[str, Any], **values: str) -> RequestView:
    """A read with its answer."""
    outcome = Outcome(ok=True, data=data, tracking_id=THEIRS)
    return asked(operation, state=State.DONE, version=2, values=values, outcome=outcome)


def status(fields: dict[str, Any], *errors: dict[str, Any], running: bool = False) -> RequestView:
    """The state of a directory."""
    data = {
        "id": ID,
        "enterprise": ACME,
        "fields": fields,
        "errors": list(errors),
        "enabled": fields["enableDirSync"],
        "running": running,
    }
    return answered(directory_status.OPERATION, data, **WHICH)


def planned(operation: Any, call: Call, *findings: Finding, **changed: Any) -> RequestView:
    """A change of Ann's that was planned; ``before`` is what was there."""
    subject = changed.pop("subject", SUBJECT)
    plan = Plan(operation.name, call, NOW, changed.pop("before", None), findings, subject)
    given: dict[str, Any] = {
        "state": State.ASKED,
        "version": 4,
        "values": WHICH,
        "plan": plan,
        "user_id": subject.user_id,
        "webex_id": ID,
        **changed,
    }
    return asked(operation, **given)


SYNC = Call("POST", PATH, {"syncStatus": "SYNC_NOW"}, BASE_URL)
SYNCS = (
    Finding(Level.GOOD, "The last one that worked ended at 21 Nov 2026 17:21 UTC", Source.WEBEX),
    Finding(
        Level.GOOD,
        "How long it takes depends on the size of the directory: you are told here when it has ended.",
        Source.DOCUMENTED,
    ),
)


def syncing(state: State, **changed: Any) -> RequestView:
    """A synchronisation of Ann's."""
    before = {"lastSyncTrackingId": "NA_dde3a13a-bad7-4990-b155-9b4574e545b9"}
    return planned(sync_directory.OPERATION, SYNC, *SYNCS, state=state, before=before, **changed)


def switching(operation: Any, *, on: bool, **changed: Any) -> RequestView:
    """A directory sync that is enabled or disabled."""
    means = tuple(Finding(Level.GOOD if on else Level.WARNING, words, Source.DOCUMENTED) for words in MEANS[on])
    call = Call("PUT", PATH, {"enableDirSync": on}, BASE_URL)
    return planned(operation, call, *means, before={"enableDirSync": not on}, **changed)


MEANS = {True: enable_directory_sync._MEANS, False: disable_directory_sync._MEANS}  # noqa: SLF001 - read as they are.
USER = Call("POST", f"{PATH}/externalUser", {"userId": "9@sp.com"}, BASE_URL)
JOHN = {"userId": "9@sp.com", "firstName": "John", "lastName": "*Anderson*", "number": "+35391884653", "team": "Red"}


def user(state: State, **changed: Any) -> RequestView:
    """One user who is brought up to date."""
    values = {"userId": "9@sp.com", "enterprise": ACME}
    given: dict[str, Any] = {
        "before": {"Enterprise": ACME},
        "subject": Subject("9@sp.com", ID),
        "values": values,
        "state": state,
        **changed,
    }
    warning = Finding(Level.WARNING, sync_external_user._NEVER, Source.DOCUMENTED)  # noqa: SLF001 - read as it is.
    return planned(sync_external_user.OPERATION, USER, warning, **given)


def became(word: str) -> RequestView:
    """What became of the user."""
    data = {"status": word, "user": JOHN}
    return user(State.DONE, outcome=Outcome(ok=True, data=data, tracking_id=THEIRS))


RUNNING = Watched(ID, "IN_PROGRESS", since=NOW)
DONE = {"id": ID, "enterprise": ACME, "fields": COMPLETE}

SCENES: dict[str, View] = {
    "find_enterprises_form": form(find_enterprises.OPERATION),
    "find_enterprises": answered(
        find_enterprises.OPERATION, found(ACME, "Reseller1+a_c_m_e", "Reseller2+acme", next="page2"), enterprise="Res"
    ),
    "find_enterprises_none": answered(find_enterprises.OPERATION, found(wanted="Reseller9"), enterprise="Reseller9"),
    "find_enterprises_near": answered(
        find_enterprises.OPERATION, found(wanted="acme", near=[ACME, "Reseller2+acme"]), enterprise="acme"
    ),
    "find_enterprises_none_at_all": answered(find_enterprises.OPERATION, found()),
    "find_enterprises_gap": answered(find_enterprises.OPERATION, found(next="page3"), page="page2"),
    "find_enterprises_last": answered(find_enterprises.OPERATION, found(ACME, left_out=2), page="page2"),
    "find_enterprises_over": answered(find_enterprises.OPERATION, found(), page="page2"),
    "show_enterprise": answered(show_enterprise.OPERATION, enterprise(), **WHICH),
    "show_enterprise_new": answered(
        show_enterprise.OPERATION,
        enterprise(sync=NEVER, subscribers={"number": 3, "more": False}, template="", history=[], enabled=False),
        **WHICH,
    ),
    "show_enterprise_bare": answered(
        show_enterprise.OPERATION,
        enterprise(fields={"id": ID}, enterprise=ID, sync={}, subscribers={}, template="", history=[], enabled=None),
        enterprise=ID,
    ),
    "directory_status_form": form(directory_status.OPERATION),
    "directory_status": status(COMPLETE),
    "directory_status_never": status(NEVER),
    "directory_status_running": status(
        {"enableDirSync": True, "directorySyncStatus": {"syncStatus": "IN_PROGRESS"}}, running=True
    ),
    "directory_status_failed": status(FAILED, UNREACHABLE),
    "sync_directory_form": form(sync_directory.OPERATION),
    "sync_directory_confirmation": syncing(State.ASKED),
    "sync_directory_queued": syncing(
        State.APPROVED,
        confirmed_at=NOW,
        try_at=NOW + timedelta(minutes=4),
        outcome=Outcome(ok=False, problem=BUSY),
    ),
    "sync_directory_asking_again": syncing(
        State.RUNNING, confirmed_at=NOW, outcome=Outcome(ok=False, problem=replace(BUSY, reasons=()))
    ),
    "sync_directory_watching": syncing(
        State.WATCHING, watched=RUNNING, nudge_at=NOW + timedelta(minutes=30), outcome=Outcome(ok=True)
    ),
    "sync_directory": syncing(State.DONE, outcome=Outcome(ok=True, data=DONE, tracking_id=THEIRS)),
    "sync_directory_failed": syncing(State.FAILED, outcome=Outcome(ok=False, data=DONE, problem=NOT_DONE)),
    "sync_directory_unknown": syncing(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "sync_directory_closed": syncing(State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked.")),
    "enable_directory_sync_confirmation": switching(enable_directory_sync.OPERATION, on=True),
    "enable_directory_sync": switching(
        enable_directory_sync.OPERATION, on=True, state=State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS)
    ),
    "disable_directory_sync_confirmation": switching(disable_directory_sync.OPERATION, on=False),
    "disable_directory_sync": switching(
        disable_directory_sync.OPERATION,
        on=False,
        state=State.DONE,
        outcome=Outcome(
            ok=True, note="Webex has accepted it, but still says enabled: look again in a minute.", tracking_id=THEIRS
        ),
    ),
    "disable_directory_sync_closed": switching(
        disable_directory_sync.OPERATION, on=False, state=State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann.")
    ),
    "sync_external_user_form": form(sync_external_user.OPERATION),
    "sync_external_user_confirmation": user(State.ASKED),
    "sync_external_user": became("ADD"),
    "sync_external_user_updated": became("UPDATE"),
    "sync_external_user_deleted": became("DELETE"),
    "sync_external_user_nothing": became("NO_OPERATION"),
    "sync_external_user_odd": became("MOVED"),
    "sync_external_user_unknown": user(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "sync_external_user_closed": user(State.DONE, outcome=Outcome(ok=True, note="Closed by Ann Agent: it was done.")),
    "sync_external_user_not_done": user(State.FAILED, outcome=Outcome(ok=False, note="Closed by Ann Agent.")),
}
