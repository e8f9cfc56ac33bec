"""A support agent finds enterprises, keeps their directories in step, and lets them bring their provisioning IDs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.find_enterprises import ON_A_CARD
from bot.simulator.provisioning.directory import Directory
from bot.simulator.provisioning.enterprise_routes import id_of
from bot.simulator.provisioning.records import PROVISIONING_ID
from bot.testing.shown import Shown
from bot.testing.talking import Chat
from tests.dialogues.scenes import CONFIRMATION, form, number_of, state_of
from tests.dialogues.scenes_provision import command, somebody

ACCEPTED = "Accepted, Webex is working on it"
DONE = "Directory synchronised"
QUEUED = "It waits its turn"
SOON = timedelta(seconds=60)
"""For Webex to end a synchronisation, and for the bot to look after that."""


def enterprise(chat: Chat, tail: str = "", *, on: bool = True, cluster: str = "") -> str:
    """One of this test's own, on a cluster of its own unless it shares one."""
    name = f"Dialogue{chat.turn}+acme{tail}"
    broadworks = chat.bot.simulator.broadworks
    broadworks.customers[name] = cluster or f"template-{chat.turn}{tail}"
    if on:
        broadworks.directories.enable(name).scheduled = None
    return name


def directory(chat: Chat, name: str) -> Directory:
    return chat.bot.simulator.broadworks.directories.of(name)


def path(name: str) -> str:
    return f"/broadworks/enterprises/{id_of(name)}/broadworksDirectorySync"


def confirmation(chat: Chat, words: str, name: str) -> Shown:
    """Ann asks for a change of a directory and sees what would be sent."""
    chat.say("ann", f"{words} {name}")
    return chat.expect("ann", CONFIRMATION, name)


def syncing(chat: Chat, name: str) -> Shown:
    """Ann has begun a synchronisation, which Webex works on."""
    shown = confirmation(chat, "sync directory", name)
    chat.press("ann", shown, "Sync now")
    return chat.expect_on(shown, ACCEPTED, "Now Webex is working on it")


def later(chat: Chat, by: timedelta) -> None:
    """Time passes once nothing is under way."""
    chat.settle()
    chat.forward(by)


def told(chat: Chat, card: Shown) -> list[str]:
    """What was told beside the card."""
    begin = f"Request {number_of(card)}, sync directory: "
    return [each.text.partition(begin)[2] for each in chat.shown("ann") if begin in each.text]


# Find and show.


def test_enterprises_are_found_by_how_they_begin_a_card_at_a_time_and_shown(chat: Chat) -> None:
    names = [enterprise(chat, f"{number:02}") for number in range(ON_A_CARD + 1)]

    chat.say("ann", f"find enterprises Dialogue{chat.turn}+")
    first = chat.expect("ann", f"The first {ON_A_CARD} enterprises", names[0], "Directory sync is enabled")
    chat.press("ann", first, "Next")
    last = chat.expect_on(first, "The last 1 enterprise", names[-1])
    chat.press("ann", last, "Show")

    shown = chat.expect("ann", "Show enterprise", names[-1], "Never synchronised yet", "Subscribers: 0")
    assert shown.buttons == ["Directory status", "Sync directory", "Disable", "Find subscribers", "Show another"]


def test_one_that_has_it_elsewhere_in_its_name_is_suggested_once_it_is_known(chat: Chat) -> None:
    name = enterprise(chat)
    chat.say("ann", f"show enterprise {name}")
    chat.expect("ann", "Show enterprise", name)

    chat.say("ann", f"find enterprises ialogue{chat.turn}+")
    found = chat.expect("ann", "No enterprise found", "These have it elsewhere")
    chat.press("ann", found, name)

    chat.expect("ann", "Show enterprise", name, "Nothing was changed through this bot so far.")


def test_what_is_not_there_is_said_with_what_to_do(chat: Chat) -> None:
    chat.say("ann", f"show enterprise Nobody{chat.turn}+acme")

    shown = chat.expect("ann", f"Webex knows no enterprise “Nobody{chat.turn}+acme”.", "Say “find enterprises”")
    assert shown.buttons == ["Find enterprises", "Show another"]


def test_its_subscribers_are_one_press_away(chat: Chat) -> None:
    chat.say("ann", "show enterprise Reseller1+example")
    shown = chat.expect("ann", "Show enterprise", "Reseller1+example")
    chat.press("ann", shown, "Find subscribers")

    chat.expect("ann", "Find subscribers", "Tara Taken")


# Synchronise.


