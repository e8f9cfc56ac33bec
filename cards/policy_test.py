"""How it is told who would have to approve something, on a card and on the command line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.request import Request
from cards import kit
from cards.shared import capital, counted, moment_of, named

NOT_ASKED_YET = "The bot does not ask anybody for approvals yet: this is what the policy says."
_NUMBERS = {1: "One approval", 2: "Two approvals", 3: "Three approvals"}
_ROLES = {"agent": "an agent", "approver": "an approver", "admin": "an admin", "auditor": "an auditor"}
_SPACES = {"direct": "each asked in a direct message", "here": "asked in the space where it is asked for"}
_FACTS = ("package", "spEnterpriseId", "template", "rows")


def result(request: Request, _form: Form) -> list[Element]:
    """How many approvals, whose, where and until when, and the rule that says so."""
    data = request.outcome.data if request.outcome else {}
    first, *rest = needed(data)
    return [
        kit.text(f"If {asked(data)}:"),
        kit.box([kit.strong(first), *(kit.text(line, spacing="Small") for line in rest)], style="emphasis"),
        kit.strong("Which rule says so"),
        kit.text(which(data), spacing="Small"),
        kit.text(str(data.get("why") or ""), spacing="Small"),
        kit.small(NOT_ASKED_YET),
    ]


def lines(data: Mapping[str, Any]) -> list[str]:
    """The same as plain lines."""
    first, *rest = needed(data)
    said = [f"If {asked(data)}:", f"  {first}", *(f"  {line}" for line in rest)]
    return [*said, f"Rule: {which(data)}", f"Why: {data.get('why') or ''}", NOT_ASKED_YET]


def asked(data: Mapping[str, Any]) -> str:
    """What would be asked for, by whom and when."""
    about = _mapping(data.get("asked"))
    roles = [str(role) for role in about.get("roles") or ()]
    who = str(about.get("requester") or "somebody")
    facts = [f"{named(name).lower()} {about[name]}" for name in _FACTS if about.get(name)]
    of_it = f" ({', '.join(facts)})" if facts else ""
    return f"{who} ({', '.join(roles)}) asks for “{about.get('operation')}”{of_it} on {moment_of(about.get('at'))}"


def which(data: Mapping[str, Any]) -> str:
    """The name of the rule and where it stands."""
    if not data.get("rule"):
        return "None: the policy says nothing of it."
    return f"“{data['rule']}”, {data.get('place') or 'of the policy'}."


def needed(data: Mapping[str, Any]) -> list[str]:
    """What it takes, the number of approvals first."""
    steps = [_mapping(each) for each in data.get("steps") or ()]
    if not steps:
        return ["Nobody has to approve it."]
    count = sum(int(step.get("count") or 1) for step in steps)
    how_many = _NUMBERS.get(count, f"{count} approvals")
    said = [f"{how_many} {'is' if count == 1 else 'are'} needed, none by who asks."]
    for number, step in enumerate(steps, start=1):
        said += _step(step, before=f"Step {number}: " if len(steps) > 1 else "")
    return [*said, *_times(data), *_demands(data)]


def _step(step: Mapping[str, Any], *, before: str) -> Iterable[str]:
    count, space = int(step.get("count") or 1), str(step.get("space") or "")
    group = step.get("who") or ()
    who = f"{count} of: {_among(group)}" if count > 1 else _anyone(group)
    where = _SPACES.get(space, f"asked in the space {space}")
    yield f"{before}{capital(who)}, {where}."
    for later in map(_mapping, step.get("later") or ()):
        yield f"From {moment_of(later.get('at'))} also {_anyone(later.get('to') or ())}."


def _times(data: Mapping[str, Any]) -> Iterable[str]:
    yield f"It expires on {moment_of(data.get('expires'))}."
    reminders = [moment_of(each) for each in data.get("reminders") or ()]
    if reminders:
        yield f"{capital(counted(len(reminders), 'reminder'))}: {', '.join(reminders)}."


def _demands(data: Mapping[str, Any]) -> Iterable[str]:
    if data.get("reason"):
        yield "Who asks must say why."
    if data.get("comment"):
        yield "Who approves must write a comment."
    glass = _mapping(data.get("breakGlass"))
    if glass:
        who, review = _anyone(glass.get("who") or ()), moment_of(glass.get("review"))
        yield f"In an emergency {who} need not wait; that must be reviewed by {review}."


def _anyone(group: Sequence[Any]) -> str:
    names = [_ROLES.get(str(each), str(each)) for each in group]
    return " or ".join(names)


def _among(group: Sequence[Any]) -> str:
    return ", ".join(f"{each}s" if str(each) in _ROLES else str(each) for each in group)


def _mapping(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}
