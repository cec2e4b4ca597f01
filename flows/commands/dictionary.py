"""`positions dictionary`: what every table, view and column means."""

import click

from flows.terminal import say


@click.command()
def dictionary() -> None:
    """Write the data dictionary as Markdown: tables, views, columns, and worked questions with their SQL."""
    from warehouse.dictionary import dictionary as written

    say(written(), nl=False)
