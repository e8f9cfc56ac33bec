"""The two addresses of the consent e-mail: which one is tried first, and when the other may be."""

from bot.broadworks.answer import Answer
from bot.broadworks.envelope import complaints
from bot.domain.places import CONSENT, consent_path

_NO_SUCH_ADDRESS = frozenset({404, 405})


class ConsentAddress:
    """Remembers which of the addresses worked, for all who share it."""

    def __init__(self) -> None:
        self._worked: str | None = None

    def order(self, subscriber_id: str, *, planned: str) -> list[str]:
        """Both addresses, the one to begin with first: the one that worked, else the planned one."""
        worked = self._worked
        return sorted(
            CONSENT,
            key=lambda each: each != worked if worked else consent_path(subscriber_id, pattern=each) != planned,
        )

    def worked(self, pattern: str) -> None:
        """Begin with this one from now on."""
        self._worked = pattern


def nobody_there(answer: Answer, *, subscriber_id: str) -> bool:
    """Whether it is the edge that says no such address, so that no e-mail was sent and none was refused.

    A 404 that names the subscriber, or one of the API's own codes, comes from behind the right address.
    """
    if answer.status not in _NO_SUCH_ADDRESS or not answer.whole:
        return False
    for each in complaints(answer.data or {}):
        if each.field or each.code not in {None, str(answer.status)}:
            return False
        # An address that is told back does not name anybody.
        said = " ".join(word for word in each.description.split() if "/" not in word)
        if "subscriber" in said.casefold() or subscriber_id in said:
            return False
    return True
