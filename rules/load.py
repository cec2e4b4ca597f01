"""Loads rule-set folders: YAML → RuleSet, with every fault as file:line: what, and what is allowed."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from rules.strict_yaml import Document, Location, read_strictly
from schemas.article import content_key
from schemas.ruleset import Actor, Issue, Person, RuleSet, Trigger

ENGLISH = Path(__file__).parent / "english"

# What a folder holds: the pattern of the files, the field of the rule set, the model of one entry.
LISTS: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("actors/*.yaml", "actors", Actor),
    ("people/*.yaml", "people", Person),
    ("issues.yaml", "issues", Issue),
    ("stances/*.yaml", "triggers", Trigger),
)
WORD_LISTS = (("dates.yaml", "dates"), ("words.yaml", "words"))
HEADER_KEYS = ("id", "language", "description")


class RuleSetError(ValueError):
    """A rule set that cannot be loaded; each of `problems` is 'file:line: what, and what is allowed'."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Gathered:
    """Everything read so far, with the place that each entry comes from."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.header: dict[str, str] = {}
        self.entries: dict[str, dict[str, Any]] = {field: {} for _, field, _ in LISTS}
        self.places: dict[tuple[str, str], str] = {}
        self.word_lists: dict[str, dict[str, tuple[str, ...]]] = {"dates": {}, "words": {}}


def load_ruleset(*folders: Path) -> RuleSet:
    """The rule set of the first folder with the others laid over it, in order; without a folder the English one.

    A later entry with the id (for people: the name and actor) of an earlier one replaces it; word lists grow.
    Raises RuleSetError with all faults.
    """
    gathered = _Gathered()
    for folder in folders or (ENGLISH,):
        _read_folder(folder, gathered)
    if not gathered.problems:
        _check_references(gathered)
    if gathered.problems:
        raise RuleSetError(tuple(gathered.problems))
    lists = {field: tuple(gathered.entries[field].values()) for _, field, _ in LISTS}
    return RuleSet(
        id=gathered.header.get("id", ""),
        language=gathered.header.get("language", ""),
        description=gathered.header.get("description", ""),
        version=_version(gathered),
        dates=gathered.word_lists["dates"],
        words=gathered.word_lists["words"],
        **lists,
    )


def _read_folder(folder: Path, gathered: _Gathered) -> None:
    if not folder.is_dir():
        gathered.problems.append(f"{folder}:1: no such folder; a rule set is a folder with a ruleset.yaml")
        return
    header = folder / "ruleset.yaml"
    if not header.is_file():
        gathered.problems.append(f"{header}:1: missing; it gives {', '.join(HEADER_KEYS)}")
    else:
        _read_header(read_strictly(header), gathered)
    for pattern, field, model in LISTS:
        seen: set[str] = set()
        for path in sorted(folder.glob(pattern)):
            _read_list(read_strictly(path), field, model, seen, gathered)
    for name, field in WORD_LISTS:
        if (folder / name).is_file():
            _read_words(read_strictly(folder / name), field, gathered)


def _read_header(document: Document, gathered: _Gathered) -> None:
    gathered.problems.extend(document.problems)
    if not isinstance(document.data, dict):
        gathered.problems.append(f"{document.file}:1: must be a mapping with {', '.join(HEADER_KEYS)}")
        return
    for key, value in document.data.items():
        if key not in HEADER_KEYS or not isinstance(value, str):
            gathered.problems.append(f"{document.where((key,))}: {_unknown(key, HEADER_KEYS)}")
        else:
            gathered.header.setdefault(key, value)
    for key in HEADER_KEYS:
        if key not in document.data:
            gathered.problems.append(f"{document.file}:1: the key {key!r} is missing")


def _read_list(document: Document, field: str, model: type[BaseModel], seen: set[str], gathered: _Gathered) -> None:
    gathered.problems.extend(document.problems)
    if document.problems or document.data is None:
        return
    if not isinstance(document.data, list):
        gathered.problems.append(f"{document.file}:1: must be a list of entries, each beginning with '- '")
        return
    for index, data in enumerate(document.data):
        try:
            entry = model.model_validate(data)
        except ValidationError as error:
            gathered.problems.extend(_told(document, (index,), model, error))
            continue
        key = entry_key(entry)
        if key in seen:
            gathered.problems.append(f"{document.where((index,))}: {key!r} stands twice in this folder; ids are unique")
        seen.add(key)
        gathered.entries[field][key] = entry
        gathered.places[field, key] = document.where((index,))


def entry_key(entry: BaseModel) -> str:
    """What makes an entry the same in two folders: its id, or the name and actor of a person."""
    if isinstance(entry, Person):
        return f"{entry.name} ({entry.actor})"
    return str(entry.id)  # type: ignore[attr-defined]


def _read_words(document: Document, field: str, gathered: _Gathered) -> None:
    gathered.problems.extend(document.problems)
    if document.problems or document.data is None:
        return
    if not isinstance(document.data, dict):
        gathered.problems.append(f"{document.file}:1: must be a mapping from names to lists of words")
        return
    for name, words in document.data.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            gathered.problems.append(f"{document.where((name,))}: {name!r} must be a list of words")
            continue
        known = gathered.word_lists[field].get(name, ())
        gathered.word_lists[field][name] = (*known, *(w for w in words if w not in known))


def _told(document: Document, start: Location, model: type[BaseModel], error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        location = (*start, *fault["loc"])
        if fault["type"] == "extra_forbidden":
            known = _fields_at(model, fault["loc"])
            yield f"{document.where(location)}: {_unknown(str(fault['loc'][-1]), known)}"
        elif fault["type"] == "missing":
            yield f"{document.where(start)}: the key {'.'.join(map(str, fault['loc']))!r} is missing"
        else:
            what = fault["msg"].removeprefix("Value error, ")
            yield f"{document.where(location)}: {'.'.join(map(str, fault['loc'])) or 'the entry'}: {what}"


def _fields_at(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """The keys that are allowed beside an unknown one, found by following its location down the models."""
    current: Any = model
    for step in location[:-1]:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = _inner_model(current.model_fields[step].annotation)
    return tuple(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else ()


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None


def _unknown(key: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
    return f"unknown key {key!r}; {hint}"


def _check_references(gathered: _Gathered) -> None:
    """Ids that are referred to must exist, and word lists that triggers name must not be misspelt."""
    actors = gathered.entries["actors"]
    for key, person in gathered.entries["people"].items():
        named = [person.actor, *(role.actor for role in person.roles if role.actor)]
        _complain_of(gathered, "people", key, "actor", named, tuple(actors))
    for key, actor in actors.items():
        _complain_of(gathered, "actors", key, "part_of", [actor.part_of] if actor.part_of else [], tuple(actors))
    for key, trigger in gathered.entries["triggers"].items():
        if trigger.id.split(".")[0] != trigger.stance:
            place = gathered.places["triggers", key]
            gathered.problems.append(f"{place}: the id must begin with the stance: '{trigger.stance}.…'")
        lists = [w for w in (*trigger.with_words, *trigger.without_words) if "_" in w]
        _complain_of(gathered, "triggers", key, "word list", lists, tuple(gathered.word_lists["words"]))


def _complain_of(
    gathered: _Gathered, field: str, key: str, what: str, named: list[str], known: tuple[str, ...]
) -> None:
    for name in named:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            gathered.problems.append(f"{gathered.places[field, key]}: no {what} {name!r} in the rule set{hint}")


def _version(gathered: _Gathered) -> str:
    """A key of everything loaded, whatever the files are called and in whatever order entries stand in them."""
    parts = [
        f"{field}\0{key}\0{entry!r}" for field, entries in gathered.entries.items() for key, entry in entries.items()
    ]
    parts += [
        f"{field}\0{name}\0{sorted(words)!r}"
        for field, lists in gathered.word_lists.items()
        for name, words in lists.items()
    ]
    return content_key(gathered.header.get("language", ""), *sorted(parts))
