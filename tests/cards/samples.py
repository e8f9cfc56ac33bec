"""Operations, requests and forms that the tests of cards draw."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.conversation import Conversation
from bot.domain.delivery import Notice, NoticeKind
from bot.domain.form import Complaint
from bot.domain.operation import Operation
from bot.domain.plan import Call, Finding, Level, Outcome, Plan, Source
from bot.domain.press import Press
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.domain.view import FormView, Frame, NoticeView, RequestView
from bot.operations import precheck_subscriber, provision_workspace

NOW = datetime(2026, 11, 21, 18, 36, 20, tzinfo=UTC)
ANN = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS9hbm4"
TEMPLATE = "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTViNTEtNDdiZS05Mzk2LTZjMzZlMmFkODNhNQ"
PLACE = "Y2lzY29zcGFyazovL3VzL1BMQUNFL2RkMjJlZGZlLTlmZWYtNDdmOS05ODFkLWYxYjA3MWFmMDcwYw"
THEIRS = "ROUTER_65A1B2C3-0F4E-01BB-4D2F-AC12D6004D2F"
OURS = "BOT_0192f3c1-7a55"


PRECHECK = precheck_subscriber.OPERATION
PROVISION = provision_workspace.OPERATION
OPERATIONS = (PRECHECK, PROVISION)

BODY: dict[str, Any] = {
    "provisioningId": TEMPLATE,
    "userId": "95547321@example.com",
    "spEnterpriseId": "Reseller1+acme",
    "displayName": "Conference Room",
    "primaryPhoneNumber": "+12405551212",
    "extension": "51212",
}
ACME = Template("acme", TEMPLATE, "Reseller1+acme", "standard", "America/Los_Angeles", "US", made_by=ANN, made_at=NOW)
LAB = Template("lab", "bGFi" * 20, "", "", "", "", made_by=ANN, made_at=NOW)
PLAN = Plan(
    operation="provision_workspace",
    call=Call("POST", "broadworks/workspaces", BODY, "https://webexapis.com/v1/"),
    made=NOW,
    findings=(Finding(Level.GOOD, "This bot has not provisioned that user ID or number before."),),
)
TAKEN = Finding(
    Level.WARNING,
    "This bot has already provisioned that number: workspace “Lobby” in request 7 on 20 Nov 2026.",
)
FOUND = Finding(Level.GOOD, "The enterprise is known.", Source.WEBEX)
REFUSED = Problem(
    happened="Webex did not accept what was asked.",
    why="At least one value is missing or wrong. Nothing was changed.",
    advice="Correct what Webex complains about, then ask again.",
    who="agent",
    reasons=(
        Reason(
            "Missing mandatory parameter",
            "spEnterpriseId",
            Explanation("1001", "a mandatory parameter is absent", "Fill in the field that is named", "agent"),
        ),
        Reason("Something nobody has met", None, Explanation("98765", "Something nobody has met", known=False)),
    ),
    status=400,
    tracking_id=THEIRS,
    ours=OURS,
)
BUSY = Problem(
    happened="Webex has too many requests at the moment.",
    why="The limit for requests in a period of time is used up. Nothing was changed.",
    advice="Try again in 2 seconds.",
    who="agent",
    status=429,
    tracking_id=THEIRS,
    ours=OURS,
    tries=4,
    retry_after=2.0,
    again=True,
)
LOST = Problem(
    happened="Webex did not answer.",
    why="The connection broke, or the time for an answer ran out.",
    advice="It may have been done all the same: look in Partner Hub before you ask for it again.",
    who="agent",
    ours=OURS,
)
ECHOED = {"id": PLACE, **BODY, "created": "2026-11-21T18:36:24.000Z"}
ALL_WELL = {
    "code": "100",
    "description": "Provisioning preCheck validation successful.",
    "explanation": {
        "code": "100",
        "meaning": "Nothing was found that would stop the provisioning",
        "remedy": "Go on and provision the subscriber",
        "who": "agent",
        "known": True,
    },
}
REMARK = {
    "code": "123",
    "description": "User will need to migrate an existing account.",
    "explanation": {"code": "123", "meaning": "User will need to migrate", "remedy": "", "who": "", "known": False},
}
TAKEN_EMAIL = {
    "code": "10022",
    "description": "User already associated with an existing Webex user.",
    "explanation": {
        "code": "10022",
        "meaning": "The BroadWorks user ID already belongs to an existing Webex user",
        "remedy": "Look the user ID up in Partner Hub; reuse or remove that subscriber",
        "who": "partner administrator",
        "known": True,
    },
}
CHECKED_VALUES = {"email": "zoe_o.neill@example.com", "package": "standard", "provisioningId": TEMPLATE}


def sign(press: Press) -> str:
    """Readable in golden files; the real one is signed."""
    return json.dumps({name: value for name, value in asdict(press).items() if value is not None})


def frame(environment: str = "test") -> Frame:
    return Frame(environment=environment, now=NOW, sign=sign, person_id=ANN)


def prechecked(*infos: Any, passed: bool = True, **outcome: Any) -> RequestView:
    """A precheck that was answered."""
    data = {"message": "success" if passed else "failure", "passed": passed, "infos": list(infos)}
    return asked(
        PRECHECK,
        state=State.DONE,
        version=2,
        outcome=Outcome(ok=passed, data=data, **{"tracking_id": THEIRS, **outcome}),
    )


def asked(operation: Operation, **changed: Any) -> RequestView:
    """A request of Ann's, as it would be stored."""
    given: dict[str, Any] = {
        "operation": operation.name,
        "asked_by": ANN,
        "asker_name": "Ann Agent",
        "room_id": "room",
        "values": CHECKED_VALUES if operation is PRECHECK else {key: str(value) for key, value in BODY.items()},
        "asked_at": NOW,
        "tracking_id": OURS,
        "number": 12,
        **changed,
    }
    return RequestView(frame(), Request(**given), operation)


def provisioning(state: State, **changed: Any) -> RequestView:
    """A provisioning that has been planned."""
    return asked(PROVISION, **{"state": state, "version": 4, "plan": PLAN, **changed})


def form(operation: Operation, *complaints: Complaint, **values: str) -> FormView:
    """A form of Ann's."""
    conversation = Conversation(
        room_id="room",
        thread="",
        person_id=ANN,
        operation=operation.name,
        expires_at=NOW + timedelta(hours=1),
        values=values,
        complaints=complaints,
        version=3,
        id=5,
    )
    return FormView(frame(), conversation, operation)


def pasted(operation: Operation, **values: str) -> FormView:
    """A form of Ann's that was filled in from what she pasted."""
    view = form(operation, **values)
    guesses = dict.fromkeys(values, "the only one of its kind")
    return replace(view, conversation=replace(view.conversation, guesses=guesses))


def notice(kind: NoticeKind, *requests: RequestView, **facts: Any) -> NoticeView:
    """A short answer to Ann."""
    listed = tuple((view.request, view.operation) for view in requests)
    return NoticeView(frame(), Notice(kind, facts), operations=OPERATIONS, requests=listed)
