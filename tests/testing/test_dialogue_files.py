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
    # Where CI is set, pytest's summary is not one line per test.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CI"))}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)


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

    status = replay_files([str(well), str(ill)])

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
    asked, ill = folder / "asked.dialogue.yaml", folder / "other.yaml"
    ill.write_text(ASKED.format("By nobody", "no").replace("ann, says", "dave, says"))

    ran = run(f"--dialogue={asked}", f"--dialogue={ill}", "-n1", "-rA", "tests/test_house.py")

    lines = [line.partition(" - ")[0] for line in ran.stdout.splitlines()]
    assert lines[-3:-1] == ["PASSED ::Asked", "FAILED ::By nobody"], ran.stdout + ran.stderr
    assert (ran.returncode, lines[-1].partition(" in ")[0]) == (1, "1 failed, 1 passed")
    told = f"{ill}\nStep 1 (line 3): dave says, to Ann Archer: show request 4\nThe playground has no person called dave"
    assert told in ran.stdout


def test_pytest_finds_files_by_their_suffix_marks_those_that_kill_and_tells_what_is_wrong_with_others(
    folder: Path,
) -> None:
    plain = "-c", "/dev/null", "-p", "bot.testing.plugin", "--rootdir", folder, "-q"

    ran = run("--collect-only", "-m", "crash", *plain, cwd=folder)

    lines = ran.stdout.splitlines()
    assert lines[0] == "killed.dialogue.yaml::Killed", ran.stdout + ran.stderr
    assert [line for line in lines if line.startswith(f"{folder / 'bad.dialogue.yaml'}: line 3: who does not belong")]
    assert lines[-1].partition(" in ")[0] == "1/2 tests collected (1 deselected), 1 error"
