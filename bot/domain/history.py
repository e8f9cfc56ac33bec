"""What was asked of this bot about something, as a card tells it later."""

from collections.abc import Sequence
from typing import Any

from bot.domain.request import Request

MOST = 20
"""Requests that are told; who wants more asks an auditor."""


def told(requests: Sequence[Request]) -> list[dict[str, Any]]:
    """Each request: who asked and confirmed, when, and what came of it."""
    return [_told(each) for each in requests]


def _told(request: Request) -> dict[str, Any]:
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
