"""Sets up logging: one stream of events, in UTC, that names the tracking id and keeps secrets to itself."""

import logging
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

import structlog
from structlog.dev import plain_traceback
from structlog.typing import EventDict, Processor

from bot import tracking
from bot.variables import MASK

OTHERS = ("dbos", "werkzeug", "gunicorn.error", "gunicorn.access")
"""Loggers of libraries that bring a handler of their own unless they find one."""

QUIET = ("webexteamssdk", "urllib3", "httpx", "httpcore")
"""Loggers that tell of every call; ours do that already, with what matters."""

LONGEST = 4_000
"""Characters of one value; a traceback is cut in its middle, so that both ends remain."""

_SENSITIVE = ("token", "secret", "authorization", "password")
_SHORTEST_SECRET = 8
"""A shorter one would mask ordinary words."""


def configure(
    log_format: str, *, secrets: Iterable[str] = (), level: int = logging.INFO, stream: TextIO | None = None
) -> None:
    """Send all logging to ``stream`` (stderr) as JSON lines, or in colour for people.

    May be called again, as after a server has set up its own loggers.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _name_the_tracking_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # A module's logger must follow a later call of this function.
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=["operationUUID"])],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Redaction(secrets),
                _renderer(log_format),
            ],
        )
    )
    _install(handler, level)


class Redaction:
    """Masks what must not be read, by its name or because it is a known secret, and cuts what is too long."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # The longest first: one secret may contain another.
        self._secrets = sorted({each for each in secrets if len(each) >= _SHORTEST_SECRET}, key=len, reverse=True)

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        return {key: MASK if _sensitive(key) else self._clean(value) for key, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self._text(key): MASK if _sensitive(key) else self._clean(each) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(each) for each in value]
        return self._text(value)

    def _text(self, value: Any) -> str:
        text = value if isinstance(value, str) else repr(value)
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        if len(text) <= LONGEST:
            return text
        half = LONGEST // 2
        return f"{text[:half]} [... {len(text) - LONGEST} characters ...] {text[-half:]}"


def _sensitive(key: Any) -> bool:
    name = str(key).casefold()
    return any(word in name for word in _SENSITIVE)


def _name_the_tracking_id(_logger: Any, _method: str, event: EventDict) -> EventDict:
    tracking_id = tracking.current()
    if tracking_id:
        event.setdefault("tracking_id", tracking_id)
    return event


def _renderer(log_format: str) -> Processor:
    if log_format == "color":
        return structlog.dev.ConsoleRenderer(exception_formatter=plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _install(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in OTHERS:
        # Their libraries add a handler when they find none and would log twice if they also propagated.
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
