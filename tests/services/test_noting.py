"""What is noted in the history is told to the log as well, without the people."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.domain.audit import AuditEvent, Happening
from bot.services.context import note
from bot.store import tables
from bot.tracking import Source, caused_by, tracked

NOON = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)


def test_the_log_tells_what_happened_to_which_request_and_names_nobody() -> None:
    asked = AuditEvent(NOON, Happening.ASKED, "a person", 12, {"operation": "precheck subscriber"})
    refused = AuditEvent(NOON, Happening.REFUSED_ENTRY, "a person", detail={"room": "a room"})
    assert tables

    with Session() as session, capture_logs() as logs, tracked("BOT_1"):
        with caused_by(Source("a message", "THEIRS")):
            note(session, asked)
        note(session, [refused])

    assert [asked.tracking_id, asked.message_id, asked.webex_tracking_id] == ["BOT_1", "a message", "THEIRS"]
    assert [refused.tracking_id, refused.message_id, refused.webex_tracking_id] == ["BOT_1", None, None]
    assert logs == [
        {"event": "audit", "log_level": "info", "what": "request asked", "request": 12},
        {"event": "audit", "log_level": "info", "what": "entry refused"},
    ]
