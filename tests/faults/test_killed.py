"""A run that is killed again and again, whole process group and all, ends where an undisturbed one does.

POSITIONS_FAULTS="2000 50" asks for so many articles and kills.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.machinery import (
    Shell,
    Watched,
    check_whole,
    csv_rows,
    files_in,
    kill_after,
    rows_of,
    stages_told,
    write_portions,
)

ARTICLES, KILLS = map(int, os.environ.get("POSITIONS_FAULTS", "150 6").split())


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_killed_anywhere(tmp_path: Path, shell: Shell) -> None:
    portions = write_portions(tmp_path / "articles", ARTICLES, KILLS + 1)
    # One process reads where nothing is killed, as starting others takes longest.
    one, shell = shell, shell.with_workers(2)
    undisturbed = shell.with_home(tmp_path / "undisturbed")
    assert undisturbed.with_workers(1).run("track", *portions[:-1]).returncode == 0
    stages = stages_told(undisturbed.start("track", *portions))
    stages |= {"Tagging": max(stages["Tagging"], 4.0)}  # a large portion takes longer than the last one did

    chance = random.Random(7)
    fell = Counter[str]()
    with Watched(shell.home) as watched:
        while (hit := fell.total() - fell["ended"]) < KILLS:
            stage = list(stages)[fell.total() % len(stages)]
            process = shell.start("track", *portions[: hit + 1])
            fell[kill_after(process, stage, chance.uniform(0, stages[stage]))] += 1
            watched.look()
            assert fell["ended"] <= KILLS, f"few runs were hit: {dict(fell)}"
        last = one.run("track", *portions)
        assert last.returncode == 0, last.stderr
    print(f"{ARTICLES} articles, {KILLS} kills, {watched.looks} looks at what is published; in stage: {dict(fell)}")
    assert watched.faults == []
    assert len(fell) >= 4, f"few stages were hit: {dict(fell)}"

    assert check_whole(shell.home) == ARTICLES
    assert rows_of(shell.home / "working.duckdb") == rows_of(undisturbed.home / "working.duckdb")
    assert rows_of(shell.home / "positions.duckdb") == rows_of(undisturbed.home / "positions.duckdb")
    assert files_in(shell.home) == files_in(undisturbed.home)
    assert files_in(tmp_path / "temporary") == []
    for file in (shell.home / "exports").glob("*.csv"):
        assert sorted(csv_rows(file)) == sorted(csv_rows(undisturbed.home / "exports" / file.name)), file.name
