"""What a full disk, a place that may not be written, or a damaged file is called: one word for it, whoever meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

DISK_FAULTS = OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException


# How DuckDB tells of blocks that are gone or do not hold what was written; it has no class of error for it.
SIGNS_OF_DAMAGE = "Corrupt database file", "Could not read enough bytes", "Corrupt WAL file"


class CannotWrite(RuntimeError):
    """The warehouse, or a file made from it, cannot be written."""


class Damaged(RuntimeError):
    """The warehouse cannot be read to its end."""


class OutOfMemory(RuntimeError):
    """The database needs more memory than it may have, or than there is."""


@contextmanager
def writing(place: object) -> Iterator[None]:
    """Faults of the disk leave as CannotWrite, which names the place and what the system says of it.

    Where the disk does not give back what it was given, that is Damaged; where memory runs out, OutOfMemory.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise out_of_memory(place, error) from error
    except DISK_FAULTS as error:
        if is_damage(error):
            raise damaged(place, error) from error
        raise CannotWrite(f"{place}: cannot be written ({first_line(error)}); what was there before is kept") from error


def is_damage(error: BaseException) -> bool:
    """Whether an error says that a database file does not hold what was written to it."""
    return isinstance(error, duckdb.Error) and any(sign in str(error) for sign in SIGNS_OF_DAMAGE)


def damaged(place: object, error: BaseException) -> Damaged:
    """What to tell of the damage that was met."""
    return Damaged(f"{place}: is damaged ({first_line(error)}); put back a copy of it, or collect into a new folder")


def out_of_memory(place: object, error: duckdb.OutOfMemoryException) -> OutOfMemory:
    """What to tell of memory that ran out."""
    told = first_line(error)
    return OutOfMemory(f"{place}: memory ran out ({told}); what was there before is kept: free some, and run it again")


def first_line(error: BaseException) -> str:
    """What went wrong, without the lines of advice that a database adds."""
    return (str(error) or type(error).__name__).splitlines()[0]
