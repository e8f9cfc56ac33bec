"""Logs are one stream that names the tracking id and keeps secrets to itself."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs, tracking
from bot.logs import Redaction

SECRET = "a-token-nobody-may-read"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging belongs to the whole process: every test leaves it as it was."""
    names = ["", *logs.OTHERS, *logs.QUIET]
    loggers = [logging.getLogger(name) for name in names]
    kept = [(list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, (handlers, level, propagate) in zip(loggers, kept, strict=True):
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def refuse(words: str) -> None:
    raise ValueError(words)


def written(stream: io.StringIO) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    for line in lines:
        assert line.pop("timestamp").endswith("Z")
    return lines


def test_one_event_is_one_line_with_the_tracking_id(stream: io.StringIO) -> None:
    logs.configure("json", stream=stream)

    with tracking.tracked("BOT_1"):
        structlog.get_logger("bot.web").info("webhook", result="accepted", size=3)
    structlog.get_logger("bot.web").warning("nothing %s", "tracked")

    assert written(stream) == [
        {
            "event": "webhook",
            "level": "info",
            "logger": "bot.web",
            "tracking_id": "BOT_1",
            "result": "accepted",
            "size": 3,
        },
        {"event": "nothing tracked", "level": "warning", "logger": "bot.web"},
    ]


def test_the_librarys_own_events_come_the_same_way_and_once(stream: io.StringIO) -> None:
    logs.configure("json", stream=stream)
    logs.configure("json", stream=stream)

    for name in ("dbos", "werkzeug", "gunicorn.error", "some.library"):
        logging.getLogger(name).info("hello from %s", name)
    logging.getLogger("dbos").info("in a workflow", extra={"operationUUID": "w1"})
    logging.getLogger("webexteamssdk.restsession").info("too much")

    assert written(stream) == [
        {"event": "hello from dbos", "level": "info", "logger": "dbos"},
        {"event": "hello from werkzeug", "level": "info", "logger": "werkzeug"},
        {"event": "hello from gunicorn.error", "level": "info", "logger": "gunicorn.error"},
        {"event": "hello from some.library", "level": "info", "logger": "some.library"},
        {"event": "in a workflow", "level": "info", "logger": "dbos", "operationUUID": "w1"},
    ]


def test_events_below_the_level_are_not_written(stream: io.StringIO) -> None:
    logs.configure("json", level=logging.WARNING, stream=stream)

    structlog.get_logger("bot").info("quiet")
    logging.getLogger("dbos").info("quiet")

    assert stream.getvalue() == ""


def test_a_secret_shows_nowhere_not_even_in_a_traceback(stream: io.StringIO) -> None:
    logs.configure("json", secrets=[SECRET], stream=stream)

    try:
        refuse(f"refused {SECRET}")
    except ValueError:
        structlog.get_logger("bot").exception("failed", headers={"Authorization": "Bearer x", "via": [SECRET]})
    logging.getLogger("urllib3").warning("url was /%s", SECRET)

    assert SECRET not in stream.getvalue()
    first, second = written(stream)
    assert first["headers"] == {"Authorization": "••••", "via": ["••••"]}
    assert first["exception"].endswith("ValueError: refused ••••")
    assert second["event"] == "url was /••••"


def test_in_colour_it_is_for_people_and_hides_the_same(stream: io.StringIO) -> None:
    logs.configure("color", secrets=[SECRET], stream=stream)

    try:
        refuse(SECRET)
    except ValueError:
        structlog.get_logger("bot").exception("failed", token="abc")

    assert "\x1b[" in stream.getvalue()
    assert "ValueError: ••••" in stream.getvalue()
    assert "abc" not in stream.getvalue()


def test_names_that_speak_of_secrets_are_masked_and_other_values_kept() -> None:
    event = {
        "access_token": "x",
        "client-Secret": 1,
        "password": None,
        "tracking_id": "BOT_1",
        "nested": {"a": ({"Authorization": "x", "b": 2.5}, True, None)},
        "thing": frozenset({1}),
    }

    assert Redaction()(None, "info", event) == {
        "access_token": "••••",
        "client-Secret": "••••",
        "password": "••••",
        "tracking_id": "BOT_1",
        "nested": {"a": [{"Authorization": "••••", "b": 2.5}, True, None]},
        "thing": [1],
    }


def test_a_secret_inside_of_another_does_not_leave_the_rest() -> None:
    redaction = Redaction(["password-1", "password-1-and-more", "tiny"])

    assert redaction(None, "info", {"event": "password-1-and-more tiny"}) == {"event": "•••• tiny"}


def test_a_long_value_is_cut_in_its_middle() -> None:
    cut = Redaction()(None, "info", {"event": "a" * 3_000 + "b" * 3_000})["event"]

    assert cut == "a" * 2_000 + " [... 2000 characters ...] " + "b" * 2_000


def test_what_is_no_text_is_shown_as_python_shows_it() -> None:
    class Thing:
        def __repr__(self) -> str:
            return f"Thing({SECRET})"

    assert Redaction([SECRET])(None, "info", {"event": Thing()}) == {"event": "Thing(••••)"}
