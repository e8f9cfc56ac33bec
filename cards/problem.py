"""How a failure is drawn: what happened, why, what to do next and who can, and what support will ask for."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.domain.operation import Element, Operation
from bot.domain.problem import Explanation, Problem, Reason
from cards import kit
from cards.shared import named, sentence

_MOST, _MOST_ASKED = 10, 5
_TYPED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_WHO = {"agent": "you", "operator": "the operator of this bot", "partner administrator": "your partner administrator"}


def elements(problem: Problem, *, operation: Operation | None = None, style: str = "attention") -> list[Element]:
    """The problem for the person who must go on from here; ``operation`` gives fields their labels."""
    what = [kit.strong(sentence(problem.happened)), *reasons(problem, operation=operation)]
    if problem.why:
        what.append(kit.text(sentence(problem.why), spacing="Small"))
    return [kit.box(what, style=style), *next_step(problem.advice, problem.who), *traces(problem)]


def reasons(problem: Problem, *, operation: Operation | None = None) -> list[Element]:
    """What the API complained about, in its own words, with what is known of its codes."""
    drawn = [element for reason in problem.reasons[:_MOST] for element in _reason(reason, operation)]
    if len(problem.reasons) > _MOST:
        drawn.append(kit.small(f"and {len(problem.reasons) - _MOST} more"))
    return drawn


def next_step(advice: str, who: str) -> list[Element]:
    """What to do, and who can."""
    if not advice:
        return [kit.text(f"Who can help: {_WHO.get(who, who)}")] if who else []
    drawn = [kit.strong("What to do"), kit.text(sentence(advice), spacing="Small")]
    return [*drawn, kit.small(f"Who can do it: {_WHO.get(who, who)}")] if who not in {"", "agent"} else drawn


def code(explanation: Explanation) -> str:
    """A code with its meaning, or the admission that nobody here knows it."""
    if explanation.known:
        return f"Code {explanation.code}: {sentence(explanation.meaning)}"
    return f"Code {explanation.code}: Webex's own words, code unknown to this bot."


def unknown_codes(problem: Problem) -> list[str]:
    """The codes in it that nobody here knows, those that can stand in a command."""
    explained = (each.explanation for each in problem.reasons)
    found = dict.fromkeys(each.code for each in explained if each is not None and not each.known)
    return [code for code in found if _TYPED.fullmatch(code)][:_MOST_ASKED]


def remedy(explanation: Explanation) -> list[Element]:
    """The next step that a code calls for."""
    if not explanation.remedy:
        return []
    who = f" ({_WHO.get(explanation.who, explanation.who)})" if explanation.who not in {"", "agent"} else ""
    return [kit.text(f"Next: {sentence(explanation.remedy + who)}", spacing="Small")]


def traces(problem: Problem) -> list[Element]:
    """How it was tried and under which ids both sides find it in their logs."""
    tried = [
        f"HTTP {problem.status}" if problem.status is not None else "",
        f"asked {problem.tries} times" if problem.tries > 1 else "",
        f"try again in {problem.retry_after:.0f} s" if problem.retry_after is not None else "",
    ]
    lines = [kit.small(" · ".join(filter(None, tried)))] if any(tried) else []
    return [*lines, *tracking(problem.tracking_id, ours=problem.ours)]


def tracking(theirs: str | None, *, ours: str | None = None) -> list[Element]:
    """The ids that support asks for."""
    ids = {"Tracking ID": theirs} if theirs == ours else {"Webex tracking ID": theirs, "Bot tracking ID": ours}
    return [kit.mono(f"{title} {value}") for title, value in ids.items() if value]


def rebuilt(stored: Mapping[str, Any]) -> Problem:
    """The problem from the shape of ``dataclasses.asdict``; what is missing or unknown is left out."""
    given = _given(Problem, stored)
    given["happened"] = str(given.get("happened") or "Something went wrong.")
    given["reasons"] = tuple(_rebuilt_reason(each) for each in given.get("reasons") or ())
    return Problem(**given)


def _reason(reason: Reason, operation: Operation | None) -> list[Element]:
    field = f"{named(reason.field, operation.form if operation else None)}: " if reason.field else ""
    drawn = [kit.text(f"{field}“{reason.words}”")] if reason.words or field else []
    if not reason.explanation:
        return drawn
    drawn.append(kit.small(code(reason.explanation)))
    return [*drawn, *remedy(reason.explanation)]


def _rebuilt_reason(stored: Mapping[str, Any]) -> Reason:
    given = _given(Reason, stored)
    given["words"] = str(given.get("words") or "")
    if given.get("explanation"):
        given["explanation"] = explanation(given["explanation"])
    return Reason(**given)


def explanation(stored: Mapping[str, Any]) -> Explanation:
    """An explanation from the shape of ``dataclasses.asdict``."""
    given = _given(Explanation, stored)
    return Explanation(**{**given, "code": str(given.get("code", "?")), "meaning": str(given.get("meaning") or "")})


def _given(kind: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    known = {each.name for each in fields(kind)}
    return {name: value for name, value in stored.items() if name in known and value is not None}
