"""Refuses JSON that nobody means and that not all who read it later could bear."""

import json
from typing import Any

DEEPEST = 64


def read(text: str | bytes, **options: Any) -> Any:
    """What the text says; ValueError for what is no JSON, or none that can be passed on."""
    try:
        found = json.loads(text, **options)
    except RecursionError as exc:
        raise ValueError("This is nested too deeply.") from exc
    check(found)
    return found


def check(value: Any) -> None:
    """ValueError for what JSON cannot say, half a character, a number without end, or nesting without sense."""
    levels, here = 0, [value]
    while here:
        levels += 1
        if levels > DEEPEST:
            raise ValueError("This is nested too deeply.")
        here = [child for each in here for child in _children(each)]
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except TypeError as exc:
        raise ValueError("This cannot be said in JSON.") from exc


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
