"""Every view that has a golden file, by its name; those of ``scenes_*.py`` beside this one are found by looking."""

import importlib
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from bot.domain.delivery import NoticeKind
from bot.domain.form import Complaint
from bot.domain.operation import Risk
from bot.domain.plan import Outcome, Step, Watched
from bot.domain.request import State
from bot.domain.view import View
from tests.cards.samples import (
    ACME,
    ALL_WELL,
    ANN,
    BUSY,
    ECHOED,
    FOUND,
    LAB,
    LOST,
    NOW,
    PLACE,
    PLAN,
    PRECHECK,
    PROVISION,
    REFUSED,
    REMARK,
    TAKEN,
    TAKEN_EMAIL,
    TEMPLATE,
    THEIRS,
    asked,
    form,
    frame,
    notice,
    pasted,
    prechecked,
    provisioning,
)

DONE = Outcome(ok=True, data={"id": PLACE, "fields": ECHOED}, tracking_id=THEIRS)
LOOKED = "The bot looked at 18:40:05 UTC and found nothing that settles it."
CLOSED = "Closed by Ann Agent, who looked: it does not exist in Webex. Comment: not in Control Hub"
DESTRUCTIVE = replace(PROVISION, words="remove workspace", verb="Remove", risk=Risk.DESTRUCTIVE)

FORMS: dict[str, View] = {
    "precheck_subscriber_form": form(PRECHECK),
    "precheck_subscriber_form_wrong": form(
        PRECHECK,
        Complaint("email", "E-mail is not an e-mail address: it has no @-sign. Write it like ann@example.com."),
        Complaint("package", "Package must be one of softphone, basic, standard, premium."),
        Complaint("primaryPhoneNumber", "Phone number is too short for its country: write it like +1-240-555-1212."),
        Complaint(None, "“colour” is no field of this form."),
        email="zoe_o.neill",
        package="gold",
        primaryPhoneNumber="+1 240",
    ),
    "provision_workspace_form": form(PROVISION, displayName="Conference *Room*"),
    "provision_workspace_form_full": form(
        PROVISION, displayName="Lobby", userId="9@sp.com", spEnterpriseId="sp+acme", provisioningId=TEMPLATE
    ),
}

PRECHECKS: dict[str, View] = {
    "precheck_subscriber": prechecked(ALL_WELL),
    "precheck_subscriber_remarks": prechecked(ALL_WELL, REMARK, tries=3, waited=4.2),
    "precheck_subscriber_refused": prechecked(TAKEN_EMAIL, {"code": "77", "description": "x"}, passed=False),
    "precheck_subscriber_working": asked(PRECHECK),
    "precheck_subscriber_failed": asked(PRECHECK, state=State.FAILED, outcome=Outcome(ok=False, problem=BUSY)),
    "precheck_subscriber_warned": replace(
        prechecked(ALL_WELL),
        request=replace(
            prechecked(ALL_WELL).request,
            warnings=("E-mail has a + before the @; some Webex functions are known not to cope with that",),
        ),
        frame=frame(""),
    ),
}

WORKSPACES: dict[str, View] = {
    "provision_workspace": provisioning(State.DONE, outcome=DONE),
    "provision_workspace_confirmation": provisioning(State.ASKED),
    "provision_workspace_confirmation_warned": replace(
        provisioning(
            State.ASKED,
            plan=replace(PLAN, findings=(TAKEN, FOUND), before={"displayName": "Old Room", "licences": 2}),
            warnings=("Phone number does not look like a number that is in use",),
        ),
        writes=False,
    ),
    "provision_workspace_destructive": replace(provisioning(State.ASKED), operation=DESTRUCTIVE),
    "provision_workspace_approved": provisioning(State.APPROVED),
    "provision_workspace_held": provisioning(State.APPROVED, held=True),
    "provision_workspace_waiting": provisioning(
        State.APPROVED, try_at=NOW + timedelta(minutes=4), outcome=Outcome(ok=False, problem=BUSY)
    ),
    "provision_workspace_waiting_bare": provisioning(State.APPROVED, try_at=NOW + timedelta(minutes=4)),
    "provision_workspace_running": provisioning(State.RUNNING),
    "provision_workspace_unknown": provisioning(
        State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST, note=LOOKED), looked_at=NOW
    ),
    "provision_workspace_unknown_bare": provisioning(
        State.UNKNOWN, plan=None, outcome=Outcome(ok=False, tracking_id=THEIRS)
    ),
    "provision_workspace_found": provisioning(
        State.DONE,
        outcome=replace(DONE, note="Found by looking: exactly one workspace of that name was created at that time."),
    ),
    "provision_workspace_closed": provisioning(State.FAILED, outcome=Outcome(ok=False, note=CLOSED)),
    "provision_workspace_failed": provisioning(State.FAILED, outcome=Outcome(ok=False, problem=REFUSED)),
    "provision_workspace_withdrawn": provisioning(State.WITHDRAWN),
    "provision_workspace_expired": provisioning(State.EXPIRED),
}

