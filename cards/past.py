"""What was asked of this bot before about something, and what came of it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.operation import Element
from bot.domain.request import State
from cards import kit
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


def past(data: Mapping[str, Any]) -> list[Element]:
    """The latest requests of an answer's ``history``, the older ones behind a button."""
    requests = [each for each in data.get("history") or () if isinstance(each, Mapping)]
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
