"""The views of removing a subscriber that have a golden file."""

from dataclasses import replace

from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source, Subject
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.remove_subscriber import OPERATION
from tests.cards.samples import LOST, NOW, TEMPLATE, THEIRS, asked, form

JOHN = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOS00ZmZiLWFkMzMtZDNmZjAxNjdkZGFk"
MAPPED = {
    "firstName": "John",
    "lastName": "Andersen",
    "userId": "95547321@example.com",
    "email": "john.andersen@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "51212",
    "package": "standard",
    "status": "provisioned",
    "personId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS82OTcwZTZiYi03NDM5LTRmZmItYWQzMy1kM2ZmMDE2N2RkYWQ",
    "provisioningId": TEMPLATE,
}
STAYS = Finding(
    Level.WARNING,
    "This removes the mapping between the BroadWorks subscriber and its Webex user. "
    "Nothing promises that the Webex person is deleted as well.",
    Source.DOCUMENTED,
)
PLAN = Plan(
    operation="remove_subscriber",
    call=Call("DELETE", f"broadworks/subscribers/{JOHN}", {}, "https://webexapis.com/v1/"),
    made=NOW,
    before=MAPPED,
    findings=(STAYS,),
    subject=Subject("95547321@example.com", JOHN),
    typed="95547321@example.com",
)
PENDING = replace(
    PLAN,
    before={
        "firstName": "John",
        "lastName": "Andersen",
        "userId": "95547321@example.com",
        "status": "pending_email_input",
    },
    findings=(
        STAYS,
        Finding(
            Level.WARNING,
            "Its status is: waiting for the user to give an e-mail address. What becomes of that is not documented.",
            Source.WEBEX,
        ),
    ),
)
MEANWHILE = "Webex found no such subscriber when the removal was sent: somebody had removed it meanwhile."


def removing(state: State, **changed: object) -> RequestView:
    """A removal of John, however far it is."""
    values = {"subscriber": "95547321@example.com"}
    return asked(OPERATION, **{"values": values, "state": state, "version": 4, "plan": PLAN, **changed})


SCENES: dict[str, View] = {
    "remove_subscriber_form": form(OPERATION),
    "remove_subscriber_confirmation": replace(removing(State.ASKED), names={TEMPLATE: "acme"}),
    "remove_subscriber_confirmation_pending": removing(State.ASKED, plan=PENDING),
    "remove_subscriber": removing(State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS)),
    "remove_subscriber_already": removing(
        State.DONE, outcome=Outcome(ok=True, data={"already": True}, tracking_id=THEIRS, note=MEANWHILE)
    ),
    "remove_subscriber_found": removing(
        State.DONE, outcome=Outcome(ok=True, tracking_id=THEIRS, note="Found by looking: it is gone.")
    ),
    "remove_subscriber_closed": removing(
        State.FAILED,
        outcome=Outcome(ok=False, note="Closed by Ann Agent, who looked: it still exists in Webex."),
    ),
    "remove_subscriber_unknown": removing(State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST)),
    "remove_subscriber_absent": removing(
        State.UNKNOWN,
        outcome=Outcome(
            ok=False,
            problem=LOST,
            absent=True,
            note="The bot looked: the subscriber is still there. You can send it again.",
        ),
    ),
}
