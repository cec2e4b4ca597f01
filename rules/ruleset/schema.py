"""Writes JSON Schemas of the rule files, with which editors complete and check them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rules.ruleset.layout import HEAD_FILE, Head, Section, sections
from schemas.needs import NEEDS
from schemas.ruleset import Frame, RuleSet

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What stands in quotes where a value is no text.
QUOTED = {"integer": r"^-?\d+$", "number": r"^-?\d+(\.\d+)?$", "boolean": "^(true|false)$"}
Schema = dict[str, Any]


def json_schemas() -> dict[str, Schema]:
    """The schema of each kind of rule file, by the name of its own file: actors.schema.json."""
    found = {f"{Path(HEAD_FILE).stem}.schema.json": _finished(TypeAdapter(Head).json_schema(), "What a rule set is")}
    for section in sections():
        title = RuleSet.model_fields[section.field].description or section.name
        found[f"{section.name}.schema.json"] = _finished(_section_schema(section), title)
    return found


def write_schemas(to: Path) -> list[Path]:
    """Writes the schemas into a folder, which is made where it is absent, and gives their paths."""
    to.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in json_schemas().items():
        path = to / name
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _section_schema(section: Section) -> Schema:
    schema = TypeAdapter(section.annotation).json_schema()
    if section.model is Frame:
        schema["$defs"]["Frame"]["properties"]["needs"]["items"] = {"enum": list(NEEDS)}
    return schema


def _finished(schema: Schema, title: str) -> Schema:
    for part in _parts(schema):
        _drop_null(part)
        _take_quoted_values(part)
        part.pop("title", None)
    return {"$schema": DIALECT, "title": title, **schema}


def _take_quoted_values(part: Schema) -> None:
    """The loader reads every value as a text: a number, true or false may stand in quotes or not."""
    kind = part.get("type")
    if isinstance(kind, str) and kind in QUOTED:
        part.update(type=[kind, "string"], pattern=QUOTED[kind])


def _drop_null(part: Schema) -> None:
    """A value that is absent is left out in the file, never written as null."""
    choices = [choice for choice in part.get("anyOf", ()) if choice != {"type": "null"}]
    if "anyOf" in part and len(choices) == 1:
        del part["anyOf"]
        part.update(choices[0])
    if "default" in part and part["default"] is None:
        del part["default"]


def _parts(schema: Any) -> Iterator[Schema]:
    """The schema and all schemas in it; keys of `properties` are names, not keywords."""
    if isinstance(schema, list):
        for item in schema:
            yield from _parts(item)
    elif isinstance(schema, dict):
        yield schema
        for keyword, value in list(schema.items()):
            if keyword in ("properties", "$defs"):
                yield from _parts(list(value.values()))
            elif keyword not in ("enum", "const", "default"):
                yield from _parts(value)
