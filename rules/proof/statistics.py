"""Figures of a yes or no: calibration, order, intervals."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt
from random import Random
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
BINS = 10
NORMAL_95 = 1.959964  # standard deviations on either side that hold 95 % of a normal distribution
DRAWS = 1_000


class Interval(NamedTuple):
    """Between which two values a figure lies, 95 times in a hundred."""

    low: float
    high: float


class Bin(NamedTuple):
    """Rows of about the same confidence: how many, what was said on average, and which share was right."""

    rows: int
    said: float
    right: float


def auc(said: Sequence[float], right: Sequence[bool]) -> float:
    """The chance that of a right and a wrong row the right one is said to be surer (Hanley and McNeil 1982).

    Ties count half; nan where all are right or all are wrong.
    """
    positives, negatives = sum(right), len(right) - sum(right)
    if not positives or not negatives:
        return float("nan")
    order = sorted(range(len(said)), key=lambda i: said[i])
    ranks = [0.0] * len(said)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and said[order[last + 1]] == said[order[first]]:
            last += 1
        for i in order[first : last + 1]:
            ranks[i] = (first + last) / 2 + 1
        first = last + 1
    of_right = sum(rank for rank, one in zip(ranks, right, strict=True) if one)
    return (of_right - positives * (positives + 1) / 2) / (positives * negatives)


def bins_of(said: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """The rows in bins of equal number, the least sure first."""
    pairs = sorted(zip(said, right, strict=True))
    cuts = [round(len(pairs) * n / bins) for n in range(bins + 1)]
    parts = [pairs[a:b] for a, b in pairwise(cuts) if b > a]
    return [Bin(len(p), sum(s for s, _ in p) / len(p), sum(r for _, r in p) / len(p)) for p in parts]


def calibration_error(said: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """The expected calibration error: the mean of |said − right| over bins of equal number (Naeini et al. 2015)."""
    found = bins_of(said, right, bins)
    return sum(b.rows * abs(b.said - b.right) for b in found) / len(said) if said else float("nan")


def wilson(right: int, rows: int) -> Interval:
    """The interval of a share (Wilson 1927); all there is where nothing was judged."""
    if not rows:
        return Interval(0.0, 1.0)
    z2 = NORMAL_95**2
    middle = (right + z2 / 2) / (rows + z2)
    half = NORMAL_95 / (rows + z2) * sqrt(right * (rows - right) / rows + z2 / 4)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(items: Sequence[Item], figure: Callable[[Sequence[Item]], float], draws: int = DRAWS) -> Interval:
    """The percentile interval of a figure over items drawn with replacement (Efron 1979); the same at every call."""
    random = Random(0)
    found = sorted(figure(random.choices(items, k=len(items))) for _ in range(draws)) if items else [0.0]
    known = [value for value in found if value == value]  # nan: a draw without a row
    if not known:
        return Interval(0.0, 1.0)
    return Interval(known[int(0.025 * (len(known) - 1))], known[round(0.975 * (len(known) - 1))])
