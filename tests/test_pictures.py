"""The README shows the playground as it is: every picture that it names is there, and no other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.findall(r"!\[(.*?)\]\((docs/pictures/.*?)\)", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
MOST_BYTES = 150_000


def test_the_pictures_that_the_readme_names_are_those_that_there_are() -> None:
    kept = {str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "pictures").iterdir()}

    assert NAMED
    assert {path for _, path in NAMED} == kept


@pytest.mark.parametrize(("words", "path"), NAMED)
def test_a_picture_is_small_and_told_to_those_who_do_not_see_it(words: str, path: str) -> None:
    picture = (ROOT / path).read_bytes()

    assert picture.startswith(b"\x89PNG")
    assert len(picture) < MOST_BYTES
    assert len(words.split()) >= 5
