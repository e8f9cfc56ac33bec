"""A simulated Webex and Webex for BroadWorks: for the playground, and for tests below the clients."""

from bot.simulator.simulator import BotProcess, Simulator

__all__ = ["BotProcess", "Simulator"]
