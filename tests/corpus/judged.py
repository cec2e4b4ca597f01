"""Tells how many of the standoffs and changes of a snapshot a person judged, and how many of these are right:
`python -m tests.corpus.judged SNAPSHOT`.

Before that it tells how many of sixty rows drawn at random from real news are right, field by field: `rows.jsonl`
keeps where they stand, what they told, and which fields a person found wrong.

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
FIELDS = ("issue", "target", "stated_on")
ALL = ("actor", "stance", *FIELDS, "scope")
Pair = tuple[str, str]


def verdicts(name: str) -> dict[Pair, bool]:
    """Whether each judged pair of positions is right."""
    rows = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    ends = ("before", "after") if name == "changes" else ("demand", "refusal")
    return {(row[ends[0]], row[ends[1]]): row["right"] for row in rows}


def rows_right() -> dict[str, int]:
    """Of the rows drawn at random, how many have actor and stance right, these and one more field, and all fields."""
    wrong = [set(json.loads(line)["wrong"]) for line in (FOLDER / "rows.jsonl").read_text("utf-8").splitlines()]
    who = {"actor", "stance"}
    fields = {"actor and stance": who, **{name: who | {name} for name in FIELDS}, "scope": {"scope"}, "all": set(ALL)}
    return {"rows": len(wrong), **{name: sum(w.isdisjoint(of) for w in wrong) for name, of in fields.items()}}


def told(name: str, shown: Iterable[Pair]) -> str:
    """One line: how many are shown, how many of them are judged, how many of these are right."""
    pairs, judged = list(shown), verdicts(name)
    known = [judged[pair] for pair in pairs if pair in judged]
    then = f"{sum(judged.values())} of {len(judged)} when judged"
    return f"{name}: {len(pairs)} shown, {len(known)} judged, {sum(known)} right; {then}"


def main() -> None:
    """Print a line for rows drawn at random, for standoffs, the heaviest of them, and changes."""
    print(", ".join(f"{name} {count}" for name, count in rows_right().items()))
    with connect_snapshot(Path(sys.argv[1])) as snapshot:
        for name, sql in SHOWN.items():
            print(told(name, snapshot.execute(sql).fetchall()))


if __name__ == "__main__":
    main()
