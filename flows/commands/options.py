"""Options that several commands share, and what they mean."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from schemas.settings import Settings

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

SHOWN = 3  # sources in a line

HOME = click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Folder of the warehouse. Default: data."
)
RULES = click.option(
    "--rules",
    multiple=True,
    type=FOLDER,
    help="Folder of a rule set; given again, it is laid over the ones before. Default: English.",
)
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Processes that read articles. Default: one a core."
)
RUNNER = click.option(
    "--runner", type=click.Choice(["processes", "dask"]), help="What reads articles. Default: processes."
)
CONFIDENCE = click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    help="Least confidence of the positions that are shown; 0: all. Default: POSITIONS_CONFIDENCE of the last run.",
)
SAMPLE = click.option(
    "--sample", type=click.IntRange(min=1), help="Draw so many positions to be judged. Default: all, least sure first."
)
BY = click.option(
    "--by",
    type=click.Choice(["frame", "issue", "actor", "outlet"]),
    help="Draw of each of these its share. Default: at random among all.",
)


JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON, for scripts.")
QUIET = click.option("--quiet", is_flag=True, help="Tell nothing but what went wrong.")


def named(sources: Sequence[str]) -> str:
    """The sources in a line, of many the first."""
    return ", ".join(sources[:SHOWN]) + (f" and {len(sources) - SHOWN:,} more" if len(sources) > SHOWN else "")


def settings_of(options: Mapping[str, Any]) -> Settings:
    """The settings, where the command line gives none those of the environment. Raises UsageError."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        raise click.UsageError(f"POSITIONS_{str(first['loc'][0]).upper()}: {first['msg']}") from error
