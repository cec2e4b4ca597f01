"""What each lot of annotated articles gave at its opening, before anybody had read a row of it: kept by hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

UNSEEN = Path(__file__).parents[1] / "unseen.csv"


def unseen_lines() -> Iterator[str]:
    """What each lot of annotated articles gave at its opening, before anybody had read a row of it: kept by hand."""
    yield (
        "Each lot of about 25 articles was measured once, with the rule set of that day, before a row of it was read. "
        "These are the figures to expect on other articles; all below are of text that the rules were tuned on since."
    )
    yield ""
    columns, *lots = unseen()
    yield "| " + " | ".join(name.replace("_", " ") for name in columns) + " |"
    yield "|---|---|---|" + "---:|" * (len(columns) - 3)
    yield from ("| " + " | ".join(lot) + " |" for lot in lots)


def unseen() -> list[list[str]]:
    """The head and the rows of the file of lots."""
    with UNSEEN.open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows))
