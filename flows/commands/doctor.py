"""`positions doctor`: what is wrong with a warehouse and its surroundings, and what to do."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from flows.commands.options import HOME, settings_of
from flows.terminal import say
from schemas.settings import Settings

LEFT_OVER = ("*.part", "*.publishing", "*.new")  # what a run that was killed leaves; the next one removes it
COPIES = 3  # of the working file that a run may need room for: itself, its copy, and what grows meanwhile
ROOM = 200_000_000  # bytes that a small warehouse needs


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do about it; nothing where it is well."""

    what: str
    found: str
    to_do: str = ""


@click.command()
@HOME
def doctor(**options: Any) -> int:
    """Look at the files, locks, disk, versions and schedules of a warehouse, and say what to do.

    Nothing is changed. The exit code is 1 where there is something to do.
    """
    settings = settings_of(options)
    findings = [finding for look in LOOKS for finding in look(settings)]
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        mark, to_do = ("!", f": {finding.to_do}") if finding.to_do else (" ", "")
        say(f"{mark} {finding.what:<{width}}  {finding.found}{to_do}")
    return 1 if any(finding.to_do for finding in findings) else 0


def versions(settings: Settings) -> Iterator[Finding]:
    """The product, Python and the language model."""
    from importlib.metadata import version

    yield Finding("version", f"{version('diplomatic-positions')}, Python {sys.version.split()[0]}")
    if find_spec(settings.model):
        yield Finding("model", settings.model)
    else:
        yield Finding("model", f"{settings.model} is not installed", "install it, or set POSITIONS_MODEL")


def folder(settings: Settings) -> Iterator[Finding]:
    """The folder of the warehouse, and what was left in it."""
    home = settings.home
    if not home.is_dir():
        yield Finding("folder", f"{home} is not there", "`positions track SOURCE` makes it; --home names another one")
        return
    writable = os.access(home, os.W_OK)
    yield Finding("folder", f"{home}", "" if writable else "you may not write into it: ask its owner")
    left = sorted(path.name for pattern in LEFT_OVER for path in home.glob(pattern) if not is_held(settings))
    if left:
        yield Finding("left over", ", ".join(left), "a run was killed; the next `positions track` clears it up")


def locks(settings: Settings) -> Iterator[Finding]:
    """Whether somebody writes, and whether somebody serves: both are well."""
    yield Finding("run", "one is writing now" if is_held(settings) else "none is writing")
    served = is_locked(settings.home / "serving.lock")
    yield Finding("schedule", "`positions serve` runs for it" if served else "no `positions serve` runs for it here")


def disk(settings: Settings) -> Iterator[Finding]:
    """Room for the next run."""
    place = next(folder for folder in (settings.home, *settings.home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    held = settings.working_file.stat().st_size if settings.working_file.exists() else 0
    wanted = ROOM + COPIES * held
    enough = "" if free >= wanted else f"{wanted // 10**6:,} MB are needed: free some, or `positions prune`"
    yield Finding("disk", f"{free // 10**6:,} MB free, the warehouse takes {held // 10**6:,} MB", enough)


def memory(settings: Settings) -> Iterator[Finding]:
    """Memory for the next run."""
    from flows.memory import TooLittleMemory, fitted, free_memory

    free = free_memory()
    told = f"{free // 10**6:,} MB free" if free is not None else "nobody says how much is free"
    try:
        fitted(settings)
    except TooLittleMemory as error:
        yield Finding("memory", told, str(error))
    else:
        yield Finding("memory", told)


def working_file(settings: Settings) -> Iterator[Finding]:
    """Whether the working file is whole; it is read to its end."""
    from warehouse.opening import what_is_wrong

    file = settings.working_file
    if not file.exists():
        yield Finding("working file", "not there yet", "run `positions track SOURCE`")
    elif is_held(settings):
        yield Finding("working file", "a run is writing it: look again when it has ended")
    elif wrong := what_is_wrong(file):
        to_do = "put back a copy of it (`positions restore`), or collect into a new folder"
        yield Finding("working file", wrong, to_do)
    else:
        yield Finding("working file", "whole")


def snapshot(settings: Settings) -> Iterator[Finding]:
    """Whether the snapshot can be read, and how old it is."""
    from warehouse.query import NoSnapshot, status

    try:
        found = status(settings.snapshot_file, runs=1)
    except NoSnapshot as error:
        yield Finding("snapshot", str(error).partition(": ")[2].partition("; ")[0], "run `positions track`")
        return
    yield Finding("snapshot", f"published {found.published_at:%Y-%m-%d %H:%M} UTC" if found.published_at else "empty")
    waiting = "run `positions track`" if found.pending else ""
    yield Finding("articles", f"{found.articles:,}, {found.pending:,} not yet tagged", waiting)
    for run in found.last_runs:
        well = run.status in ("finished", "running")
        yield Finding("last run", f"{run.status}, {run.started_at:%Y-%m-%d %H:%M}", "" if well else "run it again")


def server(_settings: Settings) -> Iterator[Finding]:
    """The Prefect server that is named, if one is."""
    from flows.server import URL, answers

    url = os.environ.get(URL)
    if not url:
        yield Finding("server", "none is named: each run starts its own")
    elif answers(url):
        yield Finding("server", f"{url} answers")
    else:
        yield Finding("server", f"{url} does not answer", f"start it, or unset {URL}")


LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    versions, folder, disk, memory, locks, working_file, snapshot, server
)  # fmt: skip


def is_held(settings: Settings) -> bool:
    """Whether a run has the working file."""
    return is_locked(Path(f"{settings.working_file}.lock"))


def is_locked(file: Path) -> bool:
    """Whether a process holds the lock."""
    from filelock import FileLock, Timeout

    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            return False
    except (Timeout, OSError):
        return True
