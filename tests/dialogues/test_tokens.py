"""The bot renews its own token; when Webex gives it none, all are told, and what was confirmed waits and goes once."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from bot.login import log_in
from bot.simulator.oauth.grants import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import WORKSPACES, audited, confirmation, number_of, state_of, workspace

RENEWING = {
    "BROADWORKS_ACCESS_TOKEN": "",
    "BROADWORKS_CLIENT_ID": CLIENT_ID,
    "BROADWORKS_CLIENT_SECRET": CLIENT_SECRET,
    "BROADWORKS_REFRESH_TOKEN": REFRESH_TOKEN,
}
LOCKED_OUT, LET_IN = "The bot is locked out", "The bot is let in again"
CHECKED = "Webex expects this to work"
SECRET_TABLES = ("requests", "attempts", "audit_events", "deliveries", "failures")


@pytest.fixture
def chat(special_chat: Callable[..., Chat]) -> Chat:
    """A chat with a bot that renews its own token, and that no other test has met."""
    chat = special_chat(**RENEWING)
    chat.bot.changed = True
    chat.say("ann", "check one@example.com")
    chat.expect("ann", CHECKED)
    chat.quiet()
    return chat


def told(chat: Chat) -> list[str]:
    """What the administrator was told directly, by the titles of the cards."""
    with chat.bot.simulator.world.lock:
        room = chat.bot.simulator.world.direct_room(chat.bot.simulator.bot, chat.people["cleo"])
    if room is None:
        return []
    chat.rooms["cleo"] = room.id
    return [next(title for title in (LOCKED_OUT, LET_IN) if title in each.text) for each in chat.shown("cleo")]


def renewals(chat: Chat) -> list[int | None]:
    """How each renewal was answered since the record was cleared."""
    return [call.status for call in chat.bot.simulator.calls.to("webex", "POST", "/access_token")]


def writes(chat: Chat) -> list[int | None]:
    """How each writing of a workspace was answered since the record was cleared; who is answered 401 is not let in."""
    return [call.status for call in chat.bot.simulator.calls.to("broadworks", "POST", WORKSPACES)]


def ready(chat: Chat) -> tuple[int, str]:
    """What readiness says of the token."""
    answer = chat.bot.application.flask.test_client().get("/readyz")
    return answer.status_code, str((answer.json or {})["checks"]["token"])


def somebody_logs_in(chat: Chat) -> None:
    """As an admin does with ``python -m bot login``."""
    with httpx.Client(trust_env=False, timeout=15) as browser:

        def browse(address: str) -> None:
            back = browser.post(address, data={"decision": "allow"}).headers["Location"]
            browser.get(back)

        log_in(chat.bot.settings, port=0, browse=browse, say=lambda _line: None)


def waiting(chat: Chat, values: dict[str, str]) -> Shown:
    """Ann confirms a workspace while the bot is locked out."""
    shown = confirmation(chat, values)
    chat.press("ann", shown, "Provision")
    return chat.expect_on(shown, "Webex does not let the bot in any more.", "Nothing has been sent.")


def test_an_access_token_that_has_expired_is_renewed_and_nobody_notices(chat: Chat) -> None:
    chat.switch(access_expired=True)

    chat.say("ann", "check two@example.com")
    chat.expect("ann", CHECKED)

    assert renewals(chat) == [200]
    assert [call.rpartition(" ")[2] for call in chat.calls("broadworks")] == ["401", "200"]
    assert told(chat) == []


def test_a_write_that_meets_an_expired_token_goes_out_once(chat: Chat) -> None:
    values = workspace(chat)
    shown = confirmation(chat, values)
    chat.switch(access_expired=True)

    chat.press("ann", shown, "Provision")

    chat.expect_on(shown, "Workspace provisioned")
    assert len(chat.workspaces(values["userId"])) == 1
    assert writes(chat) == [401, 200]


def test_a_token_is_renewed_before_it_expires_though_nobody_calls(chat: Chat) -> None:
    chat.forward(timedelta(days=14))

    chat.until(lambda: renewals(chat) == [200])
    assert chat.calls("broadworks") == []


def test_while_webex_renews_nothing_people_are_told_plainly_and_no_alarm_is_raised(chat: Chat) -> None:
    chat.switch(access_expired=True)
    fault = chat.fault(service="webex", kind="status", status=503, path="/access_token")

    chat.say("ann", "check two@example.com")
    shown = chat.expect("ann", "The bot could not renew its access to Webex just now, so nothing was sent.")
    assert "Try again in a minute" in shown.text
    assert (told(chat), fault.hits > 0) == ([], True)

    chat.bot.simulator.faults.clear()
    chat.forward(timedelta(minutes=1))
    chat.say("ann", "check two@example.com")
    chat.expect("ann", CHECKED)
    assert told(chat) == []


def test_a_token_dies_people_are_told_what_was_confirmed_waits_and_goes_on_once(chat: Chat) -> None:
    values = workspace(chat)
    before = confirmation(chat, values)
    chat.quiet()
    chat.switch(refresh_revoked=True)

    # An agent gets a plain answer.
    chat.say("ann", "check two@example.com")
    answer = chat.expect("ann", "Webex does not let the bot in any more, so nothing was sent.")
    assert "An admin of this bot must log in to Webex for it again" in answer.text
    assert "Who can do it: the operator of this bot" in answer.text

    # A confirmed write waits.
    chat.press("ann", before, "Provision")
    held = chat.expect_on(before, "Webex does not let the bot in any more.", "Nothing has been sent.")
    number = number_of(held)
    chat.settle()
    assert (state_of(chat, number), chat.workspaces(values["userId"])) == ("approved", [])

    # An admin gets one card, also over a restart.
    chat.until(lambda: told(chat) == [LOCKED_OUT])
    alarm = chat.shown("cleo")[0]
    assert "python -m bot login" in alarm.text
    assert renewals(chat) == [400]
    why = "the token is dead: Webex refused a new token with status 400 (invalid_grant)"
    assert ready(chat) == (503, f"{why}. An admin must run: python -m bot login")
    chat.bot.restart()
    chat.until(lambda: renewals(chat) == [400, 400])
    chat.settle()
    assert told(chat) == [LOCKED_OUT]
    assert chat.sent(WORKSPACES) == []

    # Somebody logs in; it is told once, and what waited goes out once.
    somebody_logs_in(chat)
    chat.expect_on(before, "Workspace provisioned")
    chat.settle()
    chat.until(lambda: told(chat) == [LOCKED_OUT, LET_IN])
    assert len(chat.sent(WORKSPACES)) == len(chat.workspaces(values["userId"])) == 1
    assert "request held: the bot is locked out" in [each.what for each in audited(chat, request=number)]
    assert ready(chat) == (200, "ok")
    chat.bot.restart()
    chat.settle()
    assert told(chat) == [LOCKED_OUT, LET_IN]


def test_a_token_that_dies_twice_is_told_twice(chat: Chat) -> None:
    for count in range(1, 3):
        chat.switch(refresh_revoked=False)
        chat.switch(refresh_revoked=True)
        chat.say("ann", "check two@example.com")
        chat.expect("ann", "Webex does not let the bot in any more")
        chat.until(lambda: len(told(chat)) == 2 * count - 1)  # noqa: B023 - it is called before the next turn.
        somebody_logs_in(chat)
        chat.until(lambda: len(told(chat)) == 2 * count)  # noqa: B023 - it is called before the next turn.
    assert told(chat) == [LOCKED_OUT, LET_IN] * 2


def test_what_waits_can_be_taken_back(chat: Chat) -> None:
    chat.switch(refresh_revoked=True)
    values = workspace(chat)
    shown = waiting(chat, values)
    chat.until(lambda: told(chat) == [LOCKED_OUT])

    chat.press("ann", shown, "Cancel")

    chat.expect_on(shown, "Cancelled", "Nothing was changed in Webex.")
    somebody_logs_in(chat)
    chat.until(lambda: told(chat) == [LOCKED_OUT, LET_IN])
    chat.settle()
    assert chat.workspaces(values["userId"]) == []


def test_what_waits_for_two_reasons_is_told_the_one_that_is_left(chat: Chat) -> None:
    chat.switch(refresh_revoked=True)
    values = workspace(chat)
    shown = waiting(chat, values)

    chat.bot.restart(BOT_WRITES="off")
    chat.expect_on(shown, "Writes are switched off.")
    chat.bot.restart(BOT_WRITES="on")
    chat.expect_on(shown, "Webex does not let the bot in any more.")
    somebody_logs_in(chat)

    chat.expect_on(shown, "Workspace provisioned")
    assert (writes(chat), len(chat.workspaces(values["userId"]))) == ([200], 1)


def test_a_lost_answer_to_a_renewal_is_no_death_where_a_refresh_token_goes_on(chat: Chat) -> None:
    chat.switch(access_expired=True)
    chat.fault(service="webex", kind="drop_after", path="/access_token", times=1)

    chat.say("ann", "check two@example.com")
    chat.expect("ann", CHECKED)

    assert (renewals(chat), told(chat)) == ([None, 200], [])


def test_a_lost_answer_to_a_renewal_is_a_death_where_a_refresh_token_works_once(chat: Chat) -> None:
    chat.switch(refresh_once=True, access_expired=True)
    chat.fault(service="webex", kind="drop_after", path="/access_token", times=1)

    chat.say("ann", "check two@example.com")
    chat.expect("ann", "Webex does not let the bot in any more")

    chat.until(lambda: told(chat) == [LOCKED_OUT])
    assert renewals(chat) == [None, 400]


def test_nothing_secret_is_in_any_row_and_in_no_message(chat: Chat) -> None:
    chat.switch(refresh_revoked=True)
    waiting(chat, workspace(chat))
    chat.until(lambda: told(chat) == [LOCKED_OUT])
    somebody_logs_in(chat)
    chat.until(lambda: told(chat) == [LOCKED_OUT, LET_IN])

    with chat.bot.application.database.reading() as session:
        rows = [
            repr(row)
            for table in (*SECRET_TABLES, "tokens")
            for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - the names are ours.
        ]
    world = chat.bot.simulator.world
    with world.lock:
        messages = [f"{each.text} {each.markdown} {each.attachments}" for each in world.messages.values()]
    written = "\n".join([*rows, *messages])
    found = [secret for secret in chat.bot.simulator.grants.secrets() if secret in written]
    assert (found, bool(rows), bool(messages)) == ([], True, True)
