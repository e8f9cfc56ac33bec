"""What the README promises works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_the_script_that_drives_the_playground_reads_a_card() -> None:
    script = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)

    assert "Webex expects this to work" in ran.stdout
    assert len(script.splitlines()) <= 11
