"""The trace: what belongs together, what is kept, and what is made of the lines that the bot logs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.inside.hearing import Heard, hear
from bot.simulator.inside.ties import Ties
from bot.simulator.inside.trace import Asked, Entry, Kind, Trace

NOON = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)


def entry(words: str = "it happened", *, kind: Kind = "bot", **more: Any) -> Entry:
    return Entry(at=NOON, kind=kind, words=words, **more)


def words(entries: list[Entry]) -> list[str]:
    return [each.words for each in entries]


def heard(event: str, logger: str = "bot.somewhere", **fields: Any) -> Heard:
    line = {"event": event, "logger": logger, "level": "info", "timestamp": "2026-07-09T12:00:01.500000Z", **fields}
    found = hear(line, now=NOON)
    assert found is not None
    return found


def told(event: str, **fields: Any) -> Entry:
    found = heard(event, **fields).entry
    assert found is not None
    return found


def test_entries_are_numbered_and_read_from_a_number_on() -> None:
    trace = Trace()
    for number in range(1, 6):
        trace.add(entry(f"thing {number}"))

    assert [(each.n, each.words) for each in trace.entries(after=3)] == [(4, "thing 4"), (5, "thing 5")]
    assert words(trace.entries(limit=2)) == ["thing 4", "thing 5"]
    assert trace.entries(limit=0) == []
    assert (trace.first, trace.last) == (1, 5)


def test_only_the_last_entries_are_kept() -> None:
    trace = Trace(kept=3)
    for number in range(1, 6):
        trace.add(entry(f"thing {number}"))

    assert words(trace.entries()) == ["thing 3", "thing 4", "thing 5"]
    assert (trace.first, trace.last) == (3, 5)


def test_everything_can_be_forgotten_and_numbers_go_on() -> None:
    trace = Trace()
    trace.add(entry(tracking_id="a", request=1))
    trace.clear()

    assert (trace.entries(), trace.requests(), trace.first, trace.last) == ([], [], 2, 1)
    trace.add(entry("new", tracking_id="a"))
    assert [each.n for each in trace.entries()] == [2]
    assert trace.entries(request=1) == []


def test_entries_of_a_kind_are_found() -> None:
    trace = Trace()
    trace.add(entry("a card", kind="card"))
    trace.add(entry("a call", kind="call"))

    assert words(trace.entries(kind="card")) == ["a card"]


def test_ids_that_were_seen_together_belong_together_whatever_came_first() -> None:
    trace = Trace()
    trace.add(entry("webhook", tracking_id="theirs", ties=("messages/created/1",)))
    trace.add(entry("copy", tracking_id="theirs of the copy", ties=("messages/created/1",)))
    trace.add(entry("call", tracking_id="ours"))
    trace.add(entry("somebody else's", tracking_id="other"))
    trace.add(entry("inbox", tracking_id="ours", ties=("theirs",)))

    for name in ("theirs", "theirs of the copy", "ours"):
        assert words(trace.entries(tracking_id=name)) == ["webhook", "copy", "call", "inbox"]
    assert words(trace.entries(tracking_id="other")) == ["somebody else's"]
    assert trace.entries(tracking_id="never seen") == []


def test_a_request_has_the_entries_of_every_id_that_was_seen_with_it() -> None:
    trace = Trace()
    trace.add(entry("webhook of the asking", tracking_id="theirs"))
    trace.add(entry("asked", tracking_id="first", request=12, ties=("theirs",)))
    trace.add(entry("call before anybody knew", tracking_id="second"))
    trace.add(entry("another request", tracking_id="third", request=13))
    trace.add(entry("names it, without an id", request=12))
    trace.tie("second", request=12)

    assert words(trace.entries(request=12)) == [
        "webhook of the asking",
        "asked",
        "call before anybody knew",
        "names it, without an id",
    ]
    assert words(trace.entries(request=13)) == ["another request"]
    assert trace.entries(request=14) == []


def test_requests_are_told_with_what_was_last_heard_of_them() -> None:
    trace = Trace()
    trace.add(entry(request=1, state="asked"))
    trace.add(entry(request=2, state="asked"))
    trace.add(entry(request=1, state="done"))
    trace.add(entry(request=1))

    assert trace.requests() == [Asked(2, "asked", NOON), Asked(1, "done", NOON)]


def test_each_change_is_told_and_counted() -> None:
    changes: list[int] = []
    trace = Trace(lambda: changes.append(1))
    trace.add(entry(kind="call", bad=True, counted=("webex",)))
    trace.add(entry(kind="card"))
    trace.clear()

    assert len(changes) == 3
    counts = trace.counts()
    assert {name: counts[name] for name in ("call", "card", "bot", "bad", "webex")} == {
        "call": 1,
        "card": 1,
        "bot": 0,
        "bad": 1,
        "webex": 1,
    }


def test_many_threads_may_add_at_once() -> None:
    trace = Trace()

    def add() -> None:
        for _ in range(200):
            trace.add(entry(tracking_id="a", request=1))

    threads = [Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [each.n for each in trace.entries(request=1)] == list(range(1, 801))


def test_ties_forget_the_oldest_and_keep_the_rest() -> None:
    ties = Ties(kept=10)
    ties.add(("old", "very old"))
    for number in range(30):
        ties.add((f"a{number}", f"b{number}"), number)

    assert ties.group("old") != ties.group("very old")
    assert ties.group("a29") == ties.group("b29")
    assert ties.groups_of(29) == {ties.group("a29")}
    assert ties.groups_of(3) == frozenset()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=60))
def test_being_together_does_not_depend_on_the_order(pairs: list[tuple[int, int]]) -> None:
    forth, back = Ties(1000), Ties(1000)
    for one, other in pairs:
        forth.add((str(one), str(other)))
    for one, other in reversed(pairs):
        back.add((str(other), str(one)))

    for one in range(21):
        for other in range(21):
            assert (forth.group(str(one)) == forth.group(str(other))) == (
                back.group(str(one)) == back.group(str(other))
            )


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("accepted", "Inbox: taken in"),
        ("duplicate", "Inbox: a duplicate, dropped"),
        ("own", "Inbox: the bot's own message, ignored"),
        ("unknown", "Inbox: of no concern, ignored"),
    ],
)
def test_the_inbox_says_what_became_of_a_webhook_and_ties_its_ids(result: str, said: str) -> None:
    found = told("webhook", result=result, key="messages/created/1", theirs="ROUTER_1", tracking_id="BOT_1")

    assert (found.words, found.kind, found.bad) == (said, "bot", False)
    assert found.names == ("BOT_1", "ROUTER_1", "messages/created/1")


def test_work_is_told_with_its_request_and_where_it_began() -> None:
    found = told("work done", kind="plan", key="12.1", request=12, seconds=0.5, tracking_id="BOT_1")

    assert (found.words, found.request, found.seconds) == ("Request 12: plan and check", 12, 0.5)
    assert found.at == NOON + timedelta(seconds=1)
    assert told("work done", kind="deliver", key="7.3").words == "Bring message 7 up to date"


def test_work_that_failed_is_trouble() -> None:
    found = told("work has failed for good", level="error", kind="fulfil", key="12.1", request=12, exception="Trace…")

    assert (found.words, found.bad) == ("Request 12: carry out: failed for good", True)
    assert "exception" not in found.facts


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("done", "Event handled"),
        ("busy", "Event put off: Webex is busy"),
        ("away", "Event put off: Webex does not answer"),
        ("error", "Event not handled"),
    ],
)
def test_receiving_says_how_it_ended(outcome: str, said: str) -> None:
    found = told("event handled", outcome=outcome, resource="messages", key="messages/created/1", seconds=0.1)

    assert (found.words, found.bad, found.ties) == (said, outcome != "done", ("messages/created/1",))


def test_the_history_of_a_request_is_told_step_by_step() -> None:
    found = told("audit", what="request confirmed", request=12, tracking_id="BOT_1")

    assert (found.words, found.kind, found.state) == ("Request 12: confirmed", "history", "confirmed")
    assert told("audit", what="entry refused").words == "Entry refused"


def test_a_shown_message_only_ties_its_request() -> None:
    assert heard("message shown", delivery=3, how="edited", request=12, tracking_id="BOT_1") == Heard(
        None, ("BOT_1",), 12
    )


def test_a_call_is_told_by_the_bot_only_if_it_got_no_answer() -> None:
    call = {"method": "POST", "path": "broadworks/workspaces", "seconds": 30.0, "tracking_id": "BOT_1"}

    answered = hear({"event": "broadworks call", "logger": "bot.broadworks.client", "status": 201, **call}, now=NOON)
    lost = told("broadworks call", status=None, failure="a secret of ann@example.com", **call)

    assert answered is None
    assert (lost.words, lost.kind, lost.bad) == (
        "BroadWorks: POST /broadworks/workspaces, the bot got no answer",
        "call",
        True,
    )
    assert "secret" not in json.dumps(lost.as_json())


def test_a_line_of_the_bot_that_is_not_known_is_shown_by_its_event_alone() -> None:
    found = told("something new", level="warning", name="Ann", text="a secret", turn=2)

    assert (found.words, found.bad, found.facts) == ("Something new", True, {"turn": 2})


def test_what_a_library_says_is_not_repeated() -> None:
    assert hear({"event": "SELECT 'a secret'", "logger": "dbos", "level": "info"}, now=NOON) is None
    complaint = told("no such user: ann@example.com", logger="dbos", level="error")
    assert (complaint.words, complaint.bad) == ("A part of the bot complains: dbos", True)


def test_a_retry_is_told_with_its_pause_but_not_with_what_failed() -> None:
    facts = {"callable": "x", "args": ["a secret"], "caused_by": "Error('a secret')", "retry_num": 1}
    found = told("stamina.retry_scheduled", logger="stamina", level="warning", wait_for=0.88, **facts)

    assert (found.words, found.bad, found.facts) == ("A call failed: it is made again after 0.88 s", False, {})


def test_an_error_is_kept_by_its_name_but_not_by_its_words() -> None:
    assert told("x", error="TimeoutError").facts == {"error": "TimeoutError"}
    assert told("x", error="Ann is not known").facts == {}


def test_whatever_looks_like_an_address_is_left_out() -> None:
    found = told("broadworks call", status=None, method="GET", path="people/ann@example.com/x", key="ann@example.com")

    assert "ann" not in json.dumps(found.as_json())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["level", "timestamp", "tracking_id", "request", "status", "seconds", "key", "kind", "what", "theirs", "path"]
EVENTS = ["webhook", "event handled", "work done", "message shown", "audit", "broadworks call", "x"]


@given(st.sampled_from(EVENTS), st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_no_line_whatever_breaks_the_listener(event: str, fields: dict[str, Any]) -> None:
    found = hear({"event": event, "logger": "bot.x", **fields}, now=NOON)

    if found is not None and found.entry is not None:
        json.dumps(found.entry.as_json(), allow_nan=False)


@pytest.mark.parametrize("line", [{}, {"event": 3}, {"event": ""}, {"logger": "bot"}])
def test_what_is_no_line_of_a_log_is_passed_over(line: dict[str, Any]) -> None:
    assert hear(line, now=NOON) is None


def test_a_moment_that_cannot_be_read_is_now() -> None:
    times: list[Callable[[], Entry]] = [
        lambda: told("x", timestamp="yesterday"),
        lambda: told("x", timestamp=None),
        lambda: told("x", timestamp=12),
    ]
    assert [each().at for each in times] == [NOON] * 3
