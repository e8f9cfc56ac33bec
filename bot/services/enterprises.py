"""The names of the enterprises that Webex has told this process of, so that forms can offer them without asking."""

from collections.abc import Iterable
from itertools import islice
from threading import Lock

from bot.domain.api import BroadWorks
from bot.domain.enterprise import Enterprise, EnterpriseFilter

MOST = 5000
"""Names that are kept; whoever has more types them."""


class KnownEnterprises:
    """Kept in memory only: a process that has just begun learns them anew, and safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: dict[str, None] = {}

    def names(self) -> tuple[str, ...]:
        """Every one that is known, in their order."""
        with self._lock:
            return tuple(sorted(self._names, key=lambda name: (name.casefold(), name)))

    def remember(self, found: Iterable[Enterprise]) -> None:
        """Webex has told of these."""
        names = dict.fromkeys(each.enterprise for each in found if each.enterprise)
        with self._lock:
            self._names = dict(islice((self._names | names).items(), MOST))

    def forget(self) -> None:
        """Nothing is known any more."""
        with self._lock:
            self._names = {}

    def learn(self, broadworks: BroadWorks) -> None:
        """Ask Webex for all of them, and forget those that are not there any more; raises a BroadWorksError."""
        found = list(islice(broadworks.enterprises(EnterpriseFilter()), MOST))
        with self._lock:
            self._names = dict.fromkeys(each.enterprise for each in found if each.enterprise)
