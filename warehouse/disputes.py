"""Standoffs, and stances that turned, as the report and the local page tell them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from warehouse.query import Snapshot
from warehouse.telling import stance_told

Row = TypeVar("Row")


@dataclass(frozen=True)
class Facing:
    """A demand and the refusals that answer it."""

    issue: str
    issue_name: str
    demander: str
    demander_name: str
    refuser: str
    refuser_name: str
    status: str
    demanded_since: date
    demanded_last: date
    refused_since: date
    refused_last: date
    closed_on: date | None
    demand_stories: int
    refusal_stories: int
    demand_evidence: str
    refusal_evidence: str
    demand_url: str | None
    refusal_url: str | None
    demand_position_id: str
    refusal_position_id: str
    thread_id: str


@dataclass(frozen=True)
class Turn:
    """A stance that turned."""

    stated_on: date
    actor: str
    actor_name: str
    issue: str
    issue_name: str
    target: str | None
    target_name: str | None
    stance_before: str
    conditional_before: bool
    stance: str
    conditional: bool
    turn: str
    evidence_before: str
    evidence: str
    url_before: str | None
    url: str | None
    position_id_before: str
    position_id: str
    thread_id: str

    @property
    def words(self) -> str:
        """Both stances as verbs."""
        before = stance_told(self.stance_before, self.conditional_before)
        return f"{before}, then {stance_told(self.stance, self.conditional)}"


def read_records(snapshot: Snapshot, kind: type[Row], source: str, parameters: Any = None) -> list[Row]:
    """The rows of a query that follows SELECT …, as records of a kind whose fields name the columns."""
    columns = ", ".join(field.name for field in fields(kind))  # type: ignore[arg-type]
    return [kind(*row) for row in snapshot.execute(f"SELECT {columns} {source}", parameters).fetchall()]
