"""Which files a rule-set folder has, and which part of a RuleSet each gives."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from rules.ruleset.problems import model_within
from schemas.ruleset import RuleSet

HEAD_FILE = "ruleset.yaml"
# What no folder of rules has: the version is worked out, and the grammar is that of the language.
OF_NO_FILE = ("version", "grammar")
# People have no id: two persons may share a name, but not one who speaks for the same actor.
# Nor have templates: each kind of word has its own of one construction. Nor weights of signs.
KEYS = {"people": ("name", "actor"), "matrix": ("kind", "id"), "confidence": ("sign", "value")}


class Head(BaseModel):
    """What ruleset.yaml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Short name of the rule set")
    language: str = Field(pattern=r"^[a-z]{2}$", description="Language it reads, ISO 639-1")
    description: str = Field(description="What it is for")


@dataclass(frozen=True)
class Section:
    """A part of the rule set: entries of one model (a list in YAML), or named lists (a mapping)."""

    field: str
    name: str
    model: type[BaseModel] | None
    annotation: Any
    key: tuple[str, ...]

    def files(self, folder: Path) -> list[Path]:
        """NAME.yaml and, for entries, NAME/*.yaml, in the order of their names."""
        single = folder / f"{self.name}.yaml"
        several = sorted((folder / self.name).glob("*.yaml")) if self.model else []
        return [*([single] if single.exists() else []), *several]

    def key_of(self, entry: BaseModel) -> tuple[str, ...]:
        return tuple(str(getattr(entry, part)) for part in self.key)


@cache
def sections() -> tuple[Section, ...]:
    """The parts of a RuleSet beside its head, as its model lists them."""
    return tuple(
        Section(
            name,
            name,
            model_within(field.annotation),
            field.annotation,
            KEYS.get(name, ("id",)),
        )
        for name, field in RuleSet.model_fields.items()
        if name not in OF_NO_FILE and name not in Head.model_fields
    )


GRAMMAR = Section("grammar", "grammar", None, RuleSet.model_fields["grammar"].annotation, ())


def files_of_no_section(folder: Path) -> list[Path]:
    """YAML files that nothing reads, most likely because their name or folder is mistyped."""
    known = {folder / HEAD_FILE, *(file for section in sections() for file in section.files(folder))}
    found = [*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")]
    return sorted(file for file in found if file not in known and file.suffix in (".yaml", ".yml"))


def allowed_files() -> str:
    """The files a rule-set folder may have, for messages."""
    names = [f"{s.name}/*.yaml" if s.model else f"{s.name}.yaml" for s in sections()]
    return ", ".join([HEAD_FILE, *names])
