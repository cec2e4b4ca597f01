"""`positions extract`: the engine alone, as a filter of JSON lines, or on whatever `positions track` reads."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from flows.commands.faults import told
from flows.commands.options import RULES, WORKERS, settings_of
from flows.contract import BadLine, Line, read_line, written
from flows.engine import Reading, engine, reading_of, unpacked, warm
from flows.language import with_language
from flows.lots import in_lots
from flows.memory import fitted
from flows.pool import Workers, map_in_order
from flows.readers import read
from flows.readers.lines import Line as Bytes
from flows.readers.lines import TooLong, lines_of
from flows.sources import check_issuers, no_actor, sources_named
from flows.terminal import data_out, say
from schemas.article import Article, Rejection
from schemas.settings import Settings
from schemas.source import Source

if TYPE_CHECKING:
    from flows.fetch import Fetcher

BATCH = 40  # articles; the same for any number of processes, so that the rows are, too
WORTH_A_POOL = 4  # batches; fewer are read sooner by one process than several have started


@dataclass(frozen=True)
class Lot:
    """Some lines, and what to read them with."""

    reading: Reading
    lines: list[Line]
    show_all: bool = False


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@RULES
@WORKERS
@click.option("--all", "show_all", is_flag=True, help="Write domestic and background positions, too.")
def extract(sources: tuple[str, ...], show_all: bool, **options: Any) -> int:
    """Read articles, write positions as JSON lines to standard output; no warehouse is needed.

    A SOURCE is what `positions track` takes: a file, a folder, the address of a feed or a page, or a YAML list; the id
    of its articles is the one that a warehouse gives them. Without one, articles come as JSON lines from standard
    input: {"id", "title", "published": "YYYY-MM-DD", "url", "text"}, with "issuer", an actor's id, where the text is a
    statement of that party or a transcript of its answers. What is no article, or longer than
    POSITIONS_MAX_ARTICLE_BYTES, is told on standard error and left out; the exit code is 1 where all was.
    """
    settings = settings_of(options)
    with told():
        named = sources_named(sources)  # what is wrong with them is told before anything is loaded
        settings = fitted(settings)
        reading = reading_of(settings)
        ruleset = unpacked(reading)
        actors = [actor.id for actor in ruleset.actors]
        check_issuers(named, actors)
    lines = (
        Sources(named, settings, ruleset.language)
        if named
        else Lines(sys.stdin.buffer, settings.max_article_bytes, actors, ruleset.language)
    )
    batches = (Lot(reading, some, show_all) for some in in_lots(lines.read(), BATCH))
    out = data_out()
    with told(), Workers(settings.workers, partial(warm, reading)) as workers:
        for text in map_in_order(extract_batch, batches, workers, WORTH_A_POOL):
            out.write(text)
    sys.stdout.flush()
    return lines.told()


class Lines:
    """The articles of a stream, and the count of the lines that were none."""

    def __init__(self, stream: BinaryIO, longest: int, actors: Sequence[str], language: str) -> None:
        self._stream = stream
        self._longest = longest  # text of an article
        self._actors = actors  # who can be an issuer
        self._language = language  # of articles that name none
        self._read = self._bad = 0

    def read(self) -> Iterator[Line]:
        """The articles in their order; other lines are told."""
        for line in lines_of(self._stream, 4 * self._longest):  # in JSON a character may take more bytes
            if not isinstance(line, TooLong) and not line.data.strip():
                continue
            self._read += 1
            try:
                yield self._article(line)
            except (BadLine, UnicodeDecodeError) as error:
                self._bad += 1
                say(f"line {line.number}: {error}", err=True)

    def _article(self, line: Bytes | TooLong) -> Line:
        if isinstance(line, TooLong):
            raise BadLine(line.detail)
        read = read_line(line.data.decode("utf-8"), self._language)
        if len(read.article.text) > self._longest:
            raise BadLine(f"the text has {len(read.article.text):,} characters; allowed are {self._longest:,}")
        if read.article.issuer and read.article.issuer not in self._actors:
            raise BadLine(f"issuer: {no_actor(read.article.issuer, self._actors)}")
        return read

    def told(self) -> int:
        """Say how many lines were left out, if any; gives the exit code."""
        if self._bad:
            say(f"{self._bad} of {self._read} lines are no articles and were left out", err=True)
        return 1 if self._bad and self._bad == self._read else 0


class Sources:
    """The articles of files, folders and addresses, and the count of what was none."""

    def __init__(self, sources: Sequence[Source], settings: Settings, language: str) -> None:
        self._sources = sources
        self._settings = settings
        self._language = language
        self._inputs = self._left_out = 0

    def read(self) -> Iterator[Line]:
        """The articles that the rules can read, in their order; what else there is, is told."""
        seen: set[str] = set()
        with ExitStack() as opened:
            fetcher = cache(lambda: opened.enter_context(fetcher_of(self._settings)))
            for source in self._sources:
                for item in read(source, self._settings, fetcher):
                    self._inputs += 1
                    article = self._article(item)
                    if article and article.article_id not in seen:
                        seen.add(article.article_id)
                        yield Line(article.article_id, article)

    def _article(self, item: Article | Rejection) -> Article | None:
        """The article, or none, of which it says why."""
        if isinstance(item, Article):
            article = with_language(item)
            if article.language == self._language:
                return article
            why = f"{article.origin}: in another language ({article.language})"
        else:
            why = f"{item.origin}: {item.reason}{f' ({item.detail})' if item.detail else ''}"
        self._left_out += 1
        say(why, err=True)
        return None

    def told(self) -> int:
        """Say how much was left out, if anything; gives the exit code."""
        if not self._inputs:
            say("nothing to read was found", err=True)
        if self._left_out:
            say(f"{self._left_out} of {self._inputs} inputs were left out", err=True)
        return 1 if self._left_out and self._left_out == self._inputs else 0


def fetcher_of(settings: Settings) -> "Fetcher":
    """What fetches addresses, and remembers nothing."""
    from flows.fetch import Fetcher
    from flows.remembered import Remembered

    return Fetcher(settings, Remembered(Path(os.devnull)))


def extract_batch(batch: Lot) -> str:
    """The lines of the positions of a batch."""
    read = engine(batch.reading).read([line.article for line in batch.lines], {})
    return "".join(
        f"{text}\n"
        for line, positions in zip(batch.lines, read.positions, strict=True)
        for text in written(line.id, positions, batch.show_all)
    )
