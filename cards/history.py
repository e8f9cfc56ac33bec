"""How events of the history are drawn, a few lines for each."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import capital, moment_of

_BY = {"bot": "the bot", "operator": "the operator, on the command line"}
_MOMENTS = frozenset({"until"})
_PLAN = 12
"""Characters of a plan's hash that tell it from others."""


def data_of(request: Request) -> Mapping[str, Any]:
    """What was found."""
    return request.outcome.data if request.outcome else {}


def events(request: Request, *, numbered: bool = False) -> list[Element]:
    """The events of a page; each says to which request it happened where there may be several."""
    found = [each for each in data_of(request).get("events") or () if isinstance(each, Mapping)]
    if not found:
        more = "Nothing else was written down." if "page" in request.values else "Nothing was written down."
        return [kit.text(more)]
    above: list[Mapping[str, Any]] = [{}, *found]
    return [
        element
        for each, before in zip(found, above, strict=False)
        for element in _event(each, above=before, numbered=numbered)
    ]


def _event(told: Mapping[str, Any], *, above: Mapping[str, Any], numbered: bool) -> list[Element]:
    """One event; what is the same as in the one ``above`` it is not said again."""
    which = f"Request {told['request']}: " if numbered and told.get("request") else ""
    what = str(told.get("what") or "")
    heading = f"{which}{what if which else capital(what)}"
    who = str(told.get("who") or "")
    lines = [f"{_at(told.get('at'))}, by {_BY.get(who, who)}", " · ".join(_facts(told, above))]
    same = told.get("tracking") == above.get("tracking")
    traces = "" if same else _traces(told.get("tracking"))
    return [
        kit.strong(heading, size="Small", spacing="Medium", separator=True),
        *(kit.small(line, spacing="None") for line in lines if line),
        *([kit.mono(traces)] if traces else []),
    ]


def _at(at: Any) -> str:
    """To the second: in a history, order matters."""
    try:
        when = datetime.fromisoformat(str(at)).astimezone(UTC)
    except ValueError:
        return str(at)
    return f"{when.day} {when:%b %Y %H:%M:%S} UTC"


def _facts(told: Mapping[str, Any], above: Mapping[str, Any]) -> Iterator[str]:
    before, after = told.get("from"), told.get("to")
    if after and before != after:
        yield f"{before} → {after}"
    if told.get("rule"):
        yield "no rule asked for more" if told["rule"] == "none" else f"rule {told['rule']}"
    if told.get("plan"):
        yield f"plan {str(told['plan'])[:_PLAN]}"
    if told.get("enterprise") and told["enterprise"] != above.get("enterprise"):
        yield str(told["enterprise"])
    detail = told.get("detail")
    for name, value in (detail if isinstance(detail, Mapping) else {}).items():
        # Rooms have ids that nobody can read, and whoever may see this knows where it was asked.
        if name != "room":
            yield f"{name}: {moment_of(value) if name in _MOMENTS else value}"


def _traces(tracking: Any) -> str:
    """Who calls it what; often the others take the id that the bot has given it."""
    known = tracking if isinstance(tracking, Mapping) else {}
    by_id: dict[str, list[str]] = {}
    for name, value in known.items():
        if value:
            by_id.setdefault(str(value), []).append(str(name))
    return " · ".join(f"{each} ({', '.join(names)})" for each, names in by_id.items())
