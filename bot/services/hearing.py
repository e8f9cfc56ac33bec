"""The codes that are heard while something runs and that nobody here knows, kept together with what came of it."""

from collections.abc import Container
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.codes import Meaning
from bot.domain.desk import Codes
from bot.domain.problem import Explanation
from bot.store import unknown_codes


class Hearing:
    """Explains as the codes that it was given do, and remembers which they do not know, each once.

    Every code of an answer passes here, whatever becomes of it: an outcome, a finding, a line of a subscriber.
    Implements ``desk.Codes``.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._unknown: dict[str, str] = {}

    def explain(self, code: str, *, words: str = "") -> Explanation:
        """What is known of a code in an answer of the API; an unknown one keeps the API's own words."""
        found = self._codes.explain(code, words=words)
        if not found.known:
            self._unknown.setdefault(code, words)
        return found

    def everywhere(self, code: str) -> tuple[Meaning, ...]:
        """What a code means on every surface that has it."""
        return self._codes.everywhere(code)

    def keep(self, session: Session, *, at: datetime, request: int, only: Container[str] | None = None) -> None:
        """Count what was heard, in the transaction of what came of it; ``only`` those that are a part of that."""
        for code, words in self._unknown.items():
            if only is None or code in only:
                unknown_codes.meet(session, code, words=words, at=at, request=request)
