"""Finds positions: a page of them, how many there are by facet and by day, and files of them all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse.browsing.selection import NAMED, ORDERS, Selection
from warehouse.browsing.shown import BY_DEFAULT, Names, Shown, shown_rows
from warehouse.formats import FORMATS
from warehouse.query import Snapshot
from warehouse.telling import STANCES

AT_ONCE = 50
MOST_VALUES, MOST_COUNTED = 60, 500  # of a facet, that are shown, and counted
DAYS, MONTHS = 62, 1500  # up to which a histogram counts days, or months
STEP = 0.1  # of confidence
BAR, HEIGHT = 12, 60


@dataclass(frozen=True)
class Value:
    """One value of a facet, how many positions have it, and the selections with and without it."""

    value: str
    name: str
    positions: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Bar:
    """One period of a histogram: its first and last day, how many positions, and its place in the drawing."""

    first: date
    last: date
    positions: int
    x: float
    height: float


@dataclass(frozen=True)
class Counts:
    """How many positions are found in all, by facet, by confidence from the least, and over time."""

    total: int
    facets: dict[str, list[Value]]
    confidence: list[tuple[float, int]]
    bars: list[Bar]
    period: str

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, math.ceil(self.total / AT_ONCE))


@dataclass(frozen=True)
class Found:
    """How many positions there are, and those of the page that is asked for."""

    counts: Counts
    rows: list[Shown]


def find(snapshot: Snapshot, selection: Selection, names: Names) -> Found:
    """What a selection holds; each facet is counted over what all facets leave."""
    where, parameters = selection.where()
    source = f"positions_all WHERE {where}" + ("" if selection.all_rows else f" AND {BY_DEFAULT}")
    if selection.words:  # sentences are looked through once, and the numbers of rows with the words are kept
        snapshot.execute(
            f"CREATE OR REPLACE TEMP TABLE found AS SELECT positions_all.rowid AS number FROM {source}", parameters
        )
        source, parameters = "positions_all SEMI JOIN found ON positions_all.rowid = found.number", []
    counts = _counts(snapshot, source, parameters, selection, names)
    skip = (selection.page - 1) * AT_ONCE
    return Found(counts, shown_rows(snapshot, source, parameters, ORDERS[selection.order], AT_ONCE, skip))


def _counts(snapshot: Snapshot, source: str, parameters: list[Any], selection: Selection, names: Names) -> Counts:
    facets = ", ".join(NAMED)
    rows = snapshot.execute(
        f"WITH told AS (SELECT {facets}, floor(confidence / {STEP} + 1e-9)::INTEGER AS step, stated_on "
        f"FROM {source}), "
        f"counted AS (SELECT GROUPING({facets}, step, stated_on) AS what, {facets}, step, stated_on, count(*) AS n "
        f"FROM told GROUP BY GROUPING SETS ({', '.join(f'({name})' for name in NAMED)}, (step), (stated_on), ())) "
        f"SELECT what, {facets}, step, stated_on, n FROM counted "
        f"QUALIFY stated_on IS NOT NULL OR row_number() OVER (PARTITION BY what ORDER BY n DESC) <= {MOST_COUNTED}",
        parameters,
    ).fetchall()
    width = len(NAMED) + 2
    by_set: dict[int, list[tuple[object, int]]] = {}
    for what, *keys, n in rows:
        place = next((i for i in range(width) if not what >> (width - 1 - i) & 1), width)
        by_set.setdefault(place, []).append((keys[place] if place < width else None, n))
    pairs = {
        name: [(str(value), n) for value, n in by_set.get(place, []) if value is not None]
        for place, name in enumerate(NAMED)
    }
    days = {value: n for value, n in by_set.get(width - 1, []) if isinstance(value, date)}
    bars, period = histogram(days)
    return Counts(
        total=by_set.get(width, [(None, 0)])[0][1],
        facets={name: _values(name, found, selection, names) for name, found in pairs.items()},
        confidence=sorted((int(str(step)) * STEP, n) for step, n in by_set.get(width - 2, []) if step is not None),
        bars=bars,
        period=period,
    )


def _values(name: str, pairs: Sequence[tuple[str, int]], selection: Selection, names: Names) -> list[Value]:
    chosen = selection.values.get(name, ())
    if name == "issue":
        return _issue_tree(dict(pairs), chosen, names)
    titles = names.actors if name in ("actor", "target") else {}
    values = [Value(value, titles.get(value, value), n, value in chosen) for value, n in pairs]
    there = {value.value for value in values}
    values += [Value(value, titles.get(value, value), 0, True) for value in chosen if value not in there]
    if name == "stance":
        return sorted(values, key=lambda value: STANCES.index(value.value))
    return sorted(values, key=lambda value: (not value.chosen, -value.positions, value.name))[:MOST_VALUES]


def _issue_tree(counted: dict[str, int], chosen: Sequence[str], names: Names) -> list[Value]:
    """The issues with those above them, each with all that lies below it, in the order of the tree."""
    totals: dict[str, int] = dict.fromkeys(chosen, 0)
    for issue, n in counted.items():
        parts = issue.split(".")
        for end in range(1, len(parts) + 1):
            above = ".".join(parts[:end])
            totals[above] = totals.get(above, 0) + n
    return [
        Value(issue, names.issue(issue), totals[issue], issue in chosen, issue.count(".")) for issue in sorted(totals)
    ]


def histogram(days: dict[date, int]) -> tuple[list[Bar], str]:
    """Bars of days, months or years, whichever are few enough, without gaps; and which."""
    if not days:
        return [], "day"
    first, last = min(days), max(days)
    span = (last - first).days
    period = "day" if span <= DAYS else "month" if span <= MONTHS else "year"
    starts = []
    start = _start(first, period)
    while start <= last:
        starts.append(start)
        start = _next(start, period)
    sums = dict.fromkeys(starts, 0)
    for day, n in days.items():
        sums[_start(day, period)] += n
    most = max(sums.values())
    return [
        Bar(start, _next(start, period) - timedelta(days=1), n, place * BAR, max(2.0, HEIGHT * n / most) if n else 0)
        for place, (start, n) in enumerate(sums.items())
    ], period


def _start(day: date, period: str) -> date:
    if period == "day":
        return day
    return day.replace(day=1) if period == "month" else day.replace(month=1, day=1)


def _next(start: date, period: str) -> date:
    if period == "day":
        return start + timedelta(days=1)
    if period == "year":
        return start.replace(year=start.year + 1)
    return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)


def write_file(snapshot: Snapshot, selection: Selection, to: Path, file_format: str) -> None:
    """Write all positions of a selection. Raises CannotExport where a sheet does not hold them."""
    where, parameters = selection.where()
    chosen = f"SELECT * FROM {selection.view} WHERE {where} ORDER BY {ORDERS[selection.order]}"
    snapshot.execute(f"CREATE TEMP TABLE exported AS {chosen}", parameters)
    FORMATS[file_format](snapshot, to)
