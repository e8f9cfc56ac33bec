"""What opens the file of a report is in no row, no log line, no card and no message, whatever goes wrong."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import inspect, text

from bot import logs
from bot.simulator.provisioning.reports import Reports
from bot.testing.talking import Chat
from tests.dialogues.scenes_reports import LONG_ENOUGH, files, month, requested, there


@pytest.fixture
def log(few_logs: None) -> Iterator[io.StringIO]:
    """All that the bot logs, more of it than anybody can set; afterwards logging is as it was."""
    loggers = [logging.getLogger(name) for name in ("", *logs.OTHERS, *logs.QUIET)]
    kept = [(list(each.handlers), each.level, each.propagate) for each in loggers]
    before, stream = structlog.get_config(), io.StringIO()
    logs.configure("json", level=logging.DEBUG, stream=stream)
    yield stream
    for each, (handlers, level, propagate) in zip(loggers, kept, strict=True):
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)
    structlog.configure(**before)


@pytest.fixture
def signatures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every signature that the simulated store of files has given out or looked at."""
    found: list[str] = []
    sign = Reports._signature  # noqa: SLF001 - what it gives is what must be found nowhere.

    def remembered(reports: Reports, report_id: str, expires: str) -> str:
        found.append(sign(reports, report_id, expires))
        return found[-1]

    monkeypatch.setattr(Reports, "_signature", remembered)
    return found


def test_what_opens_a_file_is_seen_nowhere(chat: Chat, log: io.StringIO, signatures: list[str]) -> None:
    card = requested(chat, space="support")
    chat.settle()
    chat.forward(LONG_ENOUGH)
    chat.press("ann", chat.expect_on(card, "is ready"), "Get")
    chat.settle()
    for wrong in ({"report_link_elsewhere": True}, {"report_link_page": True}, {"report_links_expired": 3}):
        usual = {name: type(value)() for name, value in wrong.items()}
        chat.switch(**wrong)
        chat.say("ann", f"get billing report {month(chat)}", space="support")
        chat.settle()
        chat.switch(**usual)
    there(chat)
    chat.say("ann", f"remove billing report {month(chat)}")
    chat.say("ann", "list billing reports")
    chat.settle()

    assert len(files(chat)) == 1
    assert len(set(signatures)) >= 2
    places = {
        "log": log.getvalue(),
        "rows": "\n".join(_rows(chat)),
        "messages": str([each.message for space in ("ann", "support") for each in chat.shown(space)]),
    }
    # All three hold what they are looked through for.
    assert [name for name, found in places.items() if "report" not in found] == []
    assert "report file fetched" in places["log"]
    assert [name for name, found in places.items() for each in signatures if each in found] == []
    assert [name for name, found in places.items() if "Signature=" in found] == []


def _rows(chat: Chat) -> Iterator[str]:
    """All that is in every table of the database, the engine's own among them."""
    engine = chat.bot.application.database.engine
    schemas: list[Any] = [None, "dbos"] if engine.dialect.name == "postgresql" else [None]
    with engine.connect() as connection:
        for schema in schemas:
            for table in inspect(engine).get_table_names(schema=schema):
                name = f'"{schema}"."{table}"' if schema else f'"{table}"'
                found = connection.execute(text(f"SELECT * FROM {name}"))  # noqa: S608 - the name is the database's own.
                yield from (str(row) for row in found)
