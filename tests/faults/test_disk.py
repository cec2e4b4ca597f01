"""Damaged files, places that may not be written and full disks: one clear line, and nothing is lost."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.faults.machinery import COMMAND, Shell, check_whole, files_in, rows_of, write_portions
from tests.warehouse.samples import article, batch, position
from warehouse.export import export
from warehouse.publish import CannotPublish
from warehouse.query import NoSnapshot, connect_snapshot
from warehouse.store import CannotOpen, Store
from warehouse.writing import CannotWrite

BLOCK = 262_144  # bytes, of DuckDB
IN_A_ROOM = ["unshare", "--map-root-user", "--mount", "sh", "-c"]


def rooms() -> bool:
    """Whether this machine lets a test mount a small disk that nobody else sees."""
    try:
        return subprocess.run([*IN_A_ROOM, "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


needs_rooms = pytest.mark.skipif(not rooms(), reason="this machine does not let a test mount a disk of its own")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The folder of a small warehouse that is published."""
    with Store.open(tmp_path / "working.duckdb") as store:
        articles = [article(number) for number in range(200)]
        store.save_articles(articles, [])
        store.save_tagged(batch(articles, [position(one.article_id) for one in articles]))
        store.publish(tmp_path / "positions.duckdb")
    return tmp_path


