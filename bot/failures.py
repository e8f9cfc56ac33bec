"""The one place where any exception becomes what a person is told."""

import math
from dataclasses import dataclass, replace

from bot.domain.desk import Codes
from bot.domain.problem import Problem, Reason
from bot.errors import (
    ApiComplaint,
    BroadWorksError,
    Busy,
    Declined,
    NeverSent,
    Refused,
    TooLate,
    Unconfirmed,
    WebexBusy,
    WebexError,
    WebexNotFound,
    WebexRefused,
)

_AGENT = "agent"
_OPERATOR = "operator"
_PARTNER = "partner administrator"
_CISCO = "Cisco support"
_LOOK_FIRST = "It may have been done all the same: look in Partner Hub before you ask for it again."


@dataclass(frozen=True)
class _Words:
    """One row of the table; ``again`` when the same request can succeed later, unchanged."""

    happened: str
    why: str
    advice: str
    who: str
    again: bool = False


_STATUSES = {
    400: _Words(
        "Webex did not accept what was asked.",
        "At least one value is missing or wrong.",
        "Correct what Webex complains about, then ask again.",
        _AGENT,
    ),
    401: _Words(
        "Webex did not accept the bot's administrator token.",
        "The token has expired or was revoked.",
        "Ask the operator to renew BROADWORKS_ACCESS_TOKEN, then try again.",
        _OPERATOR,
        again=True,
    ),
    403: _Words(
        "Webex does not let the bot do this.",
        "The bot's administrator lacks the role Partner full administrator, or the token lacks the scope for it.",
        "Ask the operator to check the role and the scopes behind BROADWORKS_ACCESS_TOKEN, then try again.",
        _OPERATOR,
        again=True,
    ),
    404: _Words(
        "Webex did not find what was asked for.",
        "Something that you named does not exist, or the bot's administrator cannot see it.",
        "Check the IDs that you gave, the provisioning ID above all, then ask again.",
        _AGENT,
    ),
    405: _Words(
        "Webex does not offer this action at the address that the bot uses.",
        "The bot and the API do not fit together; what you typed is not the cause.",
        "Tell the operator: the bot needs an update, or its API address is wrong.",
        _OPERATOR,
    ),
    409: _Words(
        "Webex refused because it clashes with something that exists already.",
        "An e-mail address, user ID, number or enterprise is probably taken by somebody else.",
        "Find out who has it, or use another value, then ask again.",
        _AGENT,
    ),
    410: _Words(
        "Webex no longer has what was asked for.",
        "It was removed, or Cisco has switched off this part of the API.",
        "Check that it still exists; if it does, tell the operator that the bot needs an update.",
        _OPERATOR,
    ),
    415: _Words(
        "Webex did not accept the form in which the bot sent this.",
        "This is a mistake of the bot, or of a proxy on the way; what you typed is not the cause.",
        "Tell the operator.",
        _OPERATOR,
    ),
    423: _Words(
        "Webex has this locked for the moment.",
        "Something else is being done with it right now.",
        "Try again {when}.",
        _AGENT,
        again=True,
    ),
    428: _Words(
        "Webex demands that something else is done first.",
        "A condition of Webex is not met; its own words, if it gave any, say which.",
        "Ask your partner administrator, with Webex's tracking ID.",
        _PARTNER,
    ),
    429: _Words(
        "Webex has too many requests at the moment.",
        "The limit for requests in a period of time is used up.",
        "Try again {when}.",
        _AGENT,
        again=True,
    ),
    500: _Words(
        "Something went wrong inside Webex.",
        "Webex answered with an internal error.",
        "Try again in a few minutes. If it stays so, report it to Cisco with Webex's tracking ID.",
        _CISCO,
        again=True,
    ),
    502: _Words(
        "Webex could not get an answer from one of its own servers.",
        "A server behind Webex's gateway failed.",
        "Try again in a few minutes.",
        _AGENT,
        again=True,
    ),
    503: _Words(
        "Webex is overloaded or down at the moment.",
        "Its servers cannot take more requests.",
        "Try again in a few minutes.",
        _AGENT,
        again=True,
    ),
    504: _Words(
        "Webex took too long.",
        "A server behind Webex's gateway did not answer in time.",
        "Try again in a few minutes.",
        _AGENT,
        again=True,
    ),
}

