"""Everything that can go wrong in the playground, in words that a person understands: as data."""

from bot.simulator.control.broadworks_scenarios import BROADWORKS
from bot.simulator.control.webex_scenarios import WEBEX, WEBHOOKS

SCENARIOS = (*WEBEX, *BROADWORKS, *WEBHOOKS)

BY_KEY = {scenario.key: scenario for scenario in SCENARIOS}
GROUPS = tuple(dict.fromkeys(scenario.group for scenario in SCENARIOS))
