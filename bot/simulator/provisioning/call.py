"""Admits callers of the provisioning API by their token."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.control.switches import Switches
from bot.simulator.problems import Problem
from bot.simulator.provisioning.records import BroadWorks
from bot.simulator.routing import Asked
from bot.simulator.webex.call import bearer

NO_SCOPE = (
    "The server understood the request, but refused to fulfill it because the access token is missing required scopes"
    " or the user is missing required roles or licenses."
)


@dataclass(frozen=True)
class ProvisioningCall(Asked):
    state: BroadWorks
    switches: Switches


def admit(
    state: BroadWorks,
    switches: Switches,
    *,
    lets_in: Callable[[str | None], bool],
    is_somebody: Callable[[str], bool],
) -> ProvisioningCall:
    """`lets_in` knows the tokens that may; `is_somebody` those that only have no right to it."""
    given = bearer()
    if not lets_in(given):
        raise Problem(403, NO_SCOPE) if given and is_somebody(given) else Problem(401)
    return ProvisioningCall(state=state, switches=switches)
