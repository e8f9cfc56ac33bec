"""How the answer to a precheck is drawn."""

from collections.abc import Mapping
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, problem
from cards.shared import named, sentence

_ALL_WELL = "100"
_MOST = 10
EMAIL_ALONE = "Without a provisioning ID Webex may check little more than the e-mail address."
BLIND_SPOT = "A precheck does not see accounts in the free consumer organisation."


def result(request: Request, form: Form) -> list[Element]:
    """Webex's verdict, each of its remarks with the next step, and what was checked."""
    outcome = request.outcome or Outcome(ok=False)
    passed = bool(outcome.data.get("passed"))
    infos = [info for info in outcome.data.get("infos") or () if isinstance(info, Mapping)]
    # A remark is what must not be missed, so it stands before the confirmation that all is well.
    infos.sort(key=_is_all_well)
    drawn = [_verdict(str(outcome.data.get("message") or ""), passed=passed, infos=infos)]
    for info in infos[:_MOST]:
        drawn += _info(info)
    if len(infos) > _MOST:
        drawn.append(kit.small(f"and {len(infos) - _MOST} more remarks"))
    if passed:
        if "provisioningId" not in request.values:
            drawn.append(kit.text(EMAIL_ALONE))
        drawn.append(kit.small(BLIND_SPOT))
    drawn += kit.facts((named(name, form), value) for name, value in request.values.items() if value)
    if outcome.tries > 1:
        drawn.append(kit.small(f"Webex was busy: asked {outcome.tries} times, waited {outcome.waited:.0f} s."))
    return drawn


def _is_all_well(info: Mapping[str, Any]) -> bool:
    return str(info.get("code")) == _ALL_WELL


def _verdict(message: str, *, passed: bool, infos: list[Mapping[str, Any]]) -> Element:
    remarks = [info for info in infos if not _is_all_well(info)]
    if not passed:
        said = [kit.text(f"Webex says: “{message}”", spacing="Small")] if message else []
        return kit.box([kit.strong("Webex would refuse this"), *said], style="attention")
    if remarks:
        hint = kit.text("Read the remarks before you provision.", spacing="Small")
        return kit.box([kit.strong("Passed, with remarks"), hint], style="warning")
    return kit.box([kit.strong("Webex expects this to work")], style="good")


def _info(info: Mapping[str, Any]) -> list[Element]:
    words = sentence(str(info.get("description") or ""))
    stored = info.get("explanation")
    if not isinstance(stored, Mapping):
        return [kit.text(f"Code {info.get('code')}: {words}")]
    explained = problem.explanation({"code": info.get("code"), **stored})
    if _is_all_well(info):
        return [kit.small(f"{problem.code(explained)} Next: {sentence(explained.remedy)}")]
    if not explained.known:
        drawn = [kit.text(f"“{words}”"), kit.small(problem.code(explained))]
    elif words and words != sentence(explained.meaning):
        drawn = [kit.text(problem.code(explained)), kit.small(f"Webex says: “{words}”")]
    else:
        drawn = [kit.text(problem.code(explained))]
    return [*drawn, *problem.remedy(explained)]
