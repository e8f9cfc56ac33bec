"""An agent updates a subscriber: only what differs is sent, and its true end is told."""

from datetime import timedelta

import pytest

from bot.simulator.provisioning.subscriber import Subscriber
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, complaints, form, number_of, state_of
from tests.dialogues.scenes_changed import LONG_ENOUGH, asked, listed, path_of, subscriber, written

UNKNOWN = "Nobody knows yet whether it was done."
ACCEPTED = "Accepted, Webex is working on it"


def updating(chat: Chat, one: Subscriber, words: str) -> Shown:
    """Somebody has an update sent, which Webex accepts."""
    shown = asked(chat, f"update subscriber {one.facts['userId']} {words}")
    chat.quiet()
    chat.press("ann", shown, "Update")
    chat.expect_on(shown, ACCEPTED, "Now Webex is updating it")
    return shown


def lost(chat: Chat, one: Subscriber, words: str, kind: str) -> Shown:
    """An update of which the answer gets lost."""
    shown = asked(chat, f"update subscriber {one.facts['userId']} {words}")
    chat.quiet()
    chat.fault(service="broadworks", method="PUT", kind=kind, path=path_of(one), times=1)
    chat.press("ann", shown, "Update")
    return chat.expect_on(shown, UNKNOWN)


# What is sent.


def test_only_what_differs_is_shown_and_sent_and_the_end_is_told(chat: Chat) -> None:
    one = subscriber(chat)
    facts = one.facts

    shown = asked(
        chat,
        f"update subscriber {facts['userId']} first=Tara last=Tester phone={facts['primaryPhoneNumber']} "
        f"mobile=+1 (301) 555-{chat.turn + 3000} ext={facts['extension']} pkg=standard",
    )
    assert listed(shown, "Before → after") == {"Last name": f"Test{chat.turn} → Tester"}
    assert f"This is Tara Test{chat.turn} · {facts['userId']} · Reseller1+acme" in shown.text
    assert shown.buttons == ["Update", "Edit", "Cancel"]
    chat.quiet()
    chat.press("ann", shown, "Update")
    watched = chat.expect_on(shown, ACCEPTED, "Now Webex is updating it", facts["userId"])
    assert watched.buttons == ["Show subscriber", "Stop watching"]
    chat.forward(LONG_ENOUGH)

    done = chat.expect_on(shown, "Subscriber updated", f"Last name: Test{chat.turn} → Tester", facts["userId"])
    chat.expect("ann", f"Request {number_of(shown)}, update subscriber: done.")
    assert written(chat, "PUT", one) == [{"lastName": "Tester"}]
    assert done.buttons == ["Show subscriber", "Again with changes"]
    assert one.facts["lastName"] == "Tester"


def test_everything_that_can_be_changed_is_sent_as_it_was_confirmed(chat: Chat) -> None:
    one = subscriber(chat)

    shown = updating(
        chat,
        one,
        f"first=Ann last=Other number=+1-240-555-{chat.turn + 4000} mobile=+1-301-555-{chat.turn + 4000} "
        f"ext={chat.turn + 40000} pkg=basic newUser=new.{chat.turn}@example.com tz=America/Los_Angeles",
    )
    chat.forward(LONG_ENOUGH)

    body = {
        "firstName": "Ann",
        "lastName": "Other",
        "primaryPhoneNumber": f"+1240555{chat.turn + 4000}",
        "mobilePhoneNumber": f"+1301555{chat.turn + 4000}",
        "extension": f"{chat.turn + 40000}",
        "package": "basic",
        "userId": f"new.{chat.turn}@example.com",
        "timezone": "America/Los_Angeles",
    }
    chat.expect_on(shown, "Subscriber updated", "Ann Other", body["userId"], "Time zone: America/Los_Angeles")
    assert written(chat, "PUT", one) == [body]
    assert one.facts == {**one.facts, **body}


def test_where_nothing_differs_nothing_is_sent_and_that_is_said(chat: Chat) -> None:
    one = subscriber(chat)
    chat.quiet()

    chat.say("ann", f"change subscriber {one.email} first=Tara mobile={one.facts['mobilePhoneNumber']}")

    chat.expect("ann", f"Nothing would change: Webex shows all of that for Tara Test{chat.turn} already.")
    assert written(chat, "PUT", one) == []


def test_nobody_is_changed_whom_webex_does_not_know(chat: Chat) -> None:
    chat.say("ann", "update subscriber nobody@example.com first=Ann")

    chat.expect("ann", "Webex knows no subscriber “nobody@example.com”.")


