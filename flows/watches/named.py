"""Reads watches.yaml, the watches that have a name."""

from pathlib import Path

from pydantic import ValidationError

from flows.sources import SourcesError
from rules.ruleset.strict_yaml import read_strictly
from schemas.settings import Settings
from schemas.watch import Watch, WatchList

EVERYTHING = "everything"  # the watch of POSITIONS_ON_NEWS, where no file names another


class WatchesError(SourcesError):
    """A list of watches that cannot be used; each problem is file:line: what, and what is allowed."""


def watches_of(settings: Settings) -> tuple[Watch, ...]:
    """The watches of the file that the settings name, if it is there, and one of everything for POSITIONS_ON_NEWS.

    A watch without a command of its own has that of POSITIONS_ON_NEWS. Raises WatchesError.
    """
    named = load_watches(settings.watches) if settings.watches.exists() else ()
    if not settings.on_news:
        return named
    named = named or (Watch(name=EVERYTHING),)
    return tuple(watch.model_copy(update={"command": watch.command or settings.on_news}) for watch in named)


def load_watches(path: Path) -> tuple[Watch, ...]:
    """The watches of a file. Raises WatchesError."""
    document = read_strictly(path)
    if document.problems:
        raise WatchesError(document.problems)
    try:
        return WatchList.model_validate(document.data).watches
    except ValidationError as error:
        raise WatchesError(
            f"{document.where(fault['loc'])}: {'.'.join(map(str, fault['loc'][-1:])) or 'the file'}: "
            f"{fault['msg'].removeprefix('Value error, ')}; allowed are {', '.join(Watch.model_fields)}"
            for fault in error.errors()
        ) from error
