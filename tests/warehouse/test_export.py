"""Exports: files a spreadsheet opens right, whole or not at all, the same every time."""

import csv
import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.defuse import FORMULA, defused, defused_column, restored
from warehouse.export import CannotExport, Filter, description, export, export_names, is_exported
from warehouse.query import NoSnapshot
from warehouse.store import Store
from warehouse.writing import CannotWrite

HOSTILE = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with three positions from two articles."""
    folder = tmp_path_factory.mktemp("filled")
    one, two = article(1), article(2, day=date(2025, 3, 9), title="Übung; “zitiert”\nin zwei Zeilen")
    found = [
        position(one.article_id, content=HOSTILE),
        position(one.article_id, stance="offer", issue="territory.maritime.strait", target=None),
        position(two.article_id, actor="BOR", target="ARL", stance="refusal", stated_on=date(2025, 3, 9)),
    ]
    with Store.open(folder / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        store.save_articles([one, two], [])
        store.save_tagged(batch([one, two], found))
        store.publish(folder / "positions.duckdb")
    return folder / "positions.duckdb"


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_export_says_what_a_row_is_and_runs(filled: Path, tmp_path: Path) -> None:
    for name in export_names():
        assert len(description(name)) > 20
    files = export(filled, tmp_path / "out")
    assert [file.stem for file in files] == list(export_names())
    assert sorted(file.name for file in (tmp_path / "out").iterdir() if file.name.startswith(".")) == []


def test_the_same_snapshot_gives_the_same_bytes(filled: Path, tmp_path: Path) -> None:
    once = export(filled, tmp_path / "once")
    twice = export(filled, tmp_path / "twice")
    assert [a.read_bytes() for a in once] == [b.read_bytes() for b in twice]


def test_two_exports_into_one_folder_at_once_do_not_meet(filled: Path, tmp_path: Path) -> None:
    export_often = (
        "import sys; from pathlib import Path; from warehouse.export import export\n"
        "for _ in range(8): export(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", export_often, str(filled), str(tmp_path / "out")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    assert export(filled, tmp_path / "alone")
    there, alone = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("out", "alone"))
    assert there == alone


def test_what_a_killed_export_left_behind_is_removed(filled: Path, tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    left = [f".positions.csv.{gone.stdout.strip()}.part", f".positions.csv.{gone.stdout.strip()}.part.bare"]
    kept = [f".positions.csv.{os.getppid()}.part", ".positions.csv.part", ".positions.csv.1x.part"]
    for name in (*left, *kept):
        (tmp_path / name).touch()
    export(filled, tmp_path, ["positions"])
    assert {file.name for file in tmp_path.iterdir()} == {"positions.csv", "dictionary.md", *kept}


def test_whether_a_folder_holds_the_exports_of_a_snapshot_is_told_without_a_clock(filled: Path, tmp_path: Path) -> None:
    assert not is_exported(filled, tmp_path)
    files = export(filled, tmp_path)
    for file in files:
        os.utime(file, (0, 0))
    assert is_exported(filled, tmp_path)
    export(filled, tmp_path, ["positions"], Filter(actor="BOR"))
    assert not is_exported(filled, tmp_path)
    export(filled, tmp_path)
    files[0].unlink()
    assert not is_exported(filled, tmp_path)


def test_a_csv_is_utf_8_with_iso_dates_and_loads_without_options(filled: Path, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path, ["positions"])
    assert file.read_bytes().startswith(b"\xef\xbb\xbfposition_id,")
    frame = pd.read_csv(file)
    assert list(frame.columns[:3]) == ["position_id", "stated_on", "actor"]
    assert list(frame["stated_on"]) == ["2025-03-04", "2025-03-04", "2025-03-09"]
    assert "Übung; “zitiert”\nin zwei Zeilen" in list(frame["title"])
    assert frame["recorded_at"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z").all()


def test_text_that_looks_like_a_formula_is_defused_and_can_be_restored(filled: Path, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path, ["positions"])
    contents = [row["content"] for row in read(file)]
    assert f"'{HOSTILE}" in contents
    assert HOSTILE in [restored(content) for content in contents]


@given(st.lists(st.text(alphabet=st.sampled_from("'\"=+-@＝ ;\t\nab\r"), max_size=8)))
def test_defusing_is_undone_exactly(texts: list[str]) -> None:
    for text in texts:
        guarded = defused(text)
        assert restored(guarded) == text
        assert not guarded.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        for cell in re.split("[;\t\r\n]", guarded)[1:]:
            assert not cell.lstrip(' "').startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_no_cell_is_a_formula_where_the_file_is_read_with_another_separator(
    tmp_path: Path, working_file: Path, snapshot: Path, separator: str
) -> None:
    titles = ["Talks;=cmd|' /C calc'!A0", "Talks\t=1+1", 'Talks, "again";"=2+2"', "Talks;; +3", "Talks;\u00a0@sum(A1)"]
    with Store.open(working_file) as store:
        articles = [article(number, title=title) for number, title in enumerate(titles)]
        store.save_articles(articles, [])
        found = [position(one.article_id, content=f"to meet;={n}\n=4+4") for n, one in enumerate(articles)]
        store.save_tagged(batch(articles, found))
        store.publish(snapshot)
    (file,) = export(snapshot, tmp_path / "out", ["positions"])
    assert sorted(restored(row["title"]) for row in read(file)) == sorted(titles)
    with file.open(newline="", encoding="utf-8-sig") as stream:
        cells = [cell for row in csv.reader(stream, delimiter=separator) for cell in row]
    assert sum("=4+4" in cell for cell in cells) == len(titles)
    assert not [cell for cell in cells if re.match(r'[\s"]*[=+\-@]', cell)]


def test_sql_and_python_defuse_the_same() -> None:
    texts = ["=1", " =1", "'=1", "''x", "'x", "\t=", "-5", "a=1", "＝1", "@x", "", "\n1", "\u00a0=1"]
    texts += ["a;=1", "a;b;'+1;-2", 'a\t"=1', "a\r\n@x", "=1;=2", "a;\\1=1", "a; \u00a0＝1"]
    with duckdb.connect() as connection:
        found = connection.execute(
            f'SELECT {defused_column("text")} FROM (SELECT unnest(?) AS "text")', [texts]
        ).fetchall()
    assert [row[0] for row in found] == [defused(text) for text in texts]
    assert [defused(text).startswith("'") for text in texts] == [
        bool(re.match(FORMULA, text) or text.startswith("'")) for text in texts
    ]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Filter(), 3),
        (Filter(since=date(2025, 3, 5)), 1),
        (Filter(until=date(2025, 3, 5)), 2),
        (Filter(actor="ARL"), 3),
        (Filter(actor="BOR", until=date(2025, 3, 5)), 1),
        (Filter(issue="territory"), 3),
        (Filter(issue="territory.maritime.strait"), 1),
        (Filter(issue="territory.maritime", since=date(2025, 3, 10)), 0),
    ],
)
def test_filters_choose_rows(filled: Path, tmp_path: Path, only: Filter, expected: int) -> None:
    (file,) = export(filled, tmp_path, ["positions"], only)
    assert len(read(file)) == expected


@pytest.mark.parametrize(
    ("only", "told"),
    [
        (Filter(issue="territory.mari"), "issue territory.mari is not known; did you mean territory.maritime"),
        (Filter(actor="BORR"), "actor BORR is not known; did you mean BOR?"),
        (Filter(since=date(2025, 3, 9), until=date(2025, 3, 4)), "--since 2025-03-09 is later than --until 2025-03-04"),
    ],
)
def test_a_filter_that_can_choose_nothing_is_refused(filled: Path, tmp_path: Path, only: Filter, told: str) -> None:
    with pytest.raises(CannotExport, match=re.escape(told)):
        export(filled, tmp_path / "out", ["positions"], only)
    assert not (tmp_path / "out").exists()


def test_bad_use_is_said_in_words(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="postions: no such export; there are current_position, "):
        export(filled, tmp_path, ["postions"])
    with pytest.raises(NoSnapshot):
        export(tmp_path / "none.duckdb", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_failed_export_leaves_the_file_of_before(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = export(filled, tmp_path, ["positions"])
    before = file.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("warehouse.formats.shutil.copyfileobj", full_disk)
    with pytest.raises(CannotWrite, match="no space"):
        export(filled, tmp_path, ["positions"], Filter(actor="BOR"))
    assert file.read_bytes() == before
    assert [f.name for f in tmp_path.glob(".*")] == []


def test_parquet_has_the_types_and_the_text_as_it_is(filled: Path, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path, ["positions"], file_format="parquet")
    frame = pq.read_table(file)
    assert str(frame.schema.field("stated_on").type) == "date32[day]"
    assert HOSTILE in frame.column("content").to_pylist()


def test_a_workbook_has_days_as_days_and_text_as_text(filled: Path, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path, ["positions"], file_format="xlsx")
    head, *rows = openpyxl.load_workbook(file)["Sheet1"].iter_rows()
    columns = {cell.value: place for place, cell in enumerate(head)}
    content = [row[columns["content"]] for row in rows]
    assert {cell.data_type for cell in content} == {"s"}
    assert HOSTILE in [cell.value for cell in content]
    assert next(row[columns["stated_on"]].value for row in rows) == datetime(2025, 3, 4)


def test_the_same_snapshot_gives_the_same_workbook(filled: Path, tmp_path: Path) -> None:
    (once,) = export(filled, tmp_path / "once", ["positions"], file_format="xlsx")
    (twice,) = export(filled, tmp_path / "twice", ["positions"], file_format="xlsx")
    assert once.read_bytes() == twice.read_bytes()


def test_an_unknown_format_is_said_in_words(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="ods: no such format; there are csv, graphml, parquet, xlsx"):
        export(filled, tmp_path, file_format="ods")


def test_events_are_one_a_day_however_many_papers_tell_them(filled: Path, tmp_path: Path) -> None:
    (file,) = export(filled, tmp_path, ["event"])
    told = [(row["event_date"], row["source"], row["cameo_root"], row["plover_type"]) for row in read(file)]
    assert sorted(told) == [
        ("2025-03-04", "ARL", "10", "AGREE"),
        ("2025-03-04", "ARL", "10", "REQUEST"),
        ("2025-03-09", "BOR", "10", "REJECT"),
    ]
