"""The cards of codes that are explained."""

from dataclasses import asdict
from typing import Any

from bot.broadworks.codes import CodeBook
from bot.domain.plan import Outcome
from bot.domain.request import State
from bot.domain.view import RequestView, View
from bot.operations.explain import OPERATION
from tests.cards.samples import asked, form

BOOK = CodeBook.load()
ONCE = {
    "words": "User will need to *migrate* an existing account.",
    "count": 1,
    "first": "2026-11-20T09:15:00+00:00",
    "last": "2026-11-20T09:15:00+00:00",
    "request": 7,
}
OFTEN = {**ONCE, "count": 14, "last": "2026-11-21T18:20:00+00:00", "request": 11}


def known(code: str, *, seen: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"code": code, "meanings": [asdict(each) for each in BOOK.everywhere(code)], "seen": seen}


def explained(*codes: dict[str, Any]) -> RequestView:
    said = ", ".join(each["code"] for each in codes)
    outcome = Outcome(ok=True, data={"codes": list(codes)})
    return asked(OPERATION, values={"code": said}, state=State.DONE, version=2, outcome=outcome)


SCENES: dict[str, View] = {
    "explain_form": form(OPERATION),
    "explain": explained(known("10022")),
    "explain_several": explained(known("10022"), known("1001"), known("77", seen=OFTEN)),
    "explain_elsewhere": explained(known("200044", seen=ONCE), known("600009")),
    "explain_unknown": explained(known("77", seen={**ONCE, "request": None, "words": ""}), known("9_x")),
    "explain_twice": explained(
        {
            "code": "200044",
            "meanings": [
                {
                    "code": "200044",
                    "surface": "provisioning-api",
                    "meaning": "The user ID is taken",
                    "remedy": "Ask the team of the cluster",
                    "who": "the numbering team",
                    "certainty": "written down by the operator of this bot",
                },
                *known("200044")["meanings"],
                {"code": "200044", "surface": "another product", "meaning": "Something else"},
            ],
            "seen": None,
        }
    ),
}
