"""`positions report`: the HTML report."""

from pathlib import Path
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import CONFIDENCE, HOME, QUIET, settings_of
from flows.terminal import say


@click.command()
@click.option("--issue", "issues", multiple=True, help="Only this issue, by id or name, and those below it; may recur.")
@click.option("--actor", "actors", multiple=True, help="Only this actor, by id or name; may recur.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="File. Default: report.html, in --home.")
@CONFIDENCE
@QUIET
@HOME
def report(
    issues: tuple[str, ...],
    actors: tuple[str, ...],
    to: Path | None,
    confidence: float | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Write one HTML file that shows the published snapshot: it works offline and from a mail attachment."""
    settings = settings_of(options)
    from warehouse.at_line import at_line
    from warehouse.query import under_line
    from warehouse.report import CannotReport, write_report

    with told():
        try:
            with at_line(settings.snapshot_file, confidence) as snapshot:
                written = write_report(snapshot, to or settings.report_file, issues, actors)
                shown = under_line(snapshot)
        except CannotReport as error:
            raise click.UsageError(str(error)) from error
    if not quiet:
        say(written)
        say(shown, err=True)
