"""A simulated Webex and Webex for BroadWorks: for the playground, and for tests below the clients."""

from bot.simulator.control.steering import BotProcess
from bot.simulator.simulator import Simulator

__all__ = ["BotProcess", "Simulator"]
