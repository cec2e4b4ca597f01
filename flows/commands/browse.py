"""`positions browse`: the local page."""

from pathlib import Path
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import FOLDER, HOME, RULES, settings_of

PORT = 8420


@click.command()
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any free one.")
@click.option(
    "--overlay", "overlays", multiple=True, type=FOLDER, help="Folder that the rule bench tries; again for more."
)
@HOME
@RULES
def browse(port: int, overlays: tuple[Path, ...], **options: Any) -> None:
    """Serve a page on this machine to search the published snapshot, read positions in their articles, and judge them.

    It answers at the printed address alone, until Ctrl-C. Judgements made while a run writes land when it has ended.
    """
    settings = settings_of(options)
    with told():
        from flows.page.guard import NoKey
        from flows.page.serving import CannotServe, serve_page

        try:
            serve_page(settings, port, overlays)
        except (CannotServe, NoKey) as error:
            raise click.ClickException(str(error)) from error