def damage(file: Path, kind: str) -> None:
    """Do to a file what failing disks do."""
    data = bytearray(file.read_bytes())
    file.chmod(0o644)
    if kind == "header":
        data[12:8192] = bytes(8180)
    elif kind == "blocks":
        for start in range(12_288, len(data), BLOCK):
            data[start + 100 : start + 200] = bytes(byte ^ 255 for byte in data[start + 100 : start + 200])
    file.write_bytes(data[: len(data) // 2] if kind == "half" else b"" if kind == "nothing" else data)


@pytest.mark.parametrize("kind", ["header", "blocks", "half", "nothing"])
def test_a_damaged_snapshot_is_published_anew(filled: Path, kind: str) -> None:
    snapshot = filled / "positions.duckdb"
    before = rows_of(snapshot)
    damage(snapshot, kind)
    with Store.open(filled / "working.duckdb") as store:
        assert store.publish(snapshot)
        assert not store.publish(snapshot)
    assert rows_of(snapshot) == before
    assert files_in(filled) == ["positions.duckdb", "working.duckdb", "working.duckdb.lock"]


def test_a_reader_of_a_damaged_snapshot_is_told(filled: Path) -> None:
    damage(filled / "positions.duckdb", "half")
    damage(filled / "positions.duckdb", "header")
    with pytest.raises(NoSnapshot, match="damaged; `positions track` publishes it anew"):
        connect_snapshot(filled / "positions.duckdb")


@pytest.mark.parametrize("kind", ["header", "nothing", "rubbish"])
def test_a_working_file_that_is_none_is_left_alone(filled: Path, kind: str) -> None:
    working = filled / "working.duckdb"
    if kind == "rubbish":
        working.write_text("my thesis")
    else:
        damage(working, kind)
    there = working.read_bytes()
    for _ in range(2):  # the lock is given back, too
        with pytest.raises(CannotOpen, match=r"working\.duckdb: cannot be opened as a warehouse .*nothing was changed"):
            Store.open(working)
    assert working.read_bytes() == there


@pytest.mark.slow
def test_the_command_tells_rubbish_in_one_line(shell: Shell, tmp_path: Path) -> None:
    shell.home.mkdir()
    (shell.home / "working.duckdb").write_text("my thesis")
    (portion, _) = write_portions(tmp_path / "articles", 4, 2)
    done = shell.run("track", portion)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("positions: ")] == done.stderr.splitlines()[1:]
    assert "nothing was changed" in done.stderr
    assert (shell.home / "working.duckdb").read_text() == "my thesis"


@pytest.mark.slow
def test_exports_that_a_killed_run_left_behind_the_snapshot_are_written(shell: Shell, tmp_path: Path) -> None:
    (portion, _) = write_portions(tmp_path / "articles", 40, 2)
    assert shell.run("track", portion).returncode == 0
    exported, dictionary = (shell.home / "exports" / name for name in ("positions.csv", "dictionary.md"))
    whole, told = exported.read_bytes(), dictionary.read_text("utf-8")
    exported.write_text("older\n")
    dictionary.write_text(re.sub(r"published at \S+Z", "published at 2001-01-01T00:00:00.000000Z", told), "utf-8")
    snapshot = shell.home / "positions.duckdb"
    os.utime(snapshot, (0, 0))  # as after a clock that was set back: the files are newer than what they come from
    published = snapshot.stat().st_mtime_ns
    assert shell.run("track", portion).returncode == 0
    assert (exported.read_bytes(), dictionary.read_text("utf-8")) == (whole, told)
    assert snapshot.stat().st_mtime_ns == published


def test_a_place_that_is_no_folder_is_told(filled: Path) -> None:
    (filled / "file").touch()
    with Store.open(filled / "working.duckdb") as store, pytest.raises(CannotPublish, match="cannot be published"):
        store.publish(filled / "file" / "positions.duckdb")
    with pytest.raises(CannotWrite, match="cannot be written"):
        export(filled / "positions.duckdb", filled / "file" / "exports")
    with pytest.raises(CannotWrite, match="cannot be written"):
        Store.open(filled / "file" / "working.duckdb")


@needs_rooms
def test_a_place_that_may_not_be_written_is_told(filled: Path) -> None:
    command = " ".join(f"'{word}'" for word in [*COMMAND, "export", "--home", str(filled)])
    there = files_in(filled)
    script = f"mount --bind '{filled}' '{filled}' && mount -o remount,bind,ro '{filled}' && {command}"
    done = subprocess.run([*IN_A_ROOM, script], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "Read-only file system" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert files_in(filled) == there


@needs_rooms
def test_a_file_system_that_is_read_only_at_publish_is_told_and_published_later(filled: Path) -> None:
    with Store.open(filled / "working.duckdb") as store:
        store.save_articles([article(900)], [])
    before = rows_of(filled / "positions.duckdb")
    publish = (
        "import sys; from pathlib import Path; from warehouse.store import Store\n"
        "with Store.open(Path(sys.argv[1]) / 'working.duckdb') as store: store.publish(Path(sys.argv[2]))"
    )
    # The same folder, seen a second time, cannot be written there.
    second = filled / "second"
    second.mkdir()
    script = (
        f"mount --bind '{filled}' '{second}' && mount -o remount,bind,ro '{second}' && "
        f"'{COMMAND[0]}' -c \"{publish}\" '{filled}' '{second}/positions.duckdb'"
    )
    done = subprocess.run([*IN_A_ROOM, script], capture_output=True, text=True)
    second.rmdir()
    told = done.stderr.splitlines()[-1]
    assert told.startswith("warehouse.publish.CannotPublish: ")
    assert "Read-only file system" in told
    assert rows_of(filled / "positions.duckdb") == before
    assert files_in(filled) == ["positions.duckdb", "working.duckdb", "working.duckdb.lock"]
    with Store.open(filled / "working.duckdb") as store:
        assert store.publish(filled / "positions.duckdb")
    assert check_whole(filled) == 201


@needs_rooms
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif("POSITIONS_FAULTS" not in os.environ, reason="POSITIONS_FAULTS asks for it: it takes a minute")
def test_a_run_on_a_full_disk_is_finished_by_one_with_room(shell: Shell, tmp_path: Path) -> None:
    portions = write_portions(tmp_path / "articles", 60, 3)
    undisturbed = shell.with_home(tmp_path / "undisturbed")
    assert undisturbed.run("track", *portions).returncode == 0
    room, kept, log = tmp_path / "room", tmp_path / "kept", tmp_path / "told"
    room.mkdir()
    command = " ".join(f"'{word}'" for word in [*COMMAND, "track", "--home", room / "home", *portions])
    # Less than the database needs, less than its copy needs, then enough.
    runs = " ".join(f"mount -o remount,size={size} '{room}'; {command}; echo $? >&2;" for size in ("4m", "9m", "100m"))
    script = f"mount -t tmpfs -o size=1m tmpfs '{room}'; {{ {runs} }} 2>'{log}'; cp -r '{room}/home' '{kept}'"
    subprocess.run([*IN_A_ROOM, script], env=shell.environment, check=True, capture_output=True)
    told = log.read_text("utf-8")
    codes = [line for line in told.splitlines() if line.isdigit()]
    assert codes[0] == "1"
    assert codes[-1] == "0"
    assert "Traceback" not in told
    assert told.count("positions: ") == codes.count("1")
    for name in ("working.duckdb", "positions.duckdb"):
        assert rows_of(kept / name) == rows_of(undisturbed.home / name)
    assert files_in(kept) == files_in(undisturbed.home)


FILL = """
import os, sys
from datetime import date
from pathlib import Path
from schemas.article import Article
from tests.warehouse.samples import batch, position
from warehouse.store import Store
from warehouse.writing import CannotWrite

home = Path(sys.argv[1])
stored = 0
try:
    with Store.open(home / "working.duckdb") as store:
        while True:
            day = date(2024, 1, 1)
            some = [Article(title=str(n), published=day, text=os.urandom(5000).hex()) for n in range(20)]
            store.save_articles(some, [])
            stored += len(some)
            store.save_tagged(batch(some, [position(one.article_id) for one in some]))
            store.publish(home / "positions.duckdb") if stored == 20 else None
except CannotWrite as error:
    print(error)
    print(stored)
"""


@needs_rooms
@pytest.mark.parametrize("megabytes", [12, 16])
def test_on_a_full_disk_all_that_was_stored_is_kept(tmp_path: Path, megabytes: int) -> None:
    room, kept = tmp_path / "room", tmp_path / "kept"
    room.mkdir()
    script = (
        f"mount -t tmpfs -o size={megabytes}m tmpfs '{room}' && '{COMMAND[0]}' -c '{FILL}' '{room}' && "
        f"cp -r '{room}' '{kept}'"
    )
    done = subprocess.run([*IN_A_ROOM, script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told, stored = done.stdout.splitlines()
    assert "cannot be written" in told
    assert "No space left on device" in told
    assert check_whole(kept) == 20
    with Store.open(kept / "working.duckdb") as store:  # the disk has room again
        assert len(store.untagged("none", "none")) == int(stored) > 20
        assert store.publish(kept / "positions.duckdb")
    assert check_whole(kept) == int(stored)


def test_a_snapshot_never_takes_the_place_of_something_else(filled: Path) -> None:
    for other in (b"my thesis", bytes(8192)):
        (filled / "positions.duckdb").unlink()
        (filled / "positions.duckdb").write_bytes(other)
        with Store.open(filled / "working.duckdb") as store, pytest.raises(CannotPublish, match="something else"):
            store.publish(filled / "positions.duckdb")
        assert (filled / "positions.duckdb").read_bytes() == other
