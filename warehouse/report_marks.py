"""The marks of the timelines: every position one, or, where they are too many, periods of an actor's stance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from warehouse.report_data import CHOSEN_ACTOR, CHOSEN_ISSUE, Choice
from warehouse.telling import stance_told

MOST_MARKS = 4000  # in the whole report: each costs about half a kilobyte and its sentence
OTHERS, EVERYBODY = "Other actors", "All actors"


@dataclass(frozen=True)
class Grain:
    """How finely a timeline is drawn: a period (None: each position by itself), and actors with a row of their own."""

    period: str | None
    actors: int

    @property
    def words(self) -> str:
        """What a mark is."""
        if self.period is None:
            return "Each mark is one position."
        rows = f"the {self.actors} actors told of most" if self.actors else "all actors together"
        return f"Each mark sums up a {self.period} of one stance, {rows}; the larger, the more positions."


GRAINS = (
    Grain(None, 14),
    Grain("week", 14),
    Grain("month", 14),
    Grain("quarter", 10),
    Grain("year", 10),
    Grain("year", 3),
    Grain("year", 0),
)


@dataclass(frozen=True)
class Mark:
    """One mark and the evidence behind it: its own sentence, or the latest of those it sums up."""

    number: int
    issue: str
    row: str
    stance: str
    conditional: bool
    day: date
    positions: int
    stories: int
    actors: str
    actor_name: str
    target_name: str | None
    stated_on: date
    speaker: str | None
    speaker_role: str | None
    evidence: str
    outlet: str | None
    url: str | None
    title: str

    @property
    def words(self) -> str:
        """Who did what to whom and when, in one line; a summed mark begins with its number of positions."""
        stance = stance_told(self.stance, self.conditional)
        target = f" → {self.target_name}" if self.target_name else ""
        said = f"{self.actor_name} {stance}{target}, {self.stated_on}"
        return said if self.positions == 1 else f"{self.positions} positions in {self.stories} stories; last: {said}"


@dataclass(frozen=True)
class Timeline:
    """The marks of one issue and how they are drawn."""

    issue: str
    grain: Grain
    marks: tuple[Mark, ...]


def read_timelines(connection: duckdb.DuckDBPyConnection, choice: Choice, most: int = MOST_MARKS) -> list[Timeline]:
    """The timelines of all chosen issues, each as fine as its share of the marks allows."""
    _choose(connection, choice)
    issues = [row[0] for row in connection.execute("SELECT DISTINCT issue FROM chosen ORDER BY 1").fetchall()]
    grains = _grains(connection, most, issues)
    marks = (Mark(number, *row[:-1]) for number, row in enumerate(_rows(connection, grains), start=1))
    by_issue: dict[str, list[Mark]] = {issue: [] for issue in issues}
    for mark in marks:
        by_issue[mark.issue].append(mark)
    return [Timeline(issue, grains[issue], tuple(by_issue[issue])) for issue in issues]


def _choose(connection: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen AS "
        "WITH found AS ("
        f"SELECT * FROM positions WHERE issue IS NOT NULL AND {CHOSEN_ISSUE.format('issue')} "
        f"AND {CHOSEN_ACTOR.format('actor', 'target')}), "
        "weight AS (SELECT issue, actor, count(DISTINCT story_id) AS stories FROM found GROUP BY ALL), "
        "ranked AS (SELECT *, row_number() OVER (PARTITION BY issue ORDER BY stories DESC, actor) AS rank FROM weight) "
        "SELECT found.*, ranked.rank, condition IS NOT NULL AND stance IN ('offer', 'acceptance') AS conditional "
        "FROM found JOIN ranked USING (issue, actor)",
        choice.parameters(),
    )


def _grains(connection: duckdb.DuckDBPyConnection, most: int, issues: list[str]) -> dict[str, Grain]:
    """For every issue the finest grain that fits its share; what small issues leave over goes to the large."""
    counts = {grain: _counts(connection, grain) for grain in GRAINS}
    grains, left = {}, most
    for place, issue in enumerate(sorted(issues, key=lambda issue: (counts[GRAINS[0]][issue], issue))):
        share = left // (len(issues) - place)
        grains[issue] = next((grain for grain in GRAINS if counts[grain][issue] <= share), GRAINS[-1])
        left = max(0, left - counts[grains[issue]][issue])
    return grains


def _counts(connection: duckdb.DuckDBPyConnection, grain: Grain) -> dict[str, int]:
    """How many marks each issue has at a grain."""
    if grain.period is None:
        return dict(connection.execute("SELECT issue, count(*) FROM chosen GROUP BY issue").fetchall())
    return dict(
        connection.execute(
            "SELECT issue, count(*) FROM (SELECT DISTINCT issue, least(rank, $actors + 1), stance, "
            f"date_trunc('{grain.period}', stated_on) FROM chosen) GROUP BY issue",
            {"actors": grain.actors},
        ).fetchall()
    )


def _rows(connection: duckdb.DuckDBPyConnection, grains: dict[str, Grain]) -> Iterator[tuple[Any, ...]]:
    for grain in dict.fromkeys(grains.values()):
        day = f"date_trunc('{grain.period}', stated_on)::DATE" if grain.period else "stated_on"
        each = "position_id" if grain.period is None else "NULL"
        last = "(stated_on, position_id)"
        others = OTHERS if grain.actors else EVERYBODY
        yield from connection.execute(
            f"SELECT issue, CASE WHEN rank <= $actors THEN actor_name ELSE '{others}' END AS actor_row, stance, "
            f"bool_and(conditional), {day} AS day, count(*), count(DISTINCT story_id), "
            "string_agg(DISTINCT actor, ' ' ORDER BY actor), "
            f"arg_max(actor_name, {last}), arg_max_null(target_name, {last}), max(stated_on), "
            f"arg_max_null(speaker, {last}), arg_max_null(speaker_role, {last}), arg_max(evidence, {last}), "
            f"arg_max_null(outlet, {last}), arg_max_null(url, {last}), arg_max(title, {last}), {each} AS each "
            "FROM chosen WHERE issue IN (SELECT unnest($issues)) "
            "GROUP BY issue, actor_row, stance, day, each "
            "ORDER BY issue, day DESC, actor_row, stance, each",
            {"actors": grain.actors, "issues": [issue for issue, of in grains.items() if of == grain]},
        ).fetchall()
