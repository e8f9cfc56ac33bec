"""An agent looks for workspaces: the bot's own memory first, then Webex's list, each said to be what it is."""

from datetime import UTC, datetime

from bot.domain.registry_file import Row
from bot.store.registry import StoredRegistry
from bot.testing.talking import Chat
from tests.dialogues.scenes_workspaces import asked, room, stranger


def imported(chat: Chat, count: int, *, name: str, enterprise: str = "") -> None:
    """So many workspaces come in a file."""
    facts = {"name": name, "enterprise": enterprise or f"Reseller1+{chat.turn}"}
    rows = [
        Row(line, {**facts, "webex_id": f"i{chat.turn}-{line}", "user_id": f"{line}.{chat.turn}@sp.com"})
        for line in range(2, count + 2)
    ]
    registry = StoredRegistry(chat.bot.application.database)
    registry.take(rows, source="imported from rooms.csv by ops", at=datetime(2026, 7, 1, 8, 0, tzinfo=UTC))


def test_a_part_of_a_name_finds_what_was_provisioned_and_says_how_old_that_is(chat: Chat) -> None:
    one = room(chat, displayName=f"Blue Room {chat.turn}")

    chat.say("ann", f"find workspaces blue room {chat.turn}")

    shown = chat.expect("ann", "1 workspace found", f"1 · Blue Room {chat.turn}", one["userId"])
    assert "the bot's memory as of" in shown.text
    assert "Request" in shown.text
    assert shown.buttons == ["Show", "Edit and find again"]
    chat.press("ann", shown, "Show")
    chat.expect("ann", "What this bot remembers", one["userId"])


def test_what_only_webex_lists_comes_behind_and_is_said_to_be_unknown(chat: Chat) -> None:
    name = f"Twin {chat.turn}"
    known = room(chat, displayName=name)
    other = stranger(chat, displayName=name, userId=f"other.{chat.turn}@example.com")

    chat.say("ann", f"find workspaces {name}")

    shown = chat.expect("ann", "2 workspaces found", known["userId"])
    assert "Webex's own list, created" in shown.text
    assert "the bot does not know it" in shown.text
    assert other["userId"] not in shown.text
    chat.press("ann", shown, "Show 2")
    chat.expect("ann", "neither provisioned nor imported it")


def test_without_the_right_to_look_it_is_the_bots_memory_alone(chat: Chat) -> None:
    one = room(chat)
    chat.switch(workspaces_scope=False)

    chat.say("ann", f"find workspaces {one['displayName']}")

    chat.expect("ann", "1 workspace found", "This is the bot's own memory alone.")


def test_it_is_found_by_user_id_number_and_enterprise(chat: Chat) -> None:
    one = room(chat)
    words = (
        f"find workspaces {one['userId']}",
        f"find workspaces user={one['userId']}",
        f"find workspaces number={one['primaryPhoneNumber']}",
        f'find workspaces name="{one["displayName"]}" enterprise={one["spEnterpriseId"]}',
    )

    for said in words:
        chat.say("ann", said)
        chat.expect("ann", "1 workspace found", one["displayName"])


def test_a_long_list_is_read_page_by_page_to_webexs_own(chat: Chat) -> None:
    name = f"Hall {chat.turn}"
    imported(chat, 17, name=name)
    stranger(chat, displayName=name)

    chat.say("ann", f"find workspaces {name}")
    shown = chat.expect("ann", "The first 8 workspaces", "Imported from rooms.csv by ops")
    chat.press("ann", shown, "Next")
    chat.expect_on(shown, "The next 8 workspaces")
    chat.press("ann", chat.now(shown) or shown, "Next")

    last = chat.expect_on(shown, "The last 2 workspaces", "Webex's own list, created")
    assert "Next" not in last.buttons


def test_a_long_list_of_webex_is_read_page_by_page_too(chat: Chat) -> None:
    name = f"Barn {chat.turn}"
    for number in range(9):
        stranger(chat, displayName=name, userId=f"barn.{number}.{chat.turn}@example.com")

    chat.say("ann", f"find workspaces {name}")
    shown = chat.expect("ann", "The first 8 workspaces")
    chat.press("ann", shown, "Next")

    chat.expect_on(shown, "The last 1 workspace")


def test_what_was_removed_is_told_where_there_is_nothing_else(chat: Chat) -> None:
    one = room(chat)
    removing = asked(chat, f"remove workspace {one['userId']}")
    chat.submit("ann", removing, "Remove", typed=one["userId"])
    chat.expect_on(removing, "Workspace removed")

    chat.say("ann", f"find workspaces user={one['userId']}")

    chat.expect("ann", "1 workspace found", "Removed, as the bot noted on")


def test_where_nothing_is_found_it_is_said_where_was_looked_and_what_to_do(chat: Chat) -> None:
    chat.say("ann", "find workspaces Nowhere Land")

    shown = chat.expect("ann", "No workspace found", "Webex's own list was asked too", "registry import")
    assert shown.buttons == ["Provision workspace", "Edit and find again"]


def test_all_that_is_remembered_is_listed_to_who_asks_for_nothing(chat: Chat) -> None:
    room(chat)
    chat.say("ann", "find workspaces")
    form = chat.expect("ann", "This form is open until")

    chat.submit("ann", form, "Find")

    chat.expect_on(form, "workspace", "these are all workspaces that this bot remembers")
