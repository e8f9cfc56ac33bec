"""The views of showing a workspace that have a golden file."""

from typing import Any

from bot.domain.plan import Outcome
from bot.domain.problem import Problem
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.show_workspace import OPERATION
from tests.cards.samples import BODY, PLACE, THEIRS, asked, form

VALUES = {"workspace": "Conference Room"}
TOLD = {
    "id": PLACE,
    "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi85NmFiYzJhYQ",
    "displayName": "Conference Room",
    "type": "notSet",
    "created": "2026-11-20T08:00:00.000Z",
}
MADE = {
    "number": 7,
    "words": "provision workspace",
    "asker": "Ann Agent",
    "asked_at": "2026-11-20T07:58:00+00:00",
    "confirmed_at": "2026-11-20T07:59:00+00:00",
    "ended_at": "2026-11-20T08:00:00+00:00",
    "state": "done",
    "status": "",
    "happened": "",
    "note": "",
}
GONE = MADE | {"number": 9, "words": "remove workspace", "note": "Found by looking: it is gone."}
NO_SCOPE = "The bot's token may not look at workspaces in Webex (spark-admin:workspaces_read)"
NOBODY = Problem(
    happened="Neither this bot nor Webex knows a workspace “Conference Room”. Say “find workspaces” to look for it.",
    who="agent",
)


def shown(**changed: Any) -> RequestView:
    """The answer to who asked for the conference room."""
    data = {
        "id": PLACE,
        "fields": BODY,
        "origin": "request 7",
        "as_of": "2026-11-20T08:00:00+00:00",
        "removed": "",
        "webex": {"fields": TOLD, "gone": False, "why": ""},
        "history": [MADE],
        **changed,
    }
    outcome = Outcome(ok=True, data=data, tracking_id=THEIRS)
    return asked(OPERATION, state=State.DONE, version=2, values=VALUES, outcome=outcome)


def silent(why: str = "", *, gone: bool = False) -> dict[str, Any]:
    """Webex tells nothing."""
    return {"fields": {}, "gone": gone, "why": why}


SCENES: dict[str, View] = {
    "show_workspace_form": form(OPERATION),
    "show_workspace": shown(),
    "show_workspace_imported": shown(
        fields={"displayName": "Lobby", "userId": "9@sp.com", "spEnterpriseId": "Reseller1+acme"},
        origin="imported from rooms.csv by maria",
        webex=silent("Webex could not be asked just now"),
        history=[],
    ),
    "show_workspace_no_scope": shown(webex=silent(NO_SCOPE)),
    "show_workspace_no_id": shown(id="", webex=silent("Nobody has told the bot its Webex ID")),
    "show_workspace_gone": shown(webex=silent(gone=True)),
    "show_workspace_removed": shown(
        removed="2026-11-21T09:00:00+00:00",
        as_of="2026-11-21T09:00:00+00:00",
        webex=silent(gone=True),
        history=[GONE, MADE],
    ),
    "show_workspace_removed_but_there": shown(removed="2026-11-21T09:00:00+00:00", history=[GONE]),
    "show_workspace_stranger": shown(fields={}, origin="", as_of="", history=[]),
    "show_workspace_nobody": asked(
        OPERATION, state=State.FAILED, version=2, values=VALUES, outcome=Outcome(ok=False, problem=NOBODY)
    ),
}
