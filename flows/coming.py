"""Whether a run will have anything to read by rules: known while Prefect's server boots."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from flows.addresses import is_address
from flows.readers import files_of
from flows.readers.entry import Entry
from flows.readers.files import file_key, read_file
from flows.readers.record import Context
from flows.readers.streams import is_stream
from schemas.article import Article
from schemas.settings import Settings
from schemas.source import FileRead, Source

MUCH = 2_000_000  # bytes


def hold_much(sources: Sequence[Source]) -> bool:
    """Whether the files of the sources are so large that, if anything in them is new, other processes will read it."""
    places = (Path(source.source) for source in sources if not read_but_once(source))
    sizes = (size_of(path) for place in places for path in files_of(place))
    return any(total > MUCH for total in accumulate(sizes))


def size_of(path: Path) -> int:
    """Bytes of a file; of one that may not be looked at, none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def article_comes(sources: Sequence[Source], settings: Settings, files: Mapping[str, FileRead]) -> bool:
    """Whether the sources, which do not hold much, may hold an article that is new, `files` having been read before.

    What can be read but once is not looked into: of that, and of what a reader fails at, one may come.
    """
    return any(read_but_once(source) for source in sources) or any(
        holds_article(path, context) for path, context in unread(sources, settings, files)
    )


def read_but_once(source: Source) -> bool:
    """Whether it is an address, a pipe or standard input."""
    return is_address(source.source) or source.source == "-" or is_pipe(Path(source.source))


def is_pipe(path: Path) -> bool:
    """Whether the path is no folder, and can be read but once."""
    return is_stream(path) and not path.is_dir()


def unread(
    sources: Sequence[Source], settings: Settings, files: Mapping[str, FileRead]
) -> Iterator[tuple[Path, Context]]:
    """The files of the sources that were not read to their end before."""
    return ((path, context) for path, context, key in with_keys(sources, settings) if key not in files)


def with_keys(sources: Sequence[Source], settings: Settings) -> Iterator[tuple[Path, Context, str | None]]:
    """Each file of the sources, with what it is read by and its key."""
    for source in sources:
        for path in files_of(Path(source.source)):
            context = Context(source, settings, str(path))
            yield path, context, file_key(path, context)


def holds_article(path: Path, context: Context) -> bool:
    """Whether there is an article in the file, or what leads to one."""
    try:
        return any(isinstance(item, Article | Entry) for item in read_file(path, context))
    except Exception:  # the run meets it again, and tells it
        return True
