"""What was asked before about something, as an answer keeps it for its card."""

from typing import Any

from bot.domain.desk import Desk
from bot.domain.plan import Subject
from bot.domain.request import Request

LENGTH = 20
"""Requests that are told; who wants more asks an auditor."""


def past(subject: Subject, desk: Desk) -> list[dict[str, Any]]:
    """The last requests that would have changed something about it, newest first."""
    requests = desk.requests.about(user_id=subject.user_id, webex_id=subject.webex_id, limit=LENGTH)
    return [_told(each) for each in requests]


def _told(request: Request) -> dict[str, Any]:
    """A request as the history tells it: who asked and confirmed, when, and what came of it."""
    outcome = request.outcome
    problem = outcome.problem if outcome else None
    return {
        "number": request.number,
        "words": request.operation.replace("_", " "),
        "asker": request.asker_name,
        "asked_at": request.asked_at.isoformat(),
        "confirmed_at": request.confirmed_at.isoformat() if request.confirmed_at else None,
        "ended_at": request.ended_at.isoformat() if request.ended_at else None,
        "state": request.state.value,
        "status": request.watched.status if request.watched else "",
        "happened": problem.happened if problem else "",
        "note": outcome.note if outcome else "",
    }
