"""A replay goes on when the bot has come to rest, which it sees in the bot's own files."""

from pathlib import Path

from bot.played import has_work
from bot.testing import Chat
from tests.dialogues.scenes import VALIDATE, form


def test_there_is_work_while_something_is_under_way_and_none_while_it_only_waits_for_its_time(chat: Chat) -> None:
    folder = Path(chat.bot.settings.database_url.removeprefix("sqlite:///")).parent
    hanging = chat.fault(service="broadworks", kind="hang", path=VALIDATE, times=1, seconds=30)

    form(chat, "precheck")
    chat.until(lambda: not has_work(folder))
    chat.say("ann", "precheck one@example.com")
    chat.bot.simulator.wait_for(lambda: hanging.waiting)

    assert has_work(folder)
    hanging.release()
    chat.until(lambda: not has_work(folder))


def test_files_that_are_still_to_be_made_count_as_work(tmp_path: Path) -> None:
    assert has_work(tmp_path)
