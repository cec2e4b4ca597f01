"""Counts what people judged, by frame, trigger, issue, actor or outlet."""

from pathlib import Path
from typing import Literal, NamedTuple, get_args

from warehouse.query import Snapshot, connect_snapshot

Group = Literal["frame", "trigger", "issue", "actor", "outlet"]
GROUPS: tuple[Group, ...] = get_args(Group)
COLUMNS = {"trigger": "trigger_id"}


class Counted(NamedTuple):
    """The foreign positions of a frame, issue, actor or outlet: all, those judged, and those of them that are right.

    Right are actor and stance as the rules gave them; `issue_right` has the right issue as well.
    """

    name: str
    positions: int
    judged: int
    right: int
    issue_right: int


def counted(snapshot: Path, by: Group) -> list[Counted]:
    """What was judged of each that has a judged position, by name. Raises NoSnapshot."""
    with connect_snapshot(snapshot) as connection:
        return counted_of(connection, by)


def counted_of(connection: Snapshot, by: Group) -> list[Counted]:
    """The same of a snapshot that is open."""
    column = COLUMNS.get(by, by)
    rows = connection.execute(
        f"SELECT coalesce({column}, 'none'), count(*), count(verdict), count(*) FILTER (is_right), "
        "count(*) FILTER (is_issue_right) FROM position_judged GROUP BY 1 HAVING count(verdict) > 0 ORDER BY 1"
    ).fetchall()
    return [Counted(*row) for row in rows]


def positions_in_all(snapshot: Path) -> int:
    """How many positions there are to be judged. Raises NoSnapshot."""
    with connect_snapshot(snapshot) as connection:
        ((number,),) = connection.execute("SELECT count(*) FROM position_judged").fetchall()
    return int(number)
