"""Figures of a yes or no: calibration and order."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

BINS = 10
NORMAL_95 = 1.959964  # standard deviations that hold 95 % of a normal distribution


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


class Interval(NamedTuple):
    """The bounds within which a share lies with a given confidence."""

    low: float
    high: float


def wilson(hits: int, trials: int, z: float = NORMAL_95) -> Interval:
    """The score interval of a share (Wilson 1927): sound for few trials and for shares near 0 and 1, too."""
    if not trials:
        return Interval(0.0, 1.0)
    share, spread = hits / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
