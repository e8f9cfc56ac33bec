"""Reads regular expressions of paths, and refuses those that could keep the whole playground busy for ever."""

import re
from functools import lru_cache

_LONGEST = 10_000
_LONGEST_PATH = 300
_REPEATS = 3
_CHOICES = 4
_SLOW = "Path could take for ever to compare"

# What stands for itself: an escaped sign, a class of signs, or the marks with which a special group begins.
_PLAIN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?<=\()\?", re.DOTALL)


def check(pattern: str) -> None:
    """ValueError, in words, for what is no regular expression, or one that may take very long.

    Python compares under a lock of the whole process and cannot be interrupted in it, and how long that takes grows
    with each repetition, with each choice, and without any bound where a group is repeated that itself has choices.
    """
    if len(pattern) > _LONGEST:
        raise ValueError(f"Path must be of {_LONGEST} signs at most.")
    try:
        _compiled(pattern)
    except (re.error, OverflowError, RecursionError) as exc:
        raise ValueError(f"Path is not a pattern that can be read: {exc}.") from exc
    marks = _PLAIN.sub("x", pattern)
    if re.search(r"\)[*+{]", marks):
        raise ValueError(f"{_SLOW}: a group cannot be repeated, only what stands for one sign, such as [^/]+.")
    if len(re.findall(r"[*+{]", marks)) > _REPEATS:
        raise ValueError(f"{_SLOW}: it can have {_REPEATS} repetitions at most.")
    if marks.count("?") + _inner_alternatives(marks) > _CHOICES:
        raise ValueError(f"{_SLOW}: it can have {_CHOICES} choices within it at most.")


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern that was checked is that of the whole path; of a very long one only the beginning counts."""
    return _compiled(pattern).fullmatch(path[:_LONGEST_PATH]) is not None


@lru_cache(256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _inner_alternatives(marks: str) -> int:
    """Those side by side with nothing around them are tried one after the other, which costs little."""
    depth = count = 0
    for mark in marks:
        depth += (mark == "(") - (mark == ")")
        count += mark == "|" and depth > 0
    return count
