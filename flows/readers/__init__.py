"""Reads sources of every format: each good record becomes an article once, each broken one a rejection."""

import logging
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.readers.entry import Entry
from flows.readers.files import read_file, read_stream
from flows.readers.record import Context, reject
from schemas.article import Article, Rejection
from schemas.settings import Settings
from schemas.source import Source

if TYPE_CHECKING:  # what fetches loads half a second of libraries, for nothing where only files are read
    from flows.fetch import Fetcher

SOURCE_LIST = "sources.yaml"
log = logging.getLogger(__name__)


def read(
    source: Source | Path | str, settings: Settings, fetcher: "Fetcher | None" = None
) -> Iterator[Article | Rejection]:
    """The articles and rejections of a file, a folder, `-`, or an address, lazily and in a fixed order.

    Addresses, and the entries of feeds that lead to pages, are fetched where a fetcher is given and rejected elsewhere.
    """
    entry = source if isinstance(source, Source) else Source(source=str(source))
    if is_address(entry.source):
        yield from guarded(read_web(Context(entry, settings, entry.source), fetcher), entry.source)
        return
    if entry.source == "-":
        context = Context(entry, settings, "-")
        yield from guarded(resolved(read_stream(sys.stdin.buffer, "", context), context, fetcher), "-")
        return
    for path in files_of(Path(entry.source)):
        context = Context(entry, settings, str(path))
        yield from guarded(resolved(read_file(path, context), context, fetcher), str(path))


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.lower().startswith(("http://", "https://"))


def read_web(context: Context, fetcher: "Fetcher | None") -> Iterator[Article | Rejection]:
    """The articles at an address."""
    if fetcher is None:
        yield reject(context.origin, "not_fetched", "this command reads files alone")
        return
    from flows.readers.web import read_address

    yield from read_address(context, fetcher, read_stream)


def resolved(
    items: Iterable[Article | Entry | Rejection], context: Context, fetcher: "Fetcher | None"
) -> Iterator[Article | Rejection]:
    """The items, with the page in the place of each entry that leads to one."""
    if fetcher:
        from flows.readers.web import follow

        yield from follow(iter(items), context, fetcher)
        return
    for item in items:
        if isinstance(item, Entry):
            yield reject(item.origin, "not_fetched", f"{item.link}: this command reads files alone", item.link or "")
        else:
            yield item


def guarded(items: Iterator[Article | Rejection], origin: str) -> Iterator[Article | Rejection]:
    """The items; a fault of the reader itself is one rejection, logged whole, and does not stop other sources."""
    try:
        yield from items
    except Exception as error:
        log.exception("%s: the reader failed", origin)
        yield reject(origin, "reader_failed", f"{type(error).__name__}: {error}"[:500])


def files_of(place: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder, sorted; hidden ones and lists of sources are none."""
    if not place.is_dir():
        yield place
        return
    for path in sorted(place.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
        if path.is_file() and not hidden and path.name != SOURCE_LIST:
            yield path
