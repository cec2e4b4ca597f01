"""Tells Prefect of a run that was killed: it hears of no kill by itself, and would call the run running for ever."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.states import Crashed

from flows.writing import NOTE


@contextmanager
def noted(home: Path) -> Iterator[None]:
    """The run that writes the warehouse is noted beside it until it ends; one that still is there was killed.

    For whoever holds the lock of the warehouse, which nobody who is alive and is noted can.
    """
    note = home / NOTE
    mark_crashed(note)
    # A disk without room for it has none for a run either, which tells so better.
    with suppress(OSError):
        note.write_text(flow_run.id or "", "utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()


def mark_crashed(note: Path) -> None:
    """Let Prefect call the run that is noted crashed, if it still takes it for one that runs.

    Another server than the one it was known to does not know it.
    """
    with suppress(FileNotFoundError, ValueError, ObjectNotFound):
        killed = UUID(note.read_text("utf-8"))
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(killed).state
            if state and not state.is_final():
                client.set_flow_run_state(killed, Crashed(message="It was killed."), force=True)
