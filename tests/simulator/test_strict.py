"""What cannot be passed on is refused where it comes in."""

import httpx
import pytest

from bot.simulator import strict
from tests.simulator.kit import Space

PATHS = (
    "/control/faults",
    "/control/webhooks",
    "/control/switches",
    "/control/clock",
    "/play/cards/check",
)
BAD = {
    "deep": "[" * 100_000 + "]" * 100_000,
    "deeper than anybody means": '{"card":' * 100 + "1" + "}" * 100,
    "endless": '{"forward": 1e999, "card": NaN}',
    "too long a number": f'{{"forward": {"9" * 5000}}}',
    "a number that is no float": f'{{"forward": {"9" * 400}}}',
    "half a sign": '{"card": "\\ud800"}',
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_nobody_means_is_a_bad_request(control: httpx.Client, path: str, body: str) -> None:
    answer = control.post(path, content=body, headers={"Content-Type": "application/json"})

    refused = (400, 200) if path == "/play/cards/check" and '"forward"' in body and "card" not in body else (400,)
    assert answer.status_code in refused


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_the_api_refuses_it_too_and_goes_on(ann_in_support: Space, body: str) -> None:
    http = ann_in_support.http
    answer = http.post("/rooms", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert http.get("/people/me").status_code == 200


def test_what_can_be_said_in_json_is_read() -> None:
    assert strict.read('{"a": [1, 2.5, null, true, "é"]}') == {"a": [1, 2.5, None, True, "é"]}


@pytest.mark.parametrize("value", [float("nan"), {"a": b"x"}, {1, 2}, "\ud800"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict.check(value)
