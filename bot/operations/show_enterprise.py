"""Show enterprise: everything that Webex tells of one, and what was asked of this bot about it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain import enterprises
from bot.domain.desk import Desk
from bot.domain.enterprise import Enterprise
from bot.domain.enterprises import WHICH
from bot.domain.form import Form, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.past import past
from bot.domain.plan import Answer, Outcome
from bot.domain.provisioning import LARGEST_PAGE, SubscriberFilter
from bot.domain.request import Request
from bot.domain.subscribers import reason
from bot.errors import BroadWorksError
from cards.show_enterprise import result

FORM = Form(inputs=(WHICH,))


def plan(values: Values, desk: Desk) -> Answer:
    """Show an enterprise: its template, how its directory is doing, its subscribers counted, and its history here."""
    enterprise = enterprises.one(values[WHICH.name], desk)
    sync = enterprise.sync or desk.broadworks.directory_sync(enterprise.id)
    data = {
        "id": enterprise.id,
        "enterprise": enterprises.called(enterprise),
        "fields": enterprise.fields,
        "sync": sync.fields,
        "errors": [asdict(reason(each, desk.codes)) for each in sync.errors],
        "subscribers": _counted(enterprise, desk),
        "template": _template(enterprise, desk),
        "history": past(enterprises.subject(enterprise), desk),
        "enabled": sync.enabled,
        "running": sync.running,
    }
    return Answer(Outcome(ok=True, data=data, tracking_id=enterprise.tracking_id))


def _counted(enterprise: Enterprise, desk: Desk) -> dict[str, Any]:
    """How many subscribers there are, as far as one page tells; nothing where Webex does not."""
    if not enterprise.enterprise:
        return {}
    try:
        page = desk.broadworks.subscriber_page(SubscriberFilter(enterprise=enterprise.enterprise, max=LARGEST_PAGE))
    except BroadWorksError:
        return {}
    return {"number": len(page.items), "more": page.next is not None}


def _template(enterprise: Enterprise, desk: Desk) -> str:
    """What people call its provisioning ID."""
    names = [each.name for each in desk.templates.all() if each.provisioning_id == enterprise.provisioning_id]
    return ", ".join(names[:5])


def follow_ups(request: Request) -> list[FollowUp]:
    """What can be done with the enterprise that is shown; where there is none, a search."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    if "enabled" not in data:
        return [FollowUp("Find enterprises", "find enterprises")]
    which = {WHICH.name: str(data["id"])}
    people = FollowUp("Find subscribers", "find subscribers", {"spEnterpriseId": str(data["enterprise"])}, at_once=True)
    off = data["enabled"] is False
    change = ("Enable", "enable directory sync") if off else ("Disable", "disable directory sync")
    offered = [FollowUp("Directory status", "directory status", which, at_once=True)]
    if not data.get("running"):
        offered += [] if off else [FollowUp("Sync directory", "sync directory", which, at_once=True)]
        offered.append(FollowUp(*change, which, at_once=True))
    return [*offered, people]


OPERATION = Operation(
    words="show enterprise",
    aliases=("enterprise",),
    form=FORM,
    plan=plan,
    result=result,
    verb="Show",
    again="Show another",
    examples=("show enterprise Reseller1+acme", "show enterprise"),
    follow_ups=follow_ups,
)
