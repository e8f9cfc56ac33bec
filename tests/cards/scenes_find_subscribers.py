"""The views of finding subscribers that have a golden file."""

from typing import Any

from bot.domain.form import Complaint
from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.find_subscribers import OPERATION
from tests.cards.samples import THEIRS, asked, form

NEXT = "https://webexapis.com/v1/broadworks/subscribers?status=error&max=8&cursor=8"
STATUSES = (
    "provisioned",
    "provisioning",
    "updating",
    "error",
    "pending_email_input",
    "pending_email_validation",
    "pending_user_migration",
    "on_hold",
)


def item(number: int = 1, **changed: str) -> dict[str, str]:
    """A subscriber as it is remembered for the card."""
    return {
        "id": f"Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIv{number}",
        "firstName": "Ann",
        "lastName": f"Archer{number}",
        "userId": f"9554730{number}@example.com",
        "email": f"ann.archer{number}@example.com",
        "package": "standard",
        "status": "provisioned",
        **changed,
    }


def found(*items: dict[str, str], values: dict[str, str] | None = None, **data: Any) -> RequestView:
    """An answer with these subscribers."""
    wanted = {name: value for name, value in (values or {}).items() if name != "page"}
    told = {"items": list(items), "left_out": 0, "next": None, "wanted": wanted, "as_user_id": False}
    outcome = Outcome(ok=True, data={**told, **data}, tracking_id=THEIRS)
    return asked(OPERATION, state=State.DONE, version=2, values=dict(values or {}), outcome=outcome)


SCENES: dict[str, View] = {
    "find_subscribers_form": form(OPERATION),
    "find_subscribers_form_wrong": form(
        OPERATION,
        Complaint("email", "E-mail is not an e-mail address: it has no @-sign. Write it like ann@example.com."),
        Complaint(
            "after",
            "Created since is no time that the bot can read. Write a date like 2026-11-20, or today, yesterday, 24h, "
            "7d (all in UTC).",
        ),
        email="zoe_o.neill",
        after="last week",
        status="error, pending_user_migration",
    ),
    "find_subscribers": found(
        *(item(number, status=status) for number, status in enumerate(STATUSES, start=1)),
        values={"spEnterpriseId": "Reseller1+acme", "after": "2026-11-14T18:36:20+00:00"},
        next=NEXT,
    ),
    "find_subscribers_one": found(item(), values={"email": "ann.archer1@example.com"}),
    "find_subscribers_by_user_id": found(item(), values={"userId": "95547301@example.com"}, as_user_id=True),
    "find_subscribers_last": found(
        item(1, firstName="*Bobby* <@all>", lastName="[x](y)", package="gold_plus"),
        item(2, firstName="", lastName="", status=""),
        values={"status": "error,provisioning", "page": NEXT},
        left_out=42,
    ),
    "find_subscribers_nobody": found(
        values={"email": "ann.archer@example.com", "status": "error", "lastStatusChange": "2026-11-21T00:00:00+00:00"}
    ),
    "find_subscribers_nobody_at_all": found(),
    "find_subscribers_nobody_so_far": found(values={"status": "error"}, next=NEXT),
    "find_subscribers_nobody_else": found(values={"status": "error", "page": NEXT}),
}