# What is removed.


@pytest.mark.parametrize("name", ["primaryPhoneNumber", "mobilePhoneNumber", "extension"])
def test_a_lone_minus_removes_what_is_there(chat: Chat, name: str) -> None:
    one = subscriber(chat)
    old = one.facts[name]

    shown = asked(chat, f"update subscriber {one.facts['userId']} {name}=-", f"{old} → (nothing)")
    chat.quiet()
    chat.press("ann", shown, "Update")
    chat.expect_on(shown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(shown, "Subscriber updated", f"{old} → (nothing)")
    assert written(chat, "PUT", one) == [{name: ""}]
    assert name not in one.facts


@pytest.mark.parametrize(
    ("lacks", "words", "told"),
    [
        ("extension", "phone=-", "has no extension, so the phone number cannot be removed"),
        ("primaryPhoneNumber", "ext=-", "has no phone number, so the extension cannot be removed"),
    ],
)
def test_nobody_is_left_without_a_number_and_an_extension(chat: Chat, lacks: str, words: str, told: str) -> None:
    one = subscriber(chat, **{lacks: ""})
    chat.quiet()

    chat.say("ann", f"update subscriber {one.facts['userId']} {words}")

    chat.expect("ann", "Webex wants everybody to have a phone number or an extension.", told)
    assert written(chat, "PUT", one) == []


def test_the_number_can_go_where_an_extension_comes(chat: Chat) -> None:
    one = subscriber(chat, extension="")

    shown = updating(chat, one, f"phone=- ext={chat.turn + 50000}")
    chat.forward(LONG_ENOUGH)

    chat.expect_on(shown, "Subscriber updated", f"Extension: (nothing) → {chat.turn + 50000}")
    assert written(chat, "PUT", one) == [{"primaryPhoneNumber": "", "extension": f"{chat.turn + 50000}"}]


def test_both_cannot_go_at_once(chat: Chat) -> None:
    chat.say("ann", "update subscriber somebody@example.com phone=- ext=-")

    shown = chat.expect("ann", "1 thing to put right")
    assert complaints(shown) == [
        "extension: A subscriber needs a phone number or an extension: only one of them can go."
    ]


# The form.


def test_a_form_without_a_change_says_what_can_be_said(chat: Chat) -> None:
    one = subscriber(chat)

    chat.say("ann", f"update subscriber {one.facts['userId']}")

    shown = chat.expect("ann", "Say what shall change, for example mobile=+1-240-555-1213, or ext=-")
    chat.submit("ann", shown, "Review", firstName="Ann")
    chat.expect_on(shown, CONFIRMATION, "First name: Tara → Ann")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("email=new@example.com", "Webex cannot change the e-mail address"),
        ("language=en", "Webex cannot change the language"),
        ("enterprise=Reseller1+other", "Webex cannot change the enterprise"),
        ("pid=ZjVi", "Webex cannot change the template"),
    ],
)
def test_what_webex_never_changes_is_said_at_once(chat: Chat, said: str, told: str) -> None:
    chat.say("ann", f"update subscriber somebody@example.com first=Ann {said}")

    shown = chat.expect("ann", told, "remove the subscriber and provision it again")
    assert shown.inputs["subscriber"] == "somebody@example.com"


def test_who_is_named_by_the_user_id_is_not_taken_for_the_new_one(chat: Chat) -> None:
    one = subscriber(chat)

    shown = asked(chat, f"update subscriber user={one.facts['userId']} userId=new.{chat.turn}@example.com")

    assert listed(shown, "Before → after") == {"New user ID": f"{one.facts['userId']} → new.{chat.turn}@example.com"}


def filled(chat: Chat, one: Subscriber) -> Shown:
    """A form in which everything stands that Webex shows of somebody, as a card that leads on to it opens it."""
    known = {name: one.facts[name] for name in ("lastName", "primaryPhoneNumber", "mobilePhoneNumber", "extension")}
    values = " ".join(f"{name}={value}" for name, value in known.items())
    asked_before = asked(chat, f"update subscriber {one.facts['userId']} {values} pkg=basic")
    chat.press("ann", asked_before, "Edit")
    shown = chat.expect_on(asked_before, "This form is open until")
    assert shown.inputs["extension"] == one.facts["extension"]
    return shown


