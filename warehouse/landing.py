"""Lands a tagged batch: what is new is added, what no longer comes out is retired."""

from datetime import datetime

import duckdb
import pyarrow as pa

from schemas.batch import Tagged
from warehouse import runs
from warehouse.batches import BatchTables
from warehouse.intervals import Changes, reconcile
from warehouse.rows import append_absent, append_unknown, given

PLACE = ["article_id", "section", "sentence_start", "sentence_end"]


def land(connection: duckdb.DuckDBPyConnection, batch: BatchTables, moment: datetime) -> Tagged:
    """Store the tables of a batch; what stands of its articles, or of those sentences that were read, is retired
    where the batch lacks it.
    """
    with given(connection, "tagged", batch.articles), given(connection, "read_alone", _places(batch)):
        append_absent(connection, "sentence", batch.sentences, PLACE)
        append_unknown(connection, "parse", batch.parses)
        changes = _reconcile(connection, "position", batch.positions, batch, moment)
        _reconcile(connection, "unresolved_actor", batch.unresolved, batch, moment)
        connection.execute(
            "INSERT OR REPLACE INTO tagging SELECT article_id, ?, ? FROM tagged",
            [batch.ruleset_version, batch.model_version],
        )
    tagged = Tagged(added=changes.added, kept=changes.kept, retired=changes.retired, unresolved=len(batch.unresolved))
    runs.count_tagged(connection, tagged, len(batch.articles))
    return tagged


def _places(batch: BatchTables) -> pa.Table:
    sentences = batch.sentences if batch.only is None else batch.only
    return sentences.select(PLACE)


def _reconcile(
    connection: duckdb.DuckDBPyConnection, table: str, yielded: pa.Table, batch: BatchTables, moment: datetime
) -> Changes:
    versions = pa.array([batch.ruleset_version] * len(yielded), pa.string())
    yielded = yielded.append_column("ruleset_version", versions)
    within = "article_id IN (FROM tagged)" if batch.only is None else f"({', '.join(PLACE)}) IN (FROM read_alone)"
    return reconcile(connection, table, yielded, moment, within, ("ruleset_version",))
