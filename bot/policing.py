"""What the command line tells of a policy, without a bot that runs."""

import sys
from collections.abc import Mapping
from pathlib import Path

from bot.app import utc_now
from bot.domain.actor import Actor
from bot.domain.policy_question import World, read_question
from bot.domain.policy_reach import unreachable
from bot.errors import Declined
from bot.operations import catalogue
from bot.operations.policy_test import told
from bot.policies import load_policy
from bot.services.context import Rules
from bot.services.people import roles_of
from bot.settings import Settings
from cards.policy_test import lines
from cards.shared import counted


def check(file: Path) -> int:
    """Say whether a file can be used, and which of its rules never decide; SettingsError if something is."""
    policy = load_policy(file, catalogue())
    never = unreachable(policy, catalogue())
    for each in never:
        sys.stdout.write(f"{file}, line {each.rule.line}: {each.words}\n")
    verdict = "The bot starts with it all the same." if never else "Nothing is wrong."
    sys.stdout.write(f"{file}: {counted(len(policy.rules), 'rule')}. {verdict}\n")
    return 0


def test(line: str, variables: Mapping[str, str]) -> int:
    """Say who would have to approve what a line asks for."""
    known = Settings.some(variables, "policy_file", "admins", "environment", "default_region")
    policy = load_policy(known["policy_file"], catalogue())
    world = World(catalogue(), utc_now(), known["environment"], region=known["default_region"])
    try:
        question = read_question(line, world)
    except Declined as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    roles = roles_of(question.who, Rules(frozenset(), admins=known["admins"]))
    facts = question.facts(Actor("", question.who, question.who, roles), world)
    sys.stdout.write("\n".join(lines(told(policy, facts))) + "\n")
    return 0
