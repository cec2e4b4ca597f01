"""The side of a process that reads one file: takes its bytes, and tells what it finds, an item a line."""

import json
import resource
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress

from flows.children import receive
from flows.terminal import data_out

AT_ONCE = 10_000_000  # bytes of a file for which the limits are meant; a larger file may take as much more
SECONDS, MEGABYTES = 15, 650  # less than README.md promises of reading a file, which is more than this process
FAULT = "fault"  # the key of an item that tells why there are no more


def tell(items_of: Callable[[bytes], Iterable[object]]) -> None:
    """Read the file that comes in on standard input; write what it holds, or what is wrong with it."""
    data = receive(sys.stdin.buffer)
    within_limits(1 + len(data) // AT_ONCE)
    sys.setrecursionlimit(2_000)
    try:
        for item in items_of(data):
            write(item)
    except MemoryError:
        raise  # the process ends, and whoever started it says so
    except Exception as error:  # the libraries raise whatever comes to them in a damaged file
        write({FAULT: f"{type(error).__name__}: {error}"[:300]})


def write(item: object) -> None:
    """Write an item."""
    data_out().write(json.dumps(item) + "\n")


def within_limits(times: int) -> None:
    """Let the system end this process where it takes more than that."""
    for limit, most in ((resource.RLIMIT_CPU, SECONDS * times), (resource.RLIMIT_AS, MEGABYTES * 1_000_000 * times)):
        _, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # some systems have no such limit
            resource.setrlimit(limit, (most, hard))
