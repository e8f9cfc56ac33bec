"""How codes are explained: each with what it means on every surface that gives it, labelled, and how sure that is."""

from collections.abc import Mapping
from typing import Any

from bot.domain.codes import Surface
from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, problem
from cards.shared import capital, counted, moment_of, sentence

_WHERE = {
    Surface.API.value: "In answers of the provisioning API",
    Surface.PORTAL.value: "In the User Activation Portal and the Webex App",
    Surface.DIRECTORY_SYNC.value: "In directory sync, as Cisco's help page numbers it",
    Surface.CALLING.value: "In Webex Calling",
}
_NOT_THE_API = (
    "The provisioning API is not known to give this code; what it means elsewhere may not be the reason here."
)
_NOT_DOCUMENTED = (
    "The provisioning API gave this code, but what it means there is not documented. Elsewhere it means this."
)
_NOBODY = "Nobody has told this bot what this code means."
_WHAT_TO_DO = "Go by Webex's own words. Your partner administrator can ask Cisco, with the tracking ID of the request."
_TO_BE_KNOWN = "Once you know it: an admin of this bot can have it explained to everybody (BOT_CODES_FILE)."


def result(request: Request, _form: Form) -> list[Element]:
    """Each code by itself, what the API means by it first."""
    data = (request.outcome or Outcome(ok=False)).data
    listed = [each for each in data.get("codes") or () if isinstance(each, Mapping)]
    return [element for place, each in enumerate(listed) for element in _code(each, separator=place > 0)]


def seen(told: Mapping[str, Any]) -> str:
    """How often and when a code was met, and for which request last."""
    last = f", last on {moment_of(told.get('last'))}" if int(told.get("count") or 1) > 1 else ""
    where = f", in request {told['request']}" if told.get("request") else ""
    times = counted(int(told.get("count") or 1), "time")
    return f"Met here {times}, first on {moment_of(told.get('first'))}{last}{where}."


def _code(told: Mapping[str, Any], *, separator: bool) -> list[Element]:
    meanings = [each for each in told.get("meanings") or () if isinstance(each, Mapping)]
    met = told.get("seen")
    drawn: list[Element] = [kit.strong(f"Code {told.get('code')}", **({"separator": True} if separator else {}))]
    if not meanings:
        drawn.append(kit.text(_NOBODY, spacing="Small"))
    elif all(each.get("surface") != Surface.API for each in meanings):
        drawn.append(kit.text(_NOT_DOCUMENTED if met else _NOT_THE_API, spacing="Small", color="Warning"))
    drawn += _met(met) if isinstance(met, Mapping) else []
    drawn += [element for each in meanings for element in _meaning(each)]
    return drawn if meanings else [*drawn, *_advice(met)]


def _met(told: Mapping[str, Any]) -> list[Element]:
    words = [kit.text(f"Webex said: “{told['words']}”", spacing="Small")] if told.get("words") else []
    return [*words, kit.small(seen(told), spacing="None")]


def _meaning(told: Mapping[str, Any]) -> list[Element]:
    surface = str(told.get("surface") or "")
    given = {name: str(told.get(name) or "") for name in ("code", "meaning", "remedy", "who")}
    sure = [kit.small(f"How sure: {sentence(str(told['certainty']))}", spacing="None")] if told.get("certainty") else []
    return [
        kit.small(f"{_WHERE.get(surface, capital(surface))}:", weight="Bolder"),
        kit.text(sentence(given["meaning"]), spacing="None"),
        *problem.remedy(problem.explanation(given)),
        *sure,
    ]


def _advice(met: Any) -> list[Element]:
    if not isinstance(met, Mapping):
        return [kit.text("It was not met here either. Check how it is written.", spacing="Small")]
    return [kit.strong("What to do"), kit.text(_WHAT_TO_DO, spacing="Small"), kit.small(_TO_BE_KNOWN)]
