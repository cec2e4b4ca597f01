"""`positions export`: files for spreadsheets and statistics packages."""

from datetime import datetime
from pathlib import Path

import click

from flows.commands import faults
from flows.commands.options import BY, CONFIDENCE, HOME, QUIET, SAMPLE, settings_of
from flows.terminal import say
from warehouse import export as exports
from warehouse.at_line import at_line
from warehouse.query import under_line

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Folder. Default: exports, in --home.")
@click.option(
    "--format", "file_format", default="csv", show_default=True, help="csv, parquet, xlsx; graphml of network."
)
@click.option("--since", type=DAY, help="Leave out what was stated before this day.")
@click.option("--until", type=DAY, help="Leave out what was stated after this day.")
@click.option("--actor", help="An actor's id or name: its positions, and those addressed to it.")
@click.option("--issue", help="An issue's id or name, with those below it.")
@SAMPLE
@BY
@CONFIDENCE
@QUIET
@HOME
def export(
    names: tuple[str, ...],
    to: Path | None,
    file_format: str,
    since: datetime | None,
    until: datetime | None,
    actor: str | None,
    issue: str | None,
    sample: int | None,
    by: str | None,
    confidence: float | None,
    quiet: bool,
    home: Path | None,
) -> None:
    """Write exports of the published snapshot, all where no NAME is given."""
    settings = settings_of({"home": home})
    only = exports.Filter(since.date() if since else None, until.date() if until else None, actor, issue, sample, by)
    with faults.told():
        try:
            with at_line(settings.snapshot_file, confidence) as snapshot:
                files = exports.export(snapshot, to or settings.export_dir, names, only, file_format)
                shown = under_line(snapshot)
        except exports.CannotExport as error:  # a name, format or filter that is none
            raise click.UsageError(str(error)) from error
    if quiet:
        return
    for file in files:
        say(file)
    if not quiet:
        say(shown, err=True)
