"""A tagged batch as tables and as a Parquet file."""

from dataclasses import fields
from io import BytesIO

import duckdb
import pyarrow as pa
import pytest

from schemas.batch import TaggedBatch
from tests.warehouse.samples import article, batch, position
from warehouse.batches import TABLES, BatchTables, joined, read_parquet, tables_of, write_parquet

ONE, TWO = article(1), article(2)
FOUND = [position(ONE.article_id), position(ONE.article_id, content="“talks”\nin May", target=None)]
NOBODY = position(TWO.article_id, actor=None, actor_text="The spokesman")


def written(tagged: TaggedBatch) -> BytesIO:
    file = BytesIO()
    write_parquet(tables_of(tagged), file)
    file.seek(0)
    return file


@pytest.mark.parametrize("tagged", [batch([ONE, TWO], FOUND, [NOBODY]), batch([ONE])], ids=["full", "no positions"])
def test_what_is_read_is_what_was_written(tagged: TaggedBatch) -> None:
    tables, read = tables_of(tagged), read_parquet(written(tagged))
    for part in fields(BatchTables):
        assert getattr(read, part.name) == getattr(tables, part.name)
    assert read.article_ids == list(tagged.article_ids)


def test_batches_that_are_joined_hold_the_rows_of_each_in_order() -> None:
    one, two = tables_of(batch([ONE], FOUND)), tables_of(batch([TWO], [], [NOBODY]))
    whole = joined([one, two])
    for name in TABLES:
        if name != "only":
            assert getattr(whole, name).to_pylist() == getattr(one, name).to_pylist() + getattr(two, name).to_pylist()
    assert whole.only is None
    assert joined([one]) is one


def test_the_same_batch_is_the_same_file() -> None:
    tagged = batch([ONE, TWO], FOUND, [NOBODY])
    assert written(tagged).getvalue() == written(tagged).getvalue()


def test_any_tool_that_reads_parquet_can_look_into_one(tmp_path: object) -> None:
    file = f"{tmp_path}/batch.parquet"
    with open(file, "wb") as out:  # noqa: PTH123
        out.write(written(batch([ONE], FOUND)).getvalue())
    query = f"SELECT actor, content FROM (SELECT unnest(positions, recursive := true) FROM '{file}')"
    with duckdb.connect() as connection:
        assert connection.execute(query).fetchall() == [(p.actor, p.content) for p in FOUND]


def test_what_is_no_batch_is_refused() -> None:
    with pytest.raises(pa.ArrowInvalid):
        read_parquet(BytesIO(b"no Parquet"))
