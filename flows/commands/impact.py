"""`positions rules impact`: what an edit of the rules would add and retire."""

from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, RULES, settings_of
from flows.terminal import say


@click.command()
@HOME
@RULES
@click.option(
    "--show", type=click.IntRange(min=0), default=10, show_default=True, help="Positions of each kind to show."
)
def impact(show: int, **options: Any) -> None:
    """Tell what the rules as they stand now would add to the published snapshot and retire from it.

    Nothing is changed. Only articles that the edit can touch are read again, from stored parses.
    """
    from flows.engine import reading_of
    from flows.foretold import lines
    from flows.impact import NothingTagged
    from flows.impact import impact as impact_of

    settings = settings_of(options)
    with told():
        try:
            found = impact_of(settings.snapshot_file, reading_of(settings), settings.workers)
        except NothingTagged as error:
            raise click.ClickException(str(error)) from error
    for line in lines(found, show):
        say(line)
