"""Watches: what is new is told once, to each channel, whatever dies in between."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from flows.cli import run
from flows.sources import SourcesError
from flows.watches.look import feed_file, look
from flows.watches.named import load_watches, watches_of
from schemas.settings import Settings
from schemas.watch import Watch
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.store import Store

ROOT = Path(__file__).parents[2]
HOSTILE = "$(touch owned); `touch owned` <b>'\"\x00\x1b[2J"


class Warehouse:
    """A small warehouse into which more and more is said."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, watches=home / "watches.yaml")
        self.number = 0

    def told(self, *said: dict[str, Any], day: date = date(2025, 3, 4)) -> None:
        """Positions of an article each are collected and published."""
        with Store.open(self.settings.working_file) as store:
            store.save_ruleset(ruleset())
            for fields in said:
                self.number += 1
                one = article(self.number, day=day)
                store.save_articles([one], [])
                store.save_tagged(batch([one], [position(one.article_id, **{"stated_on": day, **fields})]))
            store.publish(self.settings.snapshot_file)


DEMAND: dict[str, Any] = {"actor": "ARL", "stance": "demand", "target": "BOR"}
REFUSAL: dict[str, Any] = {"actor": "BOR", "stance": "refusal", "target": "ARL", "content": "to reopen the strait"}
OFFER: dict[str, Any] = {"actor": "BOR", "stance": "offer", "target": "ARL", "content": "to reopen the strait"}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "home")


def kinds(watch: Watch, warehouse: Warehouse) -> list[tuple[str, str]]:
    seen = look(watch, warehouse.settings)
    assert seen.faults == ()
    return [(one.kind, one.actor) for one in seen.news]


def test_each_look_tells_what_came_since_the_last(warehouse: Warehouse) -> None:
    watch = Watch(name="all")
    warehouse.told(DEMAND)
    assert kinds(watch, warehouse) == [("new", "ARL")]
    assert kinds(watch, warehouse) == []
    warehouse.told(REFUSAL, DEMAND)
    assert kinds(watch, warehouse) == [("refused", "BOR")], "a repeated demand is no news"
    warehouse.told(OFFER, day=date(2025, 3, 9))
    assert kinds(watch, warehouse) == [("changed", "BOR")]
    warehouse.told({**OFFER, "stance": "acceptance"}, day=date(2025, 3, 12))
    assert kinds(watch, warehouse) == [("changed", "BOR")]


def test_a_demand_that_is_accepted_at_once_is_told_as_accepted(warehouse: Warehouse) -> None:
    warehouse.told(DEMAND)
    watch = Watch(name="all")
    look(watch, warehouse.settings)
    warehouse.told({**OFFER, "stance": "acceptance"}, day=date(2025, 3, 5))
    assert kinds(watch, warehouse) == [("accepted", "BOR")]


def test_rules_that_read_old_articles_anew_bring_no_news(warehouse: Warehouse) -> None:
    warehouse.told(DEMAND)
    watch = Watch(name="all")
    look(watch, warehouse.settings)
    with Store.open(warehouse.settings.working_file) as store:
        one = article(1)
        store.save_ruleset(ruleset("v2"))
        again = position(one.article_id, **{**DEMAND, "stance": "threat"})
        store.save_tagged(batch([one], [again], ruleset_version="v2"))
        store.publish(warehouse.settings.snapshot_file)
    assert kinds(watch, warehouse) == []


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"actor": ("CAS",)}, 0),
        ({"actor": ("BOR", "CAS")}, 1),
        ({"issue": ("territory",)}, 1),
        ({"issue": ("diplomacy",)}, 0),
        ({"pair": ("BOR", "ARL")}, 1),
        ({"pair": ("ARL", "CAS")}, 0),
    ],
)
def test_a_watch_is_told_of_what_it_chose_alone(warehouse: Warehouse, chosen: dict[str, Any], found: int) -> None:
    warehouse.told(DEMAND)
    assert len(look(Watch(name="one", **chosen), warehouse.settings).news) == found


