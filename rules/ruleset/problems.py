"""Says in a rule author's words what pydantic found wrong, and where: file:line: what, and what is allowed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from rules.ruleset.one_line import in_one_line
from rules.ruleset.strict_yaml import Node

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LIST_TYPES = ("tuple_type", "list_type", "set_type", "frozen_set_type", "dict_type", "model_type")
Path = tuple[str | int, ...]
MOST = 100  # problems of one entry, or of one kind: more tell no more
LONGEST_LIST = 2_000  # names among which a near one is looked for, and characters of a name


class RuleSetError(ValueError):
    """A rule set that cannot be read. `problems` are its problems: "file:line: what, and what is allowed"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Place:
    """A file and the node of an entry in it."""

    file: str
    node: Node

    def line(self, path: Path = ()) -> int:
        return self.node.at(path).line

    def problem(self, path: Path, what: str) -> str:
        return in_one_line(f"{self.file}:{self.line(path)}: {what}")


def did_you_mean(word: str, known: list[str]) -> str:
    """ " (did you mean …?)" where a known word is near or ends in the given one, else nothing."""
    if len(known) > LONGEST_LIST or len(word) > LONGEST_LIST:
        return ""
    near = get_close_matches(word, known, n=1) or [name for name in known if name.endswith(f".{word}")]
    return f" (did you mean '{near[0]}'?)" if near else ""


def validation_problems(model: type[BaseModel], place: Place, error: ValidationError) -> list[str]:
    """One problem for each thing that is wrong with an entry, of very many the first."""
    details = error.errors()[: MOST + 1]
    wrong_within = {tuple(detail["loc"][:end]) for detail in details for end in range(len(detail["loc"]))}
    # A list whose items are all refused counts as empty, too.
    told = [d for d in details if d["type"] != "too_short" or tuple(d["loc"]) not in wrong_within]
    return [place.problem(*_explain(model, detail)) for detail in told[:MOST]]


def day_problems(model: type[BaseModel], place: Place) -> list[str]:
    """Days that pydantic would take from a bare number, such as 86400 for the second day of 1970."""
    found = []
    for path, text in _days(model, place.node, ()):
        if not DAY.fullmatch(text):
            found.append(place.problem(path, _not_a_day(path, text)))
    return found


def _explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[Path, str]:
    path, kind = tuple(detail["loc"]), detail["type"]
    owner, field = _field_at(model, path)
    name = str(path[-1]) if path else ""
    given, means = detail["input"], field.description if field else ""
    if kind == "missing":
        return path[:-1], f"'{name}' is missing; it says: {means}"
    if kind == "extra_forbidden":
        keys = list(owner.model_fields)
        return path, f"unknown key '{name}'{did_you_mean(name, keys)}; allowed are {', '.join(keys)}"
    if kind.startswith("date") and isinstance(given, str):
        return path, _not_a_day(path, given)
    if kind in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
        return path, f"'{name}' is '{given}'{did_you_mean(str(given), allowed)}; allowed are {', '.join(allowed)}"
    if kind == "string_pattern_mismatch":
        return path, f"'{name}' is '{given}'; allowed is {detail['ctx']['pattern']} ({means})"
    if kind in LIST_TYPES:
        needs = "keys with values" if kind in ("dict_type", "model_type") else "a list, [a, b] or a '- ' line for each"
        return path, f"{_named(path)} needs {needs}"
    if kind == "string_type":
        return path, f"{_named(path)} needs one text, not a list or mapping"
    if kind == "too_short":
        return path, f"'{name}' is empty; at least {detail['ctx']['min_length']} is needed: {means}"
    what = detail["msg"].removeprefix("Value error, ")
    return path, f"{_named(path)}: {what}" if path else what


def _not_a_day(path: Path, text: str) -> str:
    return f"'{path[-1]}' is '{text}', which is no day; allowed is YYYY-MM-DD"


def _named(path: Path) -> str:
    name = next((step for step in reversed(path) if isinstance(step, str)), "the entry")
    return f"an item of '{name}'" if path and isinstance(path[-1], int) else f"'{name}'" if path else name


def _field_at(model: type[BaseModel], path: Path) -> tuple[type[BaseModel], FieldInfo | None]:
    """The innermost model on a path, and the field that the path ends in where the model has it."""
    field: FieldInfo | None = None
    for step in path:
        if isinstance(step, str):
            if field is not None:
                model = model_within(field.annotation) or model
            field = model.model_fields.get(step)
    return model, field


def model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation is made of, such as Role in tuple[Role, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_within(part))), None)


@cache
def _dated_fields(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel] | None], ...]:
    """Fields that are days, with None, and fields that hold models which have some."""
    found: list[tuple[str, type[BaseModel] | None]] = []
    for name, field in model.model_fields.items():
        if date in (field.annotation, *get_args(field.annotation)):
            found.append((name, None))
        elif (inner := model_within(field.annotation)) and _dated_fields(inner):
            found.append((name, inner))
    return tuple(found)


def _days(model: type[BaseModel], node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if not isinstance(node.value, dict):
        return
    for name, inner in _dated_fields(model):
        child = node.value.get(name)
        if child is None:
            continue
        if inner is None and isinstance(child.value, str):
            yield (*path, name), child.value
        elif inner is not None and isinstance(child.value, list):
            for i, item in enumerate(child.value):
                yield from _days(inner, item, (*path, name, i))
        elif inner is not None:
            yield from _days(inner, child, (*path, name))
