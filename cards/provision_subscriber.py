"""How the outcome of provisioning a subscriber is drawn."""

from collections.abc import Mapping

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, subscriber
from cards.shared import flat, named, remark


def result(request: Request, form: Form) -> list[Element]:
    """Whether there is a subscriber now, who it is, and how that is known when Webex did not answer by itself."""
    outcome = request.outcome or Outcome(ok=False)
    told = outcome.data.get("fields")
    # A person who says how it ended has told no more than that; what was asked for is still worth reading.
    known = dict(told) if isinstance(told, Mapping) else {}
    asked_for = flat(request.plan.call.body) if request.plan else dict(request.values)
    who = kit.strong(subscriber.called(known or asked_for))
    facts = subscriber.facts(known) if known else kit.facts((named(name, form), asked_for[name]) for name in asked_for)
    return [_verdict(outcome, there=bool(known)), who, *facts]


def _verdict(outcome: Outcome, *, there: bool) -> Element:
    """``there`` says that a subscriber is there, whoever made it."""
    if outcome.ok:
        heading = "Subscriber provisioned"
    else:
        heading = "Not provisioned by this request" if there else "Subscriber not provisioned"
    hint = kit.text("This is the one that is there:", spacing="Small")
    below = [hint] if there and not outcome.ok else []
    return kit.box([kit.strong(heading), *remark(outcome.note), *below], style="good" if outcome.ok else "attention")
