"""The one place where any exception becomes what a person is told."""

import math
from dataclasses import replace

from bot.domain.desk import Codes
from bot.domain.problem import Problem, Reason
from bot.errors import (
    ApiComplaint,
    BroadWorksError,
    Busy,
    Declined,
    NeverSent,
    NoToken,
    Refused,
    TokenDead,
    TooLate,
    Unconfirmed,
    WebexBusy,
    WebexError,
    WebexNotFound,
    WebexRefused,
)
from bot.statuses import AGENT, OPERATOR, PARTNER, STATUSES, Words

_LOOK_FIRST = "It may have been done all the same: look in Partner Hub before you ask for it again."


_OTHER_REFUSAL = Words(
    "Webex refused with a status that the bot does not know ({status}).",
    "Webex's own words, if it gave any, say why.",
    "Check what you asked for. If it looks right, ask your partner administrator, with Webex's tracking ID.",
    PARTNER,
)
_OTHER_FAILURE = Words(
    "Webex gave an answer that the bot cannot make sense of (status {status}).",
    "Something on the way to Webex, or Webex itself, is not as it should be.",
    "Try again in a few minutes. If it stays so, tell the operator.",
    OPERATOR,
    again=True,
)
_UNREADABLE = Words(
    "Webex said yes (status {status}), but its answer cannot be read.",
    "The answer was empty, broke off, or lacked what it should contain.",
    "Try again in a few minutes.",
    AGENT,
    again=True,
)
_NO_ANSWER = Words(
    "Webex did not answer.",
    "The connection broke, or the time for an answer ran out.",
    "Try again in a few minutes.",
    AGENT,
    again=True,
)
_NEVER_SENT = Words(
    "The bot could not reach Webex; nothing was sent.",
    "The connection was refused, nobody answered in time, or the name of the server could not be found.",
    "Try again in a minute. If it stays so, the operator should check the network, the proxy and BROADWORKS_BASE_URL.",
    OPERATOR,
    again=True,
)
_TOO_LATE = Words(
    "The bot came too late, so nothing was changed.",
    "It was stopped or busy, and a change is begun within seconds or not at all.",
    "Try again now. If it stays so, tell the operator.",
    AGENT,
    again=True,
)
_TOKEN_DEAD = Words(
    "Webex does not let the bot in any more, so nothing was sent.",
    "The bot's access has ended, and Webex does not renew it: what you typed is not the cause.",
    "An admin of this bot must log in to Webex for it again (python -m bot login). Then try again.",
    OPERATOR,
    again=True,
)
_NO_TOKEN = Words(
    "The bot could not renew its access to Webex just now, so nothing was sent.",
    "Webex did not answer, or not as it should, when the bot asked for a new access token.",
    "Try again in a minute. If it stays so, tell the operator.",
    AGENT,
    again=True,
)
_CHAT_BUSY = Words(
    "Webex messaging has too many requests at the moment.",
    "The limit for requests in a period of time is used up.",
    "Try again {when}.",
    AGENT,
    again=True,
)
_CHAT_MISSING = Words(
    "The bot did not find a message, person or space.",
    "It was removed, or the bot may not see it.",
    "Check that the bot is still in the space, then try again.",
    AGENT,
    again=True,
)
_CHAT_REFUSED = Words(
    "Webex messaging refused what the bot wanted to do.",
    "The bot's own token or its place in the space is probably the cause.",
    "Ask the operator to check WEBEX_TEAMS_ACCESS_TOKEN and that the bot is still in the space.",
    OPERATOR,
)
_CHAT_DOWN = Words(
    "The bot could not reach Webex messaging.",
    "Webex gave no answer, or one that cannot be read.",
    "Try again in a few minutes.",
    AGENT,
    again=True,
)


def explain(exc: BaseException, *, codes: Codes, doing: str, ours: str | None, changes: bool = True) -> Problem:
    """What to tell the person whose ``doing`` ("precheck subscriber") ended in this exception.

    ``ours`` is the bot's tracking id. Where nobody knows the outcome, ``changes`` tells whether there could be one:
    a read can simply be tried again.
    """
    if isinstance(exc, Declined):
        problem = Problem(happened=str(exc))
    elif isinstance(exc, BroadWorksError):
        problem = _of_broadworks(exc, codes=codes, changes=changes)
    elif isinstance(exc, WebexError):
        problem = _of_webex(exc)
    else:
        problem = _of_a_bug(doing, ours=ours, changes=changes)
    return replace(problem, ours=ours)


