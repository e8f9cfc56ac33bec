"""Somebody wants to know what a code means, and an admin sees those that nobody knows."""

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE

API, PORTAL = "In answers of the provisioning API", "In the User Activation Portal and the Webex App"
NOBODY = "Nobody has told this bot what this code means."


def refuse(chat: Chat, code: str, words: str = "Something new.") -> None:
    """The next precheck is refused with this code."""
    body = {"message": "Bad request", "errors": [{"errorCode": code, "description": words}], "trackingId": "T_1"}
    chat.fault(service="broadworks", kind="body", method="POST", path=VALIDATE, status=400, body=body, times=1)


def met(chat: Chat) -> str:
    """A code that nobody knows, which a precheck of Ann's has just ended in."""
    code = f"9{chat.turn:05}"
    refuse(chat, code)
    chat.say("ann", "precheck one@example.com")
    chat.expect("ann", "Something new.", f"Code {code}: Webex's own words, code unknown to this bot.")
    return code


@pytest.mark.parametrize(
    "words",
    ["explain 10022", "EXPLAIN code 10022", "what is 10022?", "code 10022.", "explain code=10022", "what is #10022"],
)
def test_a_code_is_explained_without_a_call_of_the_api(chat: Chat, words: str) -> None:
    chat.quiet()

    chat.say("ann", words)

    shown = chat.expect("ann", "Code 10022", API, "already belongs to a Webex user", "How sure: seen in a documented")
    assert shown.buttons == ["Explain another"]
    assert chat.calls("broadworks") == []


@pytest.mark.parametrize("words", ["explain 10022, 1001", "explain 10022 1001", "what is 10022 and 1001?"])
def test_several_are_explained_at_once(chat: Chat, words: str) -> None:
    chat.say("ann", words)

    chat.expect("ann", "Code 10022", "Code 1001", "A value that Webex needs is missing")


def test_a_number_of_the_portal_is_never_taken_for_one_of_the_api(chat: Chat) -> None:
    refuse(chat, "200044", "In use.")
    chat.say("ann", "precheck one@example.com")
    shown = chat.expect("ann", "In use.", "Code 200044: Webex's own words, code unknown to this bot.")

    chat.press("ann", shown, "Explain 200044")

    chat.expect("ann", "The provisioning API gave this code", "“In use.”", PORTAL, "is in use on this cluster")


def test_of_a_code_that_nobody_knows_it_is_told_what_was_seen_of_it(chat: Chat) -> None:
    code = met(chat)

    chat.press("ann", chat.card("ann"), f"Explain {code}")

    chat.expect("ann", f"Code {code}", NOBODY, "Webex said: “Something new.”", "Met here 1 time", "What to do")
    chat.say("ann", f"explain {code}0")
    chat.expect("ann", NOBODY, "It was not met here either.")


@pytest.mark.parametrize("words", ["explain", "explain code="])
def test_without_a_code_a_form_asks_for_it(chat: Chat, words: str) -> None:
    chat.say("ann", words)
    shown = chat.expect("ann", "This form is open until")

    chat.submit("ann", shown, "Explain", code="10022, 1001")

    chat.expect_on(shown, "Code 10022", "Code 1001")


def test_more_codes_than_a_card_has_room_for_come_back_in_the_form(chat: Chat) -> None:
    chat.say("ann", "explain " + " ".join(str(number) for number in range(11)))

    shown = chat.expect("ann", "This form is open until", "11 are too many at once")
    assert shown.inputs["code"].startswith("0, 1, 2")


@pytest.mark.parametrize("words", ["what is going on?", "what is the matter with ann@example.com", "code red"])
def test_a_line_that_only_begins_like_it_is_not_taken_for_it(chat: Chat, words: str) -> None:
    chat.say("ann", words)

    chat.expect("ann", "Not understood", "Nothing was run.")


def test_an_admin_sees_the_codes_that_nobody_knows_and_how_to_make_them_known(chat: Chat) -> None:
    code = met(chat)
    chat.say("ann", "precheck one@example.com")
    chat.expect("ann", "Webex expects this to work")

    chat.say("cleo", "list unknown codes")

    shown = chat.expect("cleo", "nobody here knows", f"Code {code}", "“Something new.”", "Met here 1 time")
    assert "BOT_CODES_FILE" in shown.text
    assert "provisioning-api" in shown.text
    chat.press("cleo", shown, "Filter")
    form = chat.expect("cleo", "This form is open until")
    chat.submit("cleo", form, "List", filter=code)
    chat.expect_on(form, "1 code that nobody here knows")
    chat.say("cleo", "unknown codes filter=globex")
    chat.expect("cleo", "No unknown code has “globex” in it.")


def test_what_is_for_admins_is_neither_done_for_others_nor_offered_to_them(chat: Chat) -> None:
    only = "“list unknown codes” is for admins. Ask one of them."
    for words in ("list unknown codes", "unknown codes filter=1", "list unknown codes colour=red"):
        chat.say("ann", words)
        chat.expect("ann", only)

    chat.say("ann", "help")
    assert "list unknown codes" not in chat.expect("ann", "What I can do", "explain").text
    chat.say("ann", "help unknown codes")
    assert "BOT_CODES_FILE" not in chat.expect("ann", "What I can do").text
    chat.say("ann", "list unknown code")
    assert "list unknown codes" not in chat.expect("ann", "Not understood").buttons
    chat.say("cleo", "list unknown code")
    assert "list unknown codes" in chat.expect("cleo", "Not understood").buttons
    chat.say("cleo", "help")
    assert "list unknown codes" in chat.expect("cleo", "What I can do").text


def test_an_admins_list_in_a_space_can_be_asked_again_by_admins_only(chat: Chat) -> None:
    chat.say("cleo", "list unknown codes", space="support")
    shown = chat.expect("support", "List unknown codes")
    number = next(word for word in shown.text.split("Request ")[1].split() if word.isdigit())

    for words in (f"retry request {number}", f"clone request {number}"):
        chat.say("ann", words, space="support")
        chat.expect("support", "is for admins. Ask one of them.")
