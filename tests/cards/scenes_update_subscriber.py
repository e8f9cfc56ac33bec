"""The views of updating a subscriber that have a golden file."""

from dataclasses import replace

from bot.domain.form import Complaint
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject, Watched
from bot.domain.problem import Problem, Reason
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.update_subscriber import OPERATION
from tests.cards.samples import LOST, NOW, OURS, TEMPLATE, THEIRS, asked, form

JOHN = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOS00ZmZiLWFkMzMtZDNmZjAxNjdkZGFk"
FIELDS = {
    "id": JOHN,
    "personId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS82OTcwZTZiYi03NDM5LTRmZmItYWQzMy1kM2ZmMDE2N2RkYWQ",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "John",
    "lastName": "Andersen",
    "email": "john.andersen@example.com",
    "primaryPhoneNumber": "+1-240-555-1212",
    "extension": "51212",
    "package": "premium",
    "status": "provisioned",
    "created": "2026-05-20T13:00:00.000Z",
    "lastStatusChange": "2026-11-21T18:36:40.000Z",
    "provisioningId": TEMPLATE,
    "selfActivated": "false",
}
BODY = {"mobilePhoneNumber": "", "extension": "51212", "package": "premium", "timezone": "America/Los_Angeles"}
PLAN = Plan(
    operation="update_subscriber",
    call=Call("PUT", f"broadworks/subscribers/{JOHN}", dict(BODY), "https://webexapis.com/v1/"),
    made=NOW,
    before={"mobilePhoneNumber": "+1-818-279-1234", "extension": "", "package": "standard", "timezone": None},
    findings=(
        Finding(Level.GOOD, "This is John Andersen · 95547321@example.com · Reseller1+acme", Source.WEBEX),
        Finding(
            Level.WARNING,
            "From standard to premium at once can leave old meeting-room data behind. "
            "Change to basic first, and then to what is wanted.",
            Source.DOCUMENTED,
        ),
    ),
    subject=Subject("95547321@example.com", JOHN),
)
SAID = {"subscriber": "95547321@example.com", **BODY, "mobilePhoneNumber": "-"}
PENDING = Finding(
    Level.WARNING,
    "Its status is: waiting for the user's consent, asked for by e-mail. "
    "Webex changes only who is provisioned, and may refuse.",
    Source.WEBEX,
)
NOT_NOW = Problem(
    happened="Webex refused because it is still working on this subscriber.",
    why="It takes one change at a time. Nothing was changed.",
    advice="Wait until the other change has ended, then ask again.",
    who="agent",
    reasons=(Reason("An update of this subscriber is in progress."),),
    status=409,
    tracking_id=THEIRS,
    again=True,
)
SAME = Problem(
    "Nothing would change: Webex shows all of that for John Andersen already. Say what shall be different.", ours=OURS
)


def updating(state: State, **changed: object) -> RequestView:
    """An update of John, however far it is."""
    return asked(OPERATION, **{"values": SAID, "state": state, "version": 4, "plan": PLAN, **changed})


def ended(*, ok: bool = True, note: str = "", **fields: str) -> RequestView:
    """An update that has ended, after which Webex shows these fields."""
    outcome = Outcome(ok=ok, data={"id": JOHN, "fields": FIELDS | fields}, tracking_id=THEIRS, note=note)
    return updating(State.DONE if ok else State.FAILED, outcome=outcome)


SCENES: dict[str, View] = {
    "update_subscriber_form": form(OPERATION),
    "update_subscriber_form_wrong": form(
        OPERATION,
        Complaint(
            None,
            "Webex cannot change the e-mail address: remove the subscriber and provision it again. "
            "To say whom you mean, write the address without “email=”.",
        ),
        Complaint("extension", "A subscriber needs a phone number or an extension: only one of them can go."),
        subscriber="95547321@example.com",
        primaryPhoneNumber="-",
        extension="-",
    ),
    "update_subscriber_confirmation": updating(State.ASKED),
    "update_subscriber_confirmation_pending": updating(
        State.ASKED,
        plan=replace(
            PLAN,
            call=replace(PLAN.call, body={"lastName": "Anders"}),
            before={"lastName": "Andersen"},
            findings=(PLAN.findings[0], PENDING),
        ),
    ),
    "update_subscriber_watching": updating(State.WATCHING, watched=Watched(JOHN, "updating", since=NOW)),
    "update_subscriber": ended(),
    "update_subscriber_found": ended(
        note="Found by looking: Webex has updated the subscriber since then. It does not show the time zone."
    ),
    "update_subscriber_otherwise": ended(mobilePhoneNumber="+1-818-279-1234", package="standard"),
    "update_subscriber_closed": updating(
        State.FAILED,
        outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked: it was not changed in Webex."),
    ),
    "update_subscriber_clash": updating(State.FAILED, outcome=Outcome(ok=False, problem=NOT_NOW)),
    "update_subscriber_same": updating(State.FAILED, plan=None, outcome=Outcome(ok=False, problem=SAME)),
    "update_subscriber_unknown": updating(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "update_subscriber_absent": updating(
        State.UNKNOWN,
        outcome=Outcome(
            ok=False,
            problem=LOST,
            absent=True,
            note="The bot looked: the subscriber is as it was, and Webex is not working on it. You can send it again.",
        ),
    ),
}
