"""Reads sources.yaml, the list of what is to be read, and finds the sources that a command names."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from flows.addresses import Alike, UnknownName, expanded, is_address, shown, without_secrets
from rules.ruleset.strict_yaml import Document, read_strictly
from schemas.source import Columns, Source, SourceList

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class SourcesError(ValueError):
    """A list of sources that cannot be used; each problem is file:line: what, and what is allowed."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def sources_named(arguments: Iterable[str]) -> list[Source]:
    """The sources that arguments name: a list in YAML stands for its entries. Raises SourcesError."""
    found: list[Source] = []
    for argument in told_apart(arguments):
        path = Path(argument)
        if not is_address(argument) and path.suffix in (".yaml", ".yml"):
            found.extend(load_sources(path))
        elif is_address(argument) or argument == "-" or path.exists():
            found.append(source_of(argument))
        else:
            named = shown(argument) if "://" in argument else argument  # of a scheme that is none of ours
            raise SourcesError([f"{named}: no such file or folder; allowed is also -, an address, or a YAML list"])
    return found


def source_of(argument: str) -> Source:
    """The source that an argument names. Raises SourcesError."""
    try:
        return Source(source=checked(argument))
    except ValidationError as error:
        raise SourcesError([f"{argument!r}: the name is not UTF-8; name the folder that it lies in instead"]) from error


def load_sources(path: Path) -> tuple[Source, ...]:
    """The entries of a list of sources, paths being relative to its folder. Raises SourcesError."""
    if not path.is_file():
        raise SourcesError([f"{path}: no such file; a list of sources is a YAML file"])
    document = read_strictly(path)
    if document.problems:
        raise SourcesError(document.problems)
    try:
        listed = SourceList.model_validate(document.data)
    except ValidationError as error:
        raise SourcesError(told(document, fault) for fault in error.errors()) from error
    places = told_apart(source.source for source in listed.sources)
    return tuple(placed(source, place, path.parent) for source, place in zip(listed.sources, places, strict=True))


def check_issuers(sources: Iterable[Source], actors: Iterable[str]) -> None:
    """Raise SourcesError where a source names an issuer that is none of the rule set's actors, by their ids."""
    known = list(actors)
    unknown = [source for source in sources if source.issuer and source.issuer not in known]
    if unknown:
        raise SourcesError(f"{source.source}: issuer: {no_actor(str(source.issuer), known)}" for source in unknown)


def no_actor(name: str, known: Sequence[str]) -> str:
    """What to tell about an id that no actor has."""
    near = ", ".join(get_close_matches(name.upper(), known, 3, 0.5))
    return f"no actor has the id {name!r}; {f'near it are {near}' if near else 'positions actors finds ids by name'}"


def told_apart(sources: Iterable[str]) -> list[str]:
    """The sources without passwords and keys. Raises SourcesError where two are the same without."""
    try:
        return without_secrets(sources)
    except Alike as error:
        raise SourcesError([str(error)]) from error


def checked(source: str) -> str:
    """The source, where all variables that an address names are set. Raises SourcesError."""
    try:
        if is_address(source):
            expanded(source)
    except UnknownName as error:
        raise SourcesError([str(error)]) from error
    return source


def placed(source: Source, place: str, folder: Path) -> Source:
    """The source with its address without secrets, or with its path seen from the working folder."""
    if is_address(place) or place == "-":
        return source.model_copy(update={"source": checked(place)})
    return source.model_copy(update={"source": str(folder / source.source)})


def told(document: Document, fault: "ErrorDetails") -> str:
    """One fault of the list, with its line and what is allowed."""
    where = fault["loc"]
    line = document.where(where)
    key = str(where[-1]) if where else "the file"
    if fault["type"] == "extra_forbidden":
        return f"{line}: no key is called {key!r}; {nearest(key, where)}"
    if fault["type"] == "missing":
        return f"{line}: the key {key!r} is missing"
    if fault["type"] == "model_type":
        return f"{line}: keys with values are needed here; allowed are {', '.join(model_at((*where, '')).model_fields)}"
    if fault["type"] == "string_pattern_mismatch":
        allowed = model_at(where).model_fields[key].description
        return f"{line}: {key}: {fault['input']!r} does not fit; allowed is {allowed}"
    return f"{line}: {key}: {fault['msg'].removeprefix('Value error, ')}"


def model_at(where: tuple[str | int, ...]) -> type[BaseModel]:
    """The model of which a key at this place is a field."""
    return Columns if "columns" in where[:-1] else Source if len(where) > 1 else SourceList


def nearest(key: str, where: tuple[str | int, ...]) -> str:
    """What is allowed at this place, the likeliest first where one is near."""
    names = list(model_at(where).model_fields)
    close = get_close_matches(key, names, 1)
    return f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(names)}"
