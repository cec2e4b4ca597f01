"""Tells how many of the standoffs and changes of a snapshot a person judged, and how many of these are right:
`python -m tests.corpus.judged SNAPSHOT`.

The judged ones are those that a warehouse of real news showed, kept as ids of their positions: 40 standoffs drawn at
random, the ten that weighed most, and all changes of stance.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from warehouse.query import connect_snapshot

FOLDER = Path(__file__).parent / "judged"
SHOWN = {
    "standoffs": "SELECT demand_position_id, refusal_position_id FROM standoff",
    "heaviest": "SELECT demand_position_id, refusal_position_id FROM standoff ORDER BY weight DESC LIMIT 10",
    "changes": "SELECT position_id_before, position_id FROM position_change",
}
Pair = tuple[str, str]


def verdicts(name: str) -> dict[Pair, bool]:
    """Whether each judged pair of positions is right."""
    rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    ends = ("before", "after") if name == "changes" else ("demand", "refusal")
    return {(row[ends[0]], row[ends[1]]): row["right"] for row in rows}


def told(name: str, shown: Iterable[Pair]) -> str:
    """One line: how many are shown, how many of them are judged, how many of these are right."""
    pairs, judged = list(shown), verdicts(name)
    known = [judged[pair] for pair in pairs if pair in judged]
    then = f"{sum(judged.values())} of {len(judged)} when judged"
    return f"{name}: {len(pairs)} shown, {len(known)} judged, {sum(known)} right; {then}"


def main() -> None:
    """Print a line for standoffs, the heaviest of them, and changes."""
    with connect_snapshot(Path(sys.argv[1])) as snapshot:
        for name, sql in SHOWN.items():
            print(told(name, snapshot.execute(sql).fetchall()))


if __name__ == "__main__":
    main()
