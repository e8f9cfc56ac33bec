"""Where an answer to a press belongs: into the thread, and directly only where there is one."""

from datetime import UTC, datetime

import pytest

from bot.domain.delivery import Delivery, Place, Shows

NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("direct", "parent_id", "message_id", "thread"),
    [
        (False, "root", "card", "root"),
        (False, None, "card", "card"),
        (False, None, None, ""),
        (True, "root", "card", "root"),
        (True, None, "card", ""),
    ],
)
def test_an_answer_goes_into_the_thread_of_the_message(
    parent_id: str | None, message_id: str | None, thread: str, *, direct: bool
) -> None:
    shown = Delivery("room", Shows.NOTICE, NOW, direct=direct, parent_id=parent_id, message_id=message_id)

    assert shown.place == Place("room", direct, thread)
