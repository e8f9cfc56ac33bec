"""Those who watch over the bot learn that it lives, whether it works, and how much it did."""

import threading

from flask import Flask

from bot.web.metrics import Counters, create_metrics
from tests.web.conftest import Receiver


def test_alive_is_one_word(receiver: Receiver) -> None:
    answer = receiver.app.test_client().get("/healthz")

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")


def test_ready_while_no_check_has_a_problem(receiver: Receiver) -> None:
    receiver.problems = {"inbox": "", "engine": ""}

    answer = receiver.app.test_client().get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"ready": True, "checks": {"inbox": "ok", "engine": "ok"}})


def test_not_ready_as_soon_as_one_has(receiver: Receiver) -> None:
    receiver.problems = {"inbox": "2 deliveries are parked", "engine": ""}

    answer = receiver.app.test_client().get("/readyz")

    assert (answer.status_code, answer.json) == (
        503,
        {"ready": False, "checks": {"inbox": "2 deliveries are parked", "engine": "ok"}},
    )


def test_an_unknown_path_is_answered_in_two_words(receiver: Receiver) -> None:
    answer = receiver.app.test_client().get("/<script>alert(1)</script>")

    assert (answer.status_code, answer.text, answer.mimetype) == (404, "Not Found\n", "text/plain")


def test_what_was_not_expected_shows_nothing_of_itself(receiver: Receiver) -> None:
    @receiver.app.get("/broken")
    def broken() -> str:
        raise RuntimeError("the-inside")

    answer = receiver.app.test_client().get("/broken")

    assert (answer.status_code, answer.text) == (500, "Internal Server Error\n")


def test_metrics_are_what_prometheus_reads(receiver: Receiver) -> None:
    for result, times in (("accepted", 2), ('odd "\\\n', 1)):
        receiver.counters.count("webhooks_total", result=result, by=times)
    receiver.counters.count("starts_total")
    receiver.gauges = {"inbox_parked": 0, "inbox_new": 1.5}

    answer = receiver.app.test_client().get("/metrics")

    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text == (
        "# TYPE broadworks_bot_starts_total counter\n"
        "broadworks_bot_starts_total 1\n"
        "# TYPE broadworks_bot_webhooks_total counter\n"
        'broadworks_bot_webhooks_total{result="accepted"} 2\n'
        'broadworks_bot_webhooks_total{result="odd \\"\\\\\\n"} 1\n'
        "# TYPE broadworks_bot_inbox_new gauge\n"
        "broadworks_bot_inbox_new 1.5\n"
        "# TYPE broadworks_bot_inbox_parked gauge\n"
        "broadworks_bot_inbox_parked 0\n"
    )


def test_nothing_counted_yet_is_an_empty_page() -> None:
    app = Flask("metrics")
    app.register_blueprint(create_metrics(Counters()))

    answer = app.test_client().get("/metrics")

    assert (answer.status_code, answer.text) == (200, "")


def test_no_count_is_lost_between_threads() -> None:
    counters, start = Counters(), threading.Barrier(8)

    def count() -> None:
        start.wait()
        for _ in range(500):
            counters.count("webhooks_total", result="accepted")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counters.read("webhooks_total", result="accepted") == 4_000
