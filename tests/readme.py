"""Runs the commands of README.md and writes what they print below them: `python -m tests.readme`."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
# A command, and below it the block that shows what it prints.
SHOWN = re.compile(r"(```sh\n(?P<command>[^`]+)```\n\n```text\n)(?P<output>[^`]*)(?=```\n)")


def written_anew(readme: str, folder: Path) -> str:
    """The readme with the output of its commands, run one after the other in a folder that holds the sample."""
    (folder / "sample").symlink_to(ROOT / "sample")
    return SHOWN.sub(lambda shown: shown[1] + output(shown["command"], folder), readme)


def output(command: str, folder: Path) -> str:
    """What a command prints on standard output. Raises CalledProcessError where it fails."""
    own = ("POSITIONS_", "PREFECT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    environment["PREFECT_HOME"] = str(folder / ".prefect")
    ran = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        README.write_text(written_anew(README.read_text("utf-8"), Path(place)), "utf-8")
