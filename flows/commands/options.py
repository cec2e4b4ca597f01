"""Options that several commands share, and what they mean."""

from pathlib import Path

import click

from schemas.settings import Settings

RULES = click.option(
    "--rules",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="Folder of a rule set; given again, it is laid over the ones before. Default: English.",
)
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Processes that read articles. Default: one a core."
)


def chosen_rules(rules: tuple[str, ...], settings: Settings) -> tuple[Path, ...]:
    """The folders of the command line, else those of the settings."""
    return tuple(map(Path, rules)) or settings.rules
