"""Directory status: how the directory of an enterprise is doing."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.desk import Desk
from bot.domain.enterprises import WHICH, called, one
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from bot.domain.subscribers import reason
from cards.directory_status import result

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Answer:
    """Show whether an enterprise's directory is synchronised, how far that is, what it changed and what went wrong."""
    enterprise = one(values[WHICH.name], desk)
    sync = desk.broadworks.directory_sync(enterprise.id)
    data = {
        "id": enterprise.id,
        "enterprise": called(enterprise),
        "fields": sync.fields,
        "errors": [asdict(reason(each, desk.codes)) for each in sync.errors],
        "enabled": sync.enabled,
        "running": sync.running,
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=sync.tracking_id))


def follow_ups(request: Request) -> list[FollowUp]:
    """What can be done with this directory as it is; where there is none, a search."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    if "enabled" not in data:
        return [FollowUp("Find enterprises", "find enterprises")]
    which = {WHICH.name: str(data["id"])}
    sync = FollowUp("Sync directory", "sync directory", which, at_once=True)
    enable = FollowUp("Enable", "enable directory sync", which, at_once=True)
    disable = FollowUp("Disable", "disable directory sync", which, at_once=True)
    offered = [] if data.get("running") else [enable] if data["enabled"] is False else [sync, disable]
    return [
        *offered,
        FollowUp("Show enterprise", "show enterprise", which, at_once=True),
        FollowUp("Refresh", "directory status", which, at_once=True),
    ]


OPERATION = Operation(
    words="directory status",
    aliases=("directory sync status", "show directory"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    examples=("directory status Reseller1+acme", "directory status"),
    follow_ups=follow_ups,
)
