"""A support agent provisions subscribers: prechecked before the press, sent once, followed to a true end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.template import Template
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, VALIDATE, form, number_of, provisioned, state_of
from tests.dialogues.scenes_provision import (
    ACCEPTED,
    LONG_ENOUGH,
    SUBSCRIBERS,
    accepted,
    confirmation,
    in_webex,
    sent,
    somebody,
    told,
)

UNKNOWN = "Nobody knows yet whether it was done."
EXPECTED = "Webex expects this to work."


@pytest.fixture
def acme(chat: Chat) -> Iterator[Template]:
    """A template that is gone afterwards."""
    templates = chat.bot.application.jobs.work.desk.templates
    made_at = chat.bot.clock()
    template = Template(
        "acme", PROVISIONING_ID, "Reseller1+acme", "basic", "America/Los_Angeles", "US", made_by="", made_at=made_at
    )
    templates.keep(template)
    yield template
    chat.bot.application.jobs.work.desk.templates.drop("acme")


def test_what_was_prechecked_and_shown_is_sent_once_and_its_end_is_told(chat: Chat) -> None:
    values = somebody(chat, primaryPhoneNumber=f"+1 (240) 555-{chat.turn + 4000}")
    as_sent = {**values, "primaryPhoneNumber": f"+1240555{chat.turn + 4000}"}
    chat.quiet()

    shown = confirmation(chat, values)

    assert EXPECTED in shown.text
    assert "This bot has not provisioned that user ID or number before." in shown.text
    assert chat.sent(VALIDATE) == [as_sent]
    assert sent(chat, values["userId"]) == []
    chat.press("ann", shown, "Provision")
    watching = chat.expect_on(shown, ACCEPTED, "Now Webex is provisioning it", "You will be told here")
    assert watching.buttons == ["Show subscriber", "Stop watching"]
    chat.forward(LONG_ENOUGH)
    done = chat.expect_on(shown, "Subscriber provisioned", f"Zoe Neill{chat.turn}", in_webex(chat, values["userId"]).id)
    chat.expect("ann", f"Request {number_of(shown)}, provision subscriber: done.")
    assert done.buttons == ["Show subscriber", "Again with changes"]
    assert sent(chat, values["userId"]) == [as_sent]
    assert told(chat, shown) == ["done."]
    name, number = f"Zoe Neill{chat.turn}", as_sent["primaryPhoneNumber"]
    assert provisioned(chat, values["userId"]) == [("subscriber", name, number)]


def test_a_filled_form_becomes_the_confirmation_and_then_the_result_in_one_message(chat: Chat) -> None:
    values = somebody(chat)
    shown = form(chat, "add subscriber")
    assert list(shown.inputs)[: len(values)] == list(values)

    chat.submit("ann", shown, "Review", **values)
    chat.press("ann", chat.expect_on(shown, CONFIRMATION, EXPECTED), "Provision")
    chat.expect_on(shown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(shown, "Subscriber provisioned")
    assert sent(chat, values["userId"]) == [values]


def test_a_template_stands_for_what_it_brings(chat: Chat, acme: Template) -> None:
    user_id = f"tess.{chat.turn}@bw.example"
    chat.quiet()

    chat.say(
        "ann",
        f"provision subscriber {user_id} template=ACME first=Tess last=Hall mail=tess.{chat.turn}@example.com "
        f"ext={chat.turn + 40000}",
    )
    shown = chat.expect("ann", CONFIRMATION, f"acme = {PROVISIONING_ID}", EXPECTED)
    chat.press("ann", shown, "Provision")

    chat.expect_on(shown, ACCEPTED)
    assert sent(chat, user_id) == [
        {
            "userId": user_id,
            **acme.defaults,
            "provisioningId": PROVISIONING_ID,
            "firstName": "Tess",
            "lastName": "Hall",
            "email": f"tess.{chat.turn}@example.com",
            "extension": f"{chat.turn + 40000}",
        }
    ]


def test_what_webex_would_refuse_is_shown_before_and_can_be_sent_all_the_same(chat: Chat) -> None:
    shown = confirmation(chat, somebody(chat, userId="95540001@example.com", email="taken@example.com"))

    assert "Webex would refuse this: User ID: “The BroadWorks userId is already associated" in shown.text
    assert "Code 10022: The BroadWorks user ID already belongs to a Webex user." in shown.text
    assert "E-mail: “The email is already used by another subscriber.”" in shown.text
    assert "There is a subscriber with this user ID already: Tara Taken, status provisioned" in shown.text
    assert shown.buttons == ["Provision", "Edit", "Cancel"]
    chat.press("ann", shown, "Provision")
    failed = chat.expect_on(shown, "clashes with something that exists already", "HTTP 409", "Nothing was changed.")
    assert failed.buttons == ["Again with changes"]


def test_a_remark_of_webex_stands_on_the_confirmation(chat: Chat) -> None:
    chat.switch(extra_info=True)

    shown = confirmation(chat, somebody(chat))

    assert "Webex remarks: “The domain of the email is not claimed by the customer.” Code 150" in shown.text


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"kind": "status", "status": 403}, "Webex does not let the bot's administrator ask for it"),
        ({"kind": "status", "status": 404}, "Webex does not offer it at the address that the bot uses"),
    ],
)
def test_a_precheck_that_is_not_answered_stops_nobody(chat: Chat, fault: dict[str, object], why: str) -> None:
    values = somebody(chat)
    chat.fault(service="broadworks", path=VALIDATE, times=1, **fault)

    shown = confirmation(chat, values)

    assert f"There was no precheck: {why}. You can go on all the same." in shown.text
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, ACCEPTED)


def test_without_an_email_address_webex_asks_the_user_and_each_step_is_told(chat: Chat) -> None:
    values = somebody(chat, email="")
    subscribers = chat.bot.simulator.broadworks.subscribers
    shown = confirmation(chat, values)
    assert "There was no precheck: it needs an e-mail address. You can go on all the same." in shown.text
    assert "Without an e-mail address Webex asks the user for it, and waits until it has it." in shown.text

    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, ACCEPTED)
    chat.forward(LONG_ENOUGH)
    chat.expect_on(shown, "Accepted, and waiting for a person", "for the user to give an e-mail address")
    subscribers.email_given(in_webex(chat, values["userId"]), f"late.{chat.turn}@example.com")
    chat.forward(timedelta(minutes=15))
    chat.expect_on(shown, "for the user to confirm the e-mail address", "Before: provisioning since")
    subscribers.email_validated(in_webex(chat, values["userId"]))
    chat.forward(timedelta(minutes=15))

    chat.expect_on(shown, "Subscriber provisioned", f"E-mail: late.{chat.turn}@example.com")
    chat.expect("ann", "provision subscriber: done.")
    assert told(chat, shown) == [
        "waiting for the user to give an e-mail address.",
        "waiting for the user to confirm the e-mail address.",
        "done.",
    ]


def test_what_the_bot_did_and_does_about_a_user_is_told_before_the_next_is_confirmed(chat: Chat) -> None:
    values = somebody(chat)
    first = accepted(chat, values)

    during = confirmation(chat, values)
    chat.forward(LONG_ENOUGH)
    chat.expect_on(first, "Subscriber provisioned")
    after = confirmation(chat, values)

    asker = f"Request {number_of(first)} by Ann Test{chat.turn} is about this user ID too, and has not ended yet."
    assert asker in during.text
    known = f"already provisioned that user ID: subscriber “Zoe Neill{chat.turn}” in request {number_of(first)}"
    assert known in after.text
    assert "has not ended yet" not in after.text


def test_an_end_in_an_error_is_told_with_its_reasons(chat: Chat) -> None:
    values = somebody(chat, email=f"fail.{chat.turn}@example.com")
    shown = accepted(chat, values)

    chat.forward(LONG_ENOUGH)

    failed = chat.expect_on(
        shown,
        values["userId"],
        "Webex accepted it, but could not finish it.",
        "“The BroadWorks UserID is already associated with an existing user”",
        "Code 10022: ",
        "Next: ",
    )
    chat.expect("ann", f"Request {number_of(shown)}, provision subscriber: not done, its card says why.")
    assert failed.buttons == ["Show subscriber", "Again with changes"]
    assert provisioned(chat, values["userId"]) == []


def test_a_lost_answer_is_found_by_looking_and_then_watched_to_its_end(chat: Chat) -> None:
    values = somebody(chat)
    shown = confirmation(chat, values)
    chat.quiet()
    chat.fault(service="broadworks", kind="drop_after", method="POST", path=SUBSCRIBERS, times=1)

    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, UNKNOWN)
    chat.forward(timedelta(seconds=2))
    chat.expect_on(shown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(shown, "Subscriber provisioned")
    chat.expect("ann", "provision subscriber: done.")
    assert told(chat, shown) == [
        "nobody knows yet whether it was done, please look at its card.",
        "accepted, Webex is working on it.",
        "done.",
    ]
    assert len(sent(chat, values["userId"])) == 1


def test_a_lost_write_is_sent_again_once_it_is_certain_that_it_never_arrived(chat: Chat) -> None:
    values = somebody(chat)
    shown = confirmation(chat, values)
    chat.quiet()
    chat.fault(service="broadworks", kind="drop_before", method="POST", path=SUBSCRIBERS, times=1)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, UNKNOWN)

    chat.forward(timedelta(seconds=2))
    early = chat.expect_on(shown, "did not find it for certain")
    assert early.buttons == ["Check", "Close", "Close"]
    chat.forward(timedelta(minutes=5))
    absent = chat.expect_on(shown, "Webex has no subscriber with this user ID in this enterprise.", "send it again")
    assert absent.buttons == ["Check", "Send again", "Close", "Close"]
    chat.press("ann", absent, "Send again")
    chat.expect_on(shown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(shown, "Subscriber provisioned")
    assert sent(chat, values["userId"]) == [values, values]
    assert in_webex(chat, values["userId"]).status == "provisioned"


def test_what_somebody_else_made_meanwhile_is_not_taken_for_ours(chat: Chat) -> None:
    values = somebody(chat)
    shown = confirmation(chat, values)
    chat.fault(service="broadworks", kind="drop_before", method="POST", path=SUBSCRIBERS, times=1)
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, UNKNOWN)

    chat.bot.simulator.broadworks.add_subscriber(**{**values, "firstName": "Theo", "email": "theo@example.com"})
    chat.forward(timedelta(seconds=2))

    failed = chat.expect_on(
        shown,
        "Not provisioned by this request",
        "This user ID has a subscriber that this request did not make: Theo",
        "It differs from what was sent: First name, E-mail.",
    )
    assert failed.buttons == ["Show subscriber", "Again with changes"]
    assert state_of(chat, number_of(shown)) == "failed"
