"""Column types: moments in UTC, and domain values as JSON."""

from datetime import UTC, datetime
from typing import Any

from cattrs.preconf.json import make_converter
from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

_converter = make_converter()


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC: SQLite drops time zones and PostgreSQL may tell another one, so it is put right here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Cut(TypeDecorator[str]):
    """Text from outside that is there to be read: PostgreSQL would refuse what is too long, SQLite would keep it."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave away what does not fit, and the one character that PostgreSQL does not take at all."""
        return self.fitting(value)

    def fitting(self, value: str | None) -> str | None:
        """What is kept of a text."""
        return None if value is None else value.replace("\x00", "")[: self.length]


class Stored(TypeDecorator[Any]):
    """A frozen domain value as JSON text, read back as the type it was."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write it as JSON."""
        return None if value is None else self.text(value)

    def text(self, value: Any) -> str:
        """The JSON of a value."""
        return _converter.dumps(value, unstructure_as=self.of)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it as the value that it was."""
        return None if value is None else _converter.loads(value, self.of)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Compare as text."""
        return self.impl_instance
