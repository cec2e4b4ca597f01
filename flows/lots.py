"""Cuts a stream into lots of a size."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def in_lots(
    items: Iterable[Item], size: int, weigh: Callable[[Item], int] = lambda _: 0, heaviest: int = 1
) -> Iterator[list[Item]]:
    """The items in lists of so many, or of fewer that weigh `heaviest` together; the last holds what is left."""
    lot: list[Item] = []
    weight = 0
    for item in items:
        lot.append(item)
        weight += weigh(item)
        if len(lot) >= size or weight >= heaviest:
            yield lot
            lot, weight = [], 0
    if lot:
        yield lot
