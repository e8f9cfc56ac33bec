"""What was recorded in a session of people who wait for the bot happens again, word for word, in a replay."""

from pathlib import Path

import pytest

from tests.crash.replaying import record, replayed

pytestmark = pytest.mark.crash

ACTS = 6


@pytest.mark.parametrize("seed", [1, 3])
def test_a_session_of_people_who_wait_for_the_bot_is_recorded_without_a_warning_and_replays(
    seed: int, tmp_path: Path
) -> None:
    recorded = record(seed, acts=ACTS, hasty=0, folder=tmp_path)

    assert (recorded.warnings, replayed(recorded.file)) == ([], None), recorded.done
