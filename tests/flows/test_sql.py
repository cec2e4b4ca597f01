"""`positions sql`: bounds on what a query takes, and Ctrl-C."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.samples import article, batch, position
from warehouse.ask import Asking, BadQuery, Limits
from warehouse.store import Store

ENDLESS = "SELECT count(*) FROM range(1000000000) AS a, range(1000000000) AS b"
COMMAND = [sys.executable, "-c", "from flows.cli import main; main()", "sql"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published snapshot."""
    home = tmp_path_factory.mktemp("home")
    with Store.open(home / "working.duckdb") as store:
        one = article(1)
        store.save_articles([one], [])
        store.save_tagged(batch([one], [position(one.article_id)]))
        store.publish(home / "positions.duckdb")
    return home / "positions.duckdb"


@pytest.fixture
def environment(snapshot: Path, tmp_path: Path) -> dict[str, str]:
    """What a command sees, whose temporary files lie in a folder of their own."""
    (tmp_path / "temporary").mkdir()
    here = {
        "POSITIONS_HOME": str(snapshot.parent),
        "PYTHONPATH": str(Path.cwd()),
        "TMPDIR": str(tmp_path / "temporary"),
    }
    return {**os.environ, **here}


@pytest.mark.parametrize(
    "query",
    [ENDLESS, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"],
)
def test_a_query_ends_when_its_time_is_over_and_the_next_is_answered(snapshot: Path, query: str) -> None:
    with Asking(snapshot, limits=Limits(seconds=0.5)) as asking:
        began = time.monotonic()
        with pytest.raises(BadQuery, match=r"took longer than 0.5 seconds \(POSITIONS_QUERY_SECONDS\)"):
            asking.ask(query)
        assert time.monotonic() - began < 5
        assert list(asking.ask("SELECT 1").rows) == [(1,)]


def test_time_that_a_reader_of_rows_takes_does_not_count(snapshot: Path) -> None:
    with Asking(snapshot, limits=Limits(seconds=1)) as asking:
        rows = asking.ask("FROM range(3000)").rows
        for _ in range(3):
            next(rows)
            time.sleep(0.5)
        assert len(list(rows)) == 2997


@pytest.mark.parametrize("spill", [0, 10])
def test_memory_and_what_is_put_on_the_disk_have_bounds(
    snapshot: Path, spill: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Asking(snapshot, limits=Limits(megabytes=60, spill_megabytes=spill)) as asking:
        with pytest.raises(BadQuery, match=rf"more than 60 MB .*_MEGABYTES\) and {spill} MB on the disk") as told:
            list(asking.ask("SELECT i, repeat('x', 200) AS s FROM range(1000000) AS r(i) ORDER BY hash(i)").rows)
        assert len(str(told.value).splitlines()) == 1
        assert list(asking.ask("SELECT 1").rows) == [(1,)]
    assert not list(tmp_path.iterdir())


def test_what_does_not_fit_into_memory_is_put_on_the_disk_for_a_while(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Asking(snapshot, limits=Limits(megabytes=120, spill_megabytes=1000)) as asking:
        found = asking.ask("SELECT i, repeat('x', 200) AS s FROM range(1000000) AS r(i) ORDER BY hash(i) LIMIT 900000")
        assert sum(1 for _ in found.rows) == 900_000
    assert not list(tmp_path.iterdir())


def test_ctrl_c_ends_a_query_with_130_and_one_line(environment: dict[str, str]) -> None:
    running = subprocess.Popen(
        [*COMMAND, f"SELECT 'begun' AS a; {ENDLESS}"],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=default_ctrl_c,
    )
    temporary = Path(environment["TMPDIR"])
    wait_until(lambda: any(temporary.iterdir()))
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = running.communicate(timeout=60)
    assert time.monotonic() - began < 5
    assert (running.returncode, out, err) == (130, "", "positions: stopped\n")
    assert not list(temporary.iterdir())


@pytest.mark.slow
def test_a_query_that_cannot_be_stopped_ends_with_the_command(environment: dict[str, str]) -> None:
    at_one_thing = "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000))"
    began = time.monotonic()
    done = subprocess.run(
        [*COMMAND, at_one_thing], env=environment | {"POSITIONS_QUERY_SECONDS": "1"}, capture_output=True, text=True
    )
    assert time.monotonic() - began < 60
    assert done.returncode == 1
    assert done.stderr == "positions: the query is at something that cannot be stopped; given up after 5 seconds\n"
    assert not list(Path(environment["TMPDIR"]).iterdir())


def test_at_a_prompt_ctrl_c_stops_the_query_and_the_prompt_stays(environment: dict[str, str]) -> None:
    terminal = Terminal(environment)
    terminal.expect("positions> ")
    terminal.type(f"{ENDLESS};\n")
    time.sleep(1)
    terminal.type("\x03")
    terminal.expect("stopped", "positions> ")
    terminal.type("SELECT 6 * \x03")  # clears the line
    terminal.expect("\n", "positions> ")
    terminal.type("SELECT 'six ' || 6 AS words;\n")
    terminal.expect("six 6", "positions> ")
    terminal.type("\\d standoff\n")
    terminal.expect("demander", "positions> ")
    terminal.type("\\q\n")
    assert terminal.ended() == 0


def default_ctrl_c() -> None:
    """A process that a shell puts into the background ignores Ctrl-C; this one shall not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


class Terminal:
    """A command at a terminal, as a person sees it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process, self._end = pty.fork()
        if self._process == 0:
            default_ctrl_c()
            os.execve(sys.executable, COMMAND, environment | {"TERM": "dumb"})
        self._seen = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._end, keys.encode())

    def expect(self, *words: str) -> None:
        """Wait until the words appear, one after the other, behind what was waited for before."""
        for word in words:
            while word not in self._seen:
                self._seen += self._read()
            self._seen = self._seen.partition(word)[2]

    def ended(self) -> int:
        """Wait for the end; gives the exit code."""
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read(self) -> str:
        ready, _, _ = select.select([self._end], [], [], 60)
        assert ready, f"nothing more is shown after {self._seen!r}"
        return os.read(self._end, 4096).decode("utf-8", "replace")
