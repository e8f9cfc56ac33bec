"""How much an operation can change."""

from enum import StrEnum


class Risk(StrEnum):
    """How much an operation can change."""

    READ = "read"
    CHANGE = "change"
    DESTRUCTIVE = "destructive"
