"""The benchmarks can be run; what they measure is no matter of tests."""

from tests.benchmarks import idle, receiver


def test_the_receiver_and_its_floor_acknowledge_everything() -> None:
    measured = receiver.measure(0.1)

    assert list(measured["bot"]["statuses"]) == [200]
    assert list(measured["floor"]["statuses"]) == [200]
    assert measured["bot_to_floor"] > 0


def test_the_idle_bot_is_measured_whole() -> None:
    measured = idle.measure(0.2, settled=0.0)

    assert measured["processes"] == 2
    assert measured["percent_of_a_core"] >= 0
