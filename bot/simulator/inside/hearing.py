"""Makes entries out of what the bot logs, keeping only fields that are known to be harmless."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from bot.simulator.inside.sightings import SERVICES, masked, short
from bot.simulator.inside.trace import Entry, Kind, Simple

Line = Mapping[str, Any]

HARMLESS = (
    "result",
    "resource",
    "outcome",
    "kind",
    "key",
    "delivery",
    "how",
    "shows",
    "what",
    "turn",
    "parked",
    "method",
    "theirs",
    "webex_tracking_id",
)
"""Names and numbers of things. Reasons and failures are left out: they may quote what somebody typed."""

_BAD_LEVELS = frozenset({"warning", "error", "critical"})
_RETRIES = ("stamina", "stamina.retry_scheduled")
"""Who makes calls again, and what it says then, with a warning: but the failed call is the trouble, not this."""

_LONGEST = 200
_LARGEST = 10**9
_RESULTS = {
    "accepted": "Inbox: taken in",
    "duplicate": "Inbox: a duplicate, dropped",
    "own": "Inbox: the bot's own message, ignored",
    "unknown": "Inbox: of no concern, ignored",
}
_OUTCOMES = {
    "done": "Event handled",
    "busy": "Event put off: Webex is busy",
    "away": "Event put off: Webex does not answer",
    "error": "Event not handled",
}
_WORK = {
    "plan": "Plan and check",
    "fulfil": "Carry out",
    "look": "Look for the outcome",
    "settle": "Settle the outcome",
    "expire": "Expire if forgotten",
    "lapse": "Close a form if forgotten",
}


@dataclass(frozen=True)
class Heard:
    """What a line tells: an entry, or only which names and request belong together."""

    entry: Entry | None = None
    ties: tuple[str, ...] = ()
    request: int | None = None


def hear(line: Line, *, now: datetime) -> Heard | None:
    """None for what is of no interest, or no line of a log at all."""
    event, logger = _word(line.get("event")), _word(line.get("logger"))
    if not event:
        return None
    if logger != "bot" and not logger.startswith("bot."):
        return _library(line, now, logger=logger)
    return _TELL.get(event, _other)(line, now)


def _library(line: Line, now: datetime, *, logger: str) -> Heard | None:
    """A library's words are not fixed and could hold anything, so that only who complains is told."""
    if (logger, line.get("event")) == _RETRIES:
        pause = _seconds(line.get("wait_for"))
        again = "at once" if pause is None else f"after {pause:g} s"
        return Heard(_entry(line, now, words=f"A call failed: it is made again {again}", bad=False))
    if not _bad(line):
        return None
    return Heard(_entry(line, now, words=f"A part of the bot complains: {logger or 'unnamed'}"))


def _webhook(line: Line, now: datetime) -> Heard:
    words = _RESULTS.get(_word(line.get("result")), "Inbox: a webhook")
    return Heard(_entry(line, now, words=words, ties=_names(line, "theirs", "key")))


def _refused(line: Line, now: datetime) -> Heard:
    words = (
        "Inbox: refused, it is not genuine" if line.get("event") == "webhook refused" else "Inbox: could not keep it"
    )
    return Heard(_entry(line, now, words=words, ties=_names(line, "theirs")))


def _handled(line: Line, now: datetime) -> Heard:
    words = _OUTCOMES.get(_word(line.get("outcome")), "Event received")
    bad = line.get("outcome") != "done" or _bad(line)
    return Heard(_entry(line, now, words=words, ties=_names(line, "key"), bad=bad))


def _worked(line: Line, now: datetime) -> Heard:
    words = _WORK.get(_word(line.get("kind")), "Work")
    if line.get("kind") == "deliver":
        words = f"Bring message {_word(line.get('key')).partition('.')[0]} up to date"
    if line.get("event") != "work done":
        words += ": failed for good" if line.get("event") == "work has failed for good" else ": tried again later"
    return Heard(_entry(line, now, words=words))


def _shown(line: Line, _now: datetime) -> Heard:
    # That something was posted has been seen already; new is only for which request.
    return Heard(ties=_names(line, "tracking_id"), request=_number(line.get("request")))


def _noted(line: Line, now: datetime) -> Heard:
    what = _word(line.get("what")) or "something happened"
    state = what.removeprefix("request ")
    words = what if line.get("request") is None else state
    return Heard(_entry(line, now, words=words.capitalize(), kind="history", state=state))


def _called(line: Line, now: datetime) -> Heard | None:
    if line.get("status") is not None:
        # The simulated service has seen this call itself.
        return None
    path = "/" + _word(line.get("path")).lstrip("/")
    words = f"{SERVICES['broadworks']}: {_word(line.get('method'))} {short(path)}, the bot got no answer"
    entry = _entry(line, now, words=words, kind="call", bad=True, more={"path": masked(path)})
    return Heard(entry)


def _ready(line: Line, now: datetime) -> Heard:
    return Heard(_entry(line, now, words="The bot is ready", kind="world"))


def _other(line: Line, now: datetime) -> Heard:
    return Heard(_entry(line, now, words=_word(line.get("event")).capitalize()))


_TELL: dict[str, Callable[[Line, datetime], Heard | None]] = {
    "webhook": _webhook,
    "webhook refused": _refused,
    "webhook not kept": _refused,
    "event handled": _handled,
    "work done": _worked,
    "work has failed for good": _worked,
    "the database did not answer in time": _worked,
    "message shown": _shown,
    "audit": _noted,
    "broadworks call": _called,
    "the bot is ready": _ready,
}


def _entry(
    line: Line,
    now: datetime,
    *,
    words: str,
    kind: Kind = "bot",
    ties: tuple[str, ...] = (),
    bad: bool | None = None,
    state: str | None = None,
    more: Mapping[str, Simple] | None = None,
) -> Entry:
    request, seconds = _number(line.get("request")), _seconds(line.get("seconds"))
    return Entry(
        at=_moment(line.get("timestamp"), now) - timedelta(seconds=seconds or 0.0),
        kind=kind,
        words=words if request is None else f"Request {request}: {words[:1].lower()}{words[1:]}",
        tracking_id=_word(line.get("tracking_id")) or None,
        request=request,
        status=_number(line.get("status")),
        seconds=seconds,
        bad=_bad(line) if bad is None else bad,
        facts={**_facts(line), **(more or {})},
        ties=ties,
        state=state,
    )


def _facts(line: Line) -> dict[str, Simple]:
    found: dict[str, Simple] = {}
    for name in HARMLESS:
        value = line.get(name)
        if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
            found[name] = value
        elif isinstance(value, str) and value and "@" not in value:
            found[name] = value[:_LONGEST]
    error = line.get("error")
    if isinstance(error, str) and error.isidentifier():
        # The name of an exception, not its words.
        found["error"] = error[:_LONGEST]
    return found


def _names(line: Line, *fields: str) -> tuple[str, ...]:
    return tuple(word for word in (_word(line.get(name)) for name in fields) if word)


def _word(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < _LARGEST else None


def _seconds(value: Any) -> float | None:
    good = type(value) in (int, float) and isfinite(value) and 0 <= value < _LARGEST
    return float(value) if good else None


def _moment(value: Any, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(_word(value))
    except ValueError:
        return now
    # Nobody logged anything long ago; so early a moment may be too early to count back from.
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment.year >= now.year - 1 else now


def _bad(line: Line) -> bool:
    return _word(line.get("level")) in _BAD_LEVELS
