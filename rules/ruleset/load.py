"""Loads rule-set folders into a RuleSet, and reports everything that is wrong with them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from rules.language.languages import language_of
from rules.ruleset.layout import HEAD_FILE, Head, Section, allowed_files, files_of_no_section, sections
from rules.ruleset.problems import Place, RuleSetError, day_problems, validation_problems
from rules.ruleset.references import pattern_problems, reference_problems
from rules.ruleset.strict_yaml import Node, read_strictly
from schemas.article import content_key
from schemas.ruleset import RuleSet

ENGLISH = Path(__file__).parents[1] / "english"

__all__ = ["ENGLISH", "LoadedSet", "RuleSetError", "load_ruleset", "load_with_places"]

Key = tuple[str, ...]


@dataclass
class LoadedSet:
    """A rule set in the making: entries by section and key, each with its place, and the problems met so far."""

    heads: list[Head] = field(default_factory=list)
    entries: dict[str, dict[Key, BaseModel]] = field(default_factory=dict)
    places: dict[str, dict[Key, Place]] = field(default_factory=dict)
    lists: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    list_places: dict[str, dict[str, Place]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    # Whether something gave no entries, so that what refers to it cannot be checked.
    partial: bool = False

    def ruleset(self) -> RuleSet:
        """The valid rule set, entries in the order of their ids, whatever files they came from."""
        parts: dict[str, Any] = {
            section.field: tuple(entry for _, entry in sorted(self.entries[section.field].items()))
            if section.model
            else dict(sorted(self.lists[section.field].items()))
            for section in sections()
        }
        unversioned = RuleSet(
            id="+".join(head.id for head in self.heads),
            language=self.heads[0].language,
            description=" ".join(head.description for head in self.heads),
            version="",
            grammar=dict(sorted(language_of(self.heads[0].language).tables.items())),
            **parts,
        )
        version = content_key(unversioned.model_dump_json(exclude_defaults=True))
        return unversioned.model_copy(update={"version": version})


def load_ruleset(*folders: Path) -> RuleSet:
    """The rule set of the folders, each laid over the ones before; the English one where none is given.

    A later entry with the id of an earlier one replaces it (people: the name and actor); lists of words are extended.
    Raises RuleSetError with the problems of all files.
    """
    return load_with_places(*folders)[0]


def load_with_places(*folders: Path) -> tuple[RuleSet, LoadedSet]:
    """The same, with the file and line of every entry."""
    loaded = LoadedSet()
    for section in sections():
        loaded.entries[section.field], loaded.places[section.field] = {}, {}
        loaded.lists[section.field], loaded.list_places[section.field] = {}, {}
    for folder in folders or (ENGLISH,):
        _load_folder(loaded, _seen_from_here(folder))
    if not loaded.partial:
        loaded.problems.extend(reference_problems(loaded.entries, loaded.places, loaded.lists, loaded.list_places))
    if loaded.problems:
        raise RuleSetError(loaded.problems)
    return loaded.ruleset(), loaded


def _seen_from_here(folder: Path) -> Path:
    """The folder as a path from the working folder where it lies in it: problems are read by people."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _load_folder(loaded: LoadedSet, folder: Path) -> None:
    if not folder.is_dir():
        loaded.problems.append(f"{folder}:1: no such folder; allowed is a folder with {HEAD_FILE}")
        loaded.partial = True
        return
    if (folder / HEAD_FILE).exists():
        _load_head(loaded, folder / HEAD_FILE)
    else:
        needed = ", ".join(Head.model_fields)
        loaded.problems.append(f"{folder / HEAD_FILE}:1: no such file; a folder of rules needs it, with {needed}")
        loaded.partial = True
    for file in files_of_no_section(folder):
        loaded.problems.append(f"{file}:1: no rule-set file has this name; allowed are {allowed_files()}")
    for section in sections():
        first: dict[Key, Place] = {}
        for file in section.files(folder):
            root = _read(loaded, file)
            if root is None:
                continue
            if section.model is None:
                _load_lists(loaded, section, Place(str(file), root))
            else:
                _load_entries(loaded, section, section.model, Place(str(file), root), first)


def _load_head(loaded: LoadedSet, file: Path) -> None:
    root = _read(loaded, file)
    if root is None:
        return
    place = Place(str(file), root)
    try:
        head = Head.model_validate(root.plain())
    except ValidationError as error:
        loaded.problems.extend(validation_problems(Head, place, error))
        return
    if loaded.heads and head.language != loaded.heads[0].language:
        what = f"'language' is '{head.language}'; allowed is '{loaded.heads[0].language}', as in the set below it"
        loaded.problems.append(place.problem(("language",), what))
    loaded.heads.append(head)


def _read(loaded: LoadedSet, file: Path) -> Node | None:
    document = read_strictly(file)
    loaded.problems.extend(document.problems)
    loaded.partial |= bool(document.problems)
    if document.root is None and not document.problems and file.name == HEAD_FILE:
        loaded.problems.append(f"{file}:1: the file is empty; needed are {', '.join(Head.model_fields)}")
    return document.root


def _load_entries(
    loaded: LoadedSet, section: Section, model: type[BaseModel], file: Place, first: dict[Key, Place]
) -> None:
    """Adds the entries of a file; `first` holds those of the same folder, where each may stand once."""
    if not isinstance(file.node.value, list):
        loaded.problems.append(file.problem((), f"{section.name} need a list: begin each entry with '- '"))
        loaded.partial = True
        return
    for node in file.node.value:
        place = Place(file.file, node)
        entry = _validated(loaded, model, place)
        if entry is None:
            continue
        key = section.key_of(entry)
        if key in first:
            where = f"{first[key].file}:{first[key].line()}"
            loaded.problems.append(place.problem((), f"{' of '.join(key)} stands twice, first in {where}"))
        first.setdefault(key, place)
        loaded.entries[section.field][key] = entry
        loaded.places[section.field][key] = place


def _validated(loaded: LoadedSet, model: type[BaseModel], place: Place) -> BaseModel | None:
    problems = day_problems(model, place)
    entry: BaseModel | None = None
    try:
        entry = model.model_validate(place.node.plain())
        problems += pattern_problems(entry, place)
    except ValidationError as error:
        found = validation_problems(model, place, error)
        problems = [*found, *(problem for problem in problems if problem not in found)]
    loaded.problems.extend(problems)
    loaded.partial |= entry is None
    return entry


def _load_lists(loaded: LoadedSet, section: Section, place: Place) -> None:
    try:
        lists: dict[str, tuple[str, ...]] = TypeAdapter(section.annotation).validate_python(place.node.plain())
    except ValidationError as error:
        loaded.problems.extend(_list_problem(place, tuple(detail["loc"])) for detail in error.errors())
        loaded.partial = True
        return
    known = loaded.lists[section.field]
    for name, words in lists.items():
        known[name] = _extended(known.get(name, ()), words)
        loaded.list_places[section.field][name] = place


def _list_problem(place: Place, path: tuple[str | int, ...]) -> str:
    if not path:
        return place.problem((), "named lists are needed, each a name, a colon and a list")
    what = "a list of words is needed, [a, b] or a '- ' line for each" if len(path) == 1 else "a text is needed"
    return place.problem(path, f"'{path[0]}': {what}")


def _extended(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))
