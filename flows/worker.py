"""A process that works for another one: it takes items on its standard input, and ends once that is closed.

The first frame is what to prepare, which is answered when that is done; each later one is a piece of work and an item.
What either gave, or the fault it ran into, leaves as a frame on standard output.
"""

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any

from flows.children import receive, send

Answer = tuple[Any, Exception | None]


def main() -> None:
    """Work until nobody hands over anything more."""
    handed: SimpleQueue[bytes] = SimpleQueue()
    # A thread of its own sees the end of the input at once, also in the middle of work.
    Thread(target=take, args=[handed], daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the answers
    try:
        send(answers, answer(prepared, handed.get()))
        while True:
            send(answers, answer(done, handed.get()))
    except BrokenPipeError:
        os._exit(0)  # nobody reads them any more


def take(handed: "SimpleQueue[bytes]") -> None:
    """Take what comes, and end this process when nothing more can come."""
    with contextlib.suppress(EOFError):
        while True:
            handed.put(receive(sys.stdin.buffer))
    os._exit(0)


def answer(work: Callable[[bytes], Any], data: bytes) -> bytes:
    """What the work gave, or the fault it ran into, as it travels back."""
    try:
        return pickle.dumps((work(data), None))
    except Exception as error:
        return pickle.dumps((None, portable(error)))


def done(data: bytes) -> Any:
    """What came of a piece of work."""
    work, item = pickle.loads(data)
    return work(item)


def prepared(data: bytes) -> None:
    """Prepare; what is loaded by it stays, so that no garbage is looked for among it, now or later."""
    prepare: Callable[[], object] | None = pickle.loads(data)
    if prepare:
        gc.disable()
        # The first item runs into the same fault, and hands it over.
        with contextlib.suppress(Exception):
            prepare()
        gc.freeze()
        gc.enable()


def portable(error: Exception) -> Exception:
    """The error, or, where it does not survive the way between processes, one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
