"""Explain: what a code of Webex means, on every surface that gives it, and what was seen of it here."""

from dataclasses import asdict
from typing import Any

from bot.domain.codes import Surface, UnknownCode, codes_in
from bot.domain.desk import Desk
from bot.domain.form import Form, Input, Kind, Values
from bot.domain.operation import Operation
from bot.domain.plan import Answer, Outcome
from cards.explain import result

FORM = Form(
    inputs=(Input("code", "Code", Kind.CODES, required=True, short=("codes", "errorCode"), hint="10022", bare=True),)
)


def plan(values: Values, desk: Desk) -> Answer:
    """Say what a code of Webex means, and what to do about it."""
    return Answer(Outcome(ok=True, data={"codes": [_told(code, desk) for code in codes_in(values["code"])]}))


def _told(code: str, desk: Desk) -> dict[str, Any]:
    known = desk.codes.everywhere(code)
    # Of what the API is known to give there is nothing more to tell.
    seen = None if any(each.surface is Surface.API for each in known) else desk.unknown_codes.find(code)
    return {"code": code, "meanings": [asdict(each) for each in known], "seen": _seen(seen) if seen else None}


def _seen(met: UnknownCode) -> dict[str, Any]:
    return {
        "words": met.words,
        "count": met.count,
        "first": met.first_seen.isoformat(),
        "last": met.last_seen.isoformat(),
        "request": met.request,
    }


OPERATION = Operation(
    words="explain",
    aliases=("what is", "code"),
    form=FORM,
    plan=plan,
    result=result,
    verb="Explain",
    again="Explain another",
    examples=("explain 10022", "explain 10022, 1001", "explain"),
)
