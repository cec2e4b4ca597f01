"""What actors say, on what, and who answers them: of one actor, one issue, or a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.browsing.shown import BY_DEFAULT, Shown, shown_rows
from warehouse.disputes import Facing, Turn, read_records
from warehouse.query import Snapshot
from warehouse.telling import STANCES, stance_told

LATEST, MOST = 30, 12  # sentences of a timeline at once; rows of a table


@dataclass(frozen=True)
class About:
    """Which positions a page is about: of an actor and towards it, on an issue and below, between two, of a thread."""

    actor: str | None = None
    other: str | None = None
    issue: str | None = None
    thread: str | None = None

    def where(self) -> str:
        """The condition in SQL; its values are those of `values`."""
        if self.thread is not None:
            return "thread_id = $thread"
        if self.other is not None:
            return "((actor = $actor AND target = $other) OR (actor = $other AND target = $actor))"
        return "(actor = $actor OR target = $actor)" if self.actor else "same_or_below(issue, $issue)"

    @property
    def values(self) -> dict[str, str]:
        """The parameters of the condition."""
        given = {"actor": self.actor, "other": self.other, "issue": self.issue, "thread": self.thread}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Standing:
    """Where a side stands: its latest position on an issue towards a target."""

    actor: str
    actor_name: str
    issue: str
    issue_name: str
    target: str | None
    target_name: str | None
    stance: str
    conditional: bool
    since: date
    stated_on: date
    stories: int
    evidence: str
    article_id: str
    position_id: str

    @property
    def words(self) -> str:
        """The stance as a verb."""
        return stance_told(self.stance, self.conditional)


@dataclass(frozen=True)
class Edge:
    """How often an actor took a stance towards another."""

    actor: str
    target: str
    counts: tuple[int, ...]

    @property
    def positions(self) -> int:
        """In all stances."""
        return sum(self.counts)


@dataclass(frozen=True)
class Told:
    """What a page says of its positions: how many by month and stance, by other columns, and who addresses whom."""

    months: list[tuple[date, str, int]]
    outlets: list[tuple[str, int]]
    speakers: list[tuple[str, int]]
    issues: list[tuple[str, int]]
    edges: list[Edge]


def told(snapshot: Snapshot, about: About) -> Told:
    """What is counted of the positions that a page is about."""
    month = "date_trunc('month', stated_on)::DATE"
    months = snapshot.execute(
        f"SELECT {month}, stance, count(*) FROM positions WHERE {about.where()} GROUP BY ALL ORDER BY ALL", about.values
    ).fetchall()
    by = (_by(snapshot, about, column) for column in ("outlet", "speaker", "issue"))
    return Told(months, next(by), next(by), next(by), _edges(snapshot, about))


def timeline(snapshot: Snapshot, about: About, since: date | None, until: date | None, skip: int) -> list[Shown]:
    """Positions with their sentences, the latest first."""
    source = (
        f"positions_all WHERE {BY_DEFAULT} AND {about.where()} AND ($since IS NULL OR stated_on >= $since) "
        "AND ($until IS NULL OR stated_on <= $until)"
    )
    given = {**about.values, "since": since, "until": until}
    return shown_rows(snapshot, source, given, "stated_on DESC, position_id", LATEST, skip)


def _by(snapshot: Snapshot, about: About, column: str) -> list[tuple[str, int]]:
    return snapshot.execute(
        f"SELECT {column}, count(*) FROM positions WHERE {about.where()} AND {column} IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}",
        about.values,
    ).fetchall()


def _edges(snapshot: Snapshot, about: About) -> list[Edge]:
    counted = ", ".join(f"count(*) FILTER (stance = '{stance}')" for stance in STANCES)
    rows = snapshot.execute(
        f"SELECT actor, target, {counted} FROM positions WHERE {about.where()} AND target IS NOT NULL "
        f"GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT {2 * MOST}",
        about.values,
    ).fetchall()
    return [Edge(row[0], row[1], tuple(row[2:])) for row in rows]


def standing(snapshot: Snapshot, about: About) -> list[Standing]:
    """Where the sides stand, the latest first."""
    if about.thread is not None:  # the view is by issue, whatever the thread
        return []
    source = f"FROM current_position WHERE {about.where()} ORDER BY stated_on DESC, stories DESC, position_id LIMIT 40"
    return read_records(snapshot, Standing, source, about.values)


def standoffs(snapshot: Snapshot, about: About) -> list[Facing]:
    """Demands met by refusals, open ones first."""
    where = about.where().replace("actor =", "demander =").replace("target =", "refuser =")
    source = f"FROM standoff WHERE {where} ORDER BY status DESC, stated_on DESC, issue, demander, refuser LIMIT {MOST}"
    return read_records(snapshot, Facing, source, about.values)


def turns(snapshot: Snapshot, about: About) -> list[Turn]:
    """Stances that turned, the latest first."""
    source = f"FROM position_change WHERE {about.where()} ORDER BY stated_on DESC, actor, issue, target LIMIT {MOST}"
    return read_records(snapshot, Turn, source, about.values)


def heaviest(snapshot: Snapshot, column: str, number: int = 200) -> Sequence[tuple[str, int]]:
    """The actors or issues with most positions. `column` is written by the program."""
    return snapshot.execute(
        f"SELECT {column}, count(*) FROM positions WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 "
        f"LIMIT {number:d}"
    ).fetchall()


@dataclass(frozen=True)
class Thread:
    """One matter between parties."""

    thread_id: str
    issue: str | None
    issue_name: str | None
    parties: list[str]
    since: date
    last_confirmed: date
    content: str | None
    positions: int
    stories: int


def threads(snapshot: Snapshot, about: About) -> list[Thread]:
    """The threads of the parties or on the issue that a page is about, the latest first."""
    if about.thread is not None:
        return read_records(snapshot, Thread, "FROM thread WHERE thread_id = $thread", about.values)
    named = " AND ".join(f"list_contains(parties, ${name})" for name in ("actor", "other") if name in about.values)
    source = (
        f"FROM thread WHERE {named or about.where()} AND positions > 1 "
        f"ORDER BY last_confirmed DESC, positions DESC, thread_id LIMIT {MOST}"
    )
    return read_records(snapshot, Thread, source, about.values)
