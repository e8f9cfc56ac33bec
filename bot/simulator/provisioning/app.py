"""All routes of the provisioning API together."""

from collections.abc import Callable
from threading import RLock

from flask import Blueprint

from bot.simulator.control.switches import Switches
from bot.simulator.provisioning import enterprise_routes, report_routes, subscriber_routes, workspace_routes
from bot.simulator.provisioning.call import ProvisioningCall, admit
from bot.simulator.provisioning.records import BroadWorks

_ROUTES = (subscriber_routes.api, workspace_routes.api, enterprise_routes.api, report_routes.api)


def blueprints(
    state: BroadWorks,
    switches: Switches,
    lock: RLock,
    *,
    lets_in: Callable[[str | None], bool],
    is_somebody: Callable[[str], bool],
) -> list[Blueprint]:
    """`lets_in` knows the tokens that may; `is_somebody` those that only have no right to it."""

    def enter() -> ProvisioningCall:
        return admit(state, switches, lets_in=lets_in, is_somebody=is_somebody)

    return [each.blueprint(enter, lock) for each in _ROUTES]
