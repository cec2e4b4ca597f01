"""Tells what differs between two rule sets, and which articles can be read otherwise because of it."""

from dataclasses import dataclass

from rules.ruleset.layout import GRAMMAR, Section, sections
from schemas.ruleset import RuleSet

# How many rows a weight was measured on.
COUNTS = {"confidence": {"rows", "right"}}
# What people alone read: it decides about no position.
FOR_PEOPLE = {
    "frames": {"description", "examples"},
    "issues": {"name", "covers"},
    "polarity": {"description"},
    "commitments": {"description"},
} | COUNTS
# Sections that decide about none.
ONLY_FOR_PEOPLE = ("matrix", "fillers")


@dataclass(frozen=True)
class Change:
    """What differs in one section: keys of entries, or names of lists."""

    section: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.added + self.changed + self.removed

    def __str__(self) -> str:
        kinds = (("added", self.added), ("changed", self.changed), ("removed", self.removed))
        return f"{self.section}: " + "; ".join(f"{kind} {', '.join(names)}" for kind, names in kinds if names)


def changes_between(old: RuleSet, new: RuleSet) -> list[Change]:
    """The sections that differ in what decides about positions."""
    found = []
    for section in (s for s in (*sections(), GRAMMAR) if s.field not in ONLY_FOR_PEOPLE):
        if getattr(old, section.field) == getattr(new, section.field):
            continue
        before, after = _parts(old, section), _parts(new, section)
        change = Change(
            section.name,
            tuple(sorted(after.keys() - before.keys())),
            tuple(sorted(key for key in before.keys() & after.keys() if before[key] != after[key])),
            tuple(sorted(before.keys() - after.keys())),
        )
        if change.names:
            found.append(change)
    return found


def _parts(ruleset: RuleSet, section: Section) -> dict[str, object]:
    part = getattr(ruleset, section.field)
    if section.model is None:
        return dict(part)
    unread = FOR_PEOPLE.get(section.field, set())
    return {" of ".join(section.key_of(entry)): entry.model_dump(exclude=unread) for entry in part}
