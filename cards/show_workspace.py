"""How one workspace is drawn: the bot's memory and Webex's word apart, and its history."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit, workspace
from cards.past import past
from cards.shared import capital, moment_of, sentence

_NEVER = "Webex tells nobody the user ID, the number or the extension of a workspace."
_UNKNOWN = "Nothing: this bot has neither provisioned nor imported it. The operator can import what exists already."


def result(request: Request, _form: Form) -> list[Element]:
    """Which one it is and whether it is there, then what is known of it and from whom."""
    data: Mapping[str, Any] = request.outcome.data if request.outcome else {}
    known, webex = _object(data.get("fields")), _object(data.get("webex"))
    told = _object(webex.get("fields"))
    return [
        kit.strong(workspace.called(known or told)),
        _state(data, webex, told),
        *_memory(data, known),
        *_webex(webex, told),
        *past(data),
    ]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _state(data: Mapping[str, Any], webex: Mapping[str, Any], told: Mapping[str, Any]) -> Element:
    """Whether it is there, in a box of its own colour."""
    removed = f"Removed, as this bot noted on {moment_of(data['removed'])}" if data.get("removed") else ""
    if told:
        words = f"{removed}. Webex's general list still has it" if removed else "Webex has it"
        return kit.box([kit.strong(words)], style="warning" if removed else "good")
    if removed:
        return kit.box([kit.strong(removed)], style="emphasis")
    if webex.get("gone"):
        return kit.box([kit.strong("Webex finds no workspace with this ID")], style="attention")
    return kit.box([kit.strong("Not known whether it is there")], style="warning")


def _memory(data: Mapping[str, Any], known: Mapping[str, Any]) -> list[Element]:
    heading = kit.strong("What this bot remembers", separator=True, spacing="Medium")
    if not known:
        return [heading, kit.text(_UNKNOWN, spacing="Small"), *workspace.facts({"id": data.get("id")})]
    whence = capital(str(data.get("origin") or "its own memory"))
    when = f"{whence}, as of {moment_of(data.get('as_of'))}."
    return [heading, kit.small(when), *workspace.facts({**known, "id": data.get("id")})]


def _webex(webex: Mapping[str, Any], told: Mapping[str, Any]) -> list[Element]:
    heading = kit.strong("What Webex tells", separator=True, spacing="Medium")
    if told:
        return [heading, kit.small(_NEVER), *workspace.facts({name: told[name] for name in told if name != "id"})]
    why = str(webex.get("why") or "")
    words = "Nothing: it finds no workspace with this ID." if webex.get("gone") else f"Nothing. {sentence(why)}".strip()
    return [heading, kit.text(words, spacing="Small")]
