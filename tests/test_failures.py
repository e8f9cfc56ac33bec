"""Every exception becomes words that help: what happened, why, what to do, and who can."""

import pytest

from bot import errors
from bot.domain.codes import Meaning
from bot.domain.problem import Explanation, Problem, Reason
from bot.errors import (
    ApiComplaint,
    BroadWorksError,
    Busy,
    Declined,
    NeverSent,
    NotAllowed,
    NoToken,
    Refused,
    TokenDead,
    TooLate,
    Unconfirmed,
    WebexBusy,
    WebexError,
    WebexNotFound,
    WebexRefused,
    WebexUnreachable,
    WrongState,
)
from bot.failures import explain

LOOK_FIRST = "It may have been done all the same: look in Partner Hub before you ask for it again."
DOCUMENTED = (400, 401, 403, 404, 405, 409, 410, 415, 423, 428, 429, 500, 502, 503, 504)


class Known:
    """A code book with one code."""

    def explain(self, code: str, *, words: str = "") -> Explanation:
        if code == "1001":
            return Explanation(code, "A value is missing.", "Fill it in.", "agent")
        return Explanation(code, words, known=False)

    def everywhere(self, code: str) -> tuple[Meaning, ...]:
        raise NotImplementedError(f"nobody asks where else {code} is given")


def told(exc: BaseException, *, changes: bool = True, ours: str | None = "BOT_1") -> Problem:
    return explain(exc, codes=Known(), doing="provision workspace", ours=ours, changes=changes)


def answered(status: int) -> BroadWorksError:
    kind: type[BroadWorksError] = Refused if status < 500 else Unconfirmed
    return (Busy if status in {423, 429} else kind)("ours", status=status)


def busy(retry_after: float | None) -> Busy:
    exc = Busy("ours", status=429)
    exc.retry_after = retry_after
    return exc


def test_a_token_that_webex_does_not_take() -> None:
    assert told(answered(401), changes=False) == Problem(
        happened="Webex did not accept the bot's administrator token.",
        why="The token has expired or was revoked.",
        advice="Ask the operator to renew it (BROADWORKS_ACCESS_TOKEN, or python -m bot login), then try again.",
        who="operator",
        status=401,
        ours="BOT_1",
        again=True,
    )


@pytest.mark.parametrize("changes", [True, False], ids=["a change", "a read"])
def test_a_token_that_is_dead_and_a_token_that_is_not_to_be_had_just_now(*, changes: bool) -> None:
    dead = told(
        TokenDead("Webex refused a new token with status 400 (invalid_grant)", tracking_id="ROUTER_1"), changes=changes
    )
    away = told(NoToken("Webex gave no new token: No answer (ReadTimeout)"), changes=changes)

    assert dead == Problem(
        happened="Webex does not let the bot in any more, so nothing was sent.",
        why="The bot's access has ended, and Webex does not renew it: what you typed is not the cause.",
        advice="An admin of this bot must log in to Webex for it again (python -m bot login). Then try again.",
        who="operator",
        tracking_id="ROUTER_1",
        ours="BOT_1",
        again=True,
    )
    assert away == Problem(
        happened="The bot could not renew its access to Webex just now, so nothing was sent.",
        why="Webex did not answer, or not as it should, when the bot asked for a new access token.",
        advice="Try again in a minute. If it stays so, tell the operator.",
        who="agent",
        ours="BOT_1",
        again=True,
    )


@pytest.mark.parametrize(
    ("status", "who", "again"),
    [
        (400, "agent", False),
        (401, "operator", True),
        (403, "operator", True),
        (404, "agent", False),
        (405, "operator", False),
        (409, "agent", False),
        (410, "operator", False),
        (415, "operator", False),
        (423, "agent", True),
        (428, "partner administrator", False),
        (429, "agent", True),
        (500, "Cisco support", True),
        (502, "agent", True),
        (503, "agent", True),
        (504, "agent", True),
        (418, "partner administrator", False),
        (501, "operator", True),
        (302, "operator", True),
        (200, "agent", True),
    ],
)
def test_every_status_says_who_can_do_what(status: int, who: str, *, again: bool) -> None:
    exc = Unconfirmed("ours", status=status) if status < 400 else answered(status)

    found = told(exc, changes=False)

    assert (found.status, found.who, found.again) == (status, who, again)
    assert all(text.endswith(".") and "{" not in text for text in (found.happened, found.why, found.advice))


def test_no_two_documented_statuses_say_the_same() -> None:
    assert len({told(answered(status)).happened for status in DOCUMENTED}) == len(DOCUMENTED)


@pytest.mark.parametrize("status", [None, 200, 302, 408, 500, 502, 503, 504])
def test_after_a_write_that_nobody_knows_of_a_person_looks_first(status: int | None) -> None:
    found = told(Unconfirmed("ours", status=status))

    assert (found.advice, found.who, found.again) == (LOOK_FIRST, "agent", False)


def test_a_refused_write_says_that_nothing_was_changed() -> None:
    assert told(answered(409)).why.endswith(" Nothing was changed.")
    assert "Nothing was changed" not in told(answered(409), changes=False).why


def test_no_answer() -> None:
    exc = Unconfirmed("No answer (ReadTimeout)")
    exc.tries = 4

    assert told(exc, changes=False) == Problem(
        happened="Webex did not answer.",
        why="The connection broke, or the time for an answer ran out.",
        advice="Try again in a few minutes.",
        who="agent",
        ours="BOT_1",
        tries=4,
        again=True,
    )