def test_the_feed_validates_and_holds_each_piece_of_news_once(warehouse: Warehouse) -> None:
    watch = Watch(name="all")
    warehouse.told({**DEMAND, "content": HOSTILE})
    look(watch, warehouse.settings)
    warehouse.told(REFUSAL)
    look(watch, warehouse.settings)
    look(watch, warehouse.settings)
    raw = feed_file(watch, warehouse.settings).read_bytes()
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    schema.assertValid(etree.fromstring(raw))
    parsed = feedparser.parse(raw)
    assert not parsed.bozo
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) == 2
    assert all(entry.updated_parsed and entry.link.startswith("https://") for entry in parsed.entries)


class Receiver(HTTPServer):
    """A webhook that keeps what it was sent whole, and can end the sender before it answers, or say no."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.had: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.sender: subprocess.Popen[bytes] | None = None
        self.answers = 204

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    """Keeps a message that came whole."""

    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return
        self.server.had.append(json.loads(body))
        self.server.keys.append(self.headers["Idempotency-Key"])
        if self.server.sender:
            self.server.sender.kill()
            self.server.sender.wait()
            return
        self.send_response(self.server.answers)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


LOOK = """
import os, signal, sys
from pathlib import Path
from flows.watches import deliver, look, memory
from schemas.settings import Settings
from schemas.watch import Watch
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "before it is sent":
    look.post = die
if sys.argv[3] == "before the last byte":
    look.post = lambda address, body, key, note: deliver.post(address, body, key, die)
if sys.argv[3] == "after it was answered":
    look.post = lambda *given: (deliver.post(*given), die())
