"""How the outcome of provisioning a subscriber is drawn."""

from collections.abc import Mapping

from bot.domain.form import Form
from bot.domain.operation import Element
from bot.domain.plan import Outcome
from bot.domain.request import Request
from cards import kit, subscriber
from cards.shared import flat, named, sentence


def result(request: Request, form: Form) -> list[Element]:
    """Whether there is a subscriber now, who it is, and how that is known when Webex did not answer by itself."""
    outcome = request.outcome or Outcome(ok=False)
    told = outcome.data.get("fields")
    # A person who says how it ended has told no more than that; what was asked for is still worth reading.
    known = dict(told) if isinstance(told, Mapping) else {}
    asked_for = flat(request.plan.call.body) if request.plan else dict(request.values)
    who = kit.strong(subscriber.called(known or asked_for))
    facts = subscriber.facts(known) if known else kit.facts((named(name, form), asked_for[name]) for name in asked_for)
    status = subscriber.status(known) if known and not outcome.ok else []
    return [_verdict(outcome, known), who, *status, *facts]


def _verdict(outcome: Outcome, known: Mapping[str, object]) -> Element:
    heading = kit.strong("Subscriber provisioned" if outcome.ok else "Subscriber not provisioned")
    note = [kit.text(sentence(outcome.note), spacing="Small")] if outcome.note else []
    hint = kit.text("This is the subscriber that is there:", spacing="Small")
    there = [] if outcome.ok or not known else [hint]
    return kit.box([heading, *note, *there], style="good" if outcome.ok else "attention")
