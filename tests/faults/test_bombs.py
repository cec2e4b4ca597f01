"""Files made to exhaust a reader end as articles and rejections, within limits that the system enforces.

POSITIONS_FAULTS asks for the full size.
"""

import os
import subprocess
import sys

import pytest

from tests.faults.bombs import BOMBS, FULL

MEGABYTES = FULL / 1e6 if "POSITIONS_FAULTS" in os.environ else 0.2


@pytest.mark.slow
def test_every_bomb_ends_within_the_limits() -> None:
    # A process of its own: what a child holds when it begins is what its parent held.
    command = [sys.executable, "-m", "tests.faults.bombs", f"{MEGABYTES:g}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [row.strip("| ").split(" | ") for row in done.stdout.splitlines()[2:]]
    assert [row[0] for row in rows] == list(BOMBS)
    most = (max(float(row[column]) for row in rows) for column in (2, 3))
    print(f"{len(rows)} files of about {MEGABYTES:g} MB: at most {next(most)} s and {next(most):.0f} MB")
    ended = {row[0]: row[4] for row in rows}
    assert ended["a_file.rss"] != "1 article"
    assert "root:" not in done.stdout
