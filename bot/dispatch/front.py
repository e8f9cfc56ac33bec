"""What it takes to understand an event, and the words that a line may begin with."""

from dataclasses import dataclass

from bot.domain.desk import Codes
from bot.domain.operation import Operation
from bot.services.context import Context
from bot.signing import Signer

HELP, CANCEL, MINE, BY_TEXT = "help", "cancel", "my requests", "text"
SHOW, RETRY, CLONE = "show request", "retry request", "clone request"
NUMBERED = frozenset({SHOW, RETRY, CLONE})
"""The words that the number of a request follows."""

_OURS = {
    HELP: HELP,
    CANCEL: CANCEL,
    MINE: MINE,
    "requests": MINE,
    SHOW: SHOW,
    "show": SHOW,
    "request": SHOW,
    RETRY: RETRY,
    "retry": RETRY,
    CLONE: CLONE,
    "clone": CLONE,
}


@dataclass(frozen=True)
class Front:
    """What it takes to understand an event."""

    context: Context
    signer: Signer
    codes: Codes

    @property
    def phrases(self) -> dict[str, str | Operation]:
        """Everything that a line may begin with."""
        return _OURS | {
            phrase: operation
            for operation in self.context.operations
            for phrase in (operation.words, *operation.aliases)
        }
