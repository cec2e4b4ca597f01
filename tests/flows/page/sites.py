"""Small published warehouses for the tests of the page, and a page that runs."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from flows.page.app import app_of
from flows.page.guard import Guard
from flows.page.serving import site_of
from schemas.settings import Settings
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.browsing.snapshots import Snapshots
from warehouse.store import Store

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
SENTENCE = f"Arland {HOSTILE} demands that Borland reopen the strait & “leave”."
PORT, KEY, TOKEN = 8420, "a-key-that-nobody-can-guess-and-long-enough", "the-token-of-this-page"
HOST = f"127.0.0.1:{PORT}"
FIRST = article(2).article_id
DEMAND = position(FIRST, confidence=0.61, stated_on=date(2025, 3, 1))


def fill(home: Path) -> None:
    """Publish a hostile article, a demand that is refused, a turn, a row at home, and an unknown actor."""
    span = {"sentence_start": 0, "sentence_end": len(SENTENCE)}
    hostile = article(1, text=f"{SENTENCE}\n", title=HOSTILE, url="javascript:alert(1)", outlet=HOSTILE)
    more = [article(number, day=date(2025, 3, number)) for number in range(2, 7)]
    ids = [one.article_id for one in more]
    found = [
        position(hostile.article_id, speaker=HOSTILE, speaker_role='" onclick="alert(1)', confidence=0.9, **span),
        DEMAND,
        position(ids[1], stance="refusal", actor="BOR", target="ARL", stated_on=date(2025, 3, 2), confidence=0.8),
        position(ids[2], stance="offer", condition="if asked", stated_on=date(2025, 3, 6), confidence=0.7),
        position(ids[3], stance="threat", actor="CAS", issue="diplomacy.talks", target=None, confidence=0.95),
        position(ids[4], stance="demand", actor="CAS", target=None, scope="domestic", confidence=0.95),
    ]
    with Store.open(home / "working.duckdb") as store:
        store.save_line(0.6)
        store.save_ruleset(ruleset())
        store.save_articles([hostile, *more], [])
        store.save_tagged(batch([hostile, *more], found, [position(ids[3], actor=None, actor_text=HOSTILE)]))
        store.publish(home / "positions.duckdb")


@contextmanager
def asking(home: Path, headers: dict[str, str] | None = None, **more: Path) -> Iterator[TestClient]:
    """A client that bears the key, at the page's own address."""
    settings = Settings(home=home, **more)
    snapshots = Snapshots(settings.snapshot_file)
    app = Guard(app_of(site_of(settings, snapshots)), PORT, KEY, TOKEN)
    client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, headers=headers)
    client.cookies.set(f"positions-{PORT}", KEY)
    try:
        yield client
    finally:
        snapshots.close()


@contextmanager
def running(home: Path, *options: str) -> Iterator[str]:
    """`positions browse` in a process of its own, and the address that it prints."""
    command = [sys.executable, "-m", "flows.start", "browse", "--home", str(home), "--port", "0", *options]
    code = "import sys; from flows.start import main; sys.argv[0] = 'positions'; main()"
    command = [sys.executable, "-c", code, *command[3:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        stopped = threading.Timer(120, process.kill)
        stopped.start()
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, "no address was printed"
            yield found[0]
        finally:
            stopped.cancel()
            process.terminate()
            process.wait(timeout=30)
