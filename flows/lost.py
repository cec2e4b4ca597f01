"""Ends a process soon after what it cannot do without: Prefect's server, or the `positions serve` that it works for."""

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from flows.server import NoServer, Server, ServerLost, answers, configured_url, said
from flows.terminal import say, show_cursor
from flows.witness import Witness

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State

FAILED = 1
EVERY = 0.1  # seconds between two looks
ASKED_EVERY = 2.0  # seconds between two questions to a server
SILENT = 8.0  # seconds without an answer, after which a server that may only have been started anew counts as lost
SERVED_BY = "POSITIONS_SERVED_BY"  # names the process with which the runs that it starts end

OBSERVERS = "FlowRunCancellingObserver", "FlowRunSuspendingObserver"  # of which the second is a run's own

Check = Callable[[], NoServer | None]


def server_silent(url: str) -> Check:
    """Tells that the server at the address does not answer any more."""
    heard = asked = time.monotonic()

    def why() -> NoServer | None:
        nonlocal heard, asked
        if time.monotonic() - asked < ASKED_EVERY:
            return None
        answered = answers(url)
        asked = time.monotonic()
        heard = asked if answered else heard
        return silent(url) if asked - heard > SILENT else None

    return why


def silent(url: str) -> ServerLost:
    """The error of a server's silence."""
    return ServerLost(f"Prefect's server at {url} does not answer")


def serve_lost() -> ServerLost | None:
    """Tells that the `positions serve` which started this process is gone."""
    served_by = os.environ.get(SERVED_BY)
    return ServerLost("`positions serve` is gone") if served_by and os.getppid() != int(served_by) else None


def watch(checks: Sequence[Check], end: Callable[[NoServer], None]) -> Event:
    """Look again and again whether something is lost, and end then; setting the event that this gives stops it."""
    over = Event()

    def look() -> None:
        while not over.wait(EVERY):
            for check in checks:
                if (why := check()) and not over.is_set():
                    end(why)

    Thread(target=look, daemon=True).start()
    return over


@contextmanager
def ended_with(server: Server | None, witness: Witness) -> Iterator[None]:
    """Where a server was started here and ends, be it while it boots, that is told likewise, and this process ends."""
    if server is None:
        yield
        return
    over = watch([server.gone], partial(end_and_tell, witness))
    try:
        yield
    finally:
        over.set()


@contextmanager
def ended_without(witness: Witness) -> Iterator[None]:
    """Once the server falls silent, that is told in one line and to the command of the settings; this process ends.

    Nothing is tidied up: that would wait for the server too, and the next run does it as after any kill. Raises
    ServerLost for an error that has the same cause.
    """
    url = configured_url()
    if url is None:
        yield
        return
    over = watch([server_silent(url)], partial(end_and_tell, witness))
    try:
        yield
    except Exception as error:
        over.set()
        if not answers(url):
            raise silent(url) from error
        raise
    finally:
        over.set()


def end_and_tell(witness: Witness, error: NoServer) -> None:
    """Let the witness tell of it, and end this process."""
    witness.tell_of(error)
    leave(error)


def end_when_lost(flow: "Flow[..., Any]", flow_run: "FlowRun", state: "State[Any]") -> None:  # noqa: ARG001
    """As a hook of flows: a run for which Prefect started a process ends with the server, and with `positions serve`.

    A run of a command is watched by that command.
    """
    url = configured_url()
    if "PREFECT__FLOW_RUN_ID" not in os.environ or url is None:
        return

    def end(error: NoServer) -> None:
        if serve_lost() is None:  # else that one's end is told, by itself or its witness
            from schemas.settings import Settings

            Witness(Settings().on_failure, f"{flow.name} failed: {flow_run.name}").tell_of(error)
        leave(error)

    quieten_observers()
    watch([serve_lost, server_silent(url)], end)


def quieten_observers() -> None:
    """Prefect's tell at length of a connection that was lost, which is told in one line where it stays so."""
    for name in OBSERVERS:
        logging.getLogger(f"prefect.{name}").setLevel(logging.ERROR)


def leave(error: NoServer) -> None:
    """Say why in one line, and end this process at once, whatever its other threads wait for."""
    with suppress(OSError):  # nobody may read it any more
        show_cursor()
        say(f"positions: {said(error)}", err=True)
    os._exit(FAILED)