def test_what_stood_in_a_form_and_was_emptied_is_removed(chat: Chat) -> None:
    one = subscriber(chat)
    opened = filled(chat, one)

    chat.submit("ann", opened, "Review", mobilePhoneNumber="", lastName="Other")

    shown = chat.expect_on(opened, CONFIRMATION)
    old = one.facts["mobilePhoneNumber"]
    assert listed(shown, "Before → after") == {
        "Last name": f"Test{chat.turn} → Other",
        "Mobile number": f"{old} → (nothing)",
        "Package": "standard → basic",
    }
    chat.quiet()
    chat.press("ann", shown, "Update")
    chat.expect_on(opened, ACCEPTED)
    chat.forward(LONG_ENOUGH)
    chat.expect_on(opened, "Subscriber updated")
    assert written(chat, "PUT", one) == [{"lastName": "Other", "mobilePhoneNumber": "", "package": "basic"}]


def test_what_was_emptied_stays_so_when_something_else_is_wrong_and_can_be_taken_back(chat: Chat) -> None:
    one = subscriber(chat)
    opened = filled(chat, one)
    number = one.facts["primaryPhoneNumber"]

    chat.submit("ann", opened, "Review", mobilePhoneNumber="", extension="", primaryPhoneNumber="1")
    wrong = chat.expect_on(opened, "1 thing to put right")
    assert (wrong.inputs["mobilePhoneNumber"], wrong.inputs["extension"]) == ("-", "-")
    chat.submit("ann", wrong, "Review", mobilePhoneNumber="", primaryPhoneNumber=number)

    assert listed(chat.expect_on(opened, CONFIRMATION), "Before → after") == {
        "Extension": f"{one.facts['extension']} → (nothing)",
        "Package": "standard → basic",
    }


def test_emptying_number_and_extension_together_is_complained_of_with_both_still_marked(chat: Chat) -> None:
    one = subscriber(chat)
    opened = filled(chat, one)

    chat.submit("ann", opened, "Review", primaryPhoneNumber="", extension="")

    wrong = chat.expect_on(opened, "1 thing to put right", "only one of them can go")
    assert (wrong.inputs["primaryPhoneNumber"], wrong.inputs["extension"]) == ("-", "-")


def test_an_empty_field_of_a_form_that_had_nothing_in_it_removes_nothing(chat: Chat) -> None:
    one = subscriber(chat)
    shown = form(chat, "update subscriber")

    chat.submit("ann", shown, "Review", subscriber=one.facts["userId"], lastName="Other")

    assert listed(chat.expect_on(shown, CONFIRMATION), "Before → after") == {"Last name": f"Test{chat.turn} → Other"}


def test_a_number_of_webex_that_nobody_can_read_stands_in_no_ones_way(chat: Chat) -> None:
    one = subscriber(chat, mobilePhoneNumber="n/a", primaryPhoneNumber="2405551")
    chat.say("ann", f"show subscriber {one.facts['userId']}")
    chat.press("ann", chat.expect("ann", "Mobile number: n/a"), "Update")

    opened = chat.expect("ann", "This form is open until")
    chat.submit("ann", opened, "Review", firstName="Berta")

    assert listed(chat.expect_on(opened, CONFIRMATION), "Before → after") == {"First name": "Tara → Berta"}


def test_whoever_has_got_another_user_id_is_named_by_it_when_something_else_is_to_change(chat: Chat) -> None:
    one = subscriber(chat)
    shown = updating(chat, one, f"newUser=new.{chat.turn}@example.com")
    chat.forward(LONG_ENOUGH)

    chat.press("ann", chat.expect_on(shown, "Subscriber updated"), "Again with changes")

    assert chat.expect("ann", "This form is open until").inputs["subscriber"] == f"new.{chat.turn}@example.com"


def test_by_text_nobody_is_asked_again_for_what_is_well(chat: Chat) -> None:
    one = subscriber(chat)
    form(chat, "update subscriber")
    chat.say("ann", "text")
    chat.expect("ann", "**User ID or e-mail**?")

    for said in (one.facts["userId"], "hello"):
        chat.say("ann", said)
        question = chat.expect("ann", "Say what shall change, for example mobile=", "Reply with it")
        assert "?" not in question.text
    chat.say("ann", "last=Other")

    assert listed(chat.expect("ann", CONFIRMATION), "Before → after") == {"Last name": f"Test{chat.turn} → Other"}


# What goes otherwise.


