"""The views of provisioning a subscriber."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.form import Complaint
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Step, Watched
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations import provision_subscriber
from tests.cards.samples import ACME, LAB, LOST, NOW, TEMPLATE, THEIRS, asked, form

OPERATION = provision_subscriber.OPERATION
ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2ZmItNzQzOS00ZmZiLWFkMzEtZDgwZjAxODliOGNk"
PERSON = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS85NTU0NzMyMQ"
BODY = {
    "provisioningId": TEMPLATE,
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Zoe",
    "lastName": "O'Neill",
    "package": "standard",
    "email": "zoe_o.neill@example.com",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
}
GOOD = Finding(Level.GOOD, "Webex expects this to work.", Source.WEBEX)
NEW = Finding(Level.GOOD, "This bot has not provisioned that user ID or number before.")
REMARK = Finding(
    Level.WARNING,
    "Webex remarks: “The domain of the email is not claimed by the customer.” Code 150, unknown to this bot.",
    Source.WEBEX,
)
REFUSED = Finding(
    Level.BAD,
    "Webex would refuse this: User ID: “The BroadWorks userId is already associated with an existing user.” "
    "Code 10022: The BroadWorks user ID already belongs to a Webex user. Next: Find the subscriber who has this "
    "user ID: change or remove that one, or use another user ID.",
    Source.WEBEX,
)
THERE = Finding(
    Level.BAD,
    "There is a subscriber with this user ID already: Zoe O'Neill, status provisioned, Reseller1+acme, "
    "created 20 Nov 2026 09:15 UTC.",
    Source.WEBEX,
)
UNDER_WAY = Finding(Level.WARNING, "Request 7 by Bob Agent is about this user ID too, and has not ended yet.")
NONE = Finding(Level.WARNING, "There was no precheck: Webex did not answer in time. You can go on all the same.")
PLAN = Plan(
    operation="provision_subscriber",
    call=Call("POST", "broadworks/subscribers", BODY, "https://webexapis.com/v1/"),
    made=NOW,
    findings=(GOOD, NEW),
)
STARTED = Watched(ID, "provisioning", since=NOW)
CONSENT = Watched(
    ID,
    "pending_user_migration",
    since=NOW + timedelta(minutes=1),
    patient=True,
    past=(Step("provisioning", NOW),),
)
FIELDS: dict[str, Any] = {
    "id": ID,
    "personId": PERSON,
    **BODY,
    "status": "provisioned",
    "created": "2026-11-21T18:36:21.000Z",
    "lastStatusChange": "2026-11-21T18:36:26.000Z",
    "selfActivated": "false",
}
DONE = Outcome(ok=True, data={"id": ID, "fields": FIELDS}, tracking_id=THEIRS)
ACCEPTED = Outcome(ok=True, data={"id": ID, "fields": FIELDS | {"status": "provisioning"}}, tracking_id=THEIRS)
ENDED_IN_ERROR = Problem(
    happened="Webex accepted it, but could not finish it.",
    advice="Correct what Webex complains about, then ask again. Your partner administrator can see more.",
    who="agent",
    reasons=(
        Reason(
            "The BroadWorks UserID is already associated with an existing user",
            None,
            Explanation(
                "10022",
                "The BroadWorks user ID already belongs to a Webex user.",
                "Find the subscriber who has this user ID: change or remove that one, or use another user ID.",
                "agent",
            ),
        ),
    ),
)
FOUND = "Found by looking: a subscriber as it was sent, created at that time."
OTHER = (
    "This user ID has a subscriber that this request did not make: Zoe O'Neill, status provisioned, Reseller1+acme, "
    "created 20 Nov 2026 09:15 UTC. It was there before."
)
ABSENT = (
    "The bot looked: Webex has no subscriber with this user ID in this enterprise. So it was not done: "
    "send it again, or close it."
)


def provisioning(state: State, **changed: Any) -> RequestView:
    """A provisioning that has been planned."""
    return asked(OPERATION, **{"state": state, "version": 4, "values": BODY, "plan": PLAN, **changed})


def confirmation(*findings: Finding, **changed: Any) -> RequestView:
    """What is shown before it is sent."""
    return provisioning(State.ASKED, plan=replace(PLAN, findings=findings), **changed)


SCENES: dict[str, View] = {
    "provision_subscriber_form": form(OPERATION),
    "provision_subscriber_form_templates": replace(form(OPERATION), templates=(ACME, LAB), usual="acme"),
    "provision_subscriber_form_wrong": form(
        OPERATION,
        Complaint("firstName", "First name is missing."),
        Complaint("extension", "Extension takes digits only, like 51212."),
        **{**BODY, "firstName": "", "extension": "5x"},
    ),
    "provision_subscriber_confirmation": replace(confirmation(GOOD, NEW), names={TEMPLATE: "acme"}),
    "provision_subscriber_confirmation_remarks": confirmation(GOOD, REMARK, UNDER_WAY),
    "provision_subscriber_confirmation_refused": confirmation(REFUSED, THERE, NEW),
    "provision_subscriber_confirmation_unchecked": confirmation(NONE, NEW),
    "provision_subscriber_confirmation_no_email": provisioning(
        State.ASKED,
        plan=replace(
            PLAN,
            call=replace(PLAN.call, body={name: value for name, value in BODY.items() if name != "email"}),
            findings=(
                replace(NONE, text="There was no precheck: it needs an e-mail address. You can go on all the same."),
                NEW,
            ),
        ),
        warnings=("Without an e-mail address Webex asks the user for it, and waits until it has it.",),
    ),
    "provision_subscriber_watching": provisioning(State.WATCHING, watched=STARTED, outcome=ACCEPTED),
    "provision_subscriber_consent": provisioning(State.WATCHING, watched=CONSENT, outcome=ACCEPTED),
    "provision_subscriber_stuck": provisioning(State.STUCK, watched=STARTED, outcome=ACCEPTED),
    "provision_subscriber_stuck_consent": provisioning(State.STUCK, watched=CONSENT, outcome=ACCEPTED),
    "provision_subscriber_unwatched": provisioning(State.UNWATCHED, watched=CONSENT, outcome=ACCEPTED),
    "provision_subscriber": provisioning(State.DONE, outcome=DONE),
    "provision_subscriber_found": provisioning(State.DONE, outcome=replace(DONE, note=FOUND)),
    "provision_subscriber_error": provisioning(
        State.FAILED,
        watched=STARTED,
        outcome=Outcome(ok=False, data={"id": ID, "fields": FIELDS}, problem=ENDED_IN_ERROR, tracking_id=THEIRS),
    ),
    "provision_subscriber_others": provisioning(
        State.FAILED,
        outcome=Outcome(ok=False, data={"id": ID, "fields": FIELDS | {"created": "2026-11-20T09:15:00Z"}}, note=OTHER),
    ),
    "provision_subscriber_absent": provisioning(
        State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST, note=ABSENT, absent=True)
    ),
    "provision_subscriber_closed": provisioning(
        State.DONE, outcome=Outcome(ok=True, note="Closed by Ann Agent, who looked: it exists in Webex.")
    ),
}
