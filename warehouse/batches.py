"""A tagged batch as Arrow tables, which workers make and the store lands, and as one Parquet file between the two."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet

from schemas.batch import TaggedBatch
from schemas.story import StorySignature
from warehouse import frames

VERSIONS = ("ruleset_version", "model_version")


@dataclass(frozen=True)
class BatchTables:
    """What tagging a batch gave, one table a kind; `articles` lists all its articles, those without positions too.

    `only` lists the sentences that alone were read, where not all were.
    """

    ruleset_version: str
    model_version: str
    articles: pa.Table
    sentences: pa.Table
    parses: pa.Table
    positions: pa.Table
    unresolved: pa.Table
    signatures: pa.Table
    only: pa.Table | None = None

    @property
    def article_ids(self) -> list[str]:
        found: list[str] = self.articles.column("article_id").to_pylist()
        return found

    def signed(self) -> list[StorySignature]:
        """The signatures of those of its articles that had none."""
        return [StorySignature(**row) for row in self.signatures.to_pylist()]


def joined(batches: Sequence[BatchTables]) -> BatchTables:
    """The batches as one; they were read with the same rule set and model, all of their articles or none in part."""
    first = batches[0]
    if len(batches) == 1:
        return first
    parts = {name: [getattr(batch, name) for batch in batches] for name in TABLES}
    return replace(first, **{name: pa.concat_tables(some) for name, some in parts.items() if some[0] is not None})


TABLES = tuple(part.name for part in fields(BatchTables) if part.name not in VERSIONS)


def tables_of(batch: TaggedBatch) -> BatchTables:
    """The records of a batch as tables."""
    return BatchTables(
        batch.ruleset_version,
        batch.model_version,
        frames.ids_frame("article_id", batch.article_ids),
        frames.sentences_frame(batch.sentences),
        frames.parses_frame(batch.parses, batch.model_version),
        frames.positions_frame(batch.positions, frames.POSITION_COLUMNS),
        frames.positions_frame(batch.unresolved, frames.UNRESOLVED_COLUMNS),
        frames.signatures_frame(batch.signatures),
        None if batch.only is None else frames.sentences_frame(batch.only),
    )


def write_parquet(batch: BatchTables, to: BinaryIO) -> None:
    """One row: each table is a column that lists its rows, so that a batch is there whole or not at all."""
    parts = {name: getattr(batch, name) for name in TABLES}
    whole = pa.table({name: _listed(table) for name, table in parts.items() if table is not None})
    versions = {name: getattr(batch, name) for name in VERSIONS}
    parquet.write_table(whole.replace_schema_metadata(versions), to, compression="zstd")


def read_parquet(file: BinaryIO) -> BatchTables:
    """What write_parquet wrote. Raises pyarrow.ArrowInvalid for anything else."""
    whole = parquet.read_table(file)
    versions = {name: whole.schema.metadata[name.encode()].decode() for name in VERSIONS}
    return BatchTables(**versions, **{name: _unlisted(whole.column(name)) for name in whole.column_names})


def _listed(table: pa.Table) -> pa.ListArray:
    rows = table.to_struct_array().combine_chunks()
    return pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)


def _unlisted(column: pa.ChunkedArray) -> pa.Table:
    return pa.Table.from_struct_array(column.combine_chunks().flatten())
