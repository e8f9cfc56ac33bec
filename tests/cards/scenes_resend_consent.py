"""The views of sending the consent e-mail again that have a golden file."""

from datetime import timedelta
from typing import Any

from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.resend_consent import OPERATION
from tests.cards.samples import LOST, NOW, OURS, THEIRS, asked, form

ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOS00ZmZiLWFkMzQtZDNmZDAxOTdhOWM4"
PLAN = Plan(
    operation="resend_consent",
    call=Call("POST", f"subscribers/{ID}/emails/consentMove", {}, "https://webexapis.com/v1/"),
    made=NOW,
    before={"Subscriber": "Ann *Archer*", "E-mail goes to": "ann.archer@example.com"},
    findings=(
        Finding(Level.GOOD, "Waiting for consent since 20 Nov 2026 09:15 UTC", Source.WEBEX),
        Finding(Level.WARNING, "The last one was asked for by Bob Builder at 21 Nov 2026 10:00 UTC, in request 7."),
    ),
    subject=Subject("95547321@example.com", ID),
)
NOT_WAITING = Problem(
    happened="Ann Archer is not waiting for consent, so there is no mail to send again. Status in Webex: provisioned.",
    ours=OURS,
)
CLOSED = "Closed by Ann Agent: it was not done. Comment: no mail has come"


def resending(state: State, **changed: Any) -> RequestView:
    """A request that was planned."""
    given: dict[str, Any] = {
        "version": 4,
        "values": {"subscriber": "95547321@example.com"},
        "plan": PLAN,
        "user_id": "95547321@example.com",
        "webex_id": ID,
        **changed,
    }
    return asked(OPERATION, state=state, **given)


SCENES: dict[str, View] = {
    "resend_consent_form": form(OPERATION),
    "resend_consent_confirmation": resending(State.ASKED),
    "resend_consent": resending(State.DONE, outcome=Outcome(ok=True, data={"path": "x"}, tracking_id=THEIRS)),
    "resend_consent_unknown": resending(
        State.UNKNOWN, confirmed_at=NOW - timedelta(minutes=1), outcome=Outcome(ok=False, problem=LOST)
    ),
    "resend_consent_closed": resending(State.FAILED, outcome=Outcome(ok=False, note=CLOSED)),
    "resend_consent_not_waiting": resending(
        State.FAILED, plan=None, user_id="", webex_id="", outcome=Outcome(ok=False, problem=NOT_WAITING)
    ),
}
