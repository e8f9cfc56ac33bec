"""The endpoints of workspaces."""

from functools import partial
from typing import Any

import httpx

from bot.broadworks import listing, parse
from bot.broadworks.answer import Answer
from bot.broadworks.endpoint import Endpoint
from bot.broadworks.errors import translated, unreadable
from bot.broadworks.patience import Patience
from bot.domain.places import PLACE, WORKSPACE, WORKSPACES, path_of, workspace_path
from bot.domain.plan import Call
from bot.domain.provisioning import Done, Workspace

PAGES = 10
"""Pages of a list of workspaces that are followed."""

_PAGE_SIZE = 100


class WorkspaceCalls(Endpoint):
    """Implements ``api.WorkspaceApi``."""

    def provision_workspace(self, call: Call) -> Workspace:
        """POST /broadworks/workspaces, exactly as planned: sent once, never again by itself."""
        self._check(call, "POST", does="provision a workspace", fits=call.path.strip("/") == WORKSPACES)
        return parse.workspace(self._wire.send("POST", WORKSPACES, body=call.body))

    def update_workspace(self, call: Call) -> Workspace:
        """PUT /broadworks/workspaces/{id}, exactly as planned: sent once."""
        path = workspace_path(self._of_one(call, "PUT", patterns=WORKSPACE, does="update a workspace"))
        return parse.workspace(self._wire.send("PUT", path, body=call.body))

    def remove_workspace(self, call: Call) -> Done:
        """DELETE /broadworks/workspaces/{id}, sent once; a Refused of 404 says that there is none."""
        path = workspace_path(self._of_one(call, "DELETE", patterns=WORKSPACE, does="remove a workspace", bare=True))
        answer = self._wire.send("DELETE", path)
        parse.nothing(answer)
        return Done(path, answer.tracking_id)

    def workspace(self, workspace_id: str) -> Workspace:
        """GET /workspaces/{id}, of the general API; a Refused of 403 says that the token may not look."""
        path = path_of(workspace_id, *PLACE)
        patience = self._wire.patience()
        return patience.run(lambda: parse.workspace(self._wire.send("GET", path, patience=patience)))

    def find_workspaces(self, display_name: str) -> list[dict[str, Any]]:
        """GET /workspaces?displayName=, all pages of it; raises Unconfirmed rather than return half a list."""
        patience = self._wire.patience()
        name = display_name.encode("utf-8", "replace").decode()
        with translated():
            url = httpx.URL("workspaces", params={"displayName": name, "max": _PAGE_SIZE})
        found: list[dict[str, Any]] = []
        for _ in range(PAGES):
            answer = patience.run(partial(self._page, url, patience=patience))
            found += parse.page(answer)
            if answer.next_page is None:
                return found
            url = self._next(answer)
        raise unreadable(answer, f"its list has more than {PAGES} pages")

    def _page(self, url: httpx.URL, *, patience: Patience) -> Answer:
        answer = self._wire.send("GET", url, patience=patience)
        # What cannot be read is noticed here, where it is tried again.
        parse.page(answer)
        return answer

    def _next(self, answer: Answer) -> httpx.URL:
        """The next page of a list of workspaces, if it is at the same place."""
        try:
            return listing.same_place(answer.next_page or "", base_url=self.base_url)
        except ValueError as exc:
            raise unreadable(answer, f"the link to its next page {exc}") from exc
