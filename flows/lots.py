"""Cuts a stream into lots of a size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def in_lots(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of so many, the last of what is left; nothing is drawn ahead."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
