"""The views of showing a subscriber that have a golden file."""

from datetime import timedelta
from typing import Any

from bot.domain.plan import Outcome
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.show_subscriber import OPERATION
from tests.cards.samples import NOW, OURS, REFUSED, TEMPLATE, THEIRS, asked, form

ID = "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOS00ZmZiLWFkMzQtZDNmZDAxOTdhOWM4"
FIELDS: dict[str, Any] = {
    "id": ID,
    "personId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS82OTcwZTZiYi03NDM5LTRmZmItYWQzNC1kM2ZkMDE5N2E5Yzg",
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "firstName": "Ann",
    "lastName": "Archer",
    "email": "ann.archer@example.com",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "51212",
    "package": "standard",
    "status": "provisioned",
    "created": "2026-11-02T09:14:00.000Z",
    "lastStatusChange": "2026-11-02T09:15:30.000Z",
    "provisioningId": TEMPLATE,
    "selfActivated": "false",
}
CURRENT = {
    "userId": "95547321@example.com",
    "firstName": "Ann",
    "lastName": "Archer",
    "primaryPhoneNumber": "+1-240-555-1212",
    "mobilePhoneNumber": "+1-818-279-1234",
    "extension": "51212",
    "package": "standard",
}
TAKEN = {
    "words": "The BroadWorks UserID is already associated with an existing user",
    "field": None,
    "explanation": {
        "code": "10022",
        "meaning": "The BroadWorks user ID already belongs to an existing Webex user",
        "remedy": "Look the user ID up in Partner Hub; reuse or remove that subscriber",
        "who": "partner administrator",
        "known": True,
    },
}


def past(number: int, state: State = State.DONE, **changed: Any) -> dict[str, Any]:
    """A request as the history has it."""
    asked_at = NOW - timedelta(days=20 - number)
    confirmed = state not in {State.ASKED, State.WITHDRAWN, State.EXPIRED}
    ended = state not in {State.ASKED, State.UNKNOWN, State.WATCHING, State.STUCK, State.RUNNING, State.APPROVED}
    return {
        "number": number,
        "words": "update subscriber",
        "asker": "Bob Builder",
        "asked_at": asked_at.isoformat(),
        "confirmed_at": (asked_at + timedelta(minutes=1)).isoformat() if confirmed else None,
        "ended_at": (asked_at + timedelta(minutes=2)).isoformat() if ended else None,
        "state": state.value,
        "status": "",
        "happened": "",
        "note": "",
        **changed,
    }


HISTORY = (
    past(11, State.WATCHING, status="updating"),
    past(10, State.FAILED, happened="Webex did not accept what was asked."),
    past(9, State.WITHDRAWN),
    past(8, State.UNKNOWN),
    past(7, note="Closed by Bob Builder, who looked: it exists in Webex."),
    past(6, State.EXPIRED),
    past(5, words="provision subscriber", asker="Ann Agent"),
)


def shown(*history: dict[str, Any], consent: bool = False, **fields: Any) -> RequestView:
    """A subscriber that was looked up."""
    data = {
        "id": ID,
        "fields": {**FIELDS, **fields},
        "errors": [],
        "history": list(history),
        "current": CURRENT,
        "waits_for_consent": consent,
    }
    return with_data(data)


def with_data(data: dict[str, Any]) -> RequestView:
    """An answer that holds just this."""
    outcome = Outcome(ok=True, data=data, tracking_id=THEIRS)
    values = {"subscriber": "95547321@example.com"}
    return asked(OPERATION, state=State.DONE, version=2, values=values, outcome=outcome)


def not_shown(problem: Problem) -> RequestView:
    """A subscriber that could not be looked up."""
    outcome = Outcome(ok=False, problem=problem)
    return asked(OPERATION, state=State.FAILED, version=2, values={"subscriber": "9554@example.com"}, outcome=outcome)


NOBODY = Problem(
    happened="Webex knows no subscriber “9554@example.com”. Check how it is written, or say “find subscribers”.",
    ours=OURS,
)
FAILED_DATA = {
    "id": ID,
    "fields": {
        "id": ID,
        "userId": "95547321@example.com",
        "status": "error",
        "errors": [{"errorCode": 10022, "description": TAKEN["words"]}],
    },
    "errors": [TAKEN, {"words": "Something nobody has met", "field": None, "explanation": None}],
    "history": [past(11, State.FAILED, words="provision subscriber", happened="Webex could not finish it")],
    "current": {"userId": "95547321@example.com"},
    "waits_for_consent": False,
}

SCENES: dict[str, View] = {
    "show_subscriber_form": form(OPERATION),
    "show_subscriber": shown(*HISTORY),
    "show_subscriber_new": shown(),
    "show_subscriber_consent": shown(past(11, words="resend consent"), consent=True, status="pending_user_migration"),
    "show_subscriber_error": with_data(FAILED_DATA),
    "show_subscriber_strange": shown(
        status="on_hold",
        package={"name": "gold"},
        firstName="<@all> *Bobby*",
        lastName="",
        spEnterpriseGroupId="Group 7",
    ),
    "show_subscriber_nobody": not_shown(NOBODY),
    "show_subscriber_failed": not_shown(REFUSED),
}
