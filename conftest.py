"""Tests talk with the bot as those who extend it do: with the kit that comes with it.

It is not in tests/ so that `pytest --dialogue FILE` is understood for a file that lies anywhere in this folder.
"""

pytest_plugins = ["bot.testing.plugin"]
