"""How the workspaces that were found are listed, each with where it is known from."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import capital, counted, moment_of, named
from cards.workspace import called

_WEBEX = {
    "asked": "Webex's own list was asked too, for exactly this name.",
    "refused": "Webex's own list could not be asked: the bot's token may not look at workspaces. "
    "This is the bot's own memory alone.",
    "unasked": "Webex's own list could not be asked just now. This is the bot's own memory alone.",
    "": "Webex lists workspaces by name alone, so this is the bot's own memory: what it has provisioned or imported.",
}
_MORE = "Webex's own list comes after what the bot remembers."


def result(request: Request, form: Form) -> list[Element]:
    """What was looked for and where, and a few lines for each workspace."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    items = [each for each in data.get("items") or () if isinstance(each, Mapping)]
    found = data.get("wanted")
    wanted: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    first = "page" not in request.values
    looked_for = [kit.small(f"{named(name, form)}: {value}") for name, value in wanted.items()]
    if not items:
        return [*_nothing(first=first), *looked_for, *_where(data), *(_advice(wanted) if first else [])]
    more = bool(data.get("next"))
    rows = [element for number, item in enumerate(items, start=1) for element in _row(number, item)]
    return [kit.strong(_count(len(items), first=first, more=more)), *looked_for, *_where(data), *rows]


def show(number: int, *, of: int) -> str:
    """The title of the button that shows a row."""
    return f"Show {number}" if of > 1 else "Show"


def _count(number: int, *, first: bool, more: bool) -> str:
    if first:
        return f"The first {counted(number, 'workspace')}" if more else f"{counted(number, 'workspace')} found"
    return f"The next {counted(number, 'workspace')}" if more else f"The last {counted(number, 'workspace')}"


def _where(data: Mapping[str, Any]) -> list[Element]:
    """Whose word it is, and what was not asked."""
    remarks = ["No workspace has that name; it is a user ID."] if data.get("as_user_id") else []
    asked = str(data.get("webex") or "")
    general = "displayName" in (data.get("wanted") or ())
    words = _MORE if data.get("next") and not asked and general else _WEBEX.get(asked, "")
    colour = {"color": "Warning"} if asked in {"refused", "unasked"} else {}
    return [*(kit.text(each, color="Warning") for each in remarks), kit.small(words, **colour)]


def _nothing(*, first: bool) -> list[Element]:
    if first:
        return [kit.box([kit.strong("No workspace found")], style="warning")]
    return [kit.box([kit.strong("That was all: there are no more")], style="emphasis")]


def _advice(wanted: Mapping[str, Any]) -> list[Element]:
    lines = ["What was provisioned elsewhere the bot knows only if the operator has imported it (“registry import”)."]
    if len(wanted) > 1:
        lines.insert(0, "Everything that is given must be true of the same workspace: leave something out.")
    elif "displayName" in wanted:
        lines.insert(0, "Of a name a part is enough for the bot's memory; Webex compares the whole, capitals too.")
    return [kit.strong("What to try"), *(kit.text(words, spacing="Small") for words in lines)]


def _row(number: int, item: Mapping[str, Any]) -> list[Element]:
    extension = f"ext. {item['extension']}" if item.get("extension") else ""
    known = [str(item[name]) for name in ("userId", "spEnterpriseId", "primaryPhoneNumber") if item.get(name)]
    about = " · ".join(filter(None, (*known, extension)))
    words, colour = _whence(item)
    return [
        kit.strong(f"{number} · {called(item)}", separator=True),
        *([kit.text(about, size="Small", spacing="None")] if about else []),
        kit.text(words, size="Small", spacing="None", color=colour),
    ]


def _whence(item: Mapping[str, Any]) -> tuple[str, str]:
    """Where it is known from and how old that is, with the colour for it."""
    if item.get("removed"):
        return f"Removed, as the bot noted on {moment_of(item['removed'])}", "Attention"
    if item.get("as_of"):
        whence = capital(str(item.get("origin") or "the bot's own memory"))
        return f"{whence} · the bot's memory as of {moment_of(item['as_of'])}", "Good"
    made = f", created {moment_of(item['created'])}" if item.get("created") else ""
    return f"Webex's own list{made} · the bot does not know it", "Accent"
