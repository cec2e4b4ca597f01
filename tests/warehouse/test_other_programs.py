"""What other programs do to a snapshot and to the working file: none of it is believed, and none is in the way."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import write_one
from warehouse.publish import CannotPublish
from warehouse.query import NoSnapshot, connect_snapshot
from warehouse.store import Store


def dropped_rights() -> list[str]:
    """What begins a command that the system refuses what a mode forbids, also where the tests run as its root."""
    if os.geteuid() != 0:
        return []
    rights = "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"
    return ["setpriv", *rights]


needs_rights = pytest.mark.skipif(
    bool(dropped_rights()) and shutil.which("setpriv") is None, reason="as root, the tests need setpriv to drop rights"
)


def asked(snapshot: Path, program: str) -> str:
    """What a program prints, to which `snapshot` is the path, in a process without the rights of root."""
    command = [*dropped_rights(), sys.executable, "-c", f"import sys; snapshot = sys.argv[1]\n{program}", str(snapshot)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    return done.stdout + done.stderr


OPEN = """
from pathlib import Path
from warehouse.query import NoSnapshot, connect_snapshot
try:
    connect_snapshot(Path(snapshot))
except NoSnapshot as error:
    print(error)
"""
# A client that opens a database as DuckDB's clients do by default, changes it, and dies.
CRASH = """
import duckdb, os
connection = duckdb.connect(snapshot)
connection.execute("INSERT INTO warehouse_layout (layout_key) VALUES ('mine')")
os._exit(0)
"""


@needs_rights
def test_nobody_can_open_a_snapshot_to_write_and_everybody_may_read_it(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        assert stat.S_IMODE(snapshot.stat().st_mode) == 0o444 & ~mask()
        assert "Permission denied" in asked(snapshot, CRASH)
        assert list(snapshot.parent.glob("*.wal")) == [working_file.with_name(f"{working_file.name}.wal")]
        write_one(store, 2)
        assert store.publish(snapshot)
    assert stat.S_IMODE(snapshot.stat().st_mode) == 0o444 & ~mask()


def mask() -> int:
    """The rights that new files of this process do not get."""
    now = os.umask(0)
    os.umask(now)
    return now


def test_what_a_crashed_client_left_beside_the_snapshot_is_cleared_up(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        snapshot.chmod(0o644)
        subprocess.run([sys.executable, "-c", f"snapshot = {str(snapshot)!r}\n{CRASH}"], check=True)
        log = snapshot.with_name(f"{snapshot.name}.wal")
        assert log.exists()
        assert store.publish(snapshot)
        assert not log.exists()
        assert not store.publish(snapshot)
        with connect_snapshot(snapshot) as connection:
            assert connection.execute("SELECT count(*) FROM warehouse_layout").fetchall() == [(1,)]


def test_a_log_that_does_not_fit_is_told_as_what_it_is(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        snapshot.chmod(0o644)
        subprocess.run([sys.executable, "-c", f"snapshot = {str(snapshot)!r}\n{CRASH}"], check=True)
        log = snapshot.with_name(f"{snapshot.name}.wal")
        kept = log.read_bytes()
        write_one(store, 2)
        store.publish(snapshot)
        log.write_bytes(kept)
        with pytest.raises(NoSnapshot, match=r"positions\.duckdb\.wal beside it is of a program that wrote into it"):
            connect_snapshot(snapshot)
        assert store.publish(snapshot)
        connect_snapshot(snapshot).close()


def test_what_a_client_changed_is_not_believed(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        snapshot.chmod(0o644)
        with duckdb.connect(str(snapshot)) as client:
            client.execute("UPDATE positions_all SET stance = 'offer'")
        assert store.publish(snapshot)
        with connect_snapshot(snapshot) as connection:
            assert connection.execute("SELECT stance FROM positions").fetchall() == [("demand",)]
        assert not store.publish(snapshot)


def test_a_client_that_holds_the_snapshot_open_to_write_is_in_nobodys_way(working_file: Path, snapshot: Path) -> None:
    holding = "import duckdb; c = duckdb.connect(snapshot); print('open', flush=True); sys.stdin.read()"
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        snapshot.chmod(0o644)
        program = f"import sys; snapshot = {str(snapshot)!r}\n{holding}"
        with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
            assert client.stdout
            assert client.stdout.readline() == b"open\n"
            with pytest.raises(NoSnapshot, match="another program has it open for writing; close it there"):
                connect_snapshot(snapshot)
            write_one(store, 2)
            assert store.publish(snapshot)
            with connect_snapshot(snapshot) as connection:
                assert connection.execute("SELECT count(*) FROM positions").fetchall() == [(2,)]
            client.communicate()


def test_a_database_of_somebody_else_that_is_in_use_is_left_alone(working_file: Path, snapshot: Path) -> None:
    holding = "c = duckdb.connect(snapshot); c.execute('CREATE TABLE mine (a INT)'); print('open', flush=True)"
    program = f"import duckdb, sys; snapshot = {str(snapshot)!r}\n{holding}; sys.stdin.read()"
    with (
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client,
        Store.open(working_file) as store,
    ):
        assert client.stdout
        assert client.stdout.readline() == b"open\n"
        write_one(store, 1)
        with pytest.raises(CannotPublish, match="another program has it open for writing"):
            store.publish(snapshot)
        client.communicate()
    with duckdb.connect(str(snapshot)) as connection:
        assert connection.execute("FROM mine").fetchall() == []


@needs_rights
def test_a_snapshot_that_may_not_be_read_is_no_damaged_one(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
    snapshot.chmod(0)
    assert asked(snapshot, OPEN).strip() == f"{snapshot}: you may not read it; ask its owner for the permission"


def test_a_link_in_the_place_of_the_snapshot_is_followed(working_file: Path, snapshot: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared" / "ours.duckdb"
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    snapshot.symlink_to(shared)
    with Store.open(working_file) as store:
        for number in (1, 2):
            write_one(store, number)
            assert store.publish(snapshot)
            assert not store.publish(snapshot)
            assert snapshot.readlink() == shared
            with connect_snapshot(shared) as connection:
                assert connection.execute("SELECT count(*) FROM positions").fetchall() == [(number,)]
    assert [file.name for file in shared.parent.iterdir()] == ["ours.duckdb"]


def test_the_writer_keeps_others_out_while_it_publishes(working_file: Path, snapshot: Path) -> None:
    trying = """
import duckdb, sys, time
print("begun", flush=True)
tries = opened = 0
while not tries or not __import__("select").select([sys.stdin], [], [], 0)[0]:
    tries += 1
    try:
        duckdb.connect(working_file).close()
        opened += 1
    except duckdb.IOException:
        pass
    time.sleep(0.002)  # the writer needs the processor, too
print(tries, opened)
"""
    with Store.open(working_file) as store:
        program = f"working_file = {str(working_file)!r}\n{trying}"
        command = [sys.executable, "-c", program]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout
            assert other.stdout.readline() == "begun\n"
            for number in range(6):
                write_one(store, number)
                store.publish(snapshot)
            out, _ = other.communicate("end\n")
    tries, opened = map(int, out.split())
    assert tries > 6
    assert opened == 0
