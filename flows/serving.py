"""Keeps two `positions serve` off one warehouse, and those of two warehouses apart on a Prefect server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from schemas.article import content_key
from warehouse.writing import writing

LOCK = "serving.lock"


class AlreadyServed(RuntimeError):
    """Another process serves the warehouse."""


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """What runs inside is the only one that serves the warehouse. Raises AlreadyServed at once where it is not.

    Of two, the one that ends first would pause the schedule of both.
    """
    with writing(home):
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise AlreadyServed(f"{home}: another `positions serve` runs for it; end that one first") from error
    try:
        yield
    finally:
        lock.release()


def name_for(home: Path) -> str:
    """What the deployments of a warehouse are called: Prefect's database outlives a command, and is one for all."""
    return f"scheduled-{content_key(str(home.resolve()))[:8]}"
