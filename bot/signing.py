"""Signs what a button means into its card, and reads it back from nobody but ourselves."""

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from bot.domain.press import Press, Purpose
from bot.errors import Declined

MAX_CHARS = 8_000
"""Far more than any button of ours carries."""

_NOT_MINE = (
    "I cannot read this button: the card is not one of mine, or it is from before my keys were changed. "
    "Ask me again, and use the new card."
)
_NAMES = frozenset(each.name for each in fields(Press))
_COUNTS = frozenset({"request", "conversation", "version"})


class Signer:
    """Signs with the newest key and reads what any of its keys has signed."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("A signer needs at least one key.")
        self._serializer = URLSafeSerializer(
            # The library wants the oldest first and signs with the last.
            list(reversed(keys)),
            salt="card",
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def __repr__(self) -> str:
        return "Signer(keys=••••)"

    def sign(self, press: Press) -> str:
        """The text that goes into the card."""
        facts = {each.name: getattr(press, each.name) for each in fields(press)}
        return self._serializer.dumps({name: value for name, value in facts.items() if value is not None})

    def read(self, text: Any) -> Press:
        """What the button means; raises Declined for anything that this bot did not sign."""
        if not isinstance(text, str) or len(text) > MAX_CHARS:
            raise Declined(_NOT_MINE)
        try:
            return _press(self._serializer.loads(text))
        except (BadData, ValueError) as exc:
            raise Declined(_NOT_MINE) from exc


def _press(facts: Any) -> Press:
    """An older release may have signed another form, so the facts are checked in spite of the signature."""
    if not isinstance(facts, dict) or not all(_sound(name, value) for name, value in facts.items()):
        raise ValueError("not the facts of a press")
    if not {"purpose", "person_id"} <= facts.keys():
        raise ValueError("nothing for nobody")
    return Press(**{**facts, "purpose": Purpose(facts["purpose"])})


def _sound(name: str, value: Any) -> bool:
    # A bool is an int to isinstance, but no number of a request.
    return type(value) is (int if name in _COUNTS else str) and name in _NAMES
