"""`positions backup`, `restore` and `prune`: what keeps a warehouse for years."""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, settings_of
from flows.terminal import say

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("to", type=click.Path(file_okay=False, path_type=Path))
@HOME
def backup(to: Path, **options: Any) -> None:
    """Copy what is published into a folder of its own below TO, which `positions restore` brings back.

    It may be done while a run goes on; what that run has not published yet is not in it. The rules are yours to keep.
    """
    from warehouse.backup import back_up

    settings = settings_of(options)
    with told():
        say(back_up(settings.snapshot_file, (settings.fetched_file,), to, version("diplomatic-positions")))


@click.command()
@click.argument("backup_folder", metavar="BACKUP", type=click.Path(exists=True, file_okay=False, path_type=Path))
@HOME
def restore(backup_folder: Path, **options: Any) -> None:
    """Put a BACKUP, a folder that `positions backup` wrote, into --home, where no warehouse is yet, and publish it."""
    from warehouse.backup import restore as put_back
    from warehouse.export import export
    from warehouse.store import Store

    settings = settings_of(options)
    with told():
        found = put_back(backup_folder, settings.working_file)
        with Store.open(settings.working_file) as store:
            store.publish(settings.snapshot_file)
        export(settings.snapshot_file, settings.export_dir)
    say(f"{settings.home}: as published on {found.published_at:%Y-%m-%d %H:%M} UTC by version {found.product}")


@click.command()
@click.option("--before", type=DAY, required=True, help="Articles that were published before this day.")
@HOME
def prune(before: datetime, **options: Any) -> None:
    """Give up the texts of old articles but for the sentences of their positions, and publish.

    Positions, their history and their evidence stay; the articles are not read again when the rules change. The room is
    used by what comes later.
    """
    from flows.writing import opened

    settings = settings_of(options)
    with told(), opened(settings) as store:
        pruned = store.prune(before.date())
        store.publish(settings.snapshot_file)
    say(f"{pruned:,} articles pruned")
