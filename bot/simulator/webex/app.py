"""Joins the routes of the messaging API."""

from collections.abc import Callable

from flask import Blueprint

from bot.simulator.control.switches import Switches
from bot.simulator.webex import actions, contents, memberships, messages, people, rooms, webhooks
from bot.simulator.webex.call import WebexCall, admit
from bot.simulator.world import World

APIS = (people.api, rooms.api, memberships.api, messages.api, actions.api, webhooks.api, contents.api)


def blueprints(world: World, switches: Switches, *, elsewhere: Callable[[str], bool]) -> list[Blueprint]:
    """`elsewhere` knows the tokens of the provisioning API, which have no right to messaging."""

    def enter() -> WebexCall:
        return admit(world, switches, elsewhere=elsewhere)

    return [api.blueprint(enter, world.lock) for api in APIS]
