"""How the outcome of provisioning a workspace is drawn."""

from collections.abc import Mapping

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit
from cards.shared import flat, moment_of, named, remark


def result(request: Request, form: Form) -> list[Element]:
    """The workspace as Webex echoed it, and how that is known when Webex did not answer by itself."""
    outcome = request.outcome or Outcome(ok=False)
    if outcome.ok:
        verdict = [kit.strong("Workspace provisioned")]
        style = "good"
    else:
        verdict = [kit.strong("Workspace not provisioned")]
        style = "attention"
    verdict += remark(outcome.note)
    echoed = outcome.data.get("fields")
    fields = flat(echoed) if isinstance(echoed, Mapping) else {}
    # A person who says that it exists may know no id; what was asked for is still worth reading.
    asked_for = flat(request.plan.call.body) if request.plan else dict(request.values)
    # What was found by looking names less than what was asked for, and things that nobody asked about.
    found = {name: value for name, value in fields.items() if name in {"id", "created", "displayName"}}
    known = ({**asked_for, **found} if outcome.note else fields) or asked_for
    last = {"Created": moment_of(known.get("created") or ""), "Workspace ID": outcome.data.get("id") or known.get("id")}
    asked = [each.name for each in form.inputs]
    rest = sorted(known.keys() - {"id", "created"}, key=lambda name: (name not in asked, _place(name, asked), name))
    pairs = [(named(name, form), known[name]) for name in rest]
    return [
        kit.box(verdict, style=style),
        *kit.facts([*pairs, *((title, value) for title, value in last.items() if value)]),
    ]


def _place(name: str, asked: list[str]) -> int:
    """The form's order is the one people know."""
    return asked.index(name) if name in asked else 0
