"""A run that is killed again and again, whole process group and all, ends where an undisturbed one does.

POSITIONS_FAULTS="2000 50" asks for so many articles and kills.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.machinery import Shell, check_whole, csv_rows, files_in, kill_after, rows_of, write_portions

# Stages of a run as it tells them, and for how long after each it may go on before it is killed, in seconds.
STAGES = {"starting": 2.0, "Reading": 0.3, "Tagging": 4.0, "Comparing stories": 0.3, "Publishing": 1.2}
ARTICLES, KILLS = map(int, os.environ.get("POSITIONS_FAULTS", "150 6").split())


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_killed_anywhere(tmp_path: Path, shell: Shell) -> None:
    portions = write_portions(tmp_path / "articles", ARTICLES, KILLS + 1)
    undisturbed = shell.with_home(tmp_path / "undisturbed")
    assert undisturbed.run("track", *portions).returncode == 0

    chance = random.Random(7)
    fell, published = Counter[str](), 0
    for count in range(KILLS):
        stage = list(STAGES)[(count + 2) % len(STAGES)]
        process = shell.start("track", *portions[: count + 1])
        fell[kill_after(process, stage, chance.uniform(0, STAGES[stage]))] += 1
        now = check_whole(shell.home)
        assert now >= published, "the snapshot went back"
        published = now
    last = shell.run("track", *portions)
    assert last.returncode == 0, last.stderr
    print(f"{ARTICLES} articles, {KILLS} kills, in stage: {dict(fell)}")
    assert sum(fell.values()) - fell["ended"] >= KILLS / 2, f"few runs were hit: {dict(fell)}"

    assert check_whole(shell.home) == ARTICLES
    assert rows_of(shell.home / "working.duckdb") == rows_of(undisturbed.home / "working.duckdb")
    assert rows_of(shell.home / "positions.duckdb") == rows_of(undisturbed.home / "positions.duckdb")
    assert files_in(shell.home) == files_in(undisturbed.home)
    for file in (shell.home / "exports").glob("*.csv"):
        assert sorted(csv_rows(file)) == sorted(csv_rows(undisturbed.home / "exports" / file.name)), file.name
