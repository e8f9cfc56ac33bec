"""How one subscriber is drawn with its history."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request, State
from cards import kit, problem, subscriber
from cards.shared import capital, moment_of, sentence
from cards.watching import status_words

_LATEST = 5
_OLDER = "older-requests"
_WORDS: Mapping[str, str] = {
    State.ASKED.value: "not confirmed yet",
    State.APPROVED.value: "confirmed, not sent yet",
    State.RUNNING.value: "being sent to Webex",
    State.DONE.value: "done",
    State.FAILED.value: "not done",
    State.UNKNOWN.value: "sent, nobody knows yet how it ended",
    State.WATCHING.value: "accepted, not finished yet",
    State.STUCK.value: "accepted, but it takes long",
    State.UNWATCHED.value: "accepted, not watched to its end",
    State.WITHDRAWN.value: "cancelled before it was sent",
    State.EXPIRED.value: "expired, nothing was sent",
}
_WATCHED = frozenset({State.WATCHING.value, State.STUCK.value, State.UNWATCHED.value})


def result(request: Request, _form: Form) -> list[Element]:
    """Who it is, how far it is and what is wrong, then everything else, then what was asked of this bot."""
    data = request.outcome.data if request.outcome else {}
    fields = data.get("fields")
    told = fields if isinstance(fields, Mapping) else {}
    return [
        kit.strong(subscriber.called(told)),
        *subscriber.status(told),
        *_errors(data),
        *subscriber.facts(told),
        *_history([each for each in data.get("history") or () if isinstance(each, Mapping)]),
    ]


def _errors(data: Mapping[str, Any]) -> list[Element]:
    """What Webex complains about, with what is known of its codes."""
    drawn = problem.reasons(problem.rebuilt({"reasons": data.get("errors") or ()}))
    return [kit.box([kit.strong("What went wrong"), *drawn], style="attention")] if drawn else []


def _history(requests: list[Mapping[str, Any]]) -> list[Element]:
    """The latest requests, the older ones behind a button."""
    heading = kit.strong("What was asked of this bot", separator=True, spacing="Medium")
    if not requests:
        return [heading, kit.text("Nothing was changed through this bot so far.", spacing="Small")]
    latest = [element for each in requests[:_LATEST] for element in _request(each)]
    older = [element for each in requests[_LATEST:] for element in _request(each)]
    return [heading, *latest, *(kit.hidden("Older requests", older, name=_OLDER) if older else [])]


def _request(told: Mapping[str, Any]) -> list[Element]:
    asker, confirmed = told.get("asker"), told.get("confirmed_at")
    lines = [f"Asked by {asker}, {moment_of(told.get('asked_at'))}"]
    if confirmed:
        lines.append(f"Confirmed by {asker}, {moment_of(confirmed)}")
    lines.append(_end(told))
    heading = kit.strong(f"Request {told.get('number')} · {told.get('words')}", size="Small", spacing="Small")
    return [heading, *(kit.small(line, spacing="None") for line in lines)]


def _end(told: Mapping[str, Any]) -> str:
    """The outcome in words, with when it was and why as far as known."""
    state = str(told.get("state") or "")
    words = _WORDS.get(state, state)
    if state in _WATCHED and told.get("status"):
        words = f"{words}; last seen: {status_words(str(told['status']))}"
    when = f", {moment_of(told['ended_at'])}" if told.get("ended_at") else ""
    why = " ".join(sentence(str(told[name])) for name in ("happened", "note") if told.get(name))
    return f"{capital(words)}{when}. {why}".strip()
