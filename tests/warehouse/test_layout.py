"""The tables: every table, view and column says what it is, in the words of the models."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import duckdb
import pytest
from pydantic import BaseModel

from schemas.article import Article, Rejection
from schemas.batch import NewParse, SentenceSpan
from schemas.position import TOLD_FIELDS, IssueBasis, Position, Scope, Section, Stance, StatedOnBasis
from schemas.ruleset import Actor, ActorKind, Frame, Issue, RuleSet
from schemas.story import StorySignature
from tests.warehouse.samples import article, batch, position, write_one
from warehouse.layout import WarehouseDiffers, prepare
from warehouse.store import Store
from warehouse.writing import OutOfMemory

MODELS: Mapping[str, tuple[type[BaseModel], Mapping[str, str]]] = {
    "article": (Article, {}),
    "rejected_article": (Rejection, {}),
    "sentence": (SentenceSpan, {}),
    "parse": (NewParse, {}),
    "position": (Position, {}),
    "unresolved_actor": (Position, {}),
    "ruleset": (RuleSet, {"ruleset_id": "id", "ruleset_version": "version"}),
    "actor": (Actor, {"actor_id": "id"}),
    "issue": (Issue, {"issue_id": "id"}),
    "trigger": (Frame, {}),
}


@pytest.fixture
def prepared() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        prepare(connection)
        yield connection


def descriptions(model: type[BaseModel]) -> dict[str, str | None]:
    fields = {name: field.description for name, field in model.model_fields.items()}
    computed = {name: field.description for name, field in model.model_computed_fields.items()}
    return {**fields, **computed}


@pytest.mark.parametrize("table", MODELS)
def test_a_column_that_is_a_model_field_carries_its_description(
    prepared: duckdb.DuckDBPyConnection, table: str
) -> None:
    model, renamed = MODELS[table]
    described = descriptions(model)
    columns = dict(
        prepared.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
    )
    fields = {column: renamed.get(column, column) for column in columns}
    compared = {column: field for column, field in fields.items() if field in described}
    assert compared
    assert {c: columns[c] for c in compared} == {c: described[f] for c, f in compared.items()}


@pytest.mark.parametrize("model", [Article, Rejection, Position])
def test_every_field_of_a_stored_record_has_its_column(
    prepared: duckdb.DuckDBPyConnection, model: type[BaseModel]
) -> None:
    table = next(name for name, (of, _) in MODELS.items() if of is model)
    columns = prepared.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
    fields = set(descriptions(model)) - (set(Position.model_fields) - set(TOLD_FIELDS))
    assert fields <= {name for (name,) in columns}


def test_everything_has_a_comment(prepared: duckdb.DuckDBPyConnection) -> None:
    bare = prepared.execute("""
        SELECT table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns()
            WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())
    """).fetchall()
    assert bare == []


@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("position", "stance", set(Stance)),
        ("position", "stated_on_basis", set(StatedOnBasis)),
        ("position", "section", set(get_args(Section))),
        ("position", "scope", set(Scope)),
        ("position", "issue_basis", set(IssueBasis)),
        ("unresolved_actor", "stance", set(Stance)),
        ("trigger", "stance", set(Stance)),
        ("actor", "kind", set(get_args(ActorKind))),
    ],
)
def test_the_vocabularies_of_the_database_are_those_of_the_models(
    prepared: duckdb.DuckDBPyConnection, table: str, column: str, allowed: set[str]
) -> None:
    checks = prepared.execute(
        "SELECT expression FROM duckdb_constraints() WHERE table_name = ? AND constraint_type = 'CHECK'",
        [table],
    ).fetchall()
    (check,) = [c for (c,) in checks if c.startswith(f"({column} IN") or c.startswith(f'("{column}" IN')]
    assert set(check.split("'")[1::2]) == allowed


def test_a_prepared_file_is_left_alone(tmp_path: Path) -> None:
    for _ in range(2):
        with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
            prepare(connection)
            before = connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
    assert before[0][0] > 10


def test_a_file_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("CREATE TABLE article (id INTEGER)")
        with pytest.raises(WarehouseDiffers, match="another version"):
            prepare(connection)
        assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(1,)]


def test_a_file_from_before_stories_had_days_gets_them(working_file: Path) -> None:
    one = article(1)
    with Store.open(working_file) as store:
        store.save_articles([one], [])
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("ALTER TABLE story_band DROP COLUMN published")
        connection.execute("INSERT INTO story_band VALUES (7, ?)", [one.article_id])
        connection.execute("UPDATE warehouse_layout SET layout_key = 'earlier', step = NULL")
    band = StorySignature(article_id="b", published=one.published, signature=b"", bands=(7).to_bytes(4, "little"))
    with Store.open(working_file) as store:
        assert store.story_meetings([band]) == [(one.article_id, "b")]


@pytest.mark.parametrize("megabytes", [1, 2, 4])
def test_too_little_memory_is_not_told_as_another_version(
    working_file: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int
) -> None:
    with monkeypatch.context() as short:
        limit = f"SET memory_limit = '{megabytes} MB'"
        short.setattr("warehouse.opening.limit_memory", lambda connection: connection.execute(limit))
        with pytest.raises(OutOfMemory, match=r"working\.duckdb: memory ran out .* what was there before is kept"):
            Store.open(working_file)
    with Store.open(working_file) as store:
        store.save_articles([article(1)], [])


def test_memory_that_runs_out_later_is_told_likewise(working_file: Path) -> None:
    with pytest.raises(OutOfMemory, match=r"working\.duckdb: memory ran out"), Store.open(working_file):
        raise duckdb.OutOfMemoryException("could not allocate block\n\nPossible solutions:")


def test_a_file_from_before_positions_had_a_scope_and_a_period_gets_them(working_file: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
    with duckdb.connect(str(working_file)) as connection:
        connection.execute(
            "CREATE TABLE earlier AS"
            " SELECT * EXCLUDE (scope, issue_basis, stated_from, stated_to, confidence) FROM position"
        )
        connection.execute("DROP TABLE position")
        connection.execute("ALTER TABLE earlier RENAME TO position")
        connection.execute("ALTER TABLE position ADD PRIMARY KEY (position_id, recorded_at)")
        connection.execute("UPDATE warehouse_layout SET layout_key = 'earlier', step = NULL")
    two = article(2)
    with Store.open(working_file) as store:
        store.save_articles([two], [])
        store.save_tagged(batch([two], [position(two.article_id, scope=Scope.DOMESTIC)]))
    with duckdb.connect(str(working_file)) as connection:
        rows = connection.execute("SELECT scope, stated_from = stated_on, stated_to = stated_on FROM positions_all")
        assert sorted(rows.fetchall()) == [("domestic", True, True), ("foreign", True, True)]
