"""Parquet: one article a row, the columns mapped by name."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.readers.compressed import MOST_TIMES, NO_BOMB_BELOW
from flows.readers.entry import Entry
from flows.readers.listed import is_list_of_addresses, land_row, told_once
from flows.readers.record import Context, plain, reject
from flows.readers.table import fault_of
from schemas.article import Article, Rejection

ROWS_AT_ONCE = 256
BYTES_AT_ONCE = 50_000_000  # of text, beyond which rows are taken one by one


class Bomb(ValueError):
    """A small file that stands for very much."""


def read_parquet(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection]:
    """One article or rejection a row; origin: path#row, counted from one."""
    number = 0
    try:
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
        names = list(file.schema_arrow.names)
        fault = fault_of(names, context.source.columns)
        if fault and not is_list_of_addresses(names, context.source.columns):
            yield reject(context.origin, "no_columns", fault, repr(names))
            return
        if told := told_once(names, context.origin, context):
            yield told
            return
        for record in records_of(file, stream, wanted_columns(names, context), context):
            number += 1
            if record is None:
                yield reject(context.at(number), "enormous", "the row is larger than any article may be")
            else:
                yield land_row(record, context.at(number), context)
    except (pa.ArrowException, OSError, ValueError) as error:
        where = context.at(number + 1) if number else context.origin
        yield reject(where, "broken_parquet", f"{error}; what lies behind cannot be read".strip(), str(error))


def wanted_columns(names: list[str], context: Context) -> list[str]:
    """The columns that hold parts of an article; the others are not read."""
    wanted = {plain(name) for _, several in context.source.columns for name in several}
    return [name for name in names if plain(name) in wanted]


def records_of(
    file: pq.ParquetFile, stream: BinaryIO, names: list[str], context: Context
) -> Iterator[dict[str, object] | None]:
    """The rows; None for one that is too large. Raises Bomb where there is more than the file can honestly hold."""
    most = max(NO_BOMB_BELOW, MOST_TIMES * stream.seek(0, io.SEEK_END))
    # Values that repeat stay one value, as they are in the file, until a row is made of them.
    chunks = [chunk for chunk in chunks_of(file) if chunk.path_in_schema.split(".")[0] in names]
    texts = sorted({chunk.path_in_schema for chunk in chunks if chunk.physical_type == "BYTE_ARRAY"})
    if any(max(chunk.total_uncompressed_size, chunk.num_values) > most for chunk in chunks):
        raise Bomb(f"a column expands more than {MOST_TIMES} times; allowed is less")
    file = pq.ParquetFile(stream, metadata=file.metadata, pre_buffer=False, buffer_size=1 << 20, read_dictionary=texts)
    given = 0
    for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=names):
        given += text_in(batch)
        if given > most:
            raise Bomb(f"the rows expand more than {MOST_TIMES} times; allowed is less")
        if text_in(batch) <= BYTES_AT_ONCE:
            yield from batch.to_pylist()
            continue
        for row in range(len(batch)):
            one = batch.slice(row, 1)
            yield one.to_pylist()[0] if text_in(one) <= 4 * context.settings.max_article_bytes else None


def chunks_of(file: pq.ParquetFile) -> Iterator[pq.ColumnChunkMetaData]:
    """What the file says of each column of each group of rows."""
    for group in range(file.metadata.num_row_groups):
        row_group = file.metadata.row_group(group)
        for column in range(row_group.num_columns):
            yield row_group.column(column)


def text_in(batch: pa.RecordBatch) -> int:
    """Bytes of the texts of the rows."""
    return sum(bytes_of(column) for column in batch.columns)


def bytes_of(array: pa.Array) -> int:
    """Bytes of the texts of a column, lists of texts included, each as often as it stands there."""
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        return bytes_of(array.flatten())
    if pa.types.is_dictionary(array.type):
        lengths = pc.binary_length(array.dictionary).cast(pa.int64()).take(array.indices)
    elif any(is_of(array.type) for is_of in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary)):
        lengths = pc.binary_length(array).cast(pa.int64())
    else:
        return 0
    return pc.sum(lengths).as_py() or 0
