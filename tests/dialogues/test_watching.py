"""What Webex works on for long: each step is told, people can act on it, and a restart forgets nothing."""

from datetime import timedelta

import pytest

from bot.testing.talking import Chat
from tests.dialogues.scenes import number_of, state_of
from tests.dialogues.scenes_provision import (
    ACCEPTED,
    LONG_ENOUGH,
    accepted,
    in_webex,
    sent,
    somebody,
    told,
)

WAITS = "Accepted, and waiting for a person"
CONSENT = "waiting for the user's consent, asked for by e-mail"
QUARTER = timedelta(minutes=15)
STUCK_AFTER = timedelta(minutes=30)
DAY = timedelta(days=1)


def stuck(chat: Chat, *, space: str = "") -> tuple[dict[str, str], object]:
    """Ann has provisioned somebody whom Webex never gets done with."""
    chat.switch(subscriber_outcome="never")
    values = somebody(chat)
    shown = accepted(chat, values, space=space)
    chat.forward(STUCK_AFTER)
    return values, chat.expect_on(shown, "This takes long", "Now Webex is provisioning it")
