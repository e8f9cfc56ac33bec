"""The policy in use: the file that the operator has named, or the one that comes with the bot."""

from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from bot.domain.operation import Operation
from bot.domain.policy import Policy
from bot.domain.policy_file import read_policy
from bot.errors import SettingsError

OWN = "policy.toml"
"""The file that comes with the bot."""


def load_policy(path: Path | None, operations: Iterable[Operation]) -> Policy:
    """The policy of that file, or the bot's own for None; SettingsError with everything that is wrong with it."""
    source = f"the bot's own {OWN}" if path is None else str(path)
    found = read_policy(policy_text(path), source=source, operations=operations)
    # Agents are told which line decides, and need not know where the operator keeps the file.
    return found if path is None else replace(found, source=path.name)


def policy_text(path: Path | None) -> str:
    """What the file says, with its comments."""
    if path is None:
        return files("bot").joinpath(OWN).read_text(encoding="utf-8")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError([f"{path}: the policy cannot be read ({exc})"]) from exc
