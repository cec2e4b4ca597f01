"""Starts Python processes that hear when this one ends, speaks with them in frames, and hears when they end."""

import signal
import struct
import sys
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Lock, Timer
from types import TracebackType
from typing import IO, Self

START_SECONDS = 180.0  # that a process may take to be prepared
JOB_SECONDS = 300.0  # that it may take for a job, and beyond that
BYTES_A_SECOND = 1_000  # of what it is handed; usually it reads a hundred times as many
LENGTH = struct.Struct("!Q")  # of what follows, before each frame


def python(module: str, output: int = DEVNULL, errors: int | None = None) -> "Popen[bytes]":
    """A process that runs the `main` of a module; its standard input closes once this process ends, however it does.

    Nothing but the name of the module is handed over at its start: what does not fit into a pipe would be waited for,
    should it die before it has read that. It has a session of its own: Ctrl-C is for this process, which ends the
    other.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main()"
    return Popen([sys.executable, "-c", program], stdin=PIPE, stdout=output, stderr=errors, start_new_session=True)


def send(stream: IO[bytes], data: bytes) -> None:
    """Write a frame. Raises OSError where nobody reads it."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read a frame. Raises EOFError where the stream ends before it does."""
    (length,) = LENGTH.unpack(exactly(stream, LENGTH.size))
    return exactly(stream, length)


def exactly(stream: IO[bytes], length: int) -> bytes:
    """So many bytes. Raises EOFError where there are fewer."""
    data = stream.read(length)
    if len(data) < length:
        raise EOFError(f"{len(data)} of {length} bytes came")
    return data


class WorkerDied(BrokenProcessPool):
    """A process ended in the middle of what it did, or took so long over it that it was ended."""


class Worker:
    """One process at a time, which does what one thread hands it; where it dies, the next job has a new one.

    Use it as a context manager; any thread may end it.
    """

    def __init__(self, prepare: bytes) -> None:
        self._prepare = prepare
        self._prepared = self._ended = False
        self._lock = Lock()
        self._process = python("flows.worker", output=PIPE)

    @property
    def pid(self) -> int:
        """The id of the process that works now."""
        return self._process.pid

    def prepare(self) -> None:
        """Return once the process is prepared. Raises WorkerDied."""
        if self._process.poll() is not None:
            put_away(self._process)
            with self._lock:
                if self._ended:
                    raise WorkerDied("the processes that read were ended")
                self._process, self._prepared = python("flows.worker", output=PIPE), False
        if not self._prepared:
            self._exchange(self._prepare, START_SECONDS)
            self._prepared = True

    def do(self, job: bytes) -> bytes:
        """What came of a job. Raises WorkerDied."""
        self.prepare()
        return self._exchange(job, JOB_SECONDS + len(job) / BYTES_A_SECOND)

    def end(self) -> None:
        """End the process, whatever it does; no other one takes its place."""
        with self._lock:
            self._ended = True
            self._process.kill()

    def _exchange(self, data: bytes, seconds: float) -> bytes:
        process, too_late = self._process, Event()

        def give_up() -> None:
            too_late.set()
            process.kill()

        watch = Timer(seconds, give_up)
        watch.daemon = True
        watch.start()
        assert process.stdin
        assert process.stdout
        try:
            send(process.stdin, data)
            return receive(process.stdout)
        except (OSError, EOFError) as error:
            put_away(process)
            why = f"did not answer within {seconds:,.0f} s" if too_late.is_set() else ended_by(process.returncode)
            raise WorkerDied(f"a process that reads articles {why}") from error
        finally:
            watch.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        put_away(self._process)


def put_away(process: "Popen[bytes]") -> None:
    """End a process and close what leads to it."""
    process.kill()
    with suppress(BrokenPipeError), process:  # it may not have taken all that was handed to it
        pass


def ended_by(code: int) -> str:
    """How a process ended, by its exit code."""
    if code >= 0:
        return f"ended with exit code {code}"
    name = signal.Signals(-code).name
    return f"was ended by {name}{': there may be too little memory' if name == 'SIGKILL' else ''}"
