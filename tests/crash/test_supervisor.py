"""A bot that loses its supervisor makes room for the next."""

import os
import signal

import pytest

from tests.crash.house import House, members, until


@pytest.mark.crash
def test_a_bot_whose_supervisor_was_killed_ends_and_the_next_takes_over(house: House) -> None:
    bot = house.bot()
    bot.start()
    house.register()
    group = bot.pid
    assert len(members(group)) == 2

    os.kill(group, signal.SIGKILL)
    until(lambda: bot.exit_code is not None)
    following = house.bot()
    following.launch()

    # Until then it may still be the old one that answers.
    until(lambda: members(group) == [])
    following.wait_ready()
    house.say(house.person("Ann"), "help")
    house.expect("What I can do")
    assert house.ready()[0] == 200
