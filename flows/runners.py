"""Where batches of articles are read: in this process, in several of this machine, or on a Dask cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.utilities.annotations import quote

from flows.children import WorkerDied
from flows.engine import Batch, Reading, warm
from flows.handover import Handover, Left
from flows.pool import AHEAD, NoRunner, Workers
from schemas.settings import Settings
from warehouse.batches import BatchTables

WORTH_A_POOL = 200  # articles; fewer are read sooner by this process than others have started
LONGEST = 6 * 3_600.0  # seconds that a batch may take, wherever it is read, after those before it
SUSPECTS_LIKE_ONE = 10  # articles that an edit may touch cost what one costs that is parsed

Handed = BatchTables | Left
Read = Callable[[Batch], Handed]


class Coming(Protocol):
    """A batch that is being read somewhere."""

    def result(self, timeout: float | None = None) -> Handed:
        """What reading it gave, once it is there. Raises TimeoutError after so many seconds."""


Begin = Callable[[Batch], Coming]
ReadBatches = Callable[[Iterable[Batch | Coming]], Iterator[BatchTables]]


@contextmanager
def reader(whole: int, suspects: int, reading: Reading, settings: Settings) -> Iterator[ReadBatches]:
    """What reads batches as the settings say: so many articles whole, and others that an edit may touch.

    Raises NoRunner, and CannotHandOver.
    """
    handover = Handover(settings.batch_folder)
    handover.prepare()
    workers = Workers(settings.workers, partial(warm, reading, parser=whole > 0))
    with _reader(whole + suspects // SUSPECTS_LIKE_ONE, workers, settings, handover.read) as read_batches:
        yield lambda batches: handover.taken(read_batches(batches))


@contextmanager
def _reader(
    articles: int, processes: Workers, settings: Settings, read: Read
) -> Iterator[Callable[[Iterable[Batch | Coming]], Iterator[Handed]]]:
    if reads_alone(articles, settings):
        yield partial(map, in_task(read))
    elif settings.runner == "dask":
        with on_dask(settings, read) as begin:
            yield partial(read_ahead, begin, settings.workers * AHEAD)
    else:
        with processes as workers:
            yield partial(read_ahead, on_processes(workers, read), settings.workers * AHEAD)


def reads_alone(articles: int, settings: Settings) -> bool:
    """Whether this process reads so many articles itself: little is always read there."""
    return articles <= WORTH_A_POOL or (settings.runner == "processes" and settings.workers == 1)


def on_processes(workers: Workers, read: Read) -> Begin:
    """Begins reading in processes of this machine."""
    work = in_task(partial(workers.run, read), retry=lambda: not workers.stopped)
    return lambda batch: work.submit(quote(batch))


@contextmanager
def on_dask(settings: Settings, read: Read) -> Iterator[Begin]:
    """Begins reading on the cluster whose scheduler the settings name, else on one of this machine.

    Dask itself gives the batches of a worker that dies to another one.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise NoRunner("the runner dask is not installed: pip install 'diplomatic-positions[dask]'") from error
    local = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    address = settings.dask_scheduler
    with DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=local) as runner:
        work = in_task(read)
        yield lambda batch: runner.submit(work, parameters={"batch": batch})


def in_task(read: Read, retry: Callable[[], bool] = lambda: False) -> Any:
    """Reading as a task, which is tried again where a process died under it."""

    def may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
        return retry() and isinstance(state.result(raise_on_failure=False), WorkerDied)

    @task(name="read batch", cache_policy=NO_CACHE, retries=2, retry_condition_fn=may_pass)
    def read_one(batch: Batch) -> Handed:
        return read(batch)

    return read_one


def read_ahead(begin: Begin, ahead: int, batches: Iterable[Batch | Coming]) -> Iterator[Handed]:
    """The results of the batches in their order, with so many more under way, some of which may be coming already."""
    running: deque[Coming] = deque()
    for batch in batches:
        running.append(begin(batch) if isinstance(batch, Batch) else batch)
        if len(running) >= ahead:
            yield running.popleft().result(LONGEST)
    while running:
        yield running.popleft().result(LONGEST)
