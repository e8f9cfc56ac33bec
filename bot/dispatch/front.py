"""What it takes to understand an event, and the words that a line may begin with."""

from dataclasses import dataclass

from bot.domain.desk import Codes
from bot.domain.operation import Operation
from bot.services.context import Context
from bot.signing import Signer

HELP, CANCEL, SHOW, MINE, BY_TEXT = "help", "cancel", "show request", "my requests", "text"


@dataclass(frozen=True)
class Front:
    """What it takes to understand an event."""

    context: Context
    signer: Signer
    codes: Codes

    @property
    def phrases(self) -> dict[str, str | Operation]:
        """Everything that a line may begin with."""
        ours = {HELP: HELP, CANCEL: CANCEL, SHOW: SHOW, "show": SHOW, "request": SHOW, MINE: MINE, "requests": MINE}
        return ours | {
            phrase: operation
            for operation in self.context.operations
            for phrase in (operation.words, *operation.aliases)
        }
