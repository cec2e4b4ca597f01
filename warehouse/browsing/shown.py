"""A position as the page shows it, and the names of actors and issues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from warehouse.disputes import read_records
from warehouse.query import Snapshot
from warehouse.telling import stance_told

# What `positions` leaves of `positions_all`.
BY_DEFAULT = "counts_by_default(scope, confidence, verdict, line_at('infinity'))"


@dataclass(frozen=True)
class Shown:
    """A position with its sentence."""

    position_id: str
    article_id: str
    stated_on: date
    actor: str
    actor_name: str
    stance: str
    issue: str | None
    issue_name: str | None
    target: str | None
    target_name: str | None
    content: str | None
    condition: str | None
    speaker: str | None
    speaker_role: str | None
    evidence: str
    outlet: str | None
    published: date
    title: str
    url: str | None
    confidence: float | None
    verdict: str | None
    scope: str
    recorded_at: datetime
    thread_id: str | None

    @property
    def words(self) -> str:
        """The stance as a verb: demands, or offers on a condition."""
        return stance_told(self.stance, bool(self.condition))


@dataclass(frozen=True)
class Names:
    """Names of actors and issues by id."""

    actors: Mapping[str, str]
    kinds: Mapping[str, str]
    issues: Mapping[str, str]
    parents: Mapping[str, str | None]

    def actor(self, actor: str | None) -> str:
        """The name, else the id."""
        return self.actors.get(actor or "", actor or "")

    def issue(self, issue: str | None) -> str:
        """The name; of a branch its id in words."""
        known = self.issues.get(issue or "")
        return known or (issue or "").rpartition(".")[2].replace("_", " ").capitalize()


def read_names(snapshot: Snapshot) -> Names:
    """The names that the rule set in use gives."""
    actors = snapshot.execute(
        "SELECT actor_id, name, kind FROM actor WHERE retired_at IS NULL ORDER BY name"
    ).fetchall()
    issues = snapshot.execute("SELECT issue_id, name, parent FROM issue WHERE retired_at IS NULL ORDER BY issue_id")
    rows = issues.fetchall()
    return Names(
        {row[0]: row[1] for row in actors},
        {row[0]: row[2] for row in actors},
        {row[0]: row[1] for row in rows},
        {row[0]: row[2] for row in rows},
    )


def shown_rows(snapshot: Snapshot, source: str, parameters: Any, order: str, number: int, skip: int = 0) -> list[Shown]:
    """So many rows of a source, in an order.

    The source is `positions_all` with what narrows it down. In a snapshot that is a table, whose wide rows are read by
    their number, and no more of them than are shown: that takes a third of reading them by their key.
    """
    found = snapshot.execute(
        f"SELECT positions_all.rowid FROM {source} ORDER BY {order} LIMIT {number:d} OFFSET {skip:d}", parameters
    ).fetchall()
    if not found:
        return []
    chosen = f"(SELECT unnest([{', '.join(str(row[0]) for row in found)}]) AS number) AS chosen"
    wanted = f"FROM positions_all SEMI JOIN {chosen} ON positions_all.rowid = chosen.number ORDER BY {order}"
    return read_records(snapshot, Shown, wanted)
