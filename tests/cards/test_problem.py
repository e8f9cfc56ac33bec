"""What a failure tells."""

from dataclasses import asdict

import pytest

from bot.domain.delivery import NoticeKind
from bot.domain.plan import Outcome
from bot.domain.problem import Explanation, Problem, Reason
from bot.domain.request import State
from cards import problem
from tests.cards.reading import texts
from tests.cards.samples import BUSY, OURS, PRECHECK, REFUSED, THEIRS, asked, notice


def shown(failure: Problem) -> list[str]:
    return texts(asked(PRECHECK, state=State.FAILED, outcome=Outcome(ok=False, problem=failure)))[3:-1]


def test_it_says_what_happened_why_what_to_do_and_who_can() -> None:
    assert shown(REFUSED) == [
        "Webex did not accept what was asked.",
        "Enterprise: “Missing mandatory parameter”",
        "Code 1001: a mandatory parameter is absent.",
        "Next: Fill in the field that is named.",
        "“Something nobody has met”",
        "Code 98765: Webex's own words, code unknown to this bot.",
        "At least one value is missing or wrong. Nothing was changed.",
        "What to do",
        "Correct what Webex complains about, then ask again.",
        "HTTP 400",
        f"Webex tracking ID {THEIRS}",
        f"Bot tracking ID {OURS}",
    ]


def test_it_says_how_often_was_asked_and_how_long_to_wait() -> None:
    assert "HTTP 429 · asked 4 times · try again in 2 s" in shown(BUSY)


def test_little_is_told_when_little_is_known() -> None:
    assert shown(Problem("No")) == ["No."]
    assert shown(Problem("No", who="operator")) == ["No.", "Who can help: the operator of this bot"]


def test_who_can_follow_a_code_is_named_unless_it_is_the_reader() -> None:
    explained = Explanation("1", "Bad", "Fix it", "partner administrator")

    assert "Next: Fix it (your partner administrator)." in shown(Problem("No", reasons=(Reason("", None, explained),)))


def test_a_long_list_of_reasons_is_counted() -> None:
    assert "and 3 more" in shown(Problem("No", reasons=(Reason("bad"),) * 13))


@pytest.mark.parametrize("failure", [REFUSED, BUSY, Problem("No")])
def test_a_stored_problem_comes_back_whole(failure: Problem) -> None:
    assert problem.rebuilt(asdict(failure)) == failure


def test_a_stored_problem_of_another_release_is_told_as_far_as_it_goes() -> None:
    stored = {"happened": None, "colour": "red", "reasons": [{"words": None, "explanation": {"code": 7}}]}

    assert problem.rebuilt(stored) == Problem(
        "Something went wrong.", reasons=(Reason("", None, Explanation("7", "")),)
    )


def test_a_notice_of_a_problem_reads_like_the_card_of_a_request() -> None:
    view = notice(NoticeKind.PROBLEM, problem=asdict(REFUSED))

    assert texts(view)[2:] == shown(REFUSED)
