"""Every documented operation is in the client, in the simulator and in the chat, with a dialogue and a card: no gap."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operations import catalogue
from bot.simulator import Simulator
from tests.broadworks.calls import KNOWN
from tests.broadworks.shapes import DOCUMENTED, Endpoint
from tests.broadworks.test_shapes import reaches
from tests.conformity import provisioning_routes
from tests.simulator.kit import StillClock

TESTS = Path(__file__).parent
SAID = {
    "validate": ("precheck subscriber",),
    "list": ("find subscribers",),
    "get": ("show subscriber",),
    "provision": ("provision subscriber",),
    "update": ("update subscriber",),
    "remove": ("remove subscriber",),
    "consent": ("resend consent",),
    "provision workspace": ("provision workspace",),
    "update workspace": ("update workspace",),
    "remove workspace": ("remove workspace",),
    "enterprises": ("find enterprises",),
    "directory": ("directory status",),
    "switch": ("enable directory sync", "disable directory sync"),
    "sync": ("sync directory",),
    "sync user": ("sync external user",),
    "reports": ("list billing reports",),
    "request report": ("request billing report",),
    "report": ("get billing report",),
    "remove report": ("remove billing report",),
}
"""Each documented operation, and what people say to have it done."""


@pytest.fixture(scope="module")
def routes() -> Iterator[set[tuple[str, str]]]:
    with Simulator(clock=StillClock()) as simulator:
        yield provisioning_routes(simulator)


def test_each_of_the_nineteen_is_said_in_words_of_its_own_and_one_in_two_ways() -> None:
    assert sorted(SAID) == sorted(DOCUMENTED)
    words = [each for several in SAID.values() for each in several]
    assert len(set(words)) == len(words) == 20


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_documented_operation_is_there_from_the_client_to_the_card(name: str, routes: set[tuple[str, str]]) -> None:
    assert gaps(name, routes) == []


def gaps(name: str, routes: set[tuple[str, str]]) -> list[str]:
    """Where it is missing: client, simulator, chat, dialogue, golden card."""
    there = {
        "client": any(reaches(known) == name for known in KNOWN.values()),
        "simulator": _is_served(DOCUMENTED[name], routes),
        "chat": set(SAID[name]) <= {each.words for each in catalogue()},
        "dialogue": all(map(_has_dialogue, SAID[name])),
        "golden": all(map(_has_card, SAID[name])),
    }
    return [where for where, is_there in there.items() if not is_there]


def _is_served(endpoint: Endpoint, routes: set[tuple[str, str]]) -> bool:
    return (endpoint.method, endpoint.path) in routes or (endpoint.method, endpoint.other) in routes


def _has_card(words: str) -> bool:
    return any((TESTS / "cards" / "golden").glob(f"{words.replace(' ', '_')}*.json"))


def _has_dialogue(words: str) -> bool:
    """A dialogue in which somebody says just that, or begins with it."""
    said = (f'"{words}', f'"{words.capitalize()}', f"“{words}")
    texts = (path.read_text("utf-8") for path in (TESTS / "dialogues").glob("*.py"))
    return any(each in text for text in texts for each in said)
