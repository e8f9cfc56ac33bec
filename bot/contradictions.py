"""Finds variables that do not go together."""

from collections.abc import Mapping

_BOT, _ONE = "WEBEX_TEAMS_ACCESS_TOKEN", "BROADWORKS_ACCESS_TOKEN"
_CLIENT = ("BROADWORKS_CLIENT_ID", "BROADWORKS_CLIENT_SECRET")
_FIRST = "BROADWORKS_REFRESH_TOKEN"


def contradictions(said: Mapping[str, str]) -> list[str]:
    """What is wrong with variables of which each may be well by itself, all at once and with none of their values."""
    problems = []
    if said.get(_BOT) and said.get(_BOT) == said.get(_ONE):
        problems.append(f"{_ONE} is {_BOT} again: a bot's token cannot provision anything.")
    # The first refresh token is missing where somebody has logged in instead.
    renewing = [name for name in (*_CLIENT, _FIRST) if name in said]
    if renewing and _ONE in said:
        others = " and ".join(renewing)
        problems.append(f"{_ONE} is one of two ways: unset it, or {others}, with which the bot gets tokens itself.")
    elif renewing:
        problems += [f"{name} is missing: {renewing[0]} is of no use without." for name in _CLIENT if name not in said]
    return problems
