"""What the operations on workspaces share: which one is meant, what this bot remembers of it, what Webex tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.desk import Desk, Provisioned, RegistryFilter
from bot.domain.form import Input
from bot.domain.numbers import NotANumber, read_number
from bot.domain.places import SHORTEST_ID, could_be_id
from bot.domain.plan import Finding, Level, Source, Subject
from bot.errors import BroadWorksError, Declined, Refused

KIND = "workspace"

WHICH = Input(
    "workspace",
    "Workspace",
    required=True,
    short=("room", "name", "user", "userId", "id"),
    bare=True,
    hint="Conference Room, 95547321@example.com, or its Webex ID",
    max_length=1024,
)
"""Which one it is about, in one input: a display name, a user ID of BroadWorks, or an id of Webex."""

_BY_FACT = {
    "displayName": "name",
    "userId": "user_id",
    "spEnterpriseId": "enterprise",
    "primaryPhoneNumber": "number",
    "extension": "extension",
    "provisioningId": "provisioning_id",
}
_SOME = 5
"""As many as are named where several could be meant."""


@dataclass(frozen=True)
class Meant:
    """The workspace that is meant: its id of Webex, if anybody knows it, and what this bot remembers of it."""

    id: str
    known: Provisioned | None = None

    @property
    def subject(self) -> Subject:
        """Whom a plan about it is about."""
        return Subject(user_id=self.known.user_id if self.known else "", webex_id=self.id)

    @property
    def fields(self) -> dict[str, str]:
        """What this bot remembers of it, under the API's own names; what it does not know is left out."""
        return fields_of(self.known) if self.known else {}


@dataclass(frozen=True)
class Sight:
    """What Webex's general API tells of a workspace: its name, never its numbers; or why it tells nothing."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    gone: bool = False
    why: str = ""
    tracking_id: str | None = None


def one(which: str, desk: Desk) -> Meant:
    """The workspace that is meant; raises Declined if there is none, or more than one."""
    if "@" not in which and len(which) >= SHORTEST_ID and could_be_id(which):
        known = [each for each in desk.registry.find(webex_id=which, removed=True) if each.kind == KIND]
        return Meant(which, known[-1] if known else None)
    found = _remembered(which, desk)
    if len(found) > 1:
        raise Declined(f"More than one workspace is “{which}”: {_listed(found)}. Say which by its user ID or Webex ID.")
    if found:
        return Meant(found[0].webex_id, found[0])
    return Meant(_looked_up(which, desk))


def demand_id(meant: Meant) -> None:
    """Without its id nothing can be sent to a workspace; raises Declined where nobody has told it to the bot."""
    if meant.id:
        return
    name = meant.known.name if meant.known else ""
    raise Declined(
        f"The bot does not know the Webex ID of “{name}”, and cannot change or remove it without. "
        f"Say “find workspaces {name}”, or look in Control Hub, and name it by its Webex ID."
    )


def fields_of(row: Provisioned) -> dict[str, str]:
    """What the registry has of a workspace, under the API's own names."""
    return {name: value for name, fact in _BY_FACT.items() if (value := str(getattr(row, fact)))}


def facts_of(fields: Mapping[str, Any]) -> dict[str, str]:
    """What is said of a workspace under the API's own names, by the names of the registry; numbers in E.164."""
    told = {name: str(fields[name] or "") for name in _BY_FACT if name in fields}
    return {_BY_FACT[name]: _plain(value) if name == "primaryPhoneNumber" else value for name, value in told.items()}


def origin(row: Provisioned) -> str:
    """Where the bot knows it from."""
    asked = f"request {row.request}" if row.request else ""
    return " and ".join(filter(None, (asked, row.source)))


def at(moment: datetime) -> str:
    """A time in a sentence."""
    return f"{moment:%d %b %Y %H:%M} UTC"