def test_a_synchronisation_is_watched_to_its_end_with_its_counts_across_a_restart(chat: Chat) -> None:
    chat.switch(directory_seconds=900)
    name = enterprise(chat)
    card = syncing(chat, name)
    assert card.buttons == ["Directory status", "Stop watching"]

    later(chat, timedelta(minutes=5))
    chat.settle()
    chat.bot.restart()
    later(chat, timedelta(minutes=12))

    counts = directory(chat, name).counts
    done = chat.expect_on(card, DONE, name, f"{counts['usersAdded']} added", "Last one that worked")
    chat.expect("ann", f"Request {number_of(card)}, sync directory: done.")
    assert done.buttons == ["Directory status", "Sync another"]
    assert told(chat, card) == ["done."]
    assert chat.sent(path(name)) == [{"syncStatus": "SYNC_NOW"}]


def test_one_that_fails_says_why_and_that_webex_tries_again(chat: Chat) -> None:
    name = enterprise(chat)
    chat.switch(directory_failures=1)
    card = syncing(chat, name)

    later(chat, SOON)

    chat.expect_on(card, "The directory was not synchronised.", "Code 6003", "Webex tries again by itself")
    chat.expect("ann", f"Request {number_of(card)}, sync directory: not done, its card says why.")
    chat.say("ann", f"directory status {name}")
    chat.expect("ann", "Directory sync is enabled", "The last one did not work (FAILED)", "What went wrong")


def test_the_second_on_a_cluster_waits_its_turn_and_is_then_done_and_watched(chat: Chat) -> None:
    chat.switch(directory_seconds=1200)
    first, second = (enterprise(chat, tail, cluster=f"shared-{chat.turn}") for tail in "ab")
    before = syncing(chat, first)
    shown = confirmation(chat, "sync directory", second)
    chat.press("ann", shown, "Sync now")
    waiting = chat.expect_on(
        shown, QUEUED, "one directory sync that somebody has asked for", "Nothing has been changed."
    )
    assert waiting.buttons == ["Cancel"]

    for _ in range(5):
        later(chat, timedelta(minutes=5))
    chat.expect_on(before, DONE)
    chat.expect_on(shown, ACCEPTED)
    later(chat, timedelta(minutes=21))

    chat.expect_on(shown, DONE, second)
    assert directory(chat, second).status == "COMPLETE"


def test_what_waits_its_turn_is_not_shown_anew_each_time_and_can_be_taken_back(chat: Chat) -> None:
    chat.switch(cluster="busy_silent")
    name = enterprise(chat)
    shown = confirmation(chat, "sync directory", name)
    chat.press("ann", shown, "Sync now")
    waiting = chat.expect_on(shown, QUEUED)
    chat.settle()
    edits = len([each for each in chat.calls("webex") if each.startswith("PUT /messages")])
    for _ in range(6):
        later(chat, timedelta(minutes=5))
    chat.until(lambda: len(chat.sent(path(name))) >= 6)
    chat.settle()

    assert len([each for each in chat.calls("webex") if each.startswith("PUT /messages")]) == edits
    chat.press("ann", waiting, "Cancel")
    chat.expect_on(shown, "Cancelled")
    chat.switch(cluster="free")
    later(chat, timedelta(hours=1))
    chat.settle()
    assert directory(chat, name).last is None


def test_a_lost_answer_is_settled_by_looking(chat: Chat) -> None:
    name = enterprise(chat)
    shown = confirmation(chat, "sync directory", name)
    chat.fault(service="broadworks", kind="drop_after", method="POST", path=path(name), times=1)
    chat.press("ann", shown, "Sync now")
    chat.expect_on(shown, "Nobody knows yet whether it was done.", "Sending it again could do it twice.")

    later(chat, timedelta(seconds=2))
    chat.expect_on(shown, ACCEPTED)
    later(chat, SOON)

    chat.expect_on(shown, DONE)
    assert len(chat.sent(path(name))) == 1


def test_a_disabled_directory_is_enabled_first_and_then_synchronised(chat: Chat) -> None:
    name = enterprise(chat, on=False)
    chat.say("ann", f"sync directory {name}")
    chat.expect("ann", f"Directory sync is disabled for {name}.", "enable directory sync")

    shown = confirmation(chat, "enable directory sync", name)
    assert "Directory sync enabled: no → yes" in shown.text
    chat.press("ann", shown, "Enable")
    enabled = chat.expect_on(shown, "Directory sync enabled", "Webex synchronises it every week")
    assert directory(chat, name).enabled
    chat.press("ann", enabled, "Sync directory")

    chat.expect("ann", CONFIRMATION, "It has never been synchronised")


def test_disabling_says_what_it_means_and_is_in_the_history(chat: Chat) -> None:
    name = enterprise(chat)
    shown = confirmation(chat, "disable directory sync", name)
    assert "What becomes of the BroadWorks users and phone lists" in shown.text
    chat.press("ann", shown, "Disable")
    chat.expect_on(shown, "Directory sync disabled")
    assert not directory(chat, name).enabled

    chat.say("ann", f"disable directory sync {name}")
    chat.expect("ann", f"Nothing would change: directory sync of {name} is disabled already.")
    chat.say("ann", f"show enterprise {name}")
    chat.expect("ann", "Directory sync is disabled", f"Request {number_of(shown)} · disable directory sync")


