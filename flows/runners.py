"""Where batches of articles are read: in this process, in several of this machine, or on a Dask cluster."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, Protocol

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.utilities.annotations import quote

from flows.engine import Batch, Reading, warm
from flows.handover import Handover, Left
from flows.pool import AHEAD, NoRunner, Workers
from schemas.batch import Landed
from schemas.settings import Settings
from warehouse.batches import BatchTables

WORTH_A_POOL = 200  # articles; fewer are read sooner by this process than others have started
SUSPECTS_LIKE_ONE = 10  # articles that an edit may touch cost what one costs that is parsed

Handed = BatchTables | Left
Read = Callable[[Batch], Handed]
ReadBatches = Callable[[Iterator[Batch]], Iterator[BatchTables]]


class Coming(Protocol):
    """A batch that is being read somewhere."""

    def result(self) -> Handed:
        """What reading it gave, once it is there."""


@contextmanager
def reader(
    whole: int, suspects: int, reading: Reading, settings: Settings, started: Workers | None = None
) -> Iterator[ReadBatches]:
    """What reads batches as the settings say: so many articles whole, and others that an edit may touch.

    Where several processes do, these are the ones `started` for it, if any. Raises NoRunner, and CannotHandOver.
    """
    handover = Handover(settings.batch_folder)
    handover.prepare()
    workers = nullcontext(started) if started else Workers(settings.workers, partial(warm, reading, parser=whole > 0))
    with _reader(whole + suspects // SUSPECTS_LIKE_ONE, workers, settings, handover.read) as read_batches:
        yield lambda batches: handover.taken(read_batches(batches))


def begin_if_many(workers: Workers, settings: Settings, landed: Landed) -> None:
    """Start the processes while articles still land, where there will be enough for them to read."""
    if landed.new > WORTH_A_POOL and settings.runner == "processes" and settings.workers > 1:
        workers.begin()


@contextmanager
def _reader(
    articles: int, processes: AbstractContextManager[Workers], settings: Settings, read: Read
) -> Iterator[Callable[[Iterator[Batch]], Iterator[Handed]]]:
    """Little is always read in this process."""
    if articles <= WORTH_A_POOL or (settings.runner == "processes" and settings.workers == 1):
        yield partial(map, in_task(read))
    elif settings.runner == "dask":
        with on_dask(settings, read) as begin:
            yield partial(read_ahead, begin, settings.workers * AHEAD)
    else:
        with processes as workers:
            work = in_task(partial(workers.run, read), retry=lambda: not workers.stopped)
            yield partial(read_ahead, lambda batch: work.submit(quote(batch)), settings.workers * AHEAD)


@contextmanager
def on_dask(settings: Settings, read: Read) -> Iterator[Callable[[Batch], Coming]]:
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
        return retry() and isinstance(state.result(raise_on_failure=False), BrokenProcessPool)

    @task(name="read batch", cache_policy=NO_CACHE, retries=2, retry_condition_fn=may_pass)
    def read_one(batch: Batch) -> Handed:
        return read(batch)

    return read_one


def read_ahead(begin: Callable[[Batch], Coming], ahead: int, batches: Iterator[Batch]) -> Iterator[Handed]:
    """The results of the batches in their order, with so many more under way."""
    running: deque[Coming] = deque()
    for batch in batches:
        running.append(begin(batch))
        if len(running) >= ahead:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
