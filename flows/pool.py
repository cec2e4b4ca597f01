"""Maps work over batches, in order and with bounded memory: here while it is little, else in several processes."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2  # batches a process that wait for their turn, so that none idles while the results are taken


def map_in_order(
    work: Callable[[Item], Result],
    batches: Iterable[Item],
    workers: int,
    worth_it: int,
    prepare: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """The results of the batches in their order; `work` and `prepare` (run once a process) can be pickled.

    With one worker, or not more than `worth_it` batches, everything happens in this process.
    """
    waiting = iter(batches)
    first = list(islice(waiting, worth_it + 1)) if workers > 1 else []
    if len(first) <= worth_it:
        yield from map(work, chain(first, waiting))
        return
    pool = ProcessPoolExecutor(
        min(workers, len(first)) if len(first) > worth_it else workers,
        # A fork would copy whatever threads and locks this process has; a fresh process has none.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
        initargs=(prepare,),
    )
    try:
        yield from _results(pool, work, chain(first, waiting), workers * AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    pool: ProcessPoolExecutor, work: Callable[[Item], Result], batches: Iterator[Item], ahead: int
) -> Iterator[Result]:
    running: deque[Future[Result]] = deque(pool.submit(work, batch) for batch in islice(batches, ahead))
    while running:
        result = running.popleft().result()
        running.extend(pool.submit(work, batch) for batch in islice(batches, 1))
        yield result


def begin(prepare: Callable[[], object] | None) -> None:
    """Begin a process: Ctrl-C is for the main one, which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare:
        prepare()
