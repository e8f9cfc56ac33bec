"""What goes wrong on the way of webhooks: by itself, and on demand."""

import httpx
import pytest

from bot.simulator import Simulator
from tests.simulator.kit import Receiver, Space, StillClock, client
from tests.simulator.test_webhooks import TARGET, create


def say_times(sim: Simulator, ann: httpx.Client, count: int) -> list[str]:
    ids = [Space(ann, sim.spaces["ann"]).say(str(number))["id"] for number in range(count)]
    sim.wait_idle()
    return ids


def test_a_hundred_failures_in_five_minutes_switch_a_webhook_off(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    path = f"/webhooks/{create(bot)['id']}"
    receiver.status = 500

    say_times(sim, ann, 99)
    assert bot.get(path).json()["status"] == "active"
    say_times(sim, ann, 1)
    assert bot.get(path).json()["status"] == "inactive"

    say_times(sim, ann, 1)
    assert len(receiver.seen) == 100
    assert sim.deliveries.counts.failed == 100


def test_old_failures_are_forgotten(
    sim: Simulator, clock: StillClock, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    path = f"/webhooks/{create(bot)['id']}"
    receiver.status = 404

    say_times(sim, ann, 99)
    clock.forward(301)
    say_times(sim, ann, 1)

    assert bot.get(path).json()["status"] == "active"


@pytest.mark.parametrize(("seconds", "status"), [(299, "inactive"), (301, "active")])
def test_a_webhook_that_came_back_too_soon_falls_at_the_first_failure(
    sim: Simulator,
    clock: StillClock,
    receiver: Receiver,
    bot: httpx.Client,
    ann: httpx.Client,
    seconds: float,
    status: str,
) -> None:
    path = f"/webhooks/{create(bot)['id']}"
    receiver.status = 500
    say_times(sim, ann, 100)
    clock.forward(seconds)

    back = bot.put(path, json={"name": "x", "targetUrl": TARGET, "status": "active"}).json()
    say_times(sim, ann, 1)

    assert back["status"] == "active"
    assert bot.get(path).json()["status"] == status


def test_one_success_makes_a_returned_webhook_sound_again(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    path = f"/webhooks/{create(bot)['id']}"
    receiver.status = 500
    say_times(sim, ann, 100)
    bot.put(path, json={"name": "x", "targetUrl": TARGET, "status": "active"})

    receiver.status = 204
    say_times(sim, ann, 1)
    receiver.status = 500
    say_times(sim, ann, 1)

    assert bot.get(path).json()["status"] == "active"


def test_a_receiver_that_breaks_is_a_failure_and_the_next_delivery_goes_out(clock: StillClock) -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        raise RuntimeError("no bot here")

    with httpx.Client(transport=httpx.MockTransport(broken)) as sender, Simulator(clock, sender) as sim:
        with client(sim, sim.bot.token) as http:
            create(http)
            Space(http, sim.spaces["ann"]).say()
            Space(http, sim.spaces["ann"]).say()
        sim.wait_idle()

        assert sim.deliveries.counts.failed == 2


def test_deliveries_can_come_twice(sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client) -> None:
    create(bot)
    sim.webhook_faults.duplicate, sim.webhook_faults.times = 1, 2

    first, second, third = say_times(sim, ann, 3)

    assert receiver.told() == [first, first, second, second, third]


def test_deliveries_can_come_in_reverse(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client
) -> None:
    create(bot)
    sim.webhook_faults.reorder = 3

    ids = say_times(sim, ann, 4)

    assert receiver.told() == [ids[2], ids[1], ids[0], ids[3]]


def test_deliveries_can_be_lost(sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client) -> None:
    create(bot)
    sim.webhook_faults.drop = 2

    ids = say_times(sim, ann, 3)

    assert receiver.told() == [ids[2]]
    assert sim.deliveries.counts.dropped == 2


def test_deliveries_can_be_late(sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client) -> None:
    create(bot)
    sim.webhook_faults.delay = 0.01

    ids = say_times(sim, ann, 1)

    assert receiver.told() == ids


def test_deliveries_can_be_held_back(
    sim: Simulator, receiver: Receiver, bot: httpx.Client, ann: httpx.Client, control: httpx.Client
) -> None:
    create(bot)
    control.post("/control/webhooks", json={"hold": True})
    message = Space(ann, sim.spaces["ann"]).say()["id"]

    with pytest.raises(TimeoutError, match="1 webhook deliveries"):
        sim.wait_idle(timeout=0)
    assert receiver.seen == []
    control.post("/control/webhooks", json={"hold": False})
    sim.wait_idle()

    assert receiver.told() == [message]


def test_what_is_queued_when_the_simulator_closes_is_lost(receiver: Receiver) -> None:
    with receiver.client() as sender, Simulator(sender=sender) as sim, client(sim, sim.bot.token) as http:
        create(http)
        sim.webhook_faults.delay, sim.webhook_faults.times = 3600, 1
        Space(http, sim.spaces["ann"]).say("waits")
        Space(http, sim.spaces["ann"]).say("is queued")
        sim.wait_for(lambda: sim.webhook_faults.times is None)
        sim.close()
        Space(http, sim.spaces["ann"]).say("comes too late")

    assert receiver.seen == []
