"""A support agent prechecks subscribers by typing."""

import pytest

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE, complaints, form


def test_a_complete_precheck_runs_at_once_and_takes_two_calls_of_webex(chat: Chat) -> None:
    chat.say("ann", "help")
    chat.expect("ann", "What I can do")
    chat.quiet()

    asked = chat.say("ann", "precheck new.one@example.com package=standard")

    shown = chat.expect("ann", "Webex expects this to work", "Code 100", "new.one@example.com", "standard")
    chat.settle()
    assert shown.parent_id is None
    assert chat.calls("webex") == [f"GET /messages/{asked} 200", "POST /messages 200"]
    assert chat.calls("broadworks") == [f"POST {VALIDATE} 200"]


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("precheck subscriber one@example.com", {}),
        ("PreCheck one@example.com", {}),
        ("check one@example.com", {}),
        ("precheck e-mail = one@example.com", {}),
        ("precheck mail=one@example.com pkg=Premium", {"package": "premium"}),
        ('check one@example.com firstName="Ann Marie"', {"firstName": "Ann Marie"}),
        ("check one@example.com first=“Ann Marie” last=O'Hara", {"firstName": "Ann Marie", "lastName": "O'Hara"}),
        ("check one@example.com first name=Ann Marie tz=utc", {"firstName": "Ann Marie", "timezone": "UTC"}),
    ],
)
def test_people_may_type_it_in_many_ways(chat: Chat, words: str, more: dict[str, str]) -> None:
    chat.quiet()

    chat.say("ann", words)

    chat.expect("ann", "Webex expects this to work")
    assert chat.sent(VALIDATE) == [{"email": "one@example.com", **more}]


def test_all_thirteen_parameters_reach_the_api_as_they_were_meant(chat: Chat) -> None:
    chat.quiet()

    chat.say(
        "ann",
        f"precheck email=ann.new@example.com package=standard provisioningId={PROVISIONING_ID} "
        "userId=95547399@example.com spEnterpriseId=Reseller1+example firstName=Ann lastName=Newman "
        "primaryPhoneNumber=+1-240-555-1399 mobilePhoneNumber='+1 240 555 1398' extension=51399 language=EN-us "
        "timezone=America/Los_Angeles customerInfo.primaryEmail=customer@example.com",
    )

    chat.expect("ann", "Webex expects this to work")
    assert chat.sent(VALIDATE) == [
        {
            "email": "ann.new@example.com",
            "package": "standard",
            "provisioningId": PROVISIONING_ID,
            "userId": "95547399@example.com",
            "spEnterpriseId": "Reseller1+example",
            "firstName": "Ann",
            "lastName": "Newman",
            "primaryPhoneNumber": "+12405551399",
            "mobilePhoneNumber": "+12405551398",
            "extension": "51399",
            "language": "en_US",
            "timezone": "America/Los_Angeles",
            "customerInfo": {"primaryEmail": "customer@example.com"},
        }
    ]


def test_what_is_wrong_or_missing_comes_back_as_a_form_with_what_was_said(chat: Chat) -> None:
    chat.quiet()

    chat.say("ann", "precheck package=gold ext=5x colour=red first=Ann")

    shown = chat.expect("ann", "4 things to put right", "There is no field “colour”.")
    assert complaints(shown) == [
        "email: E-mail is missing.",
        "package: Package must be one of softphone, basic, standard, premium.",
        "extension: Extension takes digits only, like 51212.",
    ]
    assert {name: value for name, value in shown.inputs.items() if value} == {"firstName": "Ann", "extension": "5x"}
    assert chat.sent(VALIDATE) == []


def test_an_unknown_field_is_told_with_the_one_that_is_near(chat: Chat) -> None:
    chat.say("ann", "precheck one@example.com pakage=basic")

    shown = chat.expect("ann", "There is no field “pakage”. Did you mean “package”?")
    assert shown.inputs["email"] == "one@example.com"


def test_a_remark_of_webex_that_nobody_knows_is_shown_in_its_own_words(chat: Chat) -> None:
    chat.switch(extra_info=True)

    chat.say("ann", "precheck new.one@example.com")

    chat.expect("ann", "Passed, with remarks", "“The domain of the email is not claimed by the customer.”", "Code 150")


def test_what_webex_would_refuse_is_shown_with_its_complaints(chat: Chat) -> None:
    chat.say("ann", "precheck taken@example.com user=95540001@example.com")

    chat.expect("ann", "HTTP 409", "Code 10022", "E-mail: “The email is already used by another subscriber.”")


@pytest.mark.parametrize("words", ["{} check one@example.com", "check {} one@example.com", "check one@example.com {}"])
def test_a_mention_may_stand_anywhere_in_the_line(chat: Chat, words: str) -> None:
    mention = f"<@personId:{chat.bot.simulator.bot.id}|Provisioning>"

    asked = chat.say("ann", words.format(mention), space="support", mention=False)

    shown = chat.expect("support", "Webex expects this to work", "one@example.com")
    assert shown.parent_id == asked


def test_an_answer_to_a_reply_goes_into_the_same_thread(chat: Chat) -> None:
    first = chat.say("ann", "hello", space="support", mention=False)

    chat.say("ann", "check one@example.com", space="support", thread=first)

    assert chat.expect("support", "Webex expects this to work").parent_id == first


def test_nothing_is_answered_in_a_space_without_a_mention(chat: Chat) -> None:
    chat.say("ann", "check one@example.com", space="support", mention=False)

    chat.say("bob", "help", space="support")

    chat.expect("support", "What I can do")
    assert len(chat.shown("support")) == 1


def test_in_a_direct_space_nobody_needs_to_mention_the_bot(chat: Chat) -> None:
    form(chat, "precheck subscriber")

    chat.say("ann", "check one@example.com")

    assert chat.expect("ann", "Webex expects this to work").parent_id is None
