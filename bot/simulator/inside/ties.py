"""Knows which tracking ids belong together, and which of them touched a request."""

from collections import deque


class Ties:
    """Names that were seen together are one group: the id of a delivery, the bot's own id of it, what it is about.

    Only the last `kept` sightings count, so that a playground which runs for days does not grow. Not safe for threads.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._fresh = 0
        self._seen: deque[tuple[tuple[str, ...], int | None]] = deque(maxlen=kept)
        self._above: dict[str, str] = {}
        self._of_request: dict[int, set[str]] = {}

    def add(self, names: tuple[str, ...], request: int | None = None) -> None:
        """These names, and the request if there is one, belong together."""
        if not names or (len(names) == 1 and request is None):
            return
        self._seen.append((names, request))
        self._fresh += 1
        if self._fresh > self._kept:
            self._begin_anew()
        else:
            self._join(names, request)

    def group(self, name: str) -> str:
        """The same for all names that belong together; a name never seen is a group of its own."""
        root = name
        while root in self._above:
            root = self._above[root]
        while name != root:
            self._above[name], name = root, self._above[name]
        return root

    def groups_of(self, request: int) -> frozenset[str]:
        """The groups that touched a request."""
        return frozenset(self.group(name) for name in self._of_request.get(request, ()))

    def clear(self) -> None:
        """Forget everything."""
        self._seen.clear()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._fresh = 0
        self._above.clear()
        self._of_request.clear()
        for names, request in self._seen:
            self._join(names, request)

    def _join(self, names: tuple[str, ...], request: int | None) -> None:
        first = self.group(names[0])
        for name in names[1:]:
            other = self.group(name)
            if other != first:
                self._above[other] = first
        if request is not None:
            self._of_request.setdefault(request, set()).add(names[0])
