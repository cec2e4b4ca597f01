"""Names from options and queries reach no other file, no network and no other statement."""

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from flows.commands.sql import sql
from schemas.article import Article
from tests.faults.machinery import files_in
from tests.warehouse.samples import batch, position
from warehouse.ask import Asking, BadQuery
from warehouse.export import CannotExport, Filter, export
from warehouse.report import CannotReport, write_report
from warehouse.store import Store

HOSTILE = ("../../evil", "/etc/passwd", "positions'; DROP TABLE article; --", "x\"; ATTACH 'y' AS z; --", "a\0b", "%s")


HOSTILE_FRAME = pa.table({"secret": ["of this program"]})  # DuckDB finds variables by name


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a published warehouse whose articles, and the folder itself, are named like statements."""
    home = tmp_path_factory.mktemp("o'clock; DROP TABLE x --")
    with Store.open(home / "working.duckdb") as store:
        articles = [
            Article(
                title=name.replace("\0", ""), published=date(2024, 1, 1), url=f"https://a.example/{number}", text=name
            )
            for number, name in enumerate(HOSTILE)
        ]
        store.save_articles(articles, [])
        store.save_tagged(batch(articles, [position(one.article_id) for one in articles]))
        store.publish(home / "positions.duckdb")
    return home


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_exports_actors_and_issues_are_only_names(filled: Path, tmp_path: Path, name: str) -> None:
    there = files_in(filled)
    with pytest.raises(CannotExport):
        export(filled / "positions.duckdb", tmp_path / "out", [name])
    with pytest.raises(CannotExport):
        export(filled / "positions.duckdb", tmp_path / "out", file_format=name)
    with pytest.raises(CannotExport):
        export(filled / "positions.duckdb", tmp_path / "out", ["positions"], Filter(actor=name))
    with pytest.raises(CannotReport):
        write_report(filled / "positions.duckdb", tmp_path / "out.html", actors=[name])
    assert files_in(filled) == there
    assert not list(tmp_path.iterdir())


def test_a_folder_with_an_apostrophe_holds_exports_in_every_format(filled: Path, tmp_path: Path) -> None:
    for file_format in ("csv", "parquet", "xlsx"):
        files = export(filled / "positions.duckdb", tmp_path / "o'clock", file_format=file_format)
        assert all(file.parent == tmp_path / "o'clock" and file.is_file() for file in files)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM article",
        "CREATE TABLE mine (a INT)",
        "COPY article TO '{place}/stolen.csv'",
        "EXPORT DATABASE '{place}/stolen'",
        "ATTACH '{place}/other.duckdb' AS other",
        "FROM read_text('/etc/passwd')",
        "FROM read_csv('/etc/passwd')",
        "FROM '/etc/passwd'",
        "FROM glob('/*')",
        "FROM read_csv('https://a.example/b.csv')",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET log_query_path = '{place}/log'",
        "SET temp_directory = '{place}/spilled'",
        "PRAGMA enable_profiling = 'json'",
        "CALL enable_logging(storage = 'file', storage_config = {{'path': '{place}'}})",
        "CREATE PERSISTENT SECRET mine (TYPE s3, KEY_ID 'a')",
        "IMPORT DATABASE '{place}'",
        "FROM HOSTILE_FRAME",
        "INSTALL httpfs",
        "LOAD '{place}/evil.so'",
        "CHECKPOINT",
        "BEGIN",
    ],
)
def test_a_query_only_reads_the_snapshot(filled: Path, tmp_path: Path, query: str) -> None:
    before, there = (filled / "positions.duckdb").read_bytes(), files_in(filled)
    with Asking(filled / "positions.duckdb") as asking:
        with pytest.raises(BadQuery):
            list(asking.ask(query.format(place=tmp_path)).rows)
        assert list(asking.ask("SELECT count(*) FROM article").rows) == [(len(HOSTILE),)]
    assert (filled / "positions.duckdb").read_bytes() == before
    assert files_in(filled) == there
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "query",
    [
        "COPY article TO '{snapshot}'",
        "COPY article TO '{snapshot}.wal'",
        "COPY article TO '{snapshot}' (FORMAT parquet, USE_TMP_FILE false)",
        "EXPORT DATABASE '{snapshot}.wal'",
        "PREPARE mine AS COPY article TO '{snapshot}.wal'; EXECUTE mine",
        "EXPLAIN ANALYZE COPY article TO '{snapshot}.wal'",
        "EXPLAIN (ANALYZE) COPY article TO '{snapshot}.wal'",
        "/* harmless */ EXPLAIN ANALYZE COPY article TO '{snapshot}.wal'",
        "WITH mine AS (COPY article TO '{snapshot}.wal') FROM mine",
        "SELECT 1; WITH mine AS (COPY article TO '{snapshot}.wal') FROM mine",
        "EXPLAIN ANALYZE WITH mine AS (COPY article TO '{snapshot}.wal') FROM mine",
        "FROM json_execute_serialized_sql(json_serialize_sql("
        "'WITH mine AS (COPY article TO ''{snapshot}.wal'') FROM mine'))",
        "FROM query('FROM json_execute_serialized_sql(json_serialize_sql("
        "''WITH mine AS (COPY article TO {snapshot}.wal) FROM mine''))')",
        "PIVOT (FROM json_execute_serialized_sql(json_serialize_sql("
        "'WITH mine AS (COPY article TO ''{snapshot}.wal'') FROM mine'))) ON \"Count\"",
        "COPY (PIVOT article ON title) TO '{snapshot}.wal'",
        "CREATE TEMP TABLE mine AS PIVOT article ON title",
    ],
)
def test_a_query_does_not_write_to_the_files_that_the_database_lets_it_reach(
    filled: Path, tmp_path: Path, query: str
) -> None:
    """The database counts what it has open, and the log beside it, among the files that may be reached."""
    snapshot = tmp_path / "positions.duckdb"
    shutil.copy(filled / "positions.duckdb", snapshot)
    before = snapshot.read_bytes()
    with Asking(snapshot) as asking, pytest.raises(BadQuery, match="only reading is allowed"):
        list(asking.ask(query.format(snapshot=snapshot, start=str(snapshot)[:-2])).rows)
    assert snapshot.read_bytes() == before
    assert list(tmp_path.iterdir()) == [snapshot]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("FROM article", 6),
        ("VALUES (1), (2)", 2),
        ("SELECT 1; SELECT 2", 1),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) FROM n", 4),
        ("(SELECT 1) UNION ALL (SELECT 1)", 2),
        ("SELECT 'COPY_NODE' AS type, {'type': 'DELETE_QUERY_NODE'}", 1),
        ("DESCRIBE warehouse_layout", 2),
        ("SHOW DATABASES", 1),
        ("SUMMARIZE warehouse_layout", 2),
        ("explain select 1", 1),
        ("EXPLAIN (FORMAT json) SELECT 1", 1),
        ("EXPLAIN ANALYZE SELECT 1", 1),
        ("PIVOT (FROM article) ON language USING count(*) GROUP BY published ORDER BY ALL;", 1),
        ("PIVOT article ON language IN ('en') USING count(*)", 6),
        ("FROM pragma_table_info('warehouse_layout')", 2),
        ("-- nothing", 0),
    ],
)
def test_whatever_reads_is_answered(filled: Path, query: str, rows: int) -> None:
    with Asking(filled / "positions.duckdb") as asking:
        assert len(list(asking.ask(query).rows)) == rows


@pytest.mark.parametrize(
    "query",
    [
        "COPY article TO '{snapshot}'",
        "COPY article TO '{snapshot}.wal' (FORMAT csv, USE_TMP_FILE false)",
        "WITH mine AS (COPY article TO '{snapshot}') FROM mine",
        "COPY article TO '{link}' (FORMAT csv, USE_TMP_FILE false)",
        "ATTACH '{snapshot}' AS mine",
    ],
)
def test_outside_a_query_writes_other_files_alone(filled: Path, tmp_path: Path, query: str) -> None:
    before = (filled / "positions.duckdb").read_bytes()
    (tmp_path / "link.duckdb").symlink_to(filled / "positions.duckdb")
    snapshot = str(filled / "positions.duckdb").replace("'", "''")
    with Asking(filled / "positions.duckdb", outside=True) as asking:
        with pytest.raises(BadQuery, match="is the snapshot, which is only read"):
            asking.ask(query.format(snapshot=snapshot, link=tmp_path / "link.duckdb"))
        asking.ask(f"COPY article TO '{tmp_path}/mine.csv'")
    assert (tmp_path / "mine.csv").is_file()
    assert (filled / "positions.duckdb").read_bytes() == before


@pytest.fixture
def warehouse_beside(filled: Path, tmp_path: Path) -> Path:
    """The folder of the same snapshot alone, which a test may harm."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(filled / "positions.duckdb", home / "positions.duckdb")
    return home


