"""Dialogue files are replayed from the command line and by pytest, with a bot that is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.testing.replaying import replay_files

ROOT = Path(__file__).parents[2]

ASKED = """title: {0}
steps:
  - {{who: ann, says: show request 4, where: ann, message: 1}}
  - {{shown: 2, where: ann, reads: There is {1} request 4 that you can see here.}}
"""
KILLED = f"{ASKED.format('Killed', 'no')}  - {{bot: kill}}\n"
BAD = "title: Bad\nsteps:\n  - {who: ann, sings: la}\n"


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run pytest as from a terminal of its own."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)


def collected(*arguments: object, cwd: Path = ROOT) -> list[str]:
    """What `pytest` with these arguments finds, and what it complains of, a line for each."""
    ran = run("--collect-only", *arguments, cwd=cwd)
    return [line for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with dialogue files."""
    for name, text in (("asked", ASKED.format("Asked", "no")), ("killed", KILLED), ("bad", BAD)):
        (tmp_path / f"{name}.dialogue.yaml").write_text(text)
    (tmp_path / "other.yaml").write_text(ASKED.format("Of another name", "no"))
    return tmp_path


def test_files_are_replayed_one_after_the_other_and_each_step_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    well, ill = tmp_path / "well.yaml", tmp_path / "ill.yaml"
    well.write_text(ASKED.format("All is well", "no"))
    ill.write_text(ASKED.format("Something differs", "a"))

    status = replay_files([str(well), str(ill)], patience=3)

    assert status == 1
    assert capsys.readouterr().out.splitlines() == [
        f"All is well ({well})",
        "  ok    1  Ann Archer says, to Provisioning: show request 4",
        "  ok    2  Provisioning shows, to Ann Archer: There is no request 4 that you can see here.",
        "  All 2 steps went as the file says.",
        f"Something differs ({ill})",
        "  ok    1  Ann Archer says, to Provisioning: show request 4",
        "  not ok",
        "    Step 2 (line 4): Message 2 in ann did not come to read so before the bot came to rest.",
        "    --- in the file",
        "    +++ shown",
        "    @@ -1 +1 @@",
        "    -There is a request 4 that you can see here.",
        "    +There is no request 4 that you can see here.",
    ]


def test_nothing_is_replayed_if_a_file_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = folder / "bad.dialogue.yaml"

    status = main(["replay", str(folder / "asked.dialogue.yaml"), str(bad)])

    said = capsys.readouterr()
    assert (status, said.out) == (1, "")
    assert said.err.startswith(f"{bad}: line 3: who does not belong here.")


def test_pytest_runs_the_named_files_and_nothing_else_also_in_a_worker(folder: Path) -> None:
    asked, other = folder / "asked.dialogue.yaml", folder / "other.yaml"

    found = collected(f"--dialogue={asked}", f"--dialogue={other}", "-n0", "tests/test_house.py")
    ill = folder / "ill.yaml"
    ill.write_text(ASKED.format("By nobody", "no").replace("ann, says", "dave, says"))
    ran = run(f"--dialogue={other}", f"--dialogue={ill}", "-n1")

    assert found[:2] == ["::Asked", "::Of another name"]
    assert found[2].startswith("2 tests collected")
    assert (ran.returncode, "1 failed, 1 passed" in ran.stdout) == (1, True), ran.stdout + ran.stderr
    told = f"{ill}\nStep 1 (line 3): dave says, to Ann Archer: show request 4\nThe playground has no person called dave"
    assert told in ran.stdout


def test_pytest_finds_files_by_their_suffix_and_marks_those_that_kill(folder: Path) -> None:
    (folder / "bad.dialogue.yaml").unlink()
    plain = "-c", "/dev/null", "-p", "bot.testing.plugin", "--rootdir", folder, "-q"

    assert collected(*plain, cwd=folder)[:2] == ["asked.dialogue.yaml::Asked", "killed.dialogue.yaml::Killed"]
    assert collected(*plain, "-m", "crash", cwd=folder)[0] == "killed.dialogue.yaml::Killed"


def test_pytest_refuses_a_file_with_line_and_reason(folder: Path) -> None:
    bad = folder / "bad.dialogue.yaml"

    assert any(line.startswith(f"{bad}: line 3: who does not") for line in collected(f"--dialogue={bad}", "-n0"))
