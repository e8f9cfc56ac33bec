"""The benchmark of long lists can be run; of what it measures, only what no machine changes is a matter of tests."""

from tests.benchmarks import subscribers


def test_a_long_list_is_read_whole_and_its_first_page_takes_one_round_trip() -> None:
    measured = subscribers.measure(2000)

    assert (measured["few"]["pages"], measured["many"]["pages"]) == (3, 21)
    assert measured["few"]["first_page_round_trips"] == measured["many"]["first_page_round_trips"] == 1
    assert measured["many_to_few"]["peak_kb"] < 2
