"""What a full disk, or a place that may not be written, is called: one word for it, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

DISK_FAULTS = OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException


class CannotWrite(RuntimeError):
    """The warehouse, or a file made from it, cannot be written."""


@contextmanager
def writing(place: object) -> Iterator[None]:
    """Faults of the disk leave as CannotWrite, which names the place and what the system says of it."""
    try:
        yield
    except DISK_FAULTS as error:
        raise CannotWrite(f"{place}: cannot be written ({first_line(error)}); what was there before is kept") from error


def first_line(error: BaseException) -> str:
    """What went wrong, without the lines of advice that a database adds."""
    return (str(error) or type(error).__name__).splitlines()[0]
