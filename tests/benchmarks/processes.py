"""Runs a command and measures it: seconds, and the memory of its largest process."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

POSITIONS = [sys.executable, "-c", "from flows.cli import main; main()"]
# As for whoever runs a command twice: Python keeps what it compiled, whatever the measuring process was told.
COMPILED_ONCE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
OFTEN = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True)
class Measured:
    """What a command took: seconds by the clock, seconds of all processors, megabytes of its largest process."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    output: str

    def __sub__(self, other: "Measured") -> "Measured":
        """What it took beyond another."""
        seconds, cpu_seconds = self.seconds - other.seconds, self.cpu_seconds - other.cpu_seconds
        return Measured(seconds, cpu_seconds, self.megabytes, self.output)


def measured(
    command: Sequence[str], given: Path | None = None, environment: Mapping[str, str] | None = None
) -> Measured:
    """Run a command to its end, on a file as its input. Raises CalledProcessError where it fails."""
    before, began = os.times(), time.perf_counter()
    with Path(given or os.devnull).open("rb") as stdin, Path(os.devnull).open("wb") as nothing:
        running = subprocess.Popen(
            list(command),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=nothing,
            env=COMPILED_ONCE | dict(environment or {}),
        )
        watched = Watched(running.pid)
        watched.start()
        output, _ = running.communicate()
    seconds, after = time.perf_counter() - began, os.times()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(command))
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(seconds, cpu, watched.stop(), output.decode("utf-8"))


class Watched:
    """The memory of a process and those it starts."""

    def __init__(self, pid: int) -> None:
        from threading import Event, Thread

        self._process = psutil.Process(pid)
        self._ended = Event()
        self._most = 0
        self._thread = Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> float:
        """The most megabytes that one of the processes held."""
        self._ended.set()
        self._thread.join()
        return self._most / 1e6

    def _watch(self) -> None:
        while not self._ended.wait(OFTEN):
            try:
                for process in (self._process, *self._process.children(recursive=True)):
                    self._most = max(self._most, process.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
