"""Names from options and queries reach no other file, no network and no other statement."""

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
    ],
)
def test_a_query_only_reads_the_snapshot(filled: Path, tmp_path: Path, query: str) -> None:
    before = (filled / "positions.duckdb").read_bytes()
    with Asking(filled / "positions.duckdb") as asking:
        with pytest.raises(BadQuery):
            list(asking.ask(query.format(place=tmp_path)).rows)
        assert list(asking.ask("SELECT count(*) FROM article").rows) == [(len(HOSTILE),)]
    assert (filled / "positions.duckdb").read_bytes() == before
    assert not list(tmp_path.iterdir())


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
