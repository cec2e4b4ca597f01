"""`positions review`: one key a position, nothing lost, and the same through a sheet."""

import csv
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from flows import cli
from flows.journal import AnotherReview, Journal
from flows.reviewing import KEYS, Reviewer, in_order, review
from rules.proof.statistics import wilson
from schemas.correction import Change, Judgement, Verdict
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.export import export
from warehouse.query import connect_snapshot
from warehouse.review import CannotReview, Drawing, Queue, queue
from warehouse.store import Store

ROWS = 100
PATIENCE = 30.0  # seconds
TRIGGERS = ("demand.ask.demand", "demand.ask.insist_on", "offer.will.will", "refusal.reject.reject")


def filled(home: Path, rows: int = ROWS) -> Path:
    """A warehouse with so many positions, the later ones surer, published; a quarter is under the line."""
    articles = [article(number) for number in range(rows)]
    found = [
        position(one.article_id, trigger_id=TRIGGERS[n % 10 % 4], confidence=round(0.5 + 0.4 * n / rows, 3))
        for n, one in enumerate(articles)
    ]
    with Store.open(home / "working.duckdb") as store:
        store.save_line(0.6)
        store.save_ruleset(ruleset())
        store.save_articles(articles, [])
        store.save_tagged(batch(articles, found))
        store.publish(home / "positions.duckdb")
    return home


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that is only read."""
    return filled(tmp_path_factory.mktemp("small"), 40)


@pytest.fixture
def waiting(small: Path) -> Queue:
    return queue(small / "positions.duckdb", Drawing())


def pressed(keys: str, lines: Sequence[str] = ()) -> Reviewer:
    """Somebody who presses these keys, types these lines, and then Ctrl-C."""
    left, typed = iter(keys), iter(lines)

    def key() -> str:
        try:
            return next(left)
        except StopIteration:
            raise KeyboardInterrupt from None

    return Reviewer(key, lambda _: next(typed))


def kept(waiting: Queue, file: Path, keys: str, lines: Sequence[str] = ()) -> list[Judgement | None]:
    """What the journal holds after these keys."""
    with Journal(file) as journal, pytest.raises(KeyboardInterrupt):
        review(waiting, journal, pressed(keys, lines))
    return list(Journal(file).read().values())


def test_the_least_sure_come_first_and_a_sample_has_the_share_of_each_frame(small: Path) -> None:
    least = queue(small / "positions.duckdb", Drawing()).rows
    assert [row.confidence for row in least] == sorted(row.confidence or 0 for row in least)
    assert (len(least), least[0].frame, least[0].evidence) == (
        40,
        "demand.ask",
        "Arland demands that Borland reopen the strait.",
    )
    drawn = queue(small / "positions.duckdb", Drawing(sample=10, by="frame")).rows
    frames = [row.frame for row in drawn]
    assert [frames.count(name) for name in ("demand.ask", "offer.will", "refusal.reject")] == [6, 2, 2]
    assert drawn == queue(small / "positions.duckdb", Drawing(sample=10, by="frame")).rows
    assert len(queue(small / "positions.duckdb", Drawing(sample=99)).rows) == 40


@pytest.mark.parametrize(
    ("drawing", "complaint"),
    [
        (Drawing(actor="ARLL"), "actor ARLL is not known; did you mean ARL"),
        (Drawing(by="frame"), "say how many with --sample"),
        (Drawing(frame="offer.wil"), "no position is of frame offer.wil"),
    ],
)
def test_what_cannot_be_drawn_is_said(small: Path, drawing: Drawing, complaint: str) -> None:
    with pytest.raises(CannotReview, match=complaint):
        queue(small / "positions.duckdb", drawing)


@pytest.mark.parametrize(
    ("keys", "lines", "verdict", "change"),
    [
        ("r", (), Verdict.RIGHT, None),
        ("w", (), Verdict.WRONG, None),
        ("a", (), Verdict.WRONG, None),
        ("s", (), Verdict.WRONG, None),
        ("i", (), Verdict.CORRECTED, ("issue", "")),
        ("t", (), Verdict.CORRECTED, ("target", "")),
        ("A", ("cas",), Verdict.CORRECTED, ("actor", "CAS")),
        ("S", ("r",), Verdict.CORRECTED, ("stance", "refusal")),
        ("I", ("diplomacy.talks",), Verdict.CORRECTED, ("issue", "diplomacy.talks")),
        ("D", ("2025-03-01",), Verdict.CORRECTED, ("stated_on", "2025-03-01")),
        # what says nothing is told, and the next key counts: no such key, an unknown id, the value that stands
        ("xAw", ("CASL",), Verdict.WRONG, None),
        ("Sw", ("demand",), Verdict.WRONG, None),
        ("dr", ("2025-03-04",), Verdict.RIGHT, None),
        # the day of publication stands already, so the right one is asked for
        ("d", ("2025-03-02",), Verdict.CORRECTED, ("stated_on", "2025-03-02")),
    ],
)
def test_a_key_is_a_judgement(
    waiting: Queue,
    tmp_path: Path,
    keys: str,
    lines: tuple[str, ...],
    verdict: Verdict,
    change: tuple[str, str] | None,
) -> None:
    (judgement,) = kept(waiting, tmp_path / "review.jsonl", keys, lines)
    assert judgement
    assert judgement.position_id == waiting.rows[0].position_id
    assert judgement.verdict is verdict
    assert judgement.changes == ((Change(field=change[0], value=change[1]),) if change else ())
    assert bool(judgement.reason) == (verdict is not Verdict.RIGHT)


def test_one_goes_back_skips_and_finds_what_was_skipped_at_the_end(waiting: Queue, tmp_path: Path) -> None:
    file = tmp_path / "review.jsonl"
    first, second, third = kept(waiting, file, "rnrbw")
    assert first
    assert first.verdict is Verdict.RIGHT
    assert second is None
    assert third
    assert third.verdict is Verdict.WRONG
    with Journal(file) as journal:
        order = [row.position_id for row in in_order(waiting.rows, journal)]
    assert order == [row.position_id for row in (*waiting.rows[3:], waiting.rows[1])]
    file.write_text(file.read_text() + '{"position_id": "p1", "verd')
    assert len(Journal(file).read()) == 3


def test_two_reviews_do_not_mix(tmp_path: Path) -> None:
    with Journal(tmp_path / "review.jsonl"), pytest.raises(AnotherReview, match="another review"):
        Journal(tmp_path / "review.jsonl").__enter__()


class Terminal:
    """A review on a terminal of its own."""

    def __init__(self, home: Path) -> None:
        self.screen, theirs = pty.openpty()
        # The terminal becomes that of the session, as a shell makes it: Ctrl-C in it is a signal.
        program = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from flows.start import main; main()"
        command = [sys.executable, "-c", program, "review", "--author", "Ana"]
        self.process = subprocess.Popen(
            [*command, "--home", str(home)], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)

    def press(self, keys: str) -> None:
        """Press each key when a position is shown."""
        for key in keys:
            self.until(KEYS[-6:])
            os.write(self.screen, key.encode())

    def until(self, text: str) -> str:
        """What is shown, up to a text."""
        shown = b""
        while not shown.endswith(text.encode()):
            assert select.select([self.screen], [], [], PATIENCE)[0], shown
            shown += os.read(self.screen, 1)
        return shown.decode()

    def end(self) -> int:
        """The exit code."""
        try:
            while select.select([self.screen], [], [], PATIENCE)[0] and os.read(self.screen, 4096):
                pass
        except OSError:
            pass  # it has closed the terminal
        return self.process.wait(PATIENCE)


def asked(home: Path, query: str) -> list[tuple[object, ...]]:
    with connect_snapshot(home / "positions.duckdb") as connection:
        return connection.execute(query).fetchall()


VERDICTS = "SELECT verdict, count(*) FROM position_judged GROUP BY 1 ORDER BY 1 NULLS LAST"


@pytest.mark.slow
def test_a_hundred_positions_are_judged_by_keys_through_ctrl_c_and_a_kill(tmp_path: Path) -> None:
    home = filled(tmp_path)
    first = Terminal(home)
    first.press("rw" * 20)
    first.until(KEYS[-6:])
    os.write(first.screen, b"\x03")
    assert first.end() == cli.INTERRUPTED
    assert asked(home, VERDICTS) == [("right", 20), ("wrong", 20), (None, 60)]
    killed = Terminal(home)
    killed.press("r" * 30)
    killed.until(KEYS[-6:])
    killed.process.send_signal(signal.SIGKILL)
    killed.end()
    assert len(Journal(home / "review.jsonl").read()) == 30
    last = Terminal(home)
    last.press("r" * 30)
    assert last.end() == 0
    assert asked(home, VERDICTS) == [("right", 80), ("wrong", 20)]
    assert asked(home, "SELECT count(*), count(*) FILTER (verdict = 'right') FROM positions") == [(80, 80)]
    assert asked(home, "SELECT under_line FROM under_the_line") == [(0,)]
    assert (home / "review.jsonl").read_text() == ""


def test_without_a_terminal_it_says_what_else_there_is(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["review", "--home", str(small)]) == cli.BAD_USE
    assert "export review" in capsys.readouterr().err


def test_what_is_wrong_often_is_mended_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = filled(tmp_path, 40)
    rows = queue(home / "positions.duckdb", Drawing()).rows
    wrong = {"offer.will": 1, "demand.ask": 2}  # of 8, and of 24
    judgements = []
    for row in rows:
        left = wrong.get(row.frame, 0)
        wrong[row.frame] = left - 1
        verdict = Verdict.WRONG if left > 0 else Verdict.RIGHT
        judgements.append(Judgement(position_id=row.position_id, verdict=verdict, reason="seen"))
    with Store.open(home / "working.duckdb") as store:
        store.save_corrections(judgements, "Ana", date(2025, 4, 1))
        store.publish(home / "positions.duckdb")
    assert cli.run(["rules", "precision", "--home", str(home)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert (
        out[0]
        == "40 of 40 positions judged, right 0.93 (0.80 to 0.97); 0.92 with each group by its number of positions"
    )
    assert "under the line of confidence 0.60" in out[1]
    assert [line.split()[0] for line in out[-4:-1]] == ["demand.ask", "offer.will", "refusal.reject"]
    assert out[-1] == "mend first, by wrong positions in all: demand.ask (2), offer.will (1)"
    for by in ("issue", "actor", "outlet"):
        assert cli.run(["rules", "precision", "--by", by, "--home", str(home)]) == 0
        assert " 40  " in capsys.readouterr().out


def test_wilson_bounds_are_those_of_the_book() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A workbook of a sample, with two rows marked as a person does it."""
    home = filled(tmp_path, 40)
    command = ["export", "review", "--sample", "10", "--by", "frame", "--format", "xlsx", "--home", str(home)]
    assert cli.run(command) == 0
    file = home / "exports" / "review.xlsx"
    book = openpyxl.load_workbook(file)
    page = book.active
    assert page is not None
    columns = {str(cell.value): cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        page.cell(row, columns["mark"], "right")
    page.cell(2, columns["mark"], "corrected")
    page.cell(2, columns["reason"], "he proposes it; Monday")
    page.cell(2, columns["stance"], "offer")
    page.cell(3, columns["mark"], "wrong")
    page.cell(3, columns["reason"], "a forecast")
    page.cell(60, 40).value = " "  # where somebody once typed
    book.save(file)
    return file


def test_a_marked_workbook_is_taken(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = sheet.parents[1]
    capsys.readouterr()
    assert cli.run(["corrections", "import", str(sheet), "--home", str(home)]) == 0
    assert "10 of 10 marked rows taken" in capsys.readouterr().err
    assert asked(home, VERDICTS) == [("corrected", 1), ("right", 8), ("wrong", 1), (None, 30)]
    assert asked(home, "SELECT DISTINCT stance FROM positions WHERE verdict = 'corrected'") == [("offer",)]


def test_a_row_under_the_line_that_is_found_right_is_shown(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSITIONS_CONFIDENCE", "0.6")
    home = sheet.parents[1]
    (file,) = export(home / "positions.duckdb", home, ["review"])
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [float(row["confidence"]) for row in rows[:2]] == [0.5, 0.51]
    rows[0]["mark"] = "right"
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    before = asked(home, "SELECT shown, under_line FROM under_the_line")
    assert cli.run(["corrections", "import", str(file), "--home", str(home)]) == 0
    assert asked(home, "SELECT shown - 1, under_line + 1 FROM under_the_line") == before


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"PK\x03\x04 and no more", "is no workbook that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook of before 2007"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_line(
    small: Path, tmp_path: Path, content: bytes, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "marked.xlsx"
    file.write_bytes(content)
    assert cli.run(["corrections", "import", str(file), "--home", str(small)]) == 1
    told = capsys.readouterr().err
    assert complaint in told
    assert told.count("\n") == 1


def test_a_workbook_of_something_else_is_told(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    assert cli.run(["corrections", "import", str(tmp_path / "empty.xlsx"), "--home", str(small)]) == 1
    assert "lacks position_id, recorded_at, mark, reason" in capsys.readouterr().err


def test_the_queue_of_unknown_actors_has_an_entry_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "The Lakeland Front, a movement in Chad, demanded a truce.\nIt rejected talks.\n"
    one, two = article(1, text=text), article(2, text=text)
    unknown = [
        position(
            it.article_id, actor=None, actor_text=words, sentence_end=58, trigger_start=start, trigger_end=start + 3
        )
        for it, words, start in ((one, "The Lakeland Front", 40), (two, "Lakeland Front", 40), (two, "It", 44))
    ]
    with Store.open(tmp_path / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        store.save_articles([one, two], [])
        store.save_tagged(batch([one, two], [], unknown))
        store.publish(tmp_path / "positions.duckdb")
    assert cli.run(["unresolved", "--home", str(tmp_path)]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == "Lakeland Front: 2 clauses in 2 articles, 2025-03-04; news.example"
    assert lines[1].endswith("The Lakeland Front, a movement in Chad, demanded a truce.")
    assert "  guess: TCD, named beside it in 2 of 2" in lines
    assert "  - id: LAKELAND_FRONT" in lines
    assert "under the line of confidence" in told.err
    assert cli.run(["unresolved", "Nobody", "--home", str(tmp_path)]) == 1
    assert "holds 'Nobody'" in capsys.readouterr().err


LINE = "30 shown, 10 under the line of confidence 0.60"


@pytest.fixture(scope="module")
def lined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of which a quarter is under the line, which is only read."""
    home = tmp_path_factory.mktemp("lined")
    articles = [article(number) for number in range(40)]
    found = [position(one.article_id, confidence=0.5 if n < 10 else 0.7) for n, one in enumerate(articles)]
    with Store.open(home / "working.duckdb") as store:
        store.save_line(0.6)
        store.save_ruleset(ruleset())
        store.save_articles(articles, [])
        store.save_tagged(batch(articles, found))
        store.publish(home / "positions.duckdb")
    return home


def test_every_output_tells_the_line_and_what_lies_under_it(
    lined: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(lined)]
    count = "SELECT count(*) AS n FROM position_daily"
    for command in (["export", "--to", str(tmp_path)], ["report", "--to", str(tmp_path / "r.html")], ["sql", count]):
        assert cli.run([*command, *home]) == 0
        assert LINE in capsys.readouterr().err, command
    assert LINE in (tmp_path / "dictionary.md").read_text("utf-8")
    assert LINE in (tmp_path / "r.html").read_text("utf-8")
    assert cli.run(["status", *home]) == 0
    assert "30; 10 under the line of confidence 0.60" in capsys.readouterr().out


def test_another_line_shows_more_and_leaves_the_snapshot_as_it_is(
    lined: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (lined / "positions.duckdb").read_bytes()
    all_of = ["--confidence", "0", "--home", str(lined)]
    assert cli.run(["export", "positions", "position_daily", "--to", str(tmp_path), *all_of]) == 0
    assert "40 shown, 0 under the line of confidence 0.00" in capsys.readouterr().err
    with (tmp_path / "positions.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.DictReader(handle))) == 40
    with (tmp_path / "position_daily.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [row["positions"] for row in csv.DictReader(handle)] == ["40"]
    assert cli.run(["sql", "SELECT count(*) AS n FROM positions", *all_of]) == 0
    assert capsys.readouterr().out.split()[-1] == "40"
    assert cli.run(["report", "--to", str(tmp_path / "r.html"), *all_of]) == 0
    assert "of all, 40 shown, 0 under the line" in (tmp_path / "r.html").read_text("utf-8")
    assert (lined / "positions.duckdb").read_bytes() == before
