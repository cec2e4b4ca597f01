"""`positions serve`: scheduled runs on this machine."""

import os
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, RULES, WORKERS, named, settings_of
from flows.lost import SERVED_BY, ended_with
from flows.memory import fitted
from flows.server import find_or_start
from flows.serving import alone
from flows.sources import sources_named, told_apart
from flows.temporary_server import WHOLE
from flows.terminal import say
from flows.witness import witnessed

PREFECTS_PORT = 4200
RETRIES = "3"  # of what Prefect is asked, after 2, 4 and 8 s; more would outlive a server that is gone


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--every", default=60, show_default=True, type=click.IntRange(min=1), help="Minutes between two runs.")
@HOME
@RULES
@WORKERS
def serve(sources: tuple[str, ...], every: int, **options: Any) -> None:
    """Track SOURCEs every hour, and write the report every morning, until Ctrl-C.

    Uses the Prefect server that PREFECT_API_URL names, else starts one that ends with this command.
    """
    with told():
        sources = tuple(told_apart(sources))
        sources_named(sources)  # what is wrong with them is told before a server is waited for
    settings = settings_of(options)
    # Runs are processes of their own, which read their settings from the environment.
    os.environ |= {f"POSITIONS_{name.upper()}": value for name, value in given(options).items()}
    os.environ[SERVED_BY] = str(os.getpid())
    os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", RETRIES)
    failed = f"positions serve failed: {named(sources)}"
    with told(), witnessed(settings.on_failure, failed) as witness:
        say(f"positions serve: {' '.join(sources)} every {every} minutes …", err=True)
        with alone(settings.home):
            fitted(settings)  # each run looks again
            temporary = find_or_start(WHOLE, PREFECTS_PORT)
            with ended_with(temporary, witness):
                from flows.schedule import serve_here

                serve_here(sources, every, settings, temporary, witness)


def given(options: dict[str, Any]) -> dict[str, str]:
    """The options that were given, as texts that settings are read from."""
    import json

    texts = {name: value for name, value in options.items() if value not in (None, ())}
    return {
        name: json.dumps([str(folder) for folder in value]) if isinstance(value, tuple) else str(value)
        for name, value in texts.items()
    }
