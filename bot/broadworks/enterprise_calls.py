"""The endpoints of enterprises and of their directories."""

import httpx

from bot.broadworks import parse
from bot.broadworks.endpoint import Endpoint
from bot.broadworks.errors import translated
from bot.domain.enterprise import Enterprise

_ENTERPRISES = "broadworks/enterprises"


class EnterpriseCalls(Endpoint):
    """Implements ``api.EnterpriseApi``."""

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        """GET /broadworks/enterprises?spEnterpriseId=, which Webex compares as a whole."""
        wanted = sp_enterprise_id.encode("utf-8", "replace").decode()
        with translated():
            url = httpx.URL(_ENTERPRISES, params={"spEnterpriseId": wanted})
        patience = self._wire.patience()
        found = patience.run(lambda: parse.enterprises(self._wire.send("GET", url, patience=patience)))
        # A server that does not know the parameter would answer with all of them.
        return next((each for each in found if each.enterprise.casefold() == wanted.casefold()), None)
