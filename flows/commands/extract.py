"""`positions extract`: the engine alone, as a filter of JSON lines."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

import click

from flows.commands.faults import told
from flows.commands.options import RULES, WORKERS, settings_of
from flows.contract import BadLine, Line, read_line, written
from flows.engine import Reading, engine, reading_of, warm
from flows.lots import in_lots
from flows.memory import fitted
from flows.pool import Workers, map_in_order
from flows.readers.lines import Line as Bytes
from flows.readers.lines import TooLong, lines_of
from flows.terminal import data_out, say

BATCH = 40  # articles; the same for any number of processes, so that the rows are, too
WORTH_A_POOL = 4  # batches; fewer are read sooner by one process than several have started


@dataclass(frozen=True)
class Lot:
    """Some lines, and what to read them with."""

    reading: Reading
    lines: list[Line]
    show_all: bool = False


@click.command()
@RULES
@WORKERS
@click.option("--all", "show_all", is_flag=True, help="Write domestic and background positions, too.")
def extract(**options: Any) -> int:
    """Read articles as JSON lines from standard input, write positions as JSON lines to standard output.

    An article is {"id", "title", "published": "YYYY-MM-DD", "url", "text"}. A line that is none, or one whose text is
    longer than POSITIONS_MAX_ARTICLE_BYTES, is told on standard error and left out; the exit code is 1 where all were.
    """
    show_all = options.pop("show_all")
    settings = settings_of(options)
    with told():
        settings = fitted(settings)
        reading = reading_of(settings)
    lines = Lines(sys.stdin.buffer, settings.max_article_bytes)
    batches = (Lot(reading, some, show_all) for some in in_lots(lines.read(), BATCH))
    out = data_out()
    with told(), Workers(settings.workers, partial(warm, reading)) as workers:
        for text in map_in_order(extract_batch, batches, workers, WORTH_A_POOL):
            out.write(text)
    sys.stdout.flush()
    return lines.told()


class Lines:
    """The articles of a stream, and the count of the lines that were none."""

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self._stream = stream
        self._longest = longest  # text of an article
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
        read = read_line(line.data.decode("utf-8"))
        if len(read.article.text) > self._longest:
            raise BadLine(f"the text has {len(read.article.text):,} characters; allowed are {self._longest:,}")
        return read

    def told(self) -> int:
        """Say how many lines were left out, if any; gives the exit code."""
        if self._bad:
            say(f"{self._bad} of {self._read} lines are no articles and were left out", err=True)
        return 1 if self._bad and self._bad == self._read else 0


def extract_batch(batch: Lot) -> str:
    """The lines of the positions of a batch."""
    read = engine(batch.reading).read([line.article for line in batch.lines], {})
    return "".join(
        f"{text}\n"
        for line, positions in zip(batch.lines, read.positions, strict=True)
        for text in written(line.id, positions, batch.show_all)
    )
