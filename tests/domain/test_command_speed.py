"""How long reading a line takes, counted in steps of our own code rather than by the clock."""

import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from bot.domain import command
from bot.domain.command import MAX_LINE, arguments, match, suggest
from bot.operations.provision_workspace import FORM as WORKSPACE

PHRASES = {"provision workspace": 1, "precheck subscriber": 2, "precheck": 2, "help": 3}

NASTY: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: '"' * n,
    "quotes in words": lambda n: 'a"' * (n // 2),
    "one quote": lambda n: '"' + "a " * (n // 2),
    "single quotes": lambda n: "='" * (n // 2),
    "single-quoted word": lambda n: "name='" + "a " * (n // 2),
    "spaces": lambda n: "a" + " " * (n - 2) + "b",
    "spaces before an equals sign": lambda n: "a" + " " * (n - 2) + "=",
    "words apart": lambda n: "a  " * (n // 3) + "=",
    "equals signs": lambda n: "=" * n,
    "the same field": lambda n: "a= " * (n // 3),
    "other fields": lambda n: "".join(f"q{number}=1 " for number in range(n // 7)),
    "known fields": lambda n: "name=a " * (n // 7),
    "words in a field": lambda n: "name=" + "w " * (n // 2),
    "a name of two words": lambda n: "phone number=1 " * (n // 15),
    "dots": lambda n: "a." * (n // 2) + "=",
    "dashes": lambda n: "pid= " + "a-" * (n // 2) + "=",
    "addresses": lambda n: "a@b " * (n // 4),
    "at signs": lambda n: "@" * n,
    "wide spaces": lambda n: "\u3000" * n + "a=",
}


def steps(act: Callable[[], object]) -> int:
    """Count the lines and calls that Python runs."""
    count = 0

    def trace(_frame: FrameType, _event: str, _arg: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # The stub wants a recursive type that cannot be written down.
    try:
        act()
    finally:
        sys.settrace(before)
    return count


ACTS: list[Callable[[str], object]] = [
    lambda line: arguments(line, WORKSPACE),
    lambda line: match(line, PHRASES),
    lambda line: suggest(line, PHRASES),
]


@pytest.mark.parametrize("act", ACTS, ids=["arguments", "match", "suggest"])
@pytest.mark.parametrize("name", NASTY)
def test_four_times_the_line_takes_no_more_than_four_times_the_steps(name: str, act: Callable[[str], object]) -> None:
    short, long = NASTY[name](MAX_LINE // 4), NASTY[name](MAX_LINE)
    # What is compiled and cached by the first call is no work on the line.
    act(short)

    few, many = steps(lambda: act(short)), steps(lambda: act(long))

    assert many <= 5 * few + 1000
    # A million steps take about 50 ms.
    assert many < 100_000


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("pattern", [found for found in vars(command).values() if isinstance(found, re.Pattern)])
def test_no_pattern_goes_over_the_same_text_again_and_again(pattern: re.Pattern[str], name: str) -> None:
    """Backtracking is work of C that no trace sees; a pattern that does it would not come back for minutes."""
    pattern.findall(NASTY[name](200_000))
