"""A support agent prechecks subscribers by filling in the form."""

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE, complaints, form


def test_the_words_alone_bring_the_form(chat: Chat) -> None:
    shown = form(chat, "precheck subscriber")

    assert list(shown.inputs) == [
        "email",
        "package",
        "provisioningId",
        "userId",
        "spEnterpriseId",
        "firstName",
        "lastName",
        "primaryPhoneNumber",
        "mobilePhoneNumber",
        "extension",
        "language",
        "timezone",
        "customerInfo.primaryEmail",
    ]
    assert shown.buttons == ["More fields", "Check", "Cancel"]


def test_all_mistakes_are_told_at_once_in_the_same_message_and_nothing_typed_is_lost(chat: Chat) -> None:
    shown = form(chat, "precheck")

    chat.submit("ann", shown, "Check", email="ann at example", primaryPhoneNumber="555 1212", lastName="Newman")

    again = chat.expect_on(shown, "2 things to put right")
    assert [each.split(":")[0] for each in complaints(again)] == ["email", "primaryPhoneNumber"]
    assert {name: value for name, value in again.inputs.items() if value} == {
        "email": "ann at example",
        "lastName": "Newman",
        "primaryPhoneNumber": "555 1212",
    }


def test_a_corrected_form_becomes_the_answer_in_the_same_message(chat: Chat) -> None:
    shown = form(chat, "precheck")
    chat.submit("ann", shown, "Check", email="wrong", lastName="Newman")
    again = chat.expect_on(shown, "1 thing to put right")

    chat.submit("ann", again, "Check", email="right@example.com")

    chat.expect_on(shown, "Webex expects this to work", "E-mail: right@example.com", "Last name: Newman")
    assert len(chat.shown("ann")) == 1


def test_all_thirteen_inputs_reach_the_api_as_they_were_meant(chat: Chat) -> None:
    shown = form(chat, "precheck")
    chat.quiet()

    chat.submit(
        "ann",
        shown,
        "Check",
        email="ann.new@example.com",
        package="premium",
        provisioningId=PROVISIONING_ID,
        userId="95547398@example.com",
        spEnterpriseId="Reseller1+example",
        firstName="Ann",
        lastName="O'Néil",
        primaryPhoneNumber="+1 (240) 555-1399",
        mobilePhoneNumber="+44 20 7946 0958",
        extension="5 13 99",
        language="fr",
        timezone="europe/paris",
        customerInfo__primaryEmail="customer@example.com",
    )

    chat.expect_on(shown, "Webex expects this to work")
    assert chat.sent(VALIDATE) == [
        {
            "email": "ann.new@example.com",
            "package": "premium",
            "provisioningId": PROVISIONING_ID,
            "userId": "95547398@example.com",
            "spEnterpriseId": "Reseller1+example",
            "firstName": "Ann",
            "lastName": "O'Néil",
            "primaryPhoneNumber": "+12405551399",
            "mobilePhoneNumber": "+442079460958",
            "extension": "51399",
            "language": "fr",
            "timezone": "Europe/Paris",
            "customerInfo": {"primaryEmail": "customer@example.com"},
        }
    ]


def test_an_answer_can_be_edited_and_checked_again_in_a_new_form(chat: Chat) -> None:
    chat.say("ann", "check one@example.com package=basic first=Ann")
    answer = chat.expect("ann", "Webex expects this to work")

    chat.press("ann", answer, "Edit and check again")

    shown = chat.expect("ann", "This form is open until")
    assert {name: value for name, value in shown.inputs.items() if value} == {
        "email": "one@example.com",
        "package": "basic",
        "firstName": "Ann",
    }
    chat.submit("ann", shown, "Check", package="premium")
    chat.expect_on(shown, "Webex expects this to work", "Package: premium")
    chat.expect_on(answer, "Webex expects this to work", "Package: basic")


def test_a_form_in_a_space_stays_in_the_thread_of_the_asking_message(chat: Chat) -> None:
    asked = chat.say("ann", "precheck", space="support")
    shown = chat.expect("support", "This form is open until")

    chat.submit("ann", shown, "Check", email="one@example.com")

    assert chat.expect_on(shown, "Webex expects this to work").parent_id == asked
