"""The benchmark of the page can be run; what it measures is no matter of tests."""

import pytest

from tests.benchmarks import page

pytestmark = pytest.mark.browser


def test_the_page_is_measured_with_and_without_messages() -> None:
    measured = page.measure(130, rounds=1)

    assert measured["full"].keys() == measured["empty"].keys()
    assert all(value > 0 for value in measured["full"].values())
    assert measured["full"]["nodes"] > measured["empty"]["nodes"]
