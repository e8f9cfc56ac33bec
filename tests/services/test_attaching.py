"""A file that cannot be had is told with the request that it is about, and what to do."""

import httpx

from bot.domain.problem import Problem
from bot.services.attaching import attached
from tests.services.kit import World


def test_a_request_that_has_no_file_is_told_to_have_none(world: World) -> None:
    world.api = lambda _: httpx.Response(200, json={"message": "success", "info": []})
    number = world.ask_precheck()

    with attached(world.work, number) as found:
        assert isinstance(found, Problem)
        assert found.happened == f"No file for request {number}: There is no file for this."
        assert found.advice == f"Say “retry request {number}” to try again"


def test_a_request_that_is_gone_has_no_file(world: World) -> None:
    with attached(world.work, 4711) as found:
        assert found == Problem("There is no request 4711 any more.")
