"""Reading that begins while articles still land: the second processor has nothing else to do then."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Self

from flows.edits import MANY
from flows.engine import Batch, Reading, unpacked, warm
from flows.handover import Handover
from flows.pool import AHEAD, EARLY, Workers, several
from flows.runners import Begin, Coming, ReadBatches, on_processes, read_ahead, reader, reads_alone
from schemas.article import Article
from schemas.batch import Landed
from schemas.settings import Settings

WHILE_LANDING = 2  # batches a process; what they gave waits in memory until all has landed


class ReadAhead:
    """Reads in several processes what lands, as soon as it is enough for them; what was not begun is read later.

    `begun` are batches that are being read, and `ids` tells their articles.
    """

    def __init__(self, reading: Reading, settings: Settings) -> None:
        self.reading = reading
        self.begun: deque[Coming] = deque()
        self.ids: set[str] = set()
        self._settings = settings
        self._handover = Handover(settings.batch_folder)
        self._workers = EARLY.get()
        self._begin: Begin | None = None
        self._waiting: list[Article] = []

    def due(self, articles: int) -> None:
        """Hear how many articles are due: where they are many, some will be read. Raises CannotHandOver."""
        if several(self._settings) and articles >= MANY:
            self._started(parser=False)

    def _started(self, parser: bool) -> Begin:
        if self._begin is None:
            self._handover.prepare()
            workers = self._workers or Workers(self._settings.workers, partial(warm, self.reading, parser=parser))
            workers.begin()
            self._workers, self._begin = workers, on_processes(workers, self._handover.read)
        return self._begin

    def landed(self, so_far: Landed, new: Sequence[Article]) -> None:
        """Hear what landed. Raises CannotHandOver."""
        settings = self._settings
        if not several(settings) or reads_alone(so_far.new, settings):
            return
        begin = self._started(parser=True)
        language, size = unpacked(self.reading).language, settings.batch_articles
        for article in new:
            if len(self.begun) == WHILE_LANDING * settings.workers:
                return
            if article.language == language:
                self._waiting.append(article)
            if len(self._waiting) == size:
                ids = frozenset(article.article_id for article in self._waiting)
                self.begun.append(begin(Batch(self.reading, tuple(self._waiting), unsigned=ids)))
                self.ids |= ids
                self._waiting = []

    def coming(self) -> Iterator[Coming]:
        """The batches that were begun; none of them is kept."""
        while self.begun:
            yield self.begun.popleft()

    @contextmanager
    def reader(self, whole: int, suspects: int) -> Iterator[ReadBatches]:
        """What reads batches, by these processes if they were begun. Raises NoRunner, and CannotHandOver."""
        if self._begin is None:
            with reader(whole, suspects, self.reading, self._settings) as read_batches:
                yield read_batches
        else:
            ahead = partial(read_ahead, self._begin, self._settings.workers * AHEAD)
            yield lambda batches: self._handover.taken(ahead(batches))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._workers:
            self._workers.__exit__(kind, error, trace)
