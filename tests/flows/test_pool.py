"""Work over batches: in order, bounded, here or in several processes."""

import os
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from flows.pool import AHEAD, Workers, map_in_order


def with_process(number: int) -> tuple[int, int]:
    return number, os.getpid()


def die_once(marker: str, number: int) -> int:
    """End the process as a kill would, the first time."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return number
    os._exit(9)


def fail() -> None:
    raise ValueError("cannot prepare")


@pytest.mark.parametrize("workers", [1, 3])
def test_little_work_stays_in_this_process(workers: int) -> None:
    with Workers(workers) as processes:
        done = list(map_in_order(with_process, range(3), processes, worth_it=3))
        assert not processes.begun
    assert done == [(number, os.getpid()) for number in range(3)]


def test_one_worker_is_this_process() -> None:
    with Workers(1) as processes:
        assert {pid for _, pid in map_in_order(with_process, range(9), processes, worth_it=2)} == {os.getpid()}


def test_much_work_goes_to_other_processes_and_comes_back_in_order() -> None:
    with Workers(2) as processes:
        done = list(map_in_order(with_process, range(20), processes, worth_it=2))
    assert [number for number, _ in done] == list(range(20))
    assert os.getpid() not in {pid for _, pid in done}


def test_this_process_works_too_where_it_is_to() -> None:
    with Workers(1) as processes:
        done = list(map_in_order(with_process, range(60), processes, worth_it=2, here=True))
    assert [number for number, _ in done] == list(range(60))
    assert len({pid for _, pid in done}) == 2
    assert os.getpid() in {pid for _, pid in done}


def test_no_more_batches_are_taken_than_are_under_way() -> None:
    taken = 0

    def batches() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    with Workers(2) as processes:
        results = map_in_order(with_process, batches(), processes, worth_it=1)
        for number in range(5):
            assert next(results)[0] == number
            assert taken <= number + 2 * AHEAD


def test_a_process_that_dies_fails_its_batch_and_is_replaced(tmp_path: object) -> None:
    with Workers(1) as workers:
        work = partial(die_once, f"{tmp_path}/died")
        with pytest.raises(BrokenProcessPool):
            workers.run(work, 7)
        assert workers.run(work, 7) == 7


def test_a_fault_in_preparing_is_left_to_the_first_batch() -> None:
    with Workers(1, fail) as workers:
        assert workers.run(with_process, 1)[0] == 1


def test_processes_that_begin_early_are_the_ones_that_work() -> None:
    with Workers(2) as workers:
        assert not workers.begun
        workers.begin()
        workers.begin()
        assert workers.begun
        assert workers._pool is not None
        early = set(workers._pool._processes)
        assert len(early) == 2
        assert {workers.run(with_process, n)[1] for n in range(8)} <= early


def take_long() -> None:
    time.sleep(60)


def test_processes_that_begin_early_and_get_no_work_are_not_waited_for() -> None:
    began = time.monotonic()
    with Workers(2, take_long) as workers:
        workers.begin()
        processes = list(workers._pool._processes.values()) if workers._pool else []
    assert time.monotonic() - began < 30
    assert len(processes) == 2
    assert not any(process.is_alive() for process in processes)
