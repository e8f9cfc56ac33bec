"""One process per SQLite file."""

import multiprocessing
import os
import re
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from bot.instance import AlreadyRunning, only_instance


def test_a_second_instance_on_the_same_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.sqlite"
    said = f"Another bot is running on {tmp_path}/bot.sqlite. SQLite serves one: stop the other."

    with only_instance(url), pytest.raises(AlreadyRunning, match=f"^{re.escape(said)}$"), only_instance(url):
        pass


def test_the_file_is_free_again_when_the_first_has_ended(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/missing/folder/bot.sqlite"

    with only_instance(url):
        pass
    with only_instance(url):
        pass


def test_other_files_are_not_concerned(tmp_path: Path) -> None:
    with only_instance(f"sqlite:///{tmp_path}/one.sqlite"), only_instance(f"sqlite:///{tmp_path}/two.sqlite"):
        pass


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://db.example/bot"])
def test_where_no_file_is_shared_everybody_is_welcome(url: str) -> None:
    with only_instance(url), only_instance(url):
        pass


def test_who_may_wait_takes_over_from_a_process_that_dies(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.sqlite"
    spawn = multiprocessing.get_context("spawn")
    held, die = spawn.Event(), spawn.Event()
    holder = spawn.Process(target=hold, args=(url, held, die))
    holder.start()
    assert held.wait(60)

    with pytest.raises(AlreadyRunning), only_instance(url, wait=0.15):
        pass
    die.set()
    with only_instance(url, wait=60):
        pass

    holder.join(60)
    assert holder.exitcode == 1
    holder.close()


def hold(url: str, held: Event, die: Event) -> None:
    """Hold the lock, then die without giving it back."""
    with only_instance(url):
        held.set()
        die.wait(60)
        os._exit(1)
