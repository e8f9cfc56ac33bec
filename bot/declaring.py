"""One setting: how it is declared, and how it is shown to anybody."""

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from typing import Any

from bot import variables
from bot.variables import MASK

PASSWORD = re.compile(r"(?P<before>://[^:/]*:(?=[^@]*@)|[?&]\w*password=)(?P<password>(?<=:)[^@]+|(?<==)[^&]+)")
"""A password in the URL of a database."""


@dataclass(frozen=True)
class Described:
    """One setting as documentation shows it; ``default`` is "" where there is none."""

    variable: str
    about: str
    required: bool
    default: str


def setting(
    variable: str,
    about: str,
    *,
    read: Callable[[str], Any] = variables.plain,
    default: str | None = None,
    unset: Any = MISSING,
    unless: str = "",
) -> Any:
    """Declare one setting: with a ``default``, written as the operator would, or a value for ``unset``, or required.

    One that may be unset is required all the same ``unless`` another variable is set.
    """
    metadata = {"variable": variable, "about": about, "read": read, "default": default or "", "unless": unless}
    value = read(default) if default is not None else unset
    return field(default=value, metadata=metadata)


def shown(value: Any) -> str:
    """A value as text, without what must not be seen."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(str(each) for each in value))
    return PASSWORD.sub(rf"\g<before>{MASK}", str(value))