_OTHER_REFUSAL = _Words(
    "Webex refused with a status that the bot does not know ({status}).",
    "Webex's own words, if it gave any, say why.",
    "Check what you asked for. If it looks right, ask your partner administrator, with Webex's tracking ID.",
    _PARTNER,
)
_OTHER_FAILURE = _Words(
    "Webex gave an answer that the bot cannot make sense of (status {status}).",
    "Something on the way to Webex, or Webex itself, is not as it should be.",
    "Try again in a few minutes. If it stays so, tell the operator.",
    _OPERATOR,
    again=True,
)
_UNREADABLE = _Words(
    "Webex said yes (status {status}), but its answer cannot be read.",
    "The answer was empty, broke off, or lacked what it should contain.",
    "Try again in a few minutes.",
    _AGENT,
    again=True,
)
_NO_ANSWER = _Words(
    "Webex did not answer.",
    "The connection broke, or the time for an answer ran out.",
    "Try again in a few minutes.",
    _AGENT,
    again=True,
)
_NEVER_SENT = _Words(
    "The bot could not reach Webex; nothing was sent.",
    "The connection was refused, nobody answered in time, or the name of the server could not be found.",
    "Try again in a minute. If it stays so, the operator should check the network, the proxy and BROADWORKS_BASE_URL.",
    _OPERATOR,
    again=True,
)
_TOO_LATE = _Words(
    "The bot came too late, so nothing was changed.",
    "It was stopped or busy, and a change is begun within seconds or not at all.",
    "Try again now. If it stays so, tell the operator.",
    _AGENT,
    again=True,
)
_CHAT_BUSY = _Words(
    "Webex messaging has too many requests at the moment.",
    "The limit for requests in a period of time is used up.",
    "Try again {when}.",
    _AGENT,
    again=True,
)
_CHAT_MISSING = _Words(
    "The bot did not find a message, person or space.",
    "It was removed, or the bot may not see it.",
    "Check that the bot is still in the space, then try again.",
    _AGENT,
    again=True,
)
_CHAT_REFUSED = _Words(
    "Webex messaging refused what the bot wanted to do.",
    "The bot's own token or its place in the space is probably the cause.",
    "Ask the operator to check WEBEX_TEAMS_ACCESS_TOKEN and that the bot is still in the space.",
    _OPERATOR,
)
_CHAT_DOWN = _Words(
    "The bot could not reach Webex messaging.",
    "Webex gave no answer, or one that cannot be read.",
    "Try again in a few minutes.",
    _AGENT,
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
        words = replace(words, advice=_LOOK_FIRST, who=_AGENT, again=False)
    elif changes and isinstance(exc, Refused):
        words = replace(words, why=f"{words.why} Nothing was changed.".strip())
    problem = _say(words, status=exc.status, retry_after=retry_after)
    reasons = tuple(_reason(each, codes=codes) for each in complaints)
    return replace(problem, reasons=reasons, tracking_id=exc.tracking_id, tries=exc.tries)


def _specific(complaints: tuple[ApiComplaint, ...]) -> tuple[ApiComplaint, ...]:
    """Those that name a field or a code; a general remark only if there is nothing better."""
    return tuple(each for each in complaints if each.field or each.code) or complaints


def _words_for(exc: BroadWorksError) -> _Words:
    if isinstance(exc, NeverSent):
        return _TOO_LATE if isinstance(exc, TooLate) else _NEVER_SENT
    if exc.status is None:
        return _NO_ANSWER
    if 200 <= exc.status <= 299:
        return _UNREADABLE
    return _STATUSES.get(exc.status, _OTHER_REFUSAL if isinstance(exc, Refused) else _OTHER_FAILURE)


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
        who=_OPERATOR,
    )


def _say(words: _Words, *, status: int | None = None, retry_after: float | None = None) -> Problem:
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
