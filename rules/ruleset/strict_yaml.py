"""Reads YAML of which every scalar is a text, keeps the line of everything, and refuses YAML's surprises."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from rules.ruleset.one_line import in_one_line

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_PROBLEMS = 20

# libyaml's parser is ten times as fast; both give the same events, and neither builds objects from events.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A text, a list or a mapping, with the line (from 1) on which it, or the key it belongs to, begins."""

    line: int
    value: "str | list[Node] | dict[str, Node]"

    def plain(self) -> Any:
        """The same without lines: str, list and dict."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return {key: item.plain() for key, item in self.value.items()}

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """The node at a path of keys and list positions, or the deepest one on the way that exists."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
        return node


@dataclass(frozen=True)
class Document:
    """What a file holds. `root` is None where it holds only comments, or where there are `problems`.

    Problems are "file:line: what, and what is allowed".
    """

    file: str
    root: Node | None
    problems: tuple[str, ...] = ()

    @property
    def data(self) -> Any:
        """The same without lines: str, list and dict; None where there is none."""
        return self.root.plain() if self.root else None

    def where(self, path: tuple[str | int, ...]) -> str:
        """'file:line' of a place, or of the nearest place around it that exists."""
        return f"{self.file}:{self.root.at(path).line if self.root else 1}"


def read_strictly(path: Path) -> Document:
    """The one document of a file.

    Problems are bytes that are not UTF-8, faulty YAML, and valid YAML that hides what it means: duplicate keys,
    anchors, aliases, merge keys, tags, a second document, values left empty, nesting without end.
    """
    try:
        root = _parse(_read_text(path))
    except _NotStrict as error:
        return Document(str(path), None, tuple(in_one_line(f"{path}:{line}: {what}") for line, what in error.problems))
    return Document(str(path), root)


class _NotStrict(ValueError):
    """What is not strict YAML, as (line, what is wrong, and what is allowed)."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        self.problems = problems


def _parse(text: str) -> Node | None:
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except _Refused:
        pass  # what was refused is among the problems
    except yaml.reader.ReaderError as error:
        raise _NotStrict((_line_of_bad_character(text), f"{error.reason}; allowed is printable text")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise _NotStrict(*builder.problems, (mark.line + 1 if mark else 1, f"not YAML: {what}")) from error
    if builder.problems:
        raise _NotStrict(*builder.problems)
    return builder.root


def _read_text(path: Path) -> str:
    if not path.is_file():
        what = "not a regular file" if path.exists() else "no such file"
        raise _NotStrict((1, f"{what}; allowed is a YAML file"))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _NotStrict((1, f"cannot be read: {os.strerror(error.errno or 0)}")) from error
    if len(data) > MAX_BYTES:
        raise _NotStrict((1, f"larger than {MAX_BYTES:,} bytes; split it into several files"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _NotStrict((line, "not UTF-8; save the file as UTF-8")) from error


def _line_of_bad_character(text: str) -> int:
    """Line of the first character that YAML refuses: both parsers count positions differently."""
    bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, bad.start()) + 1 if bad else 1


class _Refused(Exception):
    """Reading on makes no sense: the file nests too deep or has too many problems."""


class _Builder:
    """Builds nodes from parser events, without recursion, and collects what is refused."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[tuple[int, str]] = []
        # What is open now, and its key that waits for a value; around it, what was open before.
        self._inside: list[Node] | dict[str, Node] | None = None
        self._key: tuple[int, str] | None = None
        self._around: list[tuple[list[Node] | dict[str, Node] | None, tuple[int, str] | None]] = []

    def take(self, event: Any) -> None:
        kind = type(event)
        line = event.start_mark.line + 1
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_marks(event, line)
            self._take_text(event.value.strip(), line)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            self._refuse_marks(event, line)
            self._begin(Node(line, {} if kind is yaml.MappingStartEvent else []))
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self._inside, self._key = self._around.pop()
        elif kind is yaml.AliasEvent:
            self._refuse(line, f"alias *{event.anchor}; write the value out, aliases are not allowed")
            self._take_text("?", line)
        elif kind is yaml.DocumentStartEvent:
            self._refuse_document(event, line)

    def _refuse_document(self, event: yaml.DocumentStartEvent, line: int) -> None:
        if self.root is not None:
            self._refuse(line, "a second document ('---'); allowed is one a file")
        if event.tags:
            self._refuse(line, "a %TAG directive; tags are not allowed")

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._refuse(line, f"anchor &{event.anchor}; anchors are not allowed")
        if event.tag is not None:
            self._refuse(line, f"tag {event.tag}; tags are not allowed, every value is a text")

    def _take_text(self, text: str, line: int) -> None:
        inside = self._inside
        if isinstance(inside, dict) and self._key is None:
            if text in inside or not text or text == "<<":
                self._refuse_key(text, line, inside)
            self._key = (line, text)
            return
        if not text:
            self._refuse(line, f"{self._where()} is empty; write a value or leave it out")
        self._place(Node(line, text))

    def _refuse_key(self, key: str, line: int, known: dict[str, Node]) -> None:
        if key == "<<":
            self._refuse(line, "merge key '<<'; merge keys are not allowed")
        elif not key:
            self._refuse(line, "a key is empty; allowed is a text before the colon")
        else:
            self._refuse(line, f"key '{key}' stands twice, first in line {known[key].line}; once is allowed")

    def _begin(self, node: Node) -> None:
        if isinstance(self._inside, dict) and self._key is None:
            self._refuse(node.line, "a list or mapping as a key; allowed is a text")
            raise _Refused
        if len(self._around) == MAX_DEPTH:
            self._refuse(node.line, f"nested deeper than {MAX_DEPTH} levels, which no rule needs")
            raise _Refused
        self._place(node)
        self._around.append((self._inside, self._key))
        self._inside, self._key = cast("list[Node] | dict[str, Node]", node.value), None

    def _place(self, node: Node) -> None:
        inside = self._inside
        if isinstance(inside, list):
            inside.append(node)
        elif inside is not None and self._key is not None:
            node.line, key = self._key
            inside[key] = node
            self._key = None
        else:
            self.root = node

    def _where(self) -> str:
        return f"'{self._key[1]}'" if self._key else "an item of a list" if self._around else "the file"

    def _refuse(self, line: int, what: str) -> None:
        self.problems.append((line, what))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Refused
