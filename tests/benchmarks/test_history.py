"""The benchmark of the history can be run; of what it measures, only what no machine changes is a matter of tests."""

from tests.benchmarks import history


def test_a_history_is_verified_whole_in_hardly_more_memory_than_a_tenth_of_it() -> None:
    measured = history.measure(20_000, transactions=10)

    found = measured["sqlite"]
    assert (found["few"]["events"], found["many"]["events"]) == (2_000, 20_000)
    assert found["many_to_few"]["peak_kb"] < 1.5
    assert found["adding"]["chained_to_plain"] > 0
