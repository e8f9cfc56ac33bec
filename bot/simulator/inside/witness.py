"""Watches the simulated world and listens to the bot's log; what it sees and hears goes into the trace."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import has_request_context, request

from bot.simulator.calls import SeenCall
from bot.simulator.entities import Change, Person
from bot.simulator.gate import TRACKING_ID
from bot.simulator.inside import hearing, sightings
from bot.simulator.inside.sightings import Sent, Tries
from bot.simulator.inside.trace import Entry, Trace
from bot.simulator.world import World

_OF_THE_BOT = frozenset({"broadworks", None})
"""Whose calls are the bot's beside those with its own token; None may be a bot with a token that is wrong."""


class Witness:
    """`now` is the time as the bot's own log has it, whatever the simulated clock was put forward by."""

    def __init__(self, trace: Trace, *, world: World, bot: Person, now: Callable[[], datetime]) -> None:
        self._trace = trace
        self._world = world
        self._bot = bot
        self._now = now
        self._tries = Tries()

    def called(self, seen: SeenCall) -> None:
        """An API call was answered, or cut. Those that the page makes for people are not of the bot's doing."""
        if seen.person == self._bot.key or seen.person in _OF_THE_BOT:
            self._trace.add(sightings.of_call(seen, ended=self._now(), tries=self._tries.of(seen)))

    def delivered(self, sent: Sent) -> None:
        """A webhook was sent, or was lost."""
        self._trace.add(sightings.of_webhook(sent, ended=self._now()))

    def changed(self, change: Change) -> None:
        """Something happened in a space. The world's lock is held."""
        cause = request.environ.get(TRACKING_ID) if has_request_context() else None
        entry = sightings.of_change(
            change, at=self._now(), bot=self._bot, tracking_id=cause, members=self._world.members
        )
        self._add(entry)

    def announced(self, event: str, data: Mapping[str, Any]) -> None:
        """The simulator told all pages of something."""
        self._add(sightings.of_announcement(event, data, at=self._now()))

    def heard(self, line: Mapping[str, Any]) -> None:
        """The bot wrote a line into its log."""
        heard = hearing.hear(line, now=self._now())
        if heard is None:
            return
        self._trace.tie(*heard.ties, request=heard.request)
        self._add(heard.entry)

    def _add(self, entry: Entry | None) -> None:
        if entry is not None:
            self._trace.add(entry)
