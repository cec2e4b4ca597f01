"""`positions track`: the main job."""

from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import CONFIDENCE, HOME, JSON, QUIET, RULES, RUNNER, WORKERS, named, settings_of
from flows.lost import ended_with
from flows.memory import fitted
from flows.server import configured_url, find_or_start
from flows.sources import check_issuers, sources_named, told_apart
from flows.terminal import say
from flows.witness import witnessed


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@CONFIDENCE
@HOME
@RULES
@WORKERS
@RUNNER
@JSON
@QUIET
def track(sources: tuple[str, ...], as_json: bool, quiet: bool, **options: Any) -> int:
    """Collect articles, tag them, and publish the positions.

    A SOURCE is a file, a folder, - for standard input, the address of a feed or a page, or a YAML file that lists
    sources. Without one, what is collected already is tagged with the rules as they are now, and published.
    """
    with told():
        sources = tuple(told_apart(sources))
        listed = sources_named(sources)  # what is wrong with them is told before a server is waited for
    settings = settings_of(options)
    if any(source.issuer for source in listed):
        from flows.engine import ruleset_of

        with told():
            check_issuers(listed, (actor.id for actor in ruleset_of(settings.rules).actors))
    from flows.idle import tracked_idly

    with told(), witnessed(settings.on_failure, f"positions track failed: {named(sources)}") as witness:
        if not quiet:
            say(f"positions track: {' '.join(sources) or 'what is collected'} …", err=True)
        settings = fitted(settings)
        idle = tracked_idly(listed, settings) if configured_url() is None else None
        # First, because it takes longest; what follows is done meanwhile.
        temporary = find_or_start() if idle is None else None
        with ended_with(temporary, witness):
            from flows.local import Telling, run_track, tell_as

            telling = Telling.JSON if as_json else Telling.NOTHING if quiet else Telling.LINES
            if idle:
                return tell_as(telling, idle, sources)
            return run_track(sources, settings, temporary, witness, telling, quiet)
