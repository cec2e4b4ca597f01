"""Finds the processes of one command among all of this machine, by the warehouse that their environment names."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def processes_of(home: Path, part: str = "") -> list[int]:
    """The processes that run for the warehouse, and whose command line holds the words."""
    marker = f"POSITIONS_HOME={home}\0".encode()
    found = []
    for place in Path("/proc").iterdir():
        try:
            if marker in (place / "environ").read_bytes() and part in command_of(place):
                found.append(int(place.name))
        except (OSError, ValueError):  # no process, one of another user, or one that has just ended
            continue
    return found


def command_of(place: Path) -> str:
    """The command line of the process of which this is the folder below /proc."""
    return (place / "cmdline").read_text("utf-8").replace("\0", " ")


def wait_for(what: Callable[[], object], seconds: float) -> bool:
    """Whether it becomes true within so many seconds."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def kill(pid: int) -> bool:
    """Kill one process; gives whether it was still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
