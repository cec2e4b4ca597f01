"""Maps work over batches, in order and with bounded memory: here while it is little, else in several processes."""

import contextlib
import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from schemas.settings import Settings

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2  # batches a process that wait for their turn, so that none idles while the results are taken


def map_in_order(
    work: Callable[[Item], Result], batches: Iterable[Item], others: "Workers", worth_it: int, here: bool = False
) -> Iterator[Result]:
    """The results of the batches in their order; `work` can be pickled.

    With one process in all, or not more than `worth_it` batches, everything happens in this one. Of more it does some
    while the others have enough to do, if it is to work `here` too.
    """
    waiting = iter(batches)
    first = list(islice(waiting, worth_it + 1)) if others.count + here > 1 else []
    if len(first) <= worth_it:
        yield from map(work, chain(first, waiting))
        return
    taken: deque[Future[Result]] = deque()
    for batch in chain(first, waiting):
        busy = sum(not one.done() for one in taken)
        taken.append(_done(work(batch)) if here and busy >= others.count * AHEAD else others.submit(work, batch))
        while taken and (taken[0].done() or len(taken) >= (others.count + here) * AHEAD):
            yield taken.popleft().result()
    while taken:
        yield taken.popleft().result()


def _done(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


class NoRunner(RuntimeError):
    """What the settings name to read articles with cannot be used."""


class Workers:
    """Processes that read batches; when one of them dies they are all replaced, and its batch fails."""

    def __init__(self, count: int, prepare: Callable[[], object] | None = None) -> None:
        self.count = count
        self._prepare = prepare
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._worked = False
        self.stopped = False

    @property
    def begun(self) -> bool:
        """Whether the processes were started."""
        return self._pool is not None

    def begin(self) -> None:
        """Start the processes before there is work, once; those that never get any are ended, however far they are."""
        if not self.begun:
            for _ in range(self.count):  # each starts for one item
                self._started().submit(nothing)

    def submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result]:
        """Begin work on an item in one of the processes, which start with the first item."""
        self._worked = True
        return self._started().submit(work, item)

    def run(self, work: Callable[[Item], Result], item: Item) -> Result:
        """The result of an item. Raises BrokenProcessPool where a process died; the next call has new processes."""
        self._worked = True
        pool = self._started()
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            raise

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self.count,
                    # A fork would copy whatever threads and locks this process has; a fresh process has none.
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=begin,
                    initargs=(self._prepare,),
                )
            return self._pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped = True
        if self._pool is None:
            return
        if error is not None or not self._worked:  # nobody waits for what they are doing
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


EARLY: ContextVar[Workers | None] = ContextVar("early", default=None)


@contextmanager
def begun_early(workers: Workers) -> Iterator[None]:
    """These processes start now: a run inside, which finds them as EARLY, need not start its own."""
    with workers:
        workers.begin()
        token = EARLY.set(workers)
        try:
            yield
        finally:
            EARLY.reset(token)


def several(settings: Settings) -> bool:
    """Whether several processes of this machine read."""
    return settings.runner == "processes" and settings.workers > 1


def nothing() -> None:
    """What a process does to have started."""


def begin(prepare: Callable[[], object] | None) -> None:
    """Begin a process: Ctrl-C is for the main one, which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare:
        gc.disable()  # what is loaded here stays: no garbage is looked for among it, now or later
        # The first batch runs into the same fault, and hands it over; here it would only break the pool.
        with contextlib.suppress(Exception):
            prepare()
        gc.freeze()
        gc.enable()
