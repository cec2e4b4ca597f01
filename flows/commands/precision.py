"""`positions rules precision`: how often each trigger was right, by the judgements of people."""

from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, settings_of
from flows.tables import show

SHOWN = 500
MEASURED = """
    SELECT trigger_id, positions, judged, "right", corrected, wrong, round(precision, 3) AS precision
    FROM trigger_precision WHERE judged > 0 ORDER BY precision, judged DESC, trigger_id
"""


@click.command()
@HOME
def precision(**options: Any) -> None:
    """Tell for every trigger how many of its positions people judged, and how many were right; the worst first."""
    from warehouse.ask import Asking

    with told(), Asking(settings_of(options).snapshot_file) as asking:
        found = asking.ask(MEASURED)
        rows = list(found.rows)
    if not rows:
        raise click.ClickException("nobody has judged a position yet; begin with `positions export review`")
    show(found.columns, rows, SHOWN)