def test_a_second_update_while_one_runs_is_refused_with_the_reason(chat: Chat) -> None:
    one = subscriber(chat)
    second = asked(chat, f"update subscriber {one.facts['userId']} last=Second")
    updating(chat, one, "last=First")

    chat.press("ann", second, "Update")

    chat.expect_on(
        second,
        "Webex refused because it is still working on this subscriber.",
        "“An update of this subscriber is in progress.”",
        "Nothing was changed.",
        "Wait until the other change has ended, then ask again.",
        "HTTP 409",
    )
    assert state_of(chat, number_of(second)) == "failed"


def test_an_update_of_somebody_who_is_being_updated_is_warned_about(chat: Chat) -> None:
    one = subscriber(chat)
    updating(chat, one, "last=First")

    asked(chat, f"update subscriber {one.facts['userId']} last=Second", "Its status is: Webex is updating it.")


def test_what_webex_refuses_is_told_in_its_own_words(chat: Chat) -> None:
    one = subscriber(chat)
    shown = asked(chat, f"update subscriber {one.facts['userId']} newUser=95540001@example.com")

    chat.press("ann", shown, "Update")

    chat.expect_on(shown, "New user ID: “The BroadWorks userId is already", "Code 10022", "Nothing was changed.")


def test_an_update_that_ends_in_an_error_is_told_with_the_reason(chat: Chat) -> None:
    one = subscriber(chat, email=f"rigid.{chat.turn}@example.com")
    shown = updating(chat, one, "last=Other")

    chat.forward(LONG_ENOUGH)

    failed = chat.expect_on(
        shown, "Webex accepted it, but could not finish it.", "“The subscriber could not be updated on Webex”"
    )
    chat.expect("ann", f"Request {number_of(shown)}, update subscriber: not done, its card says why.")
    assert failed.buttons == ["Show subscriber", "Again with changes"]


def test_where_webex_shows_other_values_in_the_end_that_is_said(chat: Chat) -> None:
    one = subscriber(chat)
    shown = updating(chat, one, "last=Other mobile=-")
    one.wanted = {"mobilePhoneNumber": ""}

    chat.forward(LONG_ENOUGH)

    done = chat.expect_on(shown, "Webex has ended the update, but shows other values")
    assert listed(done, "Webex shows") == {"Last name": f"Test{chat.turn} instead of Other"}


def test_from_standard_to_premium_at_once_is_warned_about(chat: Chat) -> None:
    one = subscriber(chat)

    asked(
        chat,
        f"update subscriber {one.facts['userId']} pkg=premium",
        "From standard to premium at once can leave old meeting-room data behind.",
        "As Cisco documents it",
    )


# Lost answers.


def test_a_lost_answer_to_an_update_that_runs_is_settled_by_looking_and_watched(chat: Chat) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "last=Other", "drop_after")
    assert one.facts["userId"] in unknown.text
    assert "Last name: Other" in unknown.text

    chat.forward(timedelta(seconds=2))
    chat.expect_on(unknown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(unknown, "Subscriber updated", f"Test{chat.turn} → Other")
    assert written(chat, "PUT", one) == [{"lastName": "Other"}]


def test_a_lost_answer_to_an_update_that_has_ended_is_found_by_looking(chat: Chat) -> None:
    one = subscriber(chat)
    chat.switch(provisioning_seconds=0.0)

    unknown = lost(chat, one, "last=Other", "drop_after")
    chat.forward(timedelta(seconds=2))

    chat.expect_on(unknown, "Subscriber updated", "Found by looking: Webex shows every value as it was sent.")
    chat.expect("ann", f"Request {number_of(unknown)}, update subscriber: done.")


def test_an_update_that_never_arrived_can_be_sent_again(chat: Chat) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "last=Other", "drop_before")

    chat.forward(timedelta(minutes=5))
    absent = chat.expect_on(unknown, "The bot looked: the subscriber is as it was")
    assert absent.buttons == ["Check", "Send again", "Close", "Close"]
    chat.press("ann", absent, "Send again")
    chat.expect_on(unknown, ACCEPTED)
    chat.forward(LONG_ENOUGH)

    chat.expect_on(unknown, "Subscriber updated")
    assert one.facts["lastName"] == "Other"


def test_who_looks_for_a_lost_update_is_asked_whether_it_was_changed(chat: Chat) -> None:
    one = subscriber(chat)
    unknown = lost(chat, one, "last=Other", "drop_before")
    chat.forward(timedelta(minutes=5))
    looked = chat.expect_on(unknown, "The bot looked: the subscriber is as it was")

    chat.submit("ann", looked, "Close", ended="failed")

    chat.expect_on(unknown, "Subscriber not updated", "who looked: it was not changed in Webex.", one.facts["userId"])
