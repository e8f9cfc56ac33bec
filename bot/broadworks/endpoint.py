"""What the endpoints share: the wire, and the check that a planned call is what it is taken for."""

from bot.broadworks.wire import Wire
from bot.domain.places import id_in
from bot.domain.plan import Call


class Endpoint:
    """Some methods of the client, on the connection that all of them share."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.base_url = self._wire.base_url

    def _of_one(self, call: Call, method: str, *, patterns: tuple[str, ...], does: str, bare: bool = False) -> str:
        """The id of that for which a call was planned, which has no body if it is ``bare``."""
        found = id_in(call.path, patterns=patterns)
        self._check(call, method, does=does, fits=found is not None and not (bare and call.body))
        return found or ""

    def _check(self, call: Call, method: str, *, does: str, fits: bool) -> None:
        if call.base_url.rstrip("/") != self.base_url:
            raise ValueError(f"The call was planned for {call.base_url}, this client is for {self.base_url}.")
        if call.method != method or not fits:
            raise ValueError(f"{call.method} {call.path} does not {does}.")
