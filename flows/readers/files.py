"""Opens a file or stream, finds out its format, and hands it to the reader of that format."""

import hashlib
import io
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard, cast

from flows.readers.compressed import Broken, Expanded, compression_of
from flows.readers.entry import Entry
from flows.readers.formats import ALLOWED, SNIFFED, format_of
from flows.readers.record import Context, reject
from flows.readers.streams import Stream, bounded, is_stream, opened
from schemas.article import Article, Rejection, content_key
from schemas.source import Format, RecordsRead

Items = Iterator[Article | Entry | Rejection | RecordsRead]
Reads = Callable[[BinaryIO, Context], Items]
# Named, not imported: some of the libraries behind them take a second to load.
READERS: dict[Format, str] = {
    "text": "flows.readers.text:read_text",
    "jsonl": "flows.readers.jsonl:read_jsonl",
    "json": "flows.readers.json_file:read_json",
    "table": "flows.readers.table:read_table",
    "sheet": "flows.readers.sheet:read_sheet",
    "parquet": "flows.readers.parquet:read_parquet",
    "html": "flows.readers.html:read_html",
    "feed": "flows.readers.feed:read_feed",
    "export": "flows.readers.export:read_export",
    "mail": "flows.readers.mail:read_mail",
    "archive": "flows.readers.archive:read_archive",
    "arc": "flows.readers.arc:read_arc",
    "warc": "flows.readers.warc:read_warc",
}


def reader_of(format_: Format) -> Reads:
    """The reader of a format."""
    return cast(Reads, pkgutil.resolve_name(READERS[format_]))


def file_key(path: Path, context: Context) -> str | None:
    """Key of a file: where it lies, what it holds, and how it is read; None where it cannot be read, or but once."""
    if is_stream(path):
        return None
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None  # reading it will say why
    return content_key("file", context.origin, digest, *context.read_as())


def read_file(path: Path, context: Context) -> Items:
    """What a file of any format holds; one that cannot be opened is one rejection."""
    try:
        with opened(path, context.settings) as stream:
            yield from read_opened(stream, path.name, context)
    except OSError as error:
        yield reject(context.origin, "unreadable", f"{error.strerror or error}; is it something that you may read?")


def read_standard_input(context: Context) -> Items:
    """What standard input holds."""
    yield from read_opened(bounded(sys.stdin.buffer, context.settings), "", context)


def read_opened(stream: BinaryIO | Stream, name: str, context: Context) -> Items:
    """What an open file holds, or a stream as far as it is read; that there is more is one rejection."""
    for item in read_stream(cast(BinaryIO, stream), name, context):
        if not (is_given_up(stream) and isinstance(item, Rejection) and item.reason == "empty_file"):
            yield item
    if is_given_up(stream):
        yield reject(context.origin, "endless", f"{stream.given_up}; what lies behind is not read")


def is_given_up(stream: BinaryIO | Stream) -> TypeGuard[Stream]:
    """Whether it is a stream that was not read to its end."""
    return isinstance(stream, Stream) and stream.given_up is not None


def read_stream(stream: BinaryIO, name: str, context: Context) -> Items:
    """What a stream of any format holds; `name` may tell the format."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), SNIFFED)
    compression = compression_of(buffered.peek(6)[:6])
    if not compression:
        yield from read_plain(buffered, name, context)
        return
    try:
        expanded = io.BufferedReader(Expanded(buffered, compression), SNIFFED)
        yield from read_plain(expanded, name, context)
    except Broken as error:
        yield reject(context.origin, "broken_compression", f"{error}; what lies behind is lost")


def read_plain(stream: "io.BufferedReader[Any]", name: str, context: Context) -> Items:
    """What an expanded stream holds."""
    start = stream.peek(SNIFFED)[:SNIFFED]
    found = context.source.format or format_of(name, start, context.source.columns)
    if not start:
        yield reject(context.origin, "empty_file", "the file is empty")
    elif found is None:
        yield reject(context.origin, "unknown_format", f"neither the name nor the content tells the format; {ALLOWED}")
    elif needs_its_end_first(found, start) and not (stream.seekable() and stream.raw.seekable()):
        yield from spooled(found, stream, context)
    else:
        yield from reader_of(found)(stream, context)


def needs_its_end_first(found: Format, start: bytes) -> bool:
    """Whether a format is read from its end: Parquet and ZIP archives."""
    return found == "parquet" or (found == "archive" and start.startswith(b"PK"))


def spooled(found: Format, stream: BinaryIO, context: Context) -> Items:
    """Such a format from a stream that cannot be read twice, through a temporary file."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield from reader_of(found)(cast(BinaryIO, file), context)
