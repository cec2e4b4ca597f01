"""Work over batches: in order, bounded, here or in several processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from flows import children
from flows.children import WorkerDied
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
        early = workers.pids
        assert len(early) == 2
        assert {workers.run(with_process, n)[1] for n in range(8)} <= early


def take_long() -> None:
    time.sleep(60)


def test_processes_that_begin_early_and_get_no_work_are_not_waited_for() -> None:
    began = time.monotonic()
    with Workers(2, take_long) as workers:
        workers.begin()
        early = workers.pids
    assert time.monotonic() - began < 30
    assert len(early) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in early)


MUCH = b"x" * 1_000_000  # more than a pipe holds


def length(data: bytes) -> int:
    return len(data)


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z"):
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seconds", [0, 0.05, 0.2, 0.5])
def test_a_process_killed_while_it_starts_is_replaced(seconds: float) -> None:
    with Workers(2, partial(length, MUCH)) as workers:
        workers.begin()
        time.sleep(seconds)
        for pid in workers.pids:
            os.kill(pid, signal.SIGKILL)
        coming = [workers.submit(length, MUCH) for _ in range(4)]
        assert [one.result(timeout=30) for one in coming] == [len(MUCH)] * 4


def sleep_as_told(marker: str, seconds: float) -> int:
    """Leave a mark, then take so long."""
    Path(marker).touch()
    time.sleep(seconds)
    return os.getpid()


@pytest.mark.timeout(60)
def test_work_whose_process_is_killed_is_done_by_the_next(tmp_path: Path) -> None:
    with Workers(1) as workers:
        coming = workers.submit(partial(sleep_as_told, f"{tmp_path}/began"), 1.0)
        while not (tmp_path / "began").exists():
            time.sleep(0.01)
        (killed,) = workers.pids
        os.kill(killed, signal.SIGKILL)
        assert coming.result(timeout=30) != killed


@pytest.mark.timeout(60)
def test_work_over_which_every_process_dies_fails_and_says_how() -> None:
    with Workers(1) as workers, pytest.raises(WorkerDied, match="that reads articles was ended by SIGKILL: there may"):
        workers.submit(kill_this, 0).result(timeout=50)


def kill_this(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.timeout(60)
def test_a_process_that_stands_still_while_it_starts_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "START_SECONDS", 5.0)
    with Workers(1, partial(length, MUCH)) as workers:
        workers.begin()
        (stopped,) = workers.pids
        os.kill(stopped, signal.SIGSTOP)
        assert workers.submit(with_process, 1).result(timeout=30)[1] != stopped
    assert gone(stopped)


@pytest.mark.timeout(60)
def test_a_process_that_stands_still_over_its_work_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "JOB_SECONDS", 1.0)
    with Workers(1) as workers, pytest.raises(WorkerDied, match="did not answer within 1 s"):
        workers.run(time.sleep, 60)


def shout(number: int) -> int:
    os.write(1, b"what a library prints")
    print("and what it says", flush=True)
    return number


class Peculiar(Exception):
    """An error that cannot be made anew from its text."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def raise_peculiar(_: int) -> None:
    raise Peculiar(1, 2)


def test_what_is_printed_does_not_get_among_the_results() -> None:
    with Workers(1) as workers:
        assert [workers.run(shout, number) for number in range(3)] == [0, 1, 2]


def test_an_error_comes_back_whatever_it_is() -> None:
    with Workers(1) as workers:
        with pytest.raises(ZeroDivisionError):
            workers.run((1).__truediv__, 0)
        with pytest.raises(RuntimeError, match="Peculiar: 1 and 2"):
            workers.run(raise_peculiar, 0)
        assert workers.run(length, b"x") == 1


def test_nothing_waits_for_ever_once_the_processes_are_ended() -> None:
    with Workers(1) as workers:
        coming = [workers.submit(time.sleep, 60) for _ in range(3)]
    for one in coming:
        with pytest.raises(WorkerDied):
            one.result(timeout=5)
    with pytest.raises(WorkerDied):
        workers.submit(length, b"")


HOLDS_WORKERS = """
import sys, time
from flows.pool import Workers
from tests.flows.test_pool import take_long
with Workers(2, take_long if sys.argv[1] == "starting" else None) as workers:
    coming = [workers.submit(time.sleep, 60) for _ in range(2)]
    print(*workers.pids, flush=True)
    time.sleep(60)
"""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("stage", ["starting", "working"])
@pytest.mark.parametrize("seconds", [0.0, 1.5])
def test_processes_end_with_the_one_that_started_them(stage: str, seconds: float) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_WORKERS, stage],
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    pids = list(map(int, holder.stdout.readline().split()))
    time.sleep(seconds)
    holder.kill()
    assert all(gone(pid) for pid in pids)
    assert holder.communicate()[1] == ""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seconds", [0.0, 0.1, 1.0])
def test_ctrl_c_is_not_for_the_processes_however_far_they_are(seconds: float) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_WORKERS, "starting"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert holder.stdout
    pids = list(map(int, holder.stdout.readline().split()))
    time.sleep(seconds)
    os.killpg(holder.pid, signal.SIGINT)
    told = holder.communicate(timeout=30)[1]
    assert told.count("Traceback") == 1, told  # that of the one that was interrupted
    assert all(gone(pid) for pid in pids)