def test_one_that_runs_cannot_be_disabled_and_webex_says_so(chat: Chat) -> None:
    name = enterprise(chat)
    syncing(chat, name)
    shown = confirmation(chat, "disable directory sync", name)
    assert "being synchronised just now" in shown.text
    chat.press("ann", shown, "Disable")

    chat.expect_on(shown, "HTTP 409", "Directory sync cannot be disabled while a sync is in progress.")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("new.user", "The user was added to the directory"),
        ("changed.user", "brought up to date"),
        ("gone.user", "taken out of the directory"),
    ],
)
def test_one_user_is_brought_up_to_date_and_what_became_of_it_is_said(chat: Chat, who: str, words: str) -> None:
    name = enterprise(chat)
    directory(chat, name).succeeded = chat.bot.clock()
    user_id = f"{who}.{chat.turn}@bw.example"
    chat.say("ann", f"sync external user {user_id} enterprise={name}")
    shown = chat.expect("ann", CONFIRMATION, user_id, name)
    chat.press("ann", shown, "Sync")

    chat.expect_on(shown, words, user_id)


def test_a_user_of_whom_broadworks_knows_nothing_is_refused_in_its_words(chat: Chat) -> None:
    name = enterprise(chat)
    directory(chat, name).succeeded = chat.bot.clock()
    chat.say("ann", f"sync external user nobody.{chat.turn}@bw.example enterprise={name}")
    shown = chat.expect("ann", CONFIRMATION)
    chat.press("ann", shown, "Sync")

    chat.expect_on(shown, "HTTP 404", "No matching user was found in BroadWorks.")


# What an enterprise brings to forms.


def provisioning(chat: Chat, **changes: str) -> dict[str, str]:
    return somebody(chat, provisioningId="", **changes)


def test_an_enterprise_brings_its_provisioning_id_and_the_confirmation_says_so(chat: Chat) -> None:
    values = provisioning(chat)
    chat.say("ann", command(values))

    shown = chat.expect("ann", CONFIRMATION, "The provisioning ID is the one of the enterprise Reseller1+acme")
    chat.press("ann", shown, "Provision")
    chat.expect_on(shown, ACCEPTED)
    [sent] = [each for each in chat.sent("/broadworks/subscribers") if each["userId"] == values["userId"]]
    assert sent["provisioningId"] == PROVISIONING_ID


def test_a_new_enterprise_needs_a_provisioning_id_and_nothing_is_sent(chat: Chat) -> None:
    values = provisioning(chat, spEnterpriseId=f"Reseller1+unheard{chat.turn}")
    chat.say("ann", command(values))

    shown = chat.expect("ann", "Webex knows no such enterprise with a provisioning ID yet", "template=… or pid=…")
    assert state_of(chat, number_of(shown)) == "failed"


def test_a_form_offers_what_was_read_before_and_what_ann_used_last_first_without_asking_webex(chat: Chat) -> None:
    before = form(chat, "provision workspace")
    assert input_of(before)["type"] == "Input.Text"
    chat.press("ann", before, "Cancel")
    first, second = enterprise(chat, "a"), enterprise(chat, "b")
    chat.say("ann", f"find enterprises Dialogue{chat.turn}+")
    chat.expect("ann", "2 enterprises found")
    chat.say("ann", f"show enterprise {second}")
    chat.expect("ann", "Show enterprise", second)
    chat.quiet()

    shown = form(chat, "provision workspace")
    choices = [each["value"] for each in input_of(shown)["choices"]]
    assert choices[:2] == [second, first]
    assert chat.calls("broadworks") == []


def test_one_that_is_not_offered_is_said_beside_the_form(chat: Chat) -> None:
    enterprise(chat)
    chat.say("ann", f"find enterprises Dialogue{chat.turn}+")
    chat.expect("ann", "1 enterprise found")
    shown = form(chat, "provision workspace")

    chat.say("ann", "enterprise=Other+typed")

    again = chat.expect_on(shown, "to put right")
    assert input_of(again)["value"] == "Other+typed"
    assert input_of(again)["choices"][-1] == {"title": "As typed: Other+typed", "value": "Other+typed"}


def test_enterprises_are_learned_in_the_background(special_chat: Callable[..., Chat]) -> None:
    chat = special_chat(BOT_ENTERPRISES_MINUTES="60")
    known = chat.bot.application.context.enterprises
    chat.until(known.names)

    assert "Reseller1+acme" in known.names()
    assert "Reseller1+acme" in [
        each["value"] for each in input_of(form(chat, "sync directory"), "enterprise")["choices"]
    ]


def input_of(shown: Shown, name: str = "spEnterpriseId") -> dict[str, Any]:
    """The input in which the enterprise is given."""
    [found] = [each for each in shown.card["body"] if each.get("id") == name]
    return dict(found)
