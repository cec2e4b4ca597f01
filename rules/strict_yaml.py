"""Reads YAML strictly: every scalar is text, every fault has file and line, and nothing is built or repeated."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 5_000_000
DEEPEST = 12

# A place inside a document, as pydantic names it too: keys and indexes from the top.
Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a file holds, as dicts, lists and strings, and the line of each place in it."""

    file: str
    data: Any
    lines: dict[Location, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def where(self, location: Location) -> str:
        """'file:line' of a place, or of the nearest place around it that has a line."""
        while location and location not in self.lines:
            location = location[:-1]
        return f"{self.file}:{self.lines.get(location, 1)}"


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Events alone are used; scalars are never resolved to anything but text."""


def read_strictly(path: Path, shown_as: str | None = None) -> Document:
    """The document in a file. Faults are in `problems` as 'file:line: what, and what is allowed'."""
    name = shown_as or path.as_posix()
    if path.stat().st_size > MOST_BYTES:
        return Document(name, None, {}, (f"{name}:1: the file is larger than {MOST_BYTES:,} bytes, the most allowed",))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Document(name, None, {}, (f"{name}:1: not UTF-8 at byte {error.start}; rule files are UTF-8",))
    reader = _Reader(name)
    try:
        data = reader.read(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reader.problems.append(f"{name}:{line}: not YAML: {error.problem}")
        data = None
    except yaml.YAMLError as error:
        reader.problems.append(f"{name}:1: not YAML: {str(error).splitlines()[0]}")
        data = None
    return Document(name, data, reader.lines, tuple(reader.problems))


class _Reader:
    """Builds plain data from YAML events, so that nothing is resolved, referenced or constructed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Location, int] = {}
        self.problems: list[str] = []

    def read(self, text: str) -> Any:
        events = yaml.parse(text, Loader=_Loader)
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._complain(event, "a second document; a file holds one")
                    return data
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                data = self._value(event, events, ())
        return data

    def _value(self, event: Any, events: Any, location: Location) -> Any:
        self.lines[location] = event.start_mark.line + 1
        if len(location) > DEEPEST:
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {DEEPEST} levels", problem_mark=event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._complain(event, f"'*{event.anchor}' repeats another place; write it out, aliases are not allowed")
            return None
        if event.anchor:
            self._complain(event, f"'&{event.anchor}' names a place; anchors are not allowed")
        if event.tag not in (None, "!"):
            self._complain(event, f"the tag {event.tag} is not allowed; write plain text, lists and mappings")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, location)
        return self._mapping(events, location)

    def _sequence(self, events: Any, location: Location) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._value(event, events, (*location, len(found))))
        return found

    def _mapping(self, events: Any, location: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, location)
            value = self._value(next(events), events, (*location, key))
            if key in found:
                self._complain(event, f"the key {key!r} stands here twice; each key once")
            elif key == "<<":
                self._complain(event, "merge keys are not allowed; write the fields out")
            found[key] = value
            self.lines[(*location, key)] = event.start_mark.line + 1
        return found

    def _key(self, event: Any, events: Any, location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._complain(event, "a key must be plain text")
            return str(self._value(event, events, (*location, "?")))
        return str(event.value)

    def _complain(self, event: Any, what: str) -> None:
        self.problems.append(f"{self.name}:{event.start_mark.line + 1}: {what}")
