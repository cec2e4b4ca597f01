"""Reading on a Dask cluster that leaves Parquet files: the same rows, also where a worker dies halfway."""

import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from flows import runners
from flows.handover import Handover
from flows.pool import NoRunner
from schemas.settings import Settings
from tests.conftest import write_article
from tests.flows.running import track
from warehouse.ask import Asking

pytest.importorskip("prefect_dask")
pytestmark = [pytest.mark.usefixtures("prefect"), pytest.mark.slow]

TABLES = (
    "SELECT * EXCLUDE (recorded_at) FROM position ORDER BY ALL",
    "SELECT * EXCLUDE (recorded_at) FROM unresolved_actor ORDER BY ALL",
    "SELECT * FROM sentence ORDER BY ALL",
    "SELECT * FROM parse ORDER BY ALL",
)


def kill_a_worker_once_two_read(killed: list[int]) -> None:
    """End one of the cluster's processes as a kill would, once both are there; notes which."""
    known = {child.pid for child in psutil.Process().children(recursive=True)}
    end = time.monotonic() + 120
    while time.monotonic() < end:
        workers = [
            child
            for child in psutil.Process().children(recursive=True)
            if child.pid not in known and "spawn_main" in " ".join(child.cmdline()) and child.cpu_times().user > 3
        ]
        if len(workers) == 2:
            workers[0].kill()
            killed.append(workers[0].pid)
            return
        time.sleep(0.1)


def test_rows_are_the_same_though_a_worker_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "WORTH_A_POOL", 0)
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(40):
        body = f"Norway demanded that Peru pay {number} euros. Fellbrook refused {number} times to help Kenya."
        write_article(articles / f"{number}.txt", f"Notes {number}", "20240312", body)
    one = Settings(home=tmp_path / "one", workers=1, batch_articles=2)
    left = tmp_path / "left"
    two = Settings(home=tmp_path / "two", workers=2, batch_articles=2, runner="dask", batch_folder=str(left))
    track([str(articles)], one)
    killed: list[int] = []
    killer = threading.Thread(target=kill_a_worker_once_two_read, args=[killed])
    killer.start()
    track([str(articles)], two)
    killer.join()
    assert killed
    assert list(left.iterdir()) == []
    for table in TABLES:
        with Asking(one.snapshot_file) as here, Asking(two.snapshot_file) as there:
            rows = list(here.ask(table).rows)
            assert list(there.ask(table).rows) == rows
            assert len(rows) >= 40


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)
    settings = Settings(home=tmp_path, runner="dask")
    said = r"pip install 'diplomatic-positions\[dask\]'"
    with pytest.raises(NoRunner, match=said), runners.on_dask(settings, Handover(None).read):
        pass
