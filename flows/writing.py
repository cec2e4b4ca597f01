"""Opens the warehouse for a flow, and records the run in it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from schemas.settings import Settings
from warehouse.store import Store
from warehouse.writing import CannotWrite, Damaged

NOTE = "writing.run"  # beside the warehouse: which of Prefect's runs is writing it


def opened(settings: Settings) -> Store:
    """The working warehouse, for the one writer, with the line of confidence and the windows of the views in use.

    Raises AnotherRunIsWriting.
    """
    store = Store.open(settings.working_file)
    try:
        store.save_line(settings.confidence)
        store.save_windows(settings.standoff_days, settings.fresh_days)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def a_run(store: Store, name: str) -> Iterator[None]:
    """What happens inside is counted as one run, which is marked failed where an error ends it."""
    run_id = store.start_run(name)
    try:
        yield
    except BaseException:
        # On a full or damaged disk even this cannot be noted; the next run then notes that this one was killed.
        with suppress(CannotWrite, Damaged):
            store.finish_run(run_id, "failed")
        raise
    store.finish_run(run_id)
