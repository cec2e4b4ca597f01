"""Cuts a stream into lots of a size."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def in_lots(
    items: Iterable[Item], size: int, weigh: Callable[[Item], int] = lambda _: 0, heaviest: int = 1
) -> Iterator[list[Item]]:
    """The items in lists of so many, or of fewer that weigh `heaviest` together; the last holds what is left.

    Where the items end in an error, what came before is given first.
    """
    lot: list[Item] = []
    weight = 0
    try:
        for item in items:
            lot.append(item)
            weight += weigh(item)
            if len(lot) >= size or weight >= heaviest:
                whole, lot, weight = lot, [], 0
                yield whole
    except Exception:
        if lot:
            yield lot
        raise
    if lot:
        yield lot
