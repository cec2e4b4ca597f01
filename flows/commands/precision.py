"""`positions rules precision`: how often the rules were right, by the judgements of people."""

from collections.abc import Sequence
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, settings_of
from flows.tables import show
from flows.terminal import say
from rules.proof.statistics import wilson
from warehouse.precision import GROUPS, Counted, Group, counted, positions_in_all
from warehouse.query import under_line

SHOWN = 500
NAMED = 3  # to be mended first
COLUMNS = ("positions", "judged", "right", "precision", "from", "to", "with_issue", "wrong_in_all", "at_least")


@click.command()
@click.option("--by", type=click.Choice(GROUPS), default="frame", show_default=True, help="What rates are told of.")
@HOME
def precision(by: Group, **options: Any) -> None:
    """Tell how often actor and stance were right by what people judged, with intervals of 95 % (Wilson).

    `with_issue` had the right issue, too. `wrong_in_all` is how many of all positions are wrong where those that nobody
    judged are like the others, and `at_least` where they are as much better as the interval allows: what comes first is
    to be mended first. Rates hold for positions like the judged ones: draw those with `positions review --sample`.
    """
    snapshot = settings_of(options).snapshot_file
    with told():
        found = counted(snapshot, by)
        if not found:
            raise click.ClickException("nobody has judged a position yet; begin with `positions review`")
        say(in_all(found, positions_in_all(snapshot)))
        say(under_line(snapshot))
    found.sort(key=lambda one: (-wrong_in_all(one), -one.positions, one.name))
    show((by, *COLUMNS), [row(one) for one in found], SHOWN)
    if worst := [f"{one.name} ({wrong_in_all(one):.0f})" for one in found[:NAMED] if wrong_in_all(one)]:
        say(f"mend first, by wrong positions in all: {', '.join(worst)}")


def wrong_in_all(one: Counted) -> float:
    """How many positions are wrong where those that nobody judged are like those that somebody did."""
    return (1 - one.right / one.judged) * one.positions


def row(one: Counted) -> tuple[str | int, ...]:
    """The rates of one group."""
    low, high = wilson(one.right, one.judged)
    shares = (one.right / one.judged, low, high, one.issue_right / one.judged)
    wrong = (wrong_in_all(one), (1 - high) * one.positions)
    return (one.name, one.positions, one.judged, one.right, *(f"{n:.2f}" for n in shares), *(f"{n:.0f}" for n in wrong))


def in_all(found: Sequence[Counted], positions: int) -> str:
    """The rate of all judged positions, and what it is where each group counts by its number of positions."""
    judged, right = sum(one.judged for one in found), sum(one.right for one in found)
    low, high = wilson(right, judged)
    weighed = 1 - sum(map(wrong_in_all, found)) / sum(one.positions for one in found)
    return (
        f"{judged:,} of {positions:,} positions judged, right {right / judged:.2f} ({low:.2f} to {high:.2f}); "
        f"{weighed:.2f} with each group by its number of positions"
    )
