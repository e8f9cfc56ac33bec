"""Whatever comes back, nothing but a value or a BroadWorksError comes out."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

import httpx
import stamina
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadworks.text import WORDS
from bot.errors import BroadWorksError, Busy
from tests.broadworks.calls import KNOWN, Known
from tests.broadworks.conftest import make_client

KEYS = (
    "message",
    "errors",
    "errorCode",
    "code",
    "description",
    "fieldName",
    "trackingId",
    "info",
    "infoCode",
    "id",
    "items",
    "error",
    "status",
    "email",
    "created",
    "selfActivated",
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["success", "1001"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=20,
)
bodies = st.binary() | values.map(lambda value: json.dumps(value).encode("utf-8", "replace"))
statuses = st.integers(100, 999) | st.sampled_from([200, 201, 202, 204, 400, 409, 423, 429, 500, 503])
NEXT = b'<https://webexapis.com/v1/broadworks/subscribers?cursor=2>; rel="next"'
header_values = st.binary(max_size=60).map(lambda raw: raw.replace(b"\r", b"").replace(b"\n", b""))
headers = st.dictionaries(
    st.sampled_from([b"Retry-After", b"Trackingid", b"Link", b"Date", b"Content-Type", b"Content-Encoding"]),
    header_values
    | st.sampled_from([b"30", b"gzip", b'<https://webexapis.com/v1/x>; rel="next"', NEXT, b"<http://[>; rel=next"]),
)


@settings(deadline=None)
@given(status=statuses, body=bodies, headers=headers, known=st.sampled_from(list(KNOWN.values())))
def test_no_answer_breaks_the_client(status: int, body: bytes, headers: dict[bytes, bytes], known: Known) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=list(headers.items()), stream=httpx.ByteStream(body))

    client = make_client(answer, clock=lambda: 0.0)
    with stamina.set_testing(True, attempts=2), suppress(BroadWorksError):
        try:
            found = known.make(client)
        except BroadWorksError as exc:
            assert_fit_to_keep(exc)
            raise
        finally:
            client.close()
        assert 200 <= status <= 299
        # What is kept can be written down.
        json.dumps(found, allow_nan=False, default=written).encode()


def written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else vars(value)


def assert_fit_to_keep(exc: BroadWorksError) -> None:
    kept = [exc.tracking_id or "", exc.message]
    for each in exc.complaints:
        kept += [each.code or "", each.description, each.field or ""]
    assert all(len(text) <= WORDS and (text.isprintable()) for text in kept)
    if isinstance(exc, Busy) and exc.retry_after is not None:
        assert exc.retry_after >= 0