def sight(workspace_id: str, desk: Desk) -> Sight:
    """Look at it in Webex's general API, if the token may; whatever goes wrong stops nobody."""
    try:
        found = desk.broadworks.workspace(workspace_id)
    except Refused as exc:
        return Sight(gone=exc.gone, why="" if exc.gone else _why(exc), tracking_id=exc.tracking_id)
    except BroadWorksError as exc:
        return Sight(why="Webex could not be asked just now", tracking_id=exc.tracking_id)
    return Sight(fields=found.fields, tracking_id=found.tracking_id)


def findings(meant: Meant, seen: Sight) -> tuple[Finding, ...]:
    """What is known of the one that is to be changed or removed, and whose word that is."""
    return (_memory(meant.known), _seen(seen))


def was_seen(findings: tuple[Finding, ...]) -> bool:
    """Whether Webex showed it when the plan was made: what was never shown says nothing by not being there."""
    return any(each.source is Source.WEBEX and each.level is Level.GOOD for each in findings)


def may_not_look(exc: BroadWorksError) -> bool:
    """It is the token that lacks the right, and not this one time."""
    return isinstance(exc, Refused) and exc.status in {401, 403}


def _plain(number: str) -> str:
    try:
        return read_number(number, region=None).e164
    except NotANumber:
        return number


def _memory(known: Provisioned | None) -> Finding:
    if known is None:
        text = (
            "This bot does not know this workspace, which it has neither provisioned nor imported. "
            "What it has now nobody can say here. Make sure that it is the right one."
        )
        return Finding(Level.WARNING, text)
    what = " · ".join(filter(None, (f"“{known.name}”", known.user_id, known.enterprise)))
    if known.removed_at:
        return Finding(Level.WARNING, f"This bot has noted {what} as removed on {at(known.removed_at)}.")
    text = f"As this bot remembers it, this is {what} ({origin(known)}, as of {at(known.as_of)})."
    return Finding(Level.GOOD, text)


def _seen(seen: Sight) -> Finding:
    if seen.gone:
        return Finding(Level.BAD, "Webex finds no workspace with this ID.", Source.WEBEX)
    if seen.why:
        return Finding(Level.WARNING, f"{seen.why}, so the bot did not see whether it is still there.")
    name = seen.fields.get("displayName")
    return Finding(Level.GOOD, f"Webex has this workspace{f', named “{name}”' if name else ''}.", Source.WEBEX)


def _why(exc: Refused) -> str:
    if may_not_look(exc):
        return "The bot's token may not look at workspaces in Webex (spark-admin:workspaces_read)"
    return f"Webex refused to show it ({exc.status})"


def _remembered(which: str, desk: Desk) -> list[Provisioned]:
    """Those of that user ID, else those of exactly that name."""
    by_user = [each for each in desk.registry.find(user_id=which) if each.kind == KIND]
    if by_user:
        return by_user
    named = desk.registry.search(RegistryFilter(kind=KIND, name=which), limit=50)
    return [each for each in named if each.name.casefold() == which.casefold()]


def _looked_up(which: str, desk: Desk) -> str:
    """The id of the only one of that name in Webex's general list; raises Declined."""
    unknown = f"This bot remembers no workspace “{which}”"
    if "@" in which:
        raise Declined(f"{unknown}, and Webex lists none by user ID. Name it by its Webex ID, which Control Hub shows.")
    try:
        listed = desk.broadworks.find_workspaces(which)
    except BroadWorksError as exc:
        why = "may not look for it in Webex" if may_not_look(exc) else "could not look for it in Webex just now"
        raise Declined(f"{unknown}, and {why}. Name it by its Webex ID, which Control Hub shows.") from exc
    ids = [str(each["id"]) for each in listed if each.get("displayName") == which and each.get("id")]
    if len(ids) > 1:
        raise Declined(f"{unknown}, and Webex lists {len(ids)} of that name. Say “find workspaces {which}” and choose.")
    if not ids:
        raise Declined(f"Neither this bot nor Webex knows a workspace “{which}”. Say “find workspaces” to look for it.")
    return ids[0]


def _listed(found: list[Provisioned]) -> str:
    named = [each.user_id or each.webex_id for each in found[:_SOME]]
    return ", ".join(named) + (f" and {len(found) - _SOME} more" if len(found) > _SOME else "")
