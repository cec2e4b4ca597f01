"""Which files were read to their end, so that they are passed over until they change."""

import json
from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from schemas.source import FileRead


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
