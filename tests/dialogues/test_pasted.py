"""What somebody pastes becomes a filled form, each guess marked, and nothing is run."""

from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import VALIDATE

ORDER = """Ann O'Neill
ann.oneill{turn}@example.com
Tel: +1 240 555 1212 ext. 911
Mobile: +1 (240) 555-1213
Package: standard"""


def test_what_is_pasted_after_the_words_of_an_operation_fills_its_form(chat: Chat) -> None:
    chat.quiet()

    chat.say("ann", "precheck " + ORDER.format(turn=chat.turn))

    form = chat.expect("ann", "Filled in from what you pasted", "Guessed: ", "Nothing has been sent.")
    assert {name: text for name, text in form.inputs.items() if text} == {
        "email": f"ann.oneill{chat.turn}@example.com",
        "package": "standard",
        "firstName": "Ann",
        "lastName": "O'Neill",
        "primaryPhoneNumber": "+1 240 555 1212",
        "mobilePhoneNumber": "+1 (240) 555-1213",
        "extension": "911",
    }
    assert chat.sent(VALIDATE) == []
    chat.submit("ann", form, "Check")
    checked = chat.expect_on(form, "Webex expects this to work", "Extension")
    assert "is an emergency number" in checked.text
    assert len(chat.sent(VALIDATE)) == 1


def test_a_guess_that_was_put_right_is_not_marked_any_more(chat: Chat) -> None:
    chat.say("ann", "precheck " + ORDER.format(turn=chat.turn))
    form = chat.expect("ann", "Filled in from what you pasted")
    guessed = form.text.count("Guessed: ")

    chat.submit("ann", form, "Check", primaryPhoneNumber="+1 240", package="basic")

    again = chat.expect_on(form, "1 thing to put right")
    assert again.text.count("Guessed: ") == guessed - 2
    assert again.inputs["package"] == "basic"


def test_what_is_pasted_into_an_open_form_is_added_to_it(chat: Chat) -> None:
    chat.say("ann", "precheck email=ann@ enterprise=Reseller1+acme")
    chat.expect("ann", "1 thing to put right")

    chat.say("ann", ORDER.format(turn=chat.turn))

    form = chat.expect("ann", "Filled in from what you pasted")
    assert form.inputs["email"] == f"ann.oneill{chat.turn}@example.com"
    assert form.inputs["spEnterpriseId"] == "Reseller1+acme"


def test_a_sentence_is_no_order(chat: Chat) -> None:
    chat.say("ann", "could you call me at five, please?")

    chat.expect("ann", "I did not understand", "Nothing was run.")


def test_an_order_that_is_pasted_without_any_words_fills_the_form_of_a_new_subscriber(chat: Chat) -> None:
    order = ORDER.format(turn=chat.turn) + f"\nUser ID: new.{chat.turn}@bw.example\nEnterprise: Reseller1+acme"
    chat.quiet()

    chat.say("ann", order, space="support")

    form = chat.expect("support", "Provision subscriber", "Filled in from what you pasted", "Nothing has been sent.")
    assert form.inputs["userId"] == f"new.{chat.turn}@bw.example"
    assert form.inputs["spEnterpriseId"] == "Reseller1+acme"
    assert chat.calls("broadworks") == []


def test_a_row_of_a_table_is_understood_and_the_name_of_a_template_in_it(fresh_chat: Chat) -> None:
    chat = fresh_chat
    chat.say("ann", f"template add name=row{chat.turn} pid={PROVISIONING_ID} enterprise=Reseller1+acme")
    asked = chat.expect("ann", "Nothing has been changed yet")
    chat.press("ann", asked, "Save")
    chat.expect_on(asked, "Template saved")

    chat.say("ann", f"First name;Last name;User ID;Template\nAnn;Agent;row.{chat.turn}@bw.example;row{chat.turn}")

    form = chat.expect("ann", "Filled in from what you pasted")
    assert form.inputs["provisioningId"] == f"row{chat.turn}"
    assert (form.inputs["firstName"], form.inputs["lastName"]) == ("Ann", "Agent")
