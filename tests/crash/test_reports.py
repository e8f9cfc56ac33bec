"""A report is watched to its end, and its file delivered, by a bot that is killed meanwhile."""

import pytest

from bot.bot_process import BotProcess
from bot.simulator.entities import Message
from tests.crash.house import House, until

MONTH = "2020-10"


def started(house: House) -> BotProcess:
    bot = house.bot()
    bot.start()
    return bot


def files(house: House) -> list[Message]:
    """Those that lie in Ann's direct space."""
    room = house.direct(house.person("Ann"))
    with house.simulator.world.lock:
        return [each for each in house.simulator.world.messages.values() if each.room is room and each.content]


@pytest.mark.crash
def test_a_report_is_watched_to_its_end_and_its_file_delivered_by_who_comes_after(house: House) -> None:
    house.simulator.switches.report_seconds = 20.0
    bot = started(house)
    house.register()
    ann = house.person("Ann")
    house.say(ann, f"request billing report {MONTH}")
    house.press(ann, house.expect("Nothing has been sent yet"), "Request")
    house.expect("Accepted, Webex is working on it")
    bot.kill()

    second = started(house)
    ready = house.expect("is ready", "Press Get")
    assert len(house.simulator.calls.to("broadworks", "POST", "/broadworks/billing/reports")) == 1

    # The file is on its way for as long as this lasts.
    hanging = house.simulator.faults.add(service="webex", kind="hang", seconds=600, method="POST", person="bot")
    house.press(ann, ready, "Get")
    until(lambda: hanging.hits >= 2)
    second.kill()
    house.simulator.faults.clear()
    started(house)

    until(lambda: files(house))
    [report] = house.simulator.broadworks.reports.all()
    # What hung when its sender died may have arrived as well: of that nobody knows.
    sent = {each.content.data for each in files(house) if each.content}
    assert sent == {house.simulator.broadworks.reports.file(report)}
