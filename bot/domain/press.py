"""What a button on a card means, as it is signed into the card."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

CARD_KEY = "_"
"""The one key of card data that is ours: input ids override equal keys, and no input has this one."""


class Purpose(StrEnum):
    """What pressing does."""

    SUBMIT = "submit form"
    CLOSE_FORM = "close form"
    CONFIRM = "confirm"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    CHECK = "check"
    CLOSE = "close"
    SEND_AGAIN = "send again"
    PUT_OFF = "put off"
    STOP_WATCHING = "stop watching"
    NEXT_PAGE = "next page"
    FOLLOW_UP = "follow up"
    SAY = "say"


@dataclass(frozen=True)
class Press:
    """One button: its purpose, for whom it was drawn, and of what.

    ``version`` is the request's or conversation's when it was drawn; ``plan_hash`` binds a confirmation to what
    was read; ``words`` is what SAY says, and the title of what FOLLOW_UP goes on to.
    """

    purpose: Purpose
    person_id: str
    request: int | None = None
    conversation: int | None = None
    version: int | None = None
    plan_hash: str | None = None
    words: str | None = None


Sign = Callable[[Press], str]
"""Makes the text that goes under CARD_KEY."""
