"""A house for each test that kills what lives in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as found:
        yield found
