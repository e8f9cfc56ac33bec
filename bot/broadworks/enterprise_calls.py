"""The endpoints of enterprises and of their directories."""

from collections.abc import Iterator
from dataclasses import replace

from bot.broadworks import listing, parse
from bot.broadworks.paging import Paged, every
from bot.domain.enterprise import (
    LARGEST_LIST,
    DirectorySync,
    Enterprise,
    EnterpriseFilter,
    EnterprisePage,
    ExternalUser,
)
from bot.domain.places import DIRECTORY, EXTERNAL_USER, directory_path, external_user_path
from bot.domain.plan import Call


class EnterpriseCalls(Paged):
    """Implements ``api.EnterpriseApi``."""

    def enterprises(self, wanted: EnterpriseFilter) -> Iterator[Enterprise]:
        """GET /broadworks/enterprises, each page fetched when it is needed; Unconfirmed if the list has no end."""
        wanted = wanted if wanted.max else replace(wanted, max=LARGEST_LIST)
        return every(listing.enterprises(wanted), lambda page: self.enterprise_page(wanted, page))

    def enterprise_page(self, wanted: EnterpriseFilter, page: str | None = None) -> EnterprisePage:
        """GET /broadworks/enterprises: the first page, or the one that an earlier page named as its ``next``.

        Raises ValueError for a ``page`` that is not of this same list.
        """
        return EnterprisePage(*self._page_of(listing.enterprises(wanted), page, read=parse.enterprises))

    def find_enterprise(self, sp_enterprise_id: str) -> Enterprise | None:
        """GET /broadworks/enterprises?spEnterpriseId=: the one of that name; None where there is none."""
        found = self.enterprises(EnterpriseFilter(enterprise=sp_enterprise_id))
        meant = {"", sp_enterprise_id.casefold()}
        return next((each for each in found if each.enterprise.casefold() in meant), None)

    def directory_sync(self, enterprise_id: str) -> DirectorySync:
        """GET /broadworks/enterprises/{id}/broadworksDirectorySync."""
        path = directory_path(enterprise_id)
        patience = self._wire.patience()
        return patience.run(lambda: parse.directory(self._wire.send("GET", path, patience=patience)))

    def set_directory_sync(self, call: Call) -> DirectorySync:
        """PUT /broadworks/enterprises/{id}/broadworksDirectorySync, sent once: it is switched on or off."""
        path = directory_path(self._of_one(call, "PUT", patterns=DIRECTORY, does="switch a directory sync"))
        return parse.directory(self._wire.send("PUT", path, body=call.body))

    def sync_directory(self, call: Call) -> DirectorySync:
        """POST /broadworks/enterprises/{id}/broadworksDirectorySync, sent once; the work has only begun then."""
        path = directory_path(self._of_one(call, "POST", patterns=DIRECTORY, does="synchronise a directory"))
        return parse.directory(self._wire.send("POST", path, body=call.body))

    def sync_external_user(self, call: Call) -> ExternalUser:
        """POST /broadworks/enterprises/{id}/broadworksDirectorySync/externalUser, sent once."""
        path = external_user_path(self._of_one(call, "POST", patterns=EXTERNAL_USER, does="synchronise a user"))
        return parse.external_user(self._wire.send("POST", path, body=call.body))
