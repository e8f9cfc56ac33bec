"""Stands before the API: tracking ids, faults, and the record of what was called."""

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from werkzeug import Request, Response
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.response import Response as SansIOResponse

from bot.simulator import strict
from bot.simulator.calls import Calls
from bot.simulator.control.faults import CUTS, Fault, Faults, faulty_answer
from bot.simulator.local import guard
from bot.simulator.problems import Problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/v1"
_MOST_BYTES = 104 * 1024 * 1024
_MOST_KEPT = 256 * 1024
_LONGEST_ID = 200
_LONGEST_PATH = 2_000
# What is no page of the playground must never become one, whatever somebody has put into it.
_SEALS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
TRACKING_ID = "simulator.tracking_id"

Tell = Callable[[], str]
Identify = Callable[[str], str | None]


class Gate:
    """WSGI in front of WSGI. A cut connection shows as ConnectionResetError, which the server turns into a real one."""

    def __init__(self, app: "WSGIApplication", *, faults: Faults, calls: Calls, tell: Tell, identify: Identify) -> None:
        self._app = app
        self._faults = faults
        self._calls = calls
        self._tell = tell
        self._identify = identify

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = _MOST_BYTES
        try:
            # Read here so that nothing is left in the socket, however the call ends.
            environ["wsgi.input"] = BytesIO(request.get_data(cache=True))
            guard(request)
        except RequestEntityTooLarge:
            return _closing(Problem(413, "File size is limited to 100 MB."))(environ, start_response)
        except Problem as refused:
            # Before anything is met or noted: others could use faults up, or write into what is shown.
            return _closing(refused)(environ, start_response)
        if not request.path.startswith(f"{PREFIX}/"):
            return self._app(environ, start_response)
        return self._answered(request)(environ, start_response)

    def _answered(self, request: Request) -> Response:
        path = request.path.removeprefix(PREFIX)
        service = service_of(path)
        tracking_id = request.headers.get("TrackingID", "")[:_LONGEST_ID] or f"ROUTER_{str(uuid4()).upper()}"
        request.environ[TRACKING_ID] = tracking_id
        at, started = self._tell(), perf_counter()
        person = self._identify(request.headers.get("Authorization", "").partition(" ")[2].strip())
        fault: Fault | None = None
        status: int | None = None
        try:
            fault = self._faults.hold_up(service, request.method, path, person=person)
            response = sealed(self._met(request, fault, tracking_id))
            response.headers["TrackingID"] = tracking_id
            status = response.status_code
        finally:
            self._calls.add(
                at=at,
                service=service,
                method=request.method,
                path=path[:_LONGEST_PATH],
                query=request.query_string.decode("latin-1")[:_LONGEST_PATH],
                status=status,
                person=person,
                tracking_id=tracking_id,
                seconds=round(perf_counter() - started, 4),
                fault=fault.kind if fault else None,
                body=_said(request),
            )
        return response

    def _met(self, request: Request, fault: Fault | None, tracking_id: str) -> Response:
        if fault is None:
            return self._carried_out(request)
        if fault.after:
            self._carried_out(request)
        if fault.kind in CUTS:
            raise ConnectionResetError("The simulator cut the connection.")
        return faulty_answer(fault, tracking_id)

    def _carried_out(self, request: Request) -> Response:
        return Response.from_app(self._app, request.environ, buffered=True)


AnyResponse = TypeVar("AnyResponse", bound=SansIOResponse)


def sealed(response: AnyResponse) -> AnyResponse:
    """An answer that a browser neither runs nor shows in a frame, unless it says itself what it may do."""
    for name, value in _SEALS.items():
        response.headers.setdefault(name, value)
    return response


def _closing(problem: Problem) -> Response:
    """A refusal after which nothing more is read from there."""
    words = json.dumps(problem.envelope(""))
    return sealed(Response(words, problem.status, {"Connection": "close"}, content_type="application/json"))


def _said(request: Request) -> Any:
    """The JSON that was sent; what is huge or no good JSON is nothing to remember."""
    if not request.is_json or len(request.get_data()) > _MOST_KEPT:
        return None
    try:
        return strict.read(request.get_data())
    except ValueError:
        return None


def service_of(path: str) -> str:
    return "broadworks" if path.startswith(("/broadworks/", "/subscribers/", "/workspaces")) else "webex"