SEEN = Watched("subscriber", "provisioning", since=NOW)
WAITS = Watched(
    "subscriber",
    "pending_user_migration",
    since=NOW + timedelta(minutes=2),
    patient=True,
    past=(Step("provisioning", NOW),),
)
WATCHED: dict[str, View] = {
    "provision_workspace_watching": provisioning(State.WATCHING, watched=SEEN),
    "provision_workspace_patient": provisioning(State.WATCHING, watched=WAITS),
    "provision_workspace_stuck": provisioning(State.STUCK, watched=WAITS),
    "provision_workspace_unwatched": provisioning(
        State.UNWATCHED, watched=replace(SEEN, status="something_new", past=WAITS.past)
    ),
    "provision_workspace_absent": provisioning(
        State.UNKNOWN, outcome=Outcome(ok=False, problem=LOST, note="Webex has no such subscriber.", absent=True)
    ),
    "provision_workspace_typed": replace(
        provisioning(State.ASKED, plan=replace(PLAN, typed="95547321@example.com")), operation=DESTRUCTIVE
    ),
    "provision_workspace_named": replace(provisioning(State.ASKED), names={TEMPLATE: "acme"}),
}

TEMPLATES: dict[str, View] = {
    "provision_workspace_form_templates": replace(form(PROVISION), templates=(ACME, LAB), usual="lab"),
    "provision_workspace_form_template_said": replace(
        form(PROVISION, provisioningId=TEMPLATE), templates=(ACME, LAB), usual="lab"
    ),
    "provision_workspace_form_id_said": replace(form(PROVISION, provisioningId="Zj" * 30), templates=(ACME,)),
    "precheck_subscriber_form_pasted": pasted(PRECHECK, email="ann@example.com", package="basic"),
}

NOTICES: dict[str, View] = {
    "notice_help": notice(NoticeKind.HELP, words=""),
    "notice_help_one": notice(NoticeKind.HELP, words="Provision workspace"),
    "notice_suggestion": notice(NoticeKind.SUGGESTION, said="provsion <@all>", suggestions=["provision workspace"]),
    "notice_suggestion_none": notice(NoticeKind.SUGGESTION, said="what's up?", suggestions=[]),
    "notice_refusal": notice(NoticeKind.REFUSAL, reason="People of gmail.com are not let in by this bot"),
    "notice_declined": notice(
        NoticeKind.DECLINED, text="Request 12 has changed since that card was drawn: look at its newest card."
    ),
    "notice_requests": notice(
        NoticeKind.REQUESTS,
        provisioning(State.UNKNOWN),
        provisioning(State.APPROVED, held=True, number=11),
        provisioning(State.APPROVED, try_at=NOW, number=10),
        provisioning(State.ASKED, number=9),
        asked(PRECHECK, number=8),
        prechecked(ALL_WELL),
    ),
    "notice_requests_none": notice(NoticeKind.REQUESTS),
    "notice_cancelled": notice(NoticeKind.CANCELLED, what="provision workspace"),
    "notice_closed_form_cancelled": notice(NoticeKind.CLOSED_FORM, operation="provision_workspace", why="cancelled"),
    "notice_closed_form_expired": notice(NoticeKind.CLOSED_FORM, operation="provision_workspace", why="expired"),
    "notice_closed_form_answered": notice(NoticeKind.CLOSED_FORM, operation="precheck subscriber", why="answered"),
    "notice_problem": notice(NoticeKind.PROBLEM, problem=asdict(REFUSED)),
    "notice_done": notice(NoticeKind.DONE, request=12, title="provision workspace", state="done", mention=ANN),
    "notice_status": notice(
        NoticeKind.STATUS, request=12, title="provision subscriber", status="pending_user_migration", mention=ANN
    ),
    "notice_question": notice(
        NoticeKind.QUESTION,
        label="E-mail",
        hint="ann@example.com",
        complaint="E-mail is missing.",
        operation="precheck subscriber",
    ),
}

SCENES: dict[str, View] = FORMS | PRECHECKS | WORKSPACES | WATCHED | TEMPLATES | NOTICES
for path in sorted(Path(__file__).parent.glob("scenes_*.py")):
    SCENES |= importlib.import_module(f"{__package__}.{path.stem}").SCENES
