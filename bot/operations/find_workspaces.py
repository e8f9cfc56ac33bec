"""Find workspaces: what this bot remembers of them, and what Webex lists under a name, a card at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import workspaces
from bot.domain.desk import Desk, Provisioned, RegistryFilter
from bot.domain.form import Complaint, Form, Input, Kind, Values
from bot.domain.operation import FollowUp, Operation
from bot.domain.plan import Answer, Outcome
from bot.domain.request import Request
from bot.errors import BroadWorksError, Declined
from cards.find_workspaces import result, show

ON_A_CARD = 8
"""More would not be read on a phone, where each has a button besides."""

_PAGE = "page"
_OWN, _GONE, _LISTED = "own", "gone", "listed"
"""What a page is of: the bot's own memory, what it knows to be removed, Webex's general list."""


def _everything(values: Values) -> list[Complaint]:
    words = "Nothing was given to look for, so these are all workspaces that this bot remembers."
    return [] if values else [Complaint(None, words)]


FORM = Form(
    inputs=(
        Input("displayName", "Display name", short=("name", "room", "workspace"), bare=True, hint="Conference Room"),
        Input("userId", "User ID", Kind.USER_ID, short=("user",), hint="95547321@example.com"),
        Input(
            "primaryPhoneNumber",
            "Phone number",
            Kind.NUMBER,
            short=("phone", "number", "primary"),
            hint="+1-240-555-1212",
        ),
        Input("spEnterpriseId", "Enterprise", Kind.ENTERPRISE, short=("enterprise", "sp"), hint="Reseller1+acme"),
    ),
    remarks=(_everything,),
)


def plan(values: Values, desk: Desk) -> Answer:
    """Find workspaces by name, user ID, number or enterprise, in the bot's own memory and, by name, in Webex."""
    kind, behind = _position(values.get(_PAGE))
    wanted, own = _own(values, desk, kind=kind, behind=behind)
    items = [_remembered(each) for each in own[:ON_A_CARD]]
    data: dict[str, Any] = {"items": items, "next": None, "wanted": _told(values), "webex": ""}
    if len(own) > ON_A_CARD:
        data["next"] = f"{_GONE if wanted.removed else _OWN}:{own[ON_A_CARD - 1].id}"
    elif _general(values):
        _add_listed(data, values["displayName"], desk, behind=behind if kind == _LISTED else 0)
    data["as_user_id"] = wanted.user_id != values.get("userId", "")
    return Answer(Outcome(ok=True, data=data))


def _position(page: str | None) -> tuple[str, int]:
    """What a page is of, and behind which one it begins."""
    kind, _, behind = (page or f"{_OWN}:0").partition(":")
    if kind not in {_OWN, _GONE, _LISTED} or not behind.isdecimal():
        raise Declined("That page of the list is not there any more. Search again.")
    return kind, int(behind)


def _own(values: Values, desk: Desk, *, kind: str, behind: int) -> tuple[RegistryFilter, Sequence[Provisioned]]:
    """What this bot remembers, one more than fit; of what was removed it speaks only where there is nothing else."""
    meant = RegistryFilter(
        kind=workspaces.KIND,
        name=values.get("displayName", ""),
        user_id=values.get("userId", ""),
        number=values.get("primaryPhoneNumber", ""),
        enterprise=values.get("spEnterpriseId", ""),
    )
    if kind == _LISTED:
        return meant, ()
    readings = [meant]
    if "@" in meant.name and not meant.user_id:
        # A name with an @ in it is told from a user ID by nothing but looking.
        readings.append(replace(meant, name="", user_id=meant.name))
    for wanted in (*readings, *(replace(each, removed=True) for each in readings)):
        if kind == _GONE and not wanted.removed:
            continue
        found = desk.registry.search(wanted, before=behind or None, limit=ON_A_CARD + 1)
        if found:
            return wanted, found
    return meant, ()


def _general(values: Values) -> bool:
    """Webex's list knows names alone: what else is asked for nobody could compare."""
    return bool(values.get("displayName")) and not (values.keys() & {"userId", "primaryPhoneNumber", "spEnterpriseId"})


def _add_listed(data: dict[str, Any], name: str, desk: Desk, *, behind: int) -> None:
    """What Webex lists under exactly that name and this bot does not remember, as much as there is room for."""
    try:
        listed = desk.broadworks.find_workspaces(name)
    except BroadWorksError as exc:
        data["webex"] = "refused" if workspaces.may_not_look(exc) else "unasked"
        return
    data["webex"] = "asked"
    unknown = [each for each in listed if each.get("id") and not desk.registry.find(webex_id=str(each["id"]))]
    room = ON_A_CARD - len(data["items"])
    shown = unknown[behind : behind + room]
    data["items"] += [_listed(each) for each in shown]
    if len(unknown) > behind + len(shown):
        data["next"] = f"{_LISTED}:{behind + len(shown)}"


def _remembered(row: Provisioned) -> dict[str, str]:
    return {
        **workspaces.fields_of(row),
        "id": row.webex_id,
        "origin": workspaces.origin(row),
        "as_of": row.as_of.isoformat(),
        "removed": row.removed_at.isoformat() if row.removed_at else "",
    }


def _listed(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(told.get(name) or "") for name in ("id", "displayName", "created")}


def _told(values: Values) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != _PAGE}


def follow_ups(request: Request) -> list[FollowUp]:
    """A button for each row; where there is nothing, the form to provision one."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items: Sequence[Mapping[str, str]] = data.get("items") or ()
    if items:
        return [
            FollowUp(show(number, of=len(items)), "show workspace", {"workspace": _which(each)}, at_once=True)
            for number, each in enumerate(items, start=1)
        ]
    if not data or _PAGE in request.values or not data.get("wanted"):
        return []
    return [FollowUp("Provision workspace", "provision workspace", dict(data["wanted"]))]


def _which(item: Mapping[str, str]) -> str:
    return item.get("id") or item.get("userId") or item.get("displayName", "")


OPERATION = Operation(
    words="find workspaces",
    aliases=("find workspace", "search workspaces", "list workspaces"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Find",
    again="Edit and find again",
    examples=(
        "find workspaces Conference Room",
        "find workspaces",
        "find workspaces user=95547321@example.com",
        "find workspaces enterprise=Reseller1+acme",
    ),
    follow_ups=follow_ups,
)
