"""A half-filled form: every change is a new version, so that an old card is recognised."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import Conversation, Ending
from bot.domain.form import Complaint

NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def conversation() -> Conversation:
    return Conversation("room", "", "ann", "provision_workspace", expires_at=NOW)


def test_filling_keeps_what_was_said_and_keeps_the_form_open_for_longer() -> None:
    form = conversation()
    complaint = Complaint("extension", "Extension takes digits only, like 51212.")

    form.fill({"extension": "x"}, (complaint,), until=LATER)

    assert form == Conversation(
        "room",
        "",
        "ann",
        "provision_workspace",
        expires_at=LATER,
        values={"extension": "x"},
        complaints=(complaint,),
        version=2,
    )
    assert form.open


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.OPEN])
def test_a_form_that_has_ended_is_closed_and_knows_what_it_became(ending: Ending) -> None:
    form = conversation()

    form.end(ending, request=7)

    assert (form.open, form.ending, form.request, form.version) == (False, ending, 7, 2)
