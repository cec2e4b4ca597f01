"""What a report tells, read from the published snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

import duckdb

from warehouse.disputes import Facing, Turn, read_records
from warehouse.query import Kind, Status, Unknown, id_of, status_of
from warehouse.rows import single_value
from warehouse.telling import stance_told

CHOSEN_ISSUE = "($issues IS NULL OR len(list_filter($issues, lambda i: same_or_below({0}, i))) > 0)"
CHOSEN_ACTOR = "($actors IS NULL OR list_contains($actors, {0}) OR list_contains($actors, {1}))"
LATEST_TURNS = 10  # where the last 30 days have none
MOST_ROWS = 100  # of a table; how many there are besides is said, by issue or turn


class CannotReport(ValueError):
    """What was asked for cannot be reported."""


@dataclass(frozen=True)
class Choice:
    """Which issues (with those below them) and which actors (as targets too) are reported; empty: all."""

    issues: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    def parameters(self) -> dict[str, object]:
        """The values of $issues and $actors: lists, or null for all."""
        return {"issues": list(self.issues) or None, "actors": list(self.actors) or None}


def chosen(connection: duckdb.DuckDBPyConnection, issues: Sequence[str], actors: Sequence[str]) -> Choice:
    """The choice of issues and actors by id or name. Raises CannotReport where nothing is called so."""
    try:
        return Choice(
            tuple(id_of(connection, "issue", issue) for issue in issues),
            tuple(id_of(connection, "actor", actor) for actor in actors),
        )
    except Unknown as error:
        raise CannotReport(str(error)) from error


@dataclass(frozen=True)
class Current:
    """The latest position of an actor on an issue towards a target."""

    issue: str
    issue_name: str
    actor: str
    actor_name: str
    target: str | None
    target_name: str | None
    stance: str
    conditional: bool
    since: date
    stated_on: date
    stories: int
    outlets: int
    evidence: str
    speaker: str | None
    url: str | None
    outlet: str | None

    @property
    def place(self) -> str:
        """Where in the page its sentence stands."""
        return f"c-{self.issue}-{self.actor}"

    @property
    def words(self) -> str:
        """The stance as a verb: demands, or offers on a condition."""
        return stance_told(self.stance, self.conditional)


@dataclass(frozen=True)
class MatrixRow:
    """An actor, and for every issue of the branch its latest position and how many other targets it has."""

    actor: str
    actor_name: str
    cells: tuple[tuple[Current, int] | None, ...]


@dataclass(frozen=True)
class Branch:
    """One matrix: the issues of a branch of the tree, and the actors with a position on one of them."""

    name: str
    issues: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Listed:
    """The rows of a table that are shown, and how many there are in all, by a word that sums them up."""

    rows: Sequence[Facing | Turn]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Told:
    """Everything that the report tells besides the timelines."""

    choice: Choice
    chosen_names: tuple[str, ...]
    last_day: date | None
    published_at: datetime | None
    positions: int
    branches: tuple[Branch, ...]
    current: dict[str, list[Current]]
    standoffs: Listed
    changes: dict[str, Listed]
    status: Status
    outlets: list[tuple[str, int, int]]
    months: list[tuple[date, int, int]]
    actors: dict[str, str] = field(default_factory=dict)
    issues: dict[str, str] = field(default_factory=dict)

    def held(self, issue: str) -> list[Current]:
        """What the cells of an issue hold, the latest first."""
        cells = (cell for branch in self.branches for row in branch.rows for cell in row.cells if cell)
        return sorted((held for held, _ in cells if held.issue == issue), key=lambda held: held.stated_on, reverse=True)


def read_report(connection: duckdb.DuckDBPyConnection, choice: Choice) -> Told:
    """Read everything; raises CannotReport for an issue or actor that no position names."""
    names = _chosen_names(connection, choice)
    current = _current(connection, choice)
    last_day = single_value(connection, "SELECT max(stated_on) FROM position_daily")
    where = f"{CHOSEN_ISSUE.format('issue')} AND {CHOSEN_ACTOR.format('actor', 'target')}"
    return Told(
        choice=choice,
        chosen_names=names,
        last_day=last_day,
        published_at=single_value(connection, "SELECT max(published_at) FROM publication"),
        positions=single_value(connection, f"SELECT count(*) FROM positions WHERE {where}", choice.parameters()),
        branches=_branches(current),
        current={issue: list(rows) for issue, rows in groupby(current, lambda row: row.issue)},
        standoffs=_standoffs(connection, choice),
        changes=_changes(connection, choice),
        status=status_of(connection, names=20),
        outlets=connection.execute(
            "SELECT coalesce(outlet, 'unknown'), count(*), min(year(published)) FROM article GROUP BY 1 "
            "ORDER BY 2 DESC, 1 LIMIT 20"
        ).fetchall(),
        months=connection.execute(
            "SELECT date_trunc('month', published)::DATE, count(*), count(tagging.article_id) "
            "FROM article LEFT JOIN tagging USING (article_id) GROUP BY 1 ORDER BY 1"
        ).fetchall(),
        actors={row.actor: row.actor_name for row in sorted(current, key=lambda row: row.actor_name)},
        issues={row.issue: row.issue_name for row in current},
    )


def _chosen_names(connection: duckdb.DuckDBPyConnection, choice: Choice) -> tuple[str, ...]:
    named: list[str] = []
    chosen: tuple[tuple[Kind, tuple[str, ...]], ...] = (("issue", choice.issues), ("actor", choice.actors))
    for what, ids in chosen:
        known = dict(connection.execute(f"SELECT {what}_id, name FROM {what} WHERE retired_at IS NULL").fetchall())
        named += [known.get(one, one) for one in ids]
    return tuple(named)


def _current(connection: duckdb.DuckDBPyConnection, choice: Choice) -> list[Current]:
    where = f"{CHOSEN_ISSUE.format('issue')} AND {CHOSEN_ACTOR.format('actor', 'target')}"
    source = f"FROM current_position WHERE {where} ORDER BY issue, stated_on DESC, stories DESC, actor, target"
    return read_records(connection, Current, source, choice.parameters())


def _branches(current: Sequence[Current]) -> tuple[Branch, ...]:
    issues = {row.issue: row.issue_name for row in current}
    return tuple(
        _branch(name, tuple((i, issues[i]) for i in ids), [row for row in current if row.issue in ids])
        for name, ids in ((n, list(g)) for n, g in groupby(sorted(issues), lambda i: i.partition(".")[0]))
    )


def _branch(name: str, issues: tuple[tuple[str, str], ...], current: Sequence[Current]) -> Branch:
    """Actors with the most stories come first; a cell holds the position stated last."""
    cells: dict[tuple[str, str], list[Current]] = {}
    weight: dict[tuple[str, str], int] = {}
    for row in current:
        cells.setdefault((row.actor, row.issue), []).append(row)
        who = (row.actor, row.actor_name)
        weight[who] = weight.get(who, 0) + row.stories
    rows = []
    for actor, actor_name in sorted(weight, key=lambda who: (-weight[who], who[1])):
        held = [cells.get((actor, issue)) for issue, _ in issues]
        rows.append(MatrixRow(actor, actor_name, tuple((h[0], len(h) - 1) if h else None for h in held)))
    return Branch(name, issues, tuple(rows))


def _standoffs(connection: duckdb.DuckDBPyConnection, choice: Choice) -> Listed:
    where = f"{CHOSEN_ISSUE.format('issue')} AND {CHOSEN_ACTOR.format('demander', 'refuser')}"
    rows = read_records(
        connection,
        Facing,
        f"FROM standoff WHERE {where} ORDER BY status DESC, stated_on DESC, demand_stories + refusal_stories DESC, "
        f"issue, demander, refuser LIMIT {MOST_ROWS}",
        choice.parameters(),
    )
    counts = connection.execute(
        f"SELECT status, count(*) FROM standoff WHERE {where} GROUP BY 1 ORDER BY 1 DESC", choice.parameters()
    ).fetchall()
    return Listed(rows, dict(counts))


def _changes(connection: duckdb.DuckDBPyConnection, choice: Choice) -> dict[str, Listed]:
    """The turns of the last days, by the words that head them; where there are none, the latest before."""
    told = {
        f"In the last {days} days": _turns(
            connection, choice, f"stated_on > (SELECT max(stated_on) FROM position_daily) - {days:d}", MOST_ROWS
        )
        for days in (7, 30)
    }
    if any(listed.total for listed in told.values()):
        return told
    before = _turns(connection, choice, "true", LATEST_TURNS)
    return {**told, "The latest before that": before} if before.total else told


def _turns(connection: duckdb.DuckDBPyConnection, choice: Choice, when: str, most: int) -> Listed:
    where = f"{when} AND {CHOSEN_ISSUE.format('issue')} AND {CHOSEN_ACTOR.format('actor', 'target')}"
    source = f"FROM position_change WHERE {where} ORDER BY stated_on DESC, actor, issue, target LIMIT {most:d}"
    rows = read_records(connection, Turn, source, choice.parameters())
    counts = connection.execute(
        f"SELECT turn, count(*) FROM position_change WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1",
        choice.parameters(),
    ).fetchall()
    return Listed(rows, dict(counts))
