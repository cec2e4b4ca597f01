"""Maps work over batches, in order and with bounded memory: here while it is little, else in several processes."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain, islice
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from flows.children import Worker, WorkerDied
from schemas.settings import Settings

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2  # batches a process that wait for their turn, so that none idles while the results are taken
ATTEMPTS = 3  # at a batch, whose process may die over it


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


@dataclass
class Job:
    """Work on an item, packed, with so many attempts left at it."""

    packed: bytes
    attempts: int
    result: Future[Any] = field(default_factory=Future)


class Workers:
    """Processes that read batches; one that dies is replaced, and its batch is tried again.

    Each has a thread here, which hands it one batch after another.
    """

    def __init__(self, count: int, prepare: Callable[[], object] | None = None) -> None:
        self.count = count
        self._prepare = prepare
        self._lock = Lock()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._running: list[tuple[Worker, Thread]] = []
        self.stopped = False

    @property
    def begun(self) -> bool:
        """Whether the processes were started."""
        return bool(self._running)

    @property
    def pids(self) -> set[int]:
        """The ids of the processes."""
        return {worker.pid for worker, _ in self._running}

    def begin(self) -> None:
        """Start the processes before there is work, once; those that never get any are ended, however far they are."""
        with self._lock:
            self._begin()

    def _begin(self) -> None:
        if self.stopped:
            raise WorkerDied("no more work is taken")
        if not self._running:
            prepare = pickle.dumps(self._prepare)
            workers = [Worker(prepare) for _ in range(self.count)]
            self._running = [(worker, Thread(target=self._hand, args=[worker], daemon=True)) for worker in workers]
            for _, thread in self._running:
                thread.start()

    def submit(self, work: Callable[[Item], Result], item: Item, attempts: int = ATTEMPTS) -> Future[Result]:
        """Begin work on an item in one of the processes, which start with the first item.

        Where the process dies over it as often as it may be attempted, the result is WorkerDied. Raises WorkerDied
        where the processes were ended.
        """
        job = Job(pickle.dumps((work, item)), attempts)
        with self._lock:
            self._begin()
            self._jobs.put(job)
        return job.result

    def run(self, work: Callable[[Item], Result], item: Item) -> Result:
        """The result of an item. Raises WorkerDied where the process died over it; another one takes its place."""
        return self.submit(work, item, attempts=1).result()

    def _hand(self, worker: Worker) -> None:
        """Hand one process what is waiting, one job after another."""
        with worker:
            with suppress(WorkerDied):
                worker.prepare()
            while job := self._jobs.get():
                self._attempt(job, worker)

    def _attempt(self, job: Job, worker: Worker) -> None:
        for left in reversed(range(job.attempts)):
            try:
                gave, fault = pickle.loads(worker.do(job.packed))
            except WorkerDied as error:
                if self.stopped or not left:
                    job.result.set_exception(error)
                    return
            else:
                job.result.set_exception(fault) if fault else job.result.set_result(gave)
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; nobody waits for what they may still be doing."""
        with self._lock:
            self.stopped = True
            while not self._jobs.empty():
                if job := self._jobs.get():
                    job.result.set_exception(WorkerDied("no more work is taken"))
            for worker, _ in self._running:
                worker.end()
                self._jobs.put(None)
        for _, thread in self._running:
            thread.join()


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