def _of_broadworks(exc: BroadWorksError, *, codes: Codes, changes: bool) -> Problem:
    retry_after = exc.retry_after if isinstance(exc, Busy) else None
    words = _words_for(exc)
    complaints = _specific(exc.complaints)
    if complaints != exc.complaints or any(each.field or each.code for each in complaints):
        # They say what is wrong themselves, so there is nothing to guess.
        words = replace(words, why="")
    if changes and isinstance(exc, Unconfirmed):
        words = replace(words, advice=_LOOK_FIRST, who=AGENT, again=False)
    elif changes and isinstance(exc, Refused):
        words = replace(words, why=f"{words.why} Nothing was changed.".strip())
    problem = _say(words, status=exc.status, retry_after=retry_after)
    reasons = tuple(_reason(each, codes=codes) for each in complaints)
    return replace(problem, reasons=reasons, tracking_id=exc.tracking_id, tries=exc.tries)


def _specific(complaints: tuple[ApiComplaint, ...]) -> tuple[ApiComplaint, ...]:
    """Those that name a field or a code; a general remark only if there is nothing better."""
    return tuple(each for each in complaints if each.field or each.code) or complaints


def _words_for(exc: BroadWorksError) -> Words:
    if isinstance(exc, NoToken):
        return _TOKEN_DEAD if isinstance(exc, TokenDead) else _NO_TOKEN
    if isinstance(exc, NeverSent):
        return _TOO_LATE if isinstance(exc, TooLate) else _NEVER_SENT
    if exc.status is None:
        return _NO_ANSWER
    if 200 <= exc.status <= 299:
        return _UNREADABLE
    return STATUSES.get(exc.status, _OTHER_REFUSAL if isinstance(exc, Refused) else _OTHER_FAILURE)


def _of_webex(exc: WebexError) -> Problem:
    if isinstance(exc, WebexBusy):
        return _say(_CHAT_BUSY, retry_after=exc.retry_after)
    if not isinstance(exc, WebexRefused):
        return _say(_CHAT_DOWN)
    words = _CHAT_MISSING if isinstance(exc, WebexNotFound) else _CHAT_REFUSED
    reasons = (Reason(exc.message),) if exc.message else ()
    return replace(_say(words, status=exc.status), reasons=reasons, tracking_id=exc.tracking_id)


def _of_a_bug(doing: str, *, ours: str | None, changes: bool) -> Problem:
    # The text of such an exception is for the log: it can hold anything, secrets included.
    report = f"Give the operator this tracking ID: {ours}." if ours else "Tell the operator when it happened."
    return Problem(
        happened=f"The bot made a mistake while it worked on “{doing}”.",
        why="This is a bug in the bot: neither what you typed nor Webex is the cause.",
        advice=f"{report} {_LOOK_FIRST}" if changes else report,
        who=OPERATOR,
    )


def _say(words: Words, *, status: int | None = None, retry_after: float | None = None) -> Problem:
    return Problem(
        happened=words.happened.format(status=status),
        why=words.why,
        advice=words.advice.format(when=_when(retry_after)),
        who=words.who,
        status=status,
        retry_after=retry_after,
        again=words.again,
    )


def _reason(complaint: ApiComplaint, *, codes: Codes) -> Reason:
    known = codes.explain(complaint.code, words=complaint.description) if complaint.code else None
    return Reason(complaint.description, complaint.field, known)


def _when(seconds: float | None) -> str:
    if seconds is None:
        return "in a minute"
    if seconds < 90:
        return f"in {_count(seconds, 'second')}"
    if seconds < 90 * 60:
        return f"in {_count(seconds / 60, 'minute')}"
    if seconds < 48 * 3600:
        return f"in {_count(seconds / 3600, 'hour')}"
    # Whatever number Webex gives beyond this, nobody waits for it.
    return "in a few days"


def _count(amount: float, unit: str) -> str:
    whole = max(1, math.ceil(amount))
    return f"{whole} {unit}" if whole == 1 else f"{whole} {unit}s"