@pytest.mark.parametrize(
    "query",
    [
        "COPY article TO $${snapshot}$$ (FORMAT csv)",
        'COPY article TO "{snapshot}" (FORMAT csv)',
        "COPY article TO ('{start}' || 'db') (FORMAT csv)",
        "SET VARIABLE place = '{start}' || 'db'; COPY article TO (getvariable('place')) (FORMAT csv)",
        "COPY article TO 'file://{snapshot}' (FORMAT csv)",
        "WITH mine AS (COPY article TO $${snapshot}$$ (FORMAT csv)) FROM mine",
        "COPY article TO $${snapshot}.wal$$ (FORMAT csv, USE_TMP_FILE false)",
        "COPY article TO 'file://{snapshot}.wal' (FORMAT csv)",
    ],
)
def test_outside_a_snapshot_that_is_written_over_in_other_words_is_put_back(warehouse_beside: Path, query: str) -> None:
    snapshot = warehouse_beside / "positions.duckdb"
    before, marks = snapshot.read_bytes(), snapshot.stat()
    with Asking(snapshot, outside=True) as asking:
        with pytest.raises(BadQuery, match=r"which is only read; it was (put back|removed again)"):
            list(asking.ask(query.format(snapshot=snapshot, start=str(snapshot)[:-2])).rows)
        assert snapshot.read_bytes() == before
        assert len(list(asking.ask("FROM article").rows)) > 1
    assert snapshot.stat().st_ino == marks.st_ino
    assert [file.name for file in warehouse_beside.iterdir()] == ["positions.duckdb"]


def test_outside_a_snapshot_that_a_run_publishes_meanwhile_stays(warehouse_beside: Path, filled: Path) -> None:
    snapshot = warehouse_beside / "positions.duckdb"
    with Asking(snapshot, outside=True) as asking:
        new = warehouse_beside / "new"
        shutil.copyfile(filled / "positions.duckdb", new)
        published = new.stat().st_ino
        new.replace(snapshot)
        asking.ask("FROM article")
    assert snapshot.stat().st_ino == published


def test_a_query_reaches_outside_when_asked_and_still_only_reads_the_snapshot(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a\n1\n")
    with Asking(filled / "positions.duckdb", outside=True) as asking:
        assert list(asking.ask(f"FROM read_csv('{tmp_path}/mine.csv')").rows) == [(1,)]
        with pytest.raises(BadQuery, match="read-only"):
            asking.ask("DELETE FROM article")


def test_csv_of_a_query_is_defused(filled: Path) -> None:
    done = CliRunner().invoke(
        sql, ["--home", str(filled), "--csv", "SELECT '=cmd' AS a, -1 AS b, 'x' AS c"], catch_exceptions=False
    )
    assert done.stdout == "a,b,c\n'=cmd,-1,x\n"
