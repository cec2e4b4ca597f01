"""A working file that is cut off or damaged, its log too: a clear word, nothing overwritten, no row invented."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.machinery import Shell, check_whole, files_in, rows_of, write_portions
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.store import CannotOpen, Store
from warehouse.writing import Damaged

TOLD = r"working\.duckdb: (cannot be opened as a warehouse .*nothing was changed|is damaged )"
# Writes a batch a transaction and is gone before the log could become part of the file.
LEAVE_A_LOG = """
import os, sys
from pathlib import Path
from tests.faults.test_damaged import store_batch
from warehouse.store import Store

store = Store.open(Path(sys.argv[1]))
for number in range(100, 106):
    store_batch(store, number)
os._exit(0)
"""


def store_batch(store: Store, number: int) -> None:
    """Store fifty articles, each with a text of its own that does not shrink, and their positions."""
    chance = random.Random(number)
    articles = [article(number * 50 + count, text=f"{chance.randbytes(2000).hex()}\n") for count in range(50)]
    store.save_articles(articles, [])
    store.save_tagged(batch(articles, [position(one.article_id) for one in articles]))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A working file that was opened and closed often, so that what it lists lies between what it holds."""
    file = tmp_path_factory.mktemp("grown") / "working.duckdb"
    for number in range(12):
        with Store.open(file) as store:
            store.save_ruleset(ruleset())
            store_batch(store, number)
    return file.read_bytes()


def told_of(home: Path) -> int | str:
    """The same, or what the user of a damaged one is told."""
    try:
        return use(home)
    except (CannotOpen, Damaged) as error:
        return str(error)


def use(home: Path) -> int:
    """Open, read and publish a warehouse; gives the number of its articles."""
    with Store.open(home / "working.duckdb") as store:
        store.publish(home / "positions.duckdb")
        return len(store.read_articles(store.untagged("none", "none")))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.999])
def test_a_file_that_was_cut_off_is_refused_unless_only_free_blocks_are_gone(
    grown: bytes, tmp_path: Path, share: float
) -> None:
    working = tmp_path / "working.duckdb"
    there = grown[: int(len(grown) * share)]
    working.write_bytes(there)
    told = told_of(tmp_path)
    if isinstance(told, str):
        assert "cannot be opened as a warehouse (" in told
        assert working.read_bytes() == there
        assert files_in(tmp_path) == ["working.duckdb", "working.duckdb.lock"]
    else:
        assert told == 600


def test_most_cuts_hit_blocks_that_are_in_use(grown: bytes, tmp_path: Path) -> None:
    (tmp_path / "working.duckdb").write_bytes(grown[: len(grown) // 2])
    with pytest.raises(CannotOpen, match=TOLD):
        use(tmp_path)


@pytest.mark.parametrize("number", range(12))
def test_a_damaged_block_is_told_when_it_is_met(grown: bytes, tmp_path: Path, number: int) -> None:
    data = bytearray(grown)
    place = random.Random(number).randrange(12_288, len(data))
    data[place] ^= 255
    (tmp_path / "working.duckdb").write_bytes(data)
    told = told_of(tmp_path)
    if isinstance(told, str):
        assert "Corrupt database file" in told
        assert "put back a copy of it" in told
        assert files_in(tmp_path) == ["working.duckdb", "working.duckdb.lock"]
    else:
        assert told == 600  # the block was a free one


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory, grown: bytes) -> tuple[bytes, bytes]:
    """A working file and the log that a killed run left beside it."""
    home = tmp_path_factory.mktemp("logged")
    (home / "working.duckdb").write_bytes(grown)
    command = [sys.executable, "-c", LEAVE_A_LOG, str(home / "working.duckdb")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    return (home / "working.duckdb").read_bytes(), (home / "working.duckdb.wal").read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.45, 0.7, 0.999, 1.0])
def test_a_log_that_was_cut_off_counts_as_far_as_whole_transactions_go(
    logged: tuple[bytes, bytes], tmp_path: Path, share: float
) -> None:
    data, log = logged
    (tmp_path / "working.duckdb").write_bytes(data)
    (tmp_path / "working.duckdb.wal").write_bytes(log[: int(len(log) * share)])
    found = use(tmp_path)
    assert found in range(600, 901, 50)
    assert found == 900 or share < 1
    assert check_whole(tmp_path) == found


@pytest.mark.parametrize("number", range(4))
def test_a_damaged_log_is_refused(logged: tuple[bytes, bytes], tmp_path: Path, number: int) -> None:
    data, log = logged
    damaged = bytearray(log)
    damaged[random.Random(number).randrange(200, len(log))] ^= 255
    (tmp_path / "working.duckdb").write_bytes(data)
    (tmp_path / "working.duckdb.wal").write_bytes(damaged)
    with pytest.raises(CannotOpen, match="Corrupt WAL file"):
        use(tmp_path)
    assert (tmp_path / "working.duckdb").read_bytes() == data
    assert (tmp_path / "working.duckdb.wal").read_bytes() == damaged


def test_a_log_whose_file_is_gone_is_left_alone(logged: tuple[bytes, bytes], tmp_path: Path) -> None:
    (tmp_path / "working.duckdb.wal").write_bytes(logged[1])
    with pytest.raises(CannotOpen, match=r"working\.duckdb\.wal is there, and the file it belongs to is gone"):
        use(tmp_path)
    assert (tmp_path / "working.duckdb.wal").read_bytes() == logged[1]
    assert "working.duckdb" not in files_in(tmp_path)


@pytest.mark.slow
def test_a_run_on_a_log_that_was_cut_off_makes_up_what_is_lost(shell: Shell, tmp_path: Path) -> None:
    portions = write_portions(tmp_path / "articles", 40, 2)
    assert shell.run("track", *portions).returncode == 0
    undisturbed = rows_of(shell.home / "working.duckdb")
    resumed = shell.with_home(tmp_path / "resumed")
    process = resumed.start("track", *portions)
    assert process.stderr
    for line in process.stderr:
        if line.startswith("Comparing"):
            process.kill()
            break
    process.wait()
    log = resumed.home / "working.duckdb.wal"
    os.truncate(log, log.stat().st_size * 2 // 3)
    assert resumed.run("track", *portions).returncode == 0
    assert rows_of(resumed.home / "working.duckdb") == undisturbed


@pytest.mark.slow
def test_the_command_tells_damage_in_one_line(shell: Shell, tmp_path: Path, grown: bytes) -> None:
    shell.home.mkdir()
    (shell.home / "working.duckdb").write_bytes(grown[: len(grown) * 6 // 10])
    (portion, _) = write_portions(tmp_path / "articles", 4, 2)
    done = shell.run("track", portion)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert "nothing was changed: put back a copy of it" in done.stderr
