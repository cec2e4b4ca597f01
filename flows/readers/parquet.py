"""Parquet: one article a row, the columns mapped by name."""

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from flows.readers.record import Context, land_record, plain, reject
from flows.readers.table import fault_of
from schemas.article import Article, Rejection

ROWS_AT_ONCE = 256


def read_parquet(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a row; origin: path#row, counted from one."""
    number = 0
    try:
        table = pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
        names = list(table.schema_arrow.names)
        fault = fault_of(names, context.source.columns)
        if fault:
            yield reject(context.origin, "no_columns", fault, repr(names))
            return
        wanted = wanted_columns(names, context)
        for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
            for record in batch.to_pylist():
                number += 1
                yield land_record(record, context.at(number), context)
    except (pa.ArrowException, OSError, ValueError) as error:
        where = context.at(number + 1) if number else context.origin
        yield reject(where, "broken_parquet", f"{error}; what lies behind cannot be read".strip(), str(error))


def wanted_columns(names: list[str], context: Context) -> list[str]:
    """The columns that hold parts of an article; the others are not read."""
    wanted = {plain(name) for _, several in context.source.columns for name in several}
    return [name for name in names if plain(name) in wanted]
