"""What the README promises works as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import indent

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_the_script_that_drives_the_playground_reads_a_card() -> None:
    script = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)

    assert "Webex expects this to work" in ran.stdout
    assert len(script.splitlines()) <= 11


def test_the_examples_of_tests_pass(tmp_path: Path) -> None:
    alone, *for_pytest = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[1:]
    (tmp_path / "conftest.py").write_text(re.findall(r"`(pytest_plugins = .*?)`", README)[0])
    (tmp_path / "test_alone.py").write_text(f"def test_it():\n{indent(alone, '    ')}")
    (tmp_path / "test_with_fixtures.py").write_text("\n".join(for_pytest))

    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "--rootdir", tmp_path, "-c", "/dev/null", tmp_path],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (ran.returncode, ran.stdout.splitlines()[-1][:8]) == (0, "3 passed"), ran.stdout + ran.stderr