def test_what_never_left_can_be_tried_again() -> None:
    found = told(NeverSent("ours"))

    assert found.happened == "The bot could not reach Webex; nothing was sent."
    assert (found.who, found.again, found.status) == ("operator", True, None)


def test_what_came_too_late_speaks_of_nothing_that_could_not_be_reached() -> None:
    found = told(TooLate("ours"))

    assert found.happened == "The bot came too late, so nothing was changed."
    assert "Webex" not in found.why + found.advice
    assert (found.who, found.again, found.status) == ("agent", True, None)


@pytest.mark.parametrize(
    ("seconds", "when"),
    [
        (None, "in a minute"),
        (0.0, "in 1 second"),
        (1.2, "in 2 seconds"),
        (89.0, "in 89 seconds"),
        (90.0, "in 2 minutes"),
        (3600.0, "in 60 minutes"),
        (7200.0, "in 2 hours"),
        (86400.0, "in 24 hours"),
        (1e300, "in a few days"),
    ],
)
def test_a_busy_webex_says_when(seconds: float | None, when: str) -> None:
    found = told(busy(seconds))

    assert found.advice == f"Try again {when}."
    assert (found.retry_after, found.again) == (seconds, True)


def test_a_complaint_that_names_a_field_or_code_leaves_nothing_to_guess() -> None:
    exc = Refused(
        "ours",
        status=400,
        tracking_id="ROUTER_1",
        complaints=(
            ApiComplaint(description="Failed"),
            ApiComplaint("1001", "Null parameter", "email"),
            ApiComplaint("77", "Odd {status}"),
        ),
    )

    found = told(exc)

    assert found.reasons == (
        Reason("Null parameter", "email", Explanation("1001", "A value is missing.", "Fill it in.", "agent")),
        Reason("Odd {status}", None, Explanation("77", "Odd {status}", known=False)),
    )
    assert (found.tracking_id, found.ours, found.why) == ("ROUTER_1", "BOT_1", "Nothing was changed.")


def test_a_general_complaint_is_told_when_there_is_nothing_better() -> None:
    found = told(Refused("ours", status=400, complaints=(ApiComplaint(description="Failed"),)))

    assert found.reasons == (Reason("Failed"),)
    assert found.why == "At least one value is missing or wrong. Nothing was changed."


@pytest.mark.parametrize("kind", [Declined, NotAllowed, WrongState])
def test_what_the_product_declines_is_told_in_its_own_words(kind: type[Declined]) -> None:
    assert told(kind("Only Ann can do {this}.")) == Problem(happened="Only Ann can do {this}.", ours="BOT_1")


@pytest.mark.parametrize(
    ("exc", "happened", "who", "again"),
    [
        (WebexBusy(30), "Webex messaging has too many requests at the moment.", "agent", True),
        (WebexUnreachable("secret"), "The bot could not reach Webex messaging.", "agent", True),
        (WebexError("secret"), "The bot could not reach Webex messaging.", "agent", True),
        (WebexRefused(403), "Webex messaging refused what the bot wanted to do.", "operator", False),
        (WebexNotFound(404), "The bot did not find a message, person or space.", "agent", True),
    ],
)
def test_the_chat_has_failures_of_its_own(exc: WebexError, happened: str, who: str, *, again: bool) -> None:
    found = told(exc)

    assert (found.happened, found.who, found.again) == (happened, who, again)
    assert "secret" not in repr(found)


def test_a_refusal_of_the_chat_keeps_its_words() -> None:
    found = told(WebexRefused(400, "Unable to post", tracking_id="ROUTER_1"))

    assert (found.status, found.tracking_id, found.reasons) == (400, "ROUTER_1", (Reason("Unable to post"),))
    assert told(WebexBusy(30)).retry_after == 30


@pytest.mark.parametrize(
    "exc",
    [
        ValueError("secret"),
        KeyError("secret"),
        errors.BotError("secret"),
        errors.SettingsError(["secret"]),
        SystemExit("secret"),
    ],
)
def test_a_bug_of_ours_never_shows_what_it_says(exc: BaseException) -> None:
    found = told(exc, changes=False)

    assert found == Problem(
        happened="The bot made a mistake while it worked on “provision workspace”.",
        why="This is a bug in the bot: neither what you typed nor Webex is the cause.",
        advice="Give the operator this tracking ID: BOT_1.",
        who="operator",
        ours="BOT_1",
    )


def test_a_bug_without_a_tracking_id_asks_for_the_time() -> None:
    found = told(ValueError(), ours=None)

    assert found.advice == f"Tell the operator when it happened. {LOOK_FIRST}"


def made(kind: type[errors.BotError]) -> errors.BotError:
    if issubclass(kind, WebexRefused):
        return kind(400)
    if issubclass(kind, WebexBusy):
        return kind(30)
    return kind([]) if issubclass(kind, errors.SettingsError) else kind("text")


@pytest.mark.parametrize(
    "kind", [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.BotError)]
)
def test_every_exception_of_the_product_has_its_words(kind: type[errors.BotError]) -> None:
    found = told(made(kind))

    assert found.happened
    assert found.ours == "BOT_1"
    assert issubclass(kind, Declined) or (found.why and found.advice and found.who)
