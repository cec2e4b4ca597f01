"""Runs flows on this machine for a command: one server, one progress, one line for what went wrong."""

import os
from collections.abc import Sequence
from threading import Thread

import click

from flows import server
from flows.engine import Reading, warm
from flows.outcome import Tracked
from flows.progress import shown
from flows.sources import SourcesError, sources_named
from flows.writing import opened
from rules.load import RuleSetError
from schemas.settings import Settings
from warehouse.store import AnotherRunIsWriting

FAILED = 1


def run_track(sources: Sequence[str], settings: Settings) -> int:
    """Run the main flow and tell its outcome; gives the exit code."""
    try:
        sources_named(sources)
    except SourcesError as error:
        raise click.UsageError(str(error)) from error
    try:
        with opened(settings):  # so that a run that cannot write says so at once
            pass
        temporary = server.find_or_start()
    except (AnotherRunIsWriting, server.NoServer, RuleSetError) as error:
        raise click.ClickException(str(error)) from error
    # While a server boots, this process has nothing better to do than to load what it is likely to need.
    if temporary:
        Thread(target=warm, args=[Reading(settings.rules, settings.model)], daemon=True).start()
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    from flows.track import track

    with server.connected(temporary), shown():
        tracked = track(list(sources), settings)
    tell(tracked)
    return FAILED if tracked.ingested.all_rejected else 0


def tell(tracked: Tracked) -> None:
    """Tell the outcome of a run."""
    if not tracked.changed:
        click.echo("Nothing is new.")
    width = max(len(name) for name, _ in tracked.lines())
    for name, text in tracked.lines():
        click.echo(f"{name:<{width}}  {text}")
