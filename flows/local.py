"""Runs flows on this machine for a command: one server, one progress, one line for what went wrong."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from enum import Enum, auto
from functools import partial
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from flows import server
from flows.addresses import is_address
from flows.coming import article_comes, hold_much
from flows.edits import rules_before
from flows.engine import Reading, reach_of, reading_of, unpacked, warm, warm_for_edit
from flows.in_use import using
from flows.lost import ended_without
from flows.outcome import Tracked
from flows.pool import Workers, begun_early, several
from flows.progress import shown
from flows.readers import files_of
from flows.sources import sources_named
from flows.terminal import say
from flows.watches.named import watches_of
from flows.witness import Witness
from flows.writing import opened
from rules.syntax.parse import model_version
from schemas.settings import Settings
from schemas.source import FileRead, Source

FAILED = 1
REJECTED = "SELECT origin, reason, detail FROM rejected_article"


class Telling(Enum):
    """How the outcome of a run is told."""

    LINES = auto()
    JSON = auto()
    NOTHING = auto()


class Checked(NamedTuple):
    """What a run will meet: its sources, what to read with, whether stored articles are due, files read before.

    `before` is the rule set, as JSON, that tagged many of the articles that are due before an edit.
    """

    sources: list[Source]
    reading: Reading
    due: bool
    before: str | None
    files: Mapping[str, FileRead]


def run_track(
    sources: Sequence[str],
    settings: Settings,
    temporary: server.Server | None,
    witness: Witness,
    telling: Telling = Telling.LINES,
    quiet: bool = False,
) -> int:
    """Run the main flow, with the temporary server if one was started, and tell its outcome; gives the exit code.

    Where it is `quiet`, no progress is shown.
    """
    with ExitStack() as unless_it_begins:
        if temporary:
            unless_it_begins.callback(temporary.stop)
        found = checked(sources, settings)
        unless_it_begins.pop_all()
    with ExitStack() as meanwhile:
        # While it boots, there is nothing better to do than to load what the run is likely to need.
        if temporary and found.before and several(settings):
            workers = Workers(settings.workers, partial(warm_for_edit, found.before, found.reading))
            meanwhile.enter_context(begun_early(workers))
            Thread(target=reach_of, args=[found.before, found.reading], daemon=True).start()
        elif temporary and not hold_much(found.sources):
            Thread(target=warm_for_what_comes, args=[found, settings], daemon=True).start()
        # What Prefect would print, the progress and the outcome tell better; its pages still have the whole log.
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
        from flows.track import track

        with server.connected(temporary), shown(quiet), using(settings), ended_without(witness):
            tracked = track(list(sources))
    return tell_as(telling, tracked, sources)


def tell_as(telling: Telling, tracked: Tracked, sources: Sequence[str]) -> int:
    """Tell the outcome of a run in this way; gives the exit code."""
    if telling is Telling.JSON:
        say(tracked.model_dump_json())
    elif telling is Telling.LINES:
        tell(tracked, sources)
    return FAILED if tracked.ingested.all_rejected else 0


def empty_folders(sources: Sequence[str]) -> Iterator[Path]:
    """Those of the sources that are folders without anything to read."""
    places = (Path(source.source) for source in sources_named(sources) if not is_address(source.source))
    yield from (place for place in places if place.is_dir() and next(files_of(place), None) is None)


def checked(sources: Sequence[str], settings: Settings) -> Checked:
    """What a run will meet.

    Raises what is wrong with the sources, the watches, the warehouse or the rules before anything begins.
    """
    named = sources_named(sources)
    watches_of(settings)
    with opened(settings) as store:
        reading = reading_of(settings)
        due = store.untagged(reading.version, model_version(settings.model), unpacked(reading).language)
        before = rules_before(store, due, model_version(settings.model))
        return Checked(named, reading, bool(due), before, store.files_read())


def warm_for_what_comes(found: Checked, settings: Settings) -> None:
    """Load what reading takes, unless there will be nothing to read."""
    if found.due or article_comes(found.sources, settings, found.files):
        warm(found.reading)


def tell(tracked: Tracked, sources: Sequence[str] = ()) -> None:
    """Tell the outcome of a run."""
    for folder in empty_folders(sources):
        say(f"{folder}: holds no file that can be read", err=True)
    if not tracked.changed:
        say("Nothing is new.")
    width = max(len(name) for name, _ in tracked.lines())
    for name, text in tracked.lines():
        say(f"{name:<{width}}  {text}")
    if tracked.ingested.reasons:
        home = shlex.quote(str(tracked.published.snapshot.parent))
        say(f"what was rejected, and why: positions sql --home {home} '{REJECTED}'", err=True)
