"""Reads sources of every format: each good record becomes an article once, each broken one a rejection."""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows.addresses import is_address, shown
from flows.days import LAST
from flows.readers.entry import Entry
from flows.readers.files import file_key, read_file, read_standard_input, read_stream
from flows.readers.record import Context, Known, land, reject
from schemas.article import Article, Rejection
from schemas.settings import Settings
from schemas.source import FileRead, RecordsRead, Source

if TYPE_CHECKING:  # what fetches loads half a second of libraries, for nothing where only files are read
    from flows.fetch import Fetcher

Item = Article | Entry | Rejection | RecordsRead
Fetching = Callable[[], "Fetcher"]
SOURCE_LIST = "sources.yaml"
MAY_PASS = frozenset({"unreadable", "reader_failed", "future_date"})  # a file with these is read again
HOPELESS = 10_000  # rejections from one source
log = logging.getLogger(__name__)


def read(
    source: Source | Path | str, settings: Settings, fetching: Fetching | None = None, today: date = LAST
) -> Iterator[Article | Rejection]:
    """The articles and rejections of a file, a folder, `-`, or an address, lazily and in a fixed order.

    Addresses, and the entries of feeds that lead to pages, are fetched by the fetcher that `fetching` gives;
    without one they are rejected, as is what was published later than `today`.
    """
    for item in read_changed(source, settings, Known(), fetching, today):
        if not isinstance(item, FileRead | RecordsRead):
            yield item


def read_changed(
    source: Source | Path | str,
    settings: Settings,
    known: Known,
    fetching: Fetching | None = None,
    today: date = LAST,
) -> Iterator[Article | Rejection | FileRead | RecordsRead]:
    """The same, and after each file its FileRead; of a known file that is all.

    Of known records of other files RecordsRead tells the number, and of new ones the keys, after their articles.
    """
    entry = source if isinstance(source, Source) else Source(source=str(source))
    if is_address(entry.source) or entry.source == "-":
        context = Context(entry, settings, entry.source, today)
        items = read_web(context, fetching) if is_address(entry.source) else read_standard_input(context)
        yield from resolved(guarded(items, entry.source), context, fetching)
        return
    for path in files_of(Path(entry.source)):
        context = Context(entry, settings, str(path), today, known)
        key = file_key(path, context)
        if key and key in known.files:
            yield known.files[key].model_copy(update={"again": True})
        else:
            records = guarded(read_file(path, context), str(path))
            yield from resolved(marked(records, key), context, fetching)


def marked(items: Iterable[Item], key: str | None) -> Iterator[Item | FileRead]:
    """The items of a file, and its end where the file need not be read again; what leads to pages must be."""
    articles, entries, reasons = 0, 0, Counter[str]()
    for item in items:
        articles += articles_in(item)
        entries += isinstance(item, Entry)
        if isinstance(item, Rejection):
            reasons[item.reason] += 1
        yield item
    if key and not entries and not MAY_PASS & reasons.keys():
        yield FileRead(file_key=key, articles=articles, reasons=dict(reasons))


def articles_in(item: Item | FileRead) -> int:
    """How many articles it is or stands for."""
    if isinstance(item, RecordsRead):
        return item.known
    return item.articles if isinstance(item, FileRead) else int(isinstance(item, Article))


def read_web(context: Context, fetching: Fetching | None) -> Iterator[Item]:
    """What is at an address."""
    if fetching is None:
        yield reject(context.origin, "not_fetched", "this command reads files alone")
        return
    from flows.readers.web import read_address

    yield from read_address(context, fetching(), read_stream)


def resolved(
    items: Iterable[Item | FileRead], context: Context, fetching: Fetching | None
) -> Iterator[Article | Rejection | FileRead | RecordsRead]:
    """The items, with the page in the place of each entry that leads to one."""
    for item in items:
        if not isinstance(item, Entry):
            yield item
        elif fetching is not None and (context.source.fetch or is_address(context.source.source)):
            from flows.readers.web import follow

            yield from follow(item, context, fetching())
        else:
            yield unfetched(item, context, fetching is not None)


def unfetched(entry: Entry, context: Context, could_be: bool) -> Article | Rejection:
    """What an entry itself says of an article whose page is not fetched."""
    if entry.is_summary and isinstance(partial := partial_of(entry, context), Article):
        return partial
    why = (
        "a file leads to it; fetch: true in sources.yaml fetches such pages"
        if could_be
        else "this command reads files alone"
    )
    return reject(entry.origin, "not_fetched", f"{shown(entry.link or '')}: {why}", entry.link or "")


def partial_of(entry: Entry, context: Context) -> Article | Rejection:
    """The partial article that the summary of an entry is."""
    from flows.readers.feed import draft_of

    return land(draft_of(entry, context), context)


def guarded(items: Iterable[Item], origin: str) -> Iterator[Item]:
    """The items; a fault of the reader itself is one rejection, logged whole, and does not stop other sources."""
    try:
        yield from hopeful(items)
    except Exception as error:
        log.exception("%r: the reader failed", origin)  # %r: it may be printed, and a name may hold anything
        yield reject(origin, "reader_failed", f"{type(error).__name__}: {error}"[:500])


def hopeful(items: Iterable[Item]) -> Iterator[Item]:
    """The items, as long as one in a hundred is any good: a million rejections of one file tell no more than many."""
    good = bad = 0
    for item in items:
        yield item
        if not isinstance(item, Rejection):
            good += articles_in(item) or isinstance(item, Entry)
            continue
        bad += 1
        if bad >= HOPELESS and bad > 99 * good:
            detail = f"of {bad + good:,} records up to here {bad:,} were rejected; what lies behind is not read"
            yield reject(item.origin, "hopeless", detail)
            return


def files_of(place: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder, sorted; hidden ones and lists of sources are none.

    A folder that may not be opened is given as if it were a file: reading it says why.
    """
    if not place.is_dir():
        yield place
        return
    closed: list[Path] = []
    found: list[Path] = []
    for folder, _, names in os.walk(place, onerror=lambda error: closed.append(Path(error.filename))):
        found += [path for name in names if is_a_file(path := Path(folder, name)) and name != SOURCE_LIST]
    for path in sorted([*found, *closed]):
        if not any(part.startswith(".") for part in path.relative_to(place).parts):
            yield path


def is_a_file(path: Path) -> bool:
    """Whether there is a file to read: no pipe, no link into nowhere; one that may not be looked at counts."""
    try:
        return path.is_file()
    except PermissionError:
        return True
