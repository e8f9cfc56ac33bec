"""Stands before the API: tracking ids, faults, and the record of what was called."""

from collections.abc import Callable, Iterable
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

from werkzeug import Request, Response

from bot.simulator.calls import Calls
from bot.simulator.control.faults import CUTS, Fault, Faults, faulty_answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/v1"
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
        # Read here so that nothing is left in the socket, however the call ends.
        environ["wsgi.input"] = BytesIO(request.get_data(cache=True))
        if not request.path.startswith(f"{PREFIX}/"):
            return self._app(environ, start_response)
        return self._answered(request)(environ, start_response)

    def _answered(self, request: Request) -> Response:
        path = request.path.removeprefix(PREFIX)
        service = service_of(path)
        tracking_id = request.headers.get("TrackingID") or f"ROUTER_{str(uuid4()).upper()}"
        request.environ[TRACKING_ID] = tracking_id
        at, started = self._tell(), perf_counter()
        person = self._identify(request.headers.get("Authorization", "").partition(" ")[2].strip())
        fault: Fault | None = None
        status: int | None = None
        try:
            fault = self._faults.hold_up(service, request.method, path, person=person)
            response = self._met(request, fault, tracking_id)
            response.headers["TrackingID"] = tracking_id
            status = response.status_code
        finally:
            self._calls.add(
                at=at,
                service=service,
                method=request.method,
                path=path,
                query=request.query_string.decode("latin-1"),
                status=status,
                person=person,
                tracking_id=tracking_id,
                seconds=round(perf_counter() - started, 4),
                fault=fault.kind if fault else None,
                body=request.get_json(silent=True) if request.is_json else None,
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


def service_of(path: str) -> str:
    return "broadworks" if path.startswith(("/broadworks/", "/subscribers/", "/workspaces")) else "webex"
