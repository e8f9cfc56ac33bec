"""The patterns of paths can be compared in a moment, whatever somebody has written."""

import pytest

from bot.simulator.control.patterns import check, fits


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "/messages",
        "/messages/.*",
        "/people/m.",
        "/(messages|rooms)/[^/]+",
        "/broadworks/subscribers(/validate)?",
        r"/a\(b\)*",
        "/messages|/rooms|/people|/webhooks|/memberships|/contents",
        "(?:/v2)?/rooms",
        "[(|+*?]",
    ],
)
def test_the_usual_patterns_are_taken(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|a)*b",
        "(?:a?){30}b",
        "(a|aa)+?b",
        ".*.*.*.*b",
        "a?" * 30 + "a" * 30,
        "(a|a)" * 30,
        "a" * 10_001,
        "(",
        "a{999999999999999}",
        "[]a](b+)+",
        r"[\]](b+)+",
    ],
)
def test_one_that_may_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"^Path "):
        check(pattern)


def test_of_a_very_long_path_only_the_beginning_counts() -> None:
    assert fits("/.*", "/" + "a" * 100_000)
    assert not fits(".*x.*x.*x", "x" * 10 + "a" * 100_000)