look.look(Watch(name="hooked", webhook=sys.argv[2]), Settings(home=Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    "killed", ["before it is sent", "before the last byte", "when it has come", "after it was answered"]
)
def test_a_webhook_has_the_news_once_and_only_once_though_the_run_was_killed(
    warehouse: Warehouse, receiver: Receiver, killed: str
) -> None:
    warehouse.told(DEMAND)
    home = str(warehouse.settings.home)
    first = subprocess.Popen([sys.executable, "-c", LOOK, home, receiver.address, killed], cwd=ROOT)
    receiver.sender = first if killed == "when it has come" else None
    assert first.wait(60) == -9
    receiver.sender = None
    watch = Watch(name="hooked", webhook=receiver.address)
    for _ in range(2):
        assert look(watch, warehouse.settings).faults == ()
    assert [[one["kind"] for one in told["news"]] for told in receiver.had] == [["new"]]
    warehouse.told(REFUSAL)
    look(watch, warehouse.settings)
    assert [one["kind"] for one in receiver.had[1]["news"]] == ["refused"]
    assert len(set(receiver.keys)) == 2


def test_a_webhook_that_says_no_is_asked_again_and_holds_up_no_other_channel(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    warehouse.told(DEMAND)
    receiver.answers = 503
    watch = Watch(name="hooked", webhook=receiver.address)
    assert "answered 503; the next look offers it again" in look(watch, warehouse.settings).faults[0]
    assert feed_file(watch, warehouse.settings).exists()
    receiver.answers = 204
    assert look(watch, warehouse.settings).faults == ()
    look(watch, warehouse.settings)
    assert len(receiver.had) == 2
    assert len(set(receiver.keys)) == 1, "the receiver can tell that it is the same"


def test_a_webhook_that_cannot_be_reached_is_told_without_its_key(warehouse: Warehouse) -> None:
    warehouse.told(DEMAND)
    seen = look(Watch(name="hooked", webhook="http://me:word@127.0.0.1:9/hook?token=abc"), warehouse.settings)
    assert "cannot be reached" in seen.faults[0]
    assert "word" not in seen.faults[0]
    assert "abc" not in seen.faults[0]


def test_a_command_has_the_news_on_its_standard_input_and_no_word_of_it_in_its_shell_words(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.told({**DEMAND, "content": HOSTILE})
    had, words = tmp_path / "had news.jsonl", tmp_path / "words"
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\n"
        f"open({str(had)!r}, 'ab').write(sys.stdin.buffer.read())\n"
        f"open({str(words)!r}, 'w').write(str(sys.argv[1:]))\n"
    )
    watch = Watch(name="told", command=f"'{sys.executable}' '{program}' --fixed")
    for _ in range(2):
        assert look(watch, warehouse.settings).faults == ()
    (line,) = had.read_text("utf-8").splitlines()
    assert json.loads(line)["news"][0]["content"] == HOSTILE
    assert words.read_text() == "['--fixed']"
    assert not Path("owned").exists()


def test_a_command_that_fails_is_given_the_news_again(warehouse: Warehouse) -> None:
    warehouse.told(DEMAND)
    failing = Watch(name="told", command=f"'{sys.executable}' -c 'raise SystemExit(3)'")
    assert "ended with 3" in look(failing, warehouse.settings).faults[0]
    assert look(failing, warehouse.settings).faults


def test_named_watches_are_read_and_faults_of_the_file_are_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "watches.yaml"
    file.write_text(
        "watches:\n- name: strait\n  pair: [ARL, BOR]\n  issue: territory\n- name: talks\n  issue: [diplomacy.talks]\n"
    )
    assert load_watches(file) == (
        Watch(name="strait", pair=("ARL", "BOR"), issue=("territory",)),
        Watch(name="talks", issue=("diplomacy.talks",)),
    )
    file.write_text("watches:\n- name: strait\n  pair: [ARL]\n- name: a/b\n  actors: [ARL]\n")
    with pytest.raises(SourcesError) as error:
        load_watches(file)
    told = str(error.value)
    assert "watches.yaml:3: pair: a pair is two actors" in told
    assert "actors" in told
    assert "allowed are name, actor, issue, pair, webhook, command" in told


def test_the_command_of_the_settings_is_that_of_every_watch_without_one(tmp_path: Path) -> None:
    settings = Settings(on_news="tee news", watches=tmp_path / "watches.yaml")
    assert watches_of(settings) == (Watch(name="everything", command="tee news"),)
    settings.watches.write_text("watches:\n- name: a\n- name: b\n  command: cat\n")
    assert [watch.command for watch in watches_of(settings)] == ["tee news", "cat"]
    assert watches_of(Settings(watches=tmp_path / "none.yaml")) == ()


def test_the_command_line_tells_news_once_and_by_day_as_often_as_asked(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse.told(DEMAND)
    home = ["--home", str(warehouse.settings.home)]
    assert run(["watch", "--pair", "ARL", "BOR", *home]) == 0
    assert (
        "2025-03-04  new: Arland → Borland, demand on Sea and straits: that Borland reopen" in capsys.readouterr().out
    )
    assert run(["watch", "--pair", "ARL", "BOR", *home]) == 0
    assert "nothing is new" in capsys.readouterr().out
    for _ in range(2):
        assert run(["watch", "--actor", "ARL", "--since", "2025-03-01", *home]) == 0
        assert capsys.readouterr().out.startswith("2025-03-04  new: Arland")
    assert run(["watch", "--since", "2025-03-05", *home]) == 0
    assert "nothing is new" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "told"),
    [(["--actor", "ARX"], "did you mean ARL?"), (["--since", "yesterday"], "neither last nor a day")],
)
def test_bad_use_is_told_in_a_line(
    warehouse: Warehouse, capsys: pytest.CaptureFixture[str], given: list[str], told: str
) -> None:
    warehouse.told(DEMAND)
    assert run(["watch", *given, "--home", str(warehouse.settings.home)]) == 2
    assert told in capsys.readouterr().err
