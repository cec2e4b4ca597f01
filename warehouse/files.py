"""Which files and records were read, so that they are passed over where they come again."""

import json
from collections.abc import Iterable, Mapping, Sequence

import duckdb
import pyarrow as pa

from schemas.source import FileRead
from warehouse.rows import given


def files_frame(files: Iterable[FileRead]) -> pa.Table:
    """One row a file."""
    unique = {file.file_key: file for file in files if not file.again}
    return pa.table(
        {
            "file_key": pa.array(unique.keys(), pa.string()),
            "articles": pa.array([file.articles for file in unique.values()], pa.int64()),
            "reasons": pa.array([reasons_text(file.reasons) for file in unique.values()], pa.string()),
        }
    )


def reasons_text(reasons: Mapping[str, int]) -> str:
    """The counts as a JSON object, the same for equal counts."""
    return json.dumps(dict(sorted(reasons.items())))


def files_read(connection: duckdb.DuckDBPyConnection) -> dict[str, FileRead]:
    """All files that were read to their end, by key."""
    rows = connection.execute("SELECT file_key, articles, reasons FROM file_read").fetchall()
    return {key: FileRead(file_key=key, articles=count, reasons=json.loads(text)) for key, count, text in rows}


def keys_frame(keys: Sequence[int]) -> pa.Table:
    """One column of keys of records, each once."""
    return pa.table({"record_key": pa.array(sorted(set(keys)), pa.uint64())})


def known_records(connection: duckdb.DuckDBPyConnection, keys: Sequence[int]) -> set[int]:
    """Those of the keys under which a record was read."""
    with given(connection, "seen", keys_frame(keys)):
        rows = connection.execute("SELECT DISTINCT record_key FROM record_read SEMI JOIN seen USING (record_key)")
        return {key for (key,) in rows.fetchall()}


def note_records(connection: duckdb.DuckDBPyConnection, keys: Sequence[int]) -> None:
    """Note the keys of records that were read, each once."""
    if keys:
        with given(connection, "seen", keys_frame(keys)):
            connection.execute("INSERT INTO record_read FROM seen ANTI JOIN record_read USING (record_key)")
