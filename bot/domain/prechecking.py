"""What Webex says beforehand of a subscriber who is to be provisioned, as findings that stop nobody."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.desk import Codes, Desk
from bot.domain.form import Form
from bot.domain.plan import Finding, Level, Source
from bot.domain.problem import Explanation
from bot.domain.provisioning import Info, Precheck
from bot.errors import ApiComplaint, BroadWorksError, Busy, NeverSent, Refused

_ALL_WELL = "100"
_VERDICTS = frozenset({400, 409, 422})
"""With these Webex refuses what was asked; with others it refuses to answer."""

_WHY = {
    401: "Webex did not accept the bot's administrator token",
    403: "Webex does not let the bot's administrator ask for it",
    404: "Webex does not offer it at the address that the bot uses",
    423: "Webex has this locked for the moment",
    429: "Webex has too many requests at the moment",
}


def precheck(body: Mapping[str, Any], desk: Desk, form: Form) -> tuple[Finding, ...]:
    """Webex's verdict on what will be sent, each of its remarks, or why there is no verdict."""
    if not body.get("email"):
        return (_unanswered("it needs an e-mail address"),)
    try:
        found = desk.broadworks.precheck(body)
    except Refused as exc:
        return (_refusal(exc, desk.codes, form) if _is_verdict(exc) else _unanswered(_why(exc)),)
    except BroadWorksError as exc:
        return (_unanswered(_why(exc)),)
    return tuple(_answered(found, desk.codes))


def answered(findings: tuple[Finding, ...]) -> bool:
    """Webex gave a verdict."""
    return any(each.source is Source.WEBEX for each in findings)


def _answered(found: Precheck, codes: Codes) -> Iterator[Finding]:
    remarks = [info for info in found.infos if info.code != _ALL_WELL]
    if found.passed:
        yield Finding(Level.GOOD, "Webex expects this to work.", Source.WEBEX)
        for info in remarks:
            yield Finding(Level.WARNING, f"Webex remarks: {_said(info, codes)}", Source.WEBEX)
    else:
        reasons = [_said(info, codes) for info in remarks] or [_quoted(found.message)]
        yield Finding(Level.BAD, f"Webex would refuse this: {' '.join(reasons)}", Source.WEBEX)


def _refusal(exc: Refused, codes: Codes, form: Form) -> Finding:
    told = [_complaint(each, codes, form) for each in _specific(exc) or exc.complaints]
    reasons = told or [_quoted("")]
    return Finding(Level.BAD, f"Webex would refuse this: {' '.join(reasons)}", Source.WEBEX)


def _specific(exc: Refused) -> tuple[ApiComplaint, ...]:
    """Those that say what they are about; a general remark adds nothing to them."""
    return tuple(each for each in exc.complaints if each.field or each.code)


def _complaint(complaint: ApiComplaint, codes: Codes, form: Form) -> str:
    asked = form.find(complaint.field) if complaint.field else None
    field = f"{asked.label if asked else complaint.field}: " if complaint.field else ""
    return field + _said(Info(complaint.code or "", complaint.description), codes)


def _said(info: Info, codes: Codes) -> str:
    """Webex's own words, and what is known of its code."""
    if not info.code:
        return _quoted(info.description)
    explained = codes.explain(info.code, words=info.description)
    words = f"{_quoted(info.description)} " if info.description else ""
    return f"{words}{_code(explained)}"


def _code(explained: Explanation) -> str:
    if not explained.known:
        return f"Code {explained.code}, unknown to this bot."
    step = f" Next: {explained.remedy}" if explained.remedy else ""
    return f"Code {explained.code}: {explained.meaning}{step}"


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "It did not say why."


def _unanswered(why: str) -> Finding:
    return Finding(Level.WARNING, f"There was no precheck: {why}. You can go on all the same.")


def _is_verdict(exc: Refused) -> bool:
    return exc.status in _VERDICTS or (exc.gone and bool(_specific(exc)))


def _why(exc: BroadWorksError) -> str:
    if isinstance(exc, NeverSent):
        return "the bot could not reach Webex"
    if exc.status is None:
        return "Webex did not answer in time"
    if isinstance(exc, Busy | Refused):
        return _WHY.get(exc.status, f"Webex refused to answer (status {exc.status})")
    if 200 <= exc.status <= 299:
        return "Webex's answer cannot be read"
    return f"Webex has trouble of its own (status {exc.status})"
