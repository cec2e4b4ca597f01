"""What entries of a rule set say of each other, and what no model can check alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from pydantic import BaseModel

from rules.frames.complements import COMPLEMENTS
from rules.frames.constructions import SLOTS
from rules.ruleset.problems import MOST, Path, Place, did_you_mean
from schemas.needs import NEEDS
from schemas.ruleset import WORD_KINDS, Actor, Commitment, Example, Frame, Issue, Person, Polarity

Key = tuple[str, ...]
Entries = Mapping[str, Mapping[Key, BaseModel]]
Places = Mapping[str, Mapping[Key, Place]]
Lists = Mapping[str, Mapping[str, tuple[str, ...]]]
# Words are matched as they stand. What only a regular expression would hold is a misunderstanding, never a word.
PATTERN = re.compile(r"[*\[\]|\\^]|\(\?|[.)]\+")
CLASS = re.compile(r"\[([^\]]*)\]")  # in a class: any single word of another class
ALL_ELSE = "other"  # the row of commitments that no class decides


def reference_problems(
    entries: Entries, places: Places, lists: Lists, list_places: Mapping[str, Mapping[str, Place]]
) -> list[str]:
    """Names of actors, issues, senses and classes that do not exist, and parts that belong to themselves: the first."""
    actors = {key[0]: entry for key, entry in entries["actors"].items()}
    issues = {key[0] for key in entries["issues"]}
    senses = {key[0] for key in entries["polarity"]}
    classes = set(lists["classes"])
    known = {"actor": set(actors), "issue": issues, "sense": senses, "class": classes}
    has_all_else = (ALL_ELSE,) in entries["commitments"]
    prepositions = frozenset(lists["constructions"].get("prepositions", ()))
    in_circles = _in_circles(actors)
    found: Iterator[str] = (  # one by one, as a near name takes long to find
        places[section][key].problem(path, what)
        for section, by_key in entries.items()
        for key, entry in by_key.items()
        for path, what in chain(
            _unknown_names(entry, known),
            _own_problems(entry, in_circles, issues),
            _unknown_names_of_frame(entry, prepositions) if isinstance(entry, Frame) else (),
            _undecided(entry, has_all_else) if isinstance(entry, Polarity) else (),
        )
    )
    return list(islice(chain(found, _unknown_classes(lists["classes"], list_places["classes"])), MOST))


def _unknown_classes(classes: Mapping[str, tuple[str, ...]], places: Mapping[str, Place]) -> Iterator[str]:
    """Classes that patterns of other classes name, and that do not exist."""
    for name, words in classes.items():
        for other in (other for word in words for other in CLASS.findall(word) if other not in classes):
            nothing = f"no class '{other}'{did_you_mean(other, sorted(classes))}"
            yield places[name].problem((name,), f"{nothing}; allowed is one of this file")


def _undecided(row: Polarity, has_all_else: bool) -> Iterator[tuple[Path, str]]:
    if row.commits and not has_all_else:
        yield ("commits",), f"'commits' needs a commitment '{ALL_ELSE}', which says what all else is that one does"


def _unknown_names(entry: BaseModel, known: Mapping[str, set[str]]) -> Iterator[tuple[Path, str]]:
    for path, what, name in _references(entry):
        if name not in known[what]:
            nothing = f"no {what} '{name}'{did_you_mean(name, sorted(known[what]))}"
            yield path, f"{nothing}; allowed is one that a file of the rule set defines"


def pattern_problems(entry: BaseModel, place: Place) -> list[str]:
    """Words written as patterns: the rules hold none, so that no rule can be slow."""
    found = (
        place.problem(path, f"'{word}' is a pattern; allowed are words, which match as they stand")
        for path, word in words_of(entry)
        if PATTERN.search(word)
    )
    return list(islice(found, MOST))


def words_of(entry: BaseModel) -> Iterator[tuple[Path, str]]:
    """The words that an entry of a section lists, those of the word families of a frame too, each with its path."""
    for name in type(entry).model_fields:
        yield from texts_within(getattr(entry, name), (name,))
    for i, family in enumerate(entry.entries if isinstance(entry, Frame) else ()):
        for name in type(family).model_fields:
            value = getattr(family, name)
            path = ("entries", i, name)
            yield from [(path, value)] if name in WORD_KINDS and value else texts_within(value, path)


def texts_within(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts of a list, however deep, each with its path; not those of models in it, nor a single text."""
    if isinstance(value, tuple):
        for i, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, i), item
            else:
                yield from texts_within(item, (*path, i))


def _references(entry: BaseModel) -> Iterator[tuple[Path, str, str]]:
    """Everything an entry names: where, what it is, and its name."""
    if isinstance(entry, Actor) and entry.part_of:
        yield ("part_of",), "actor", entry.part_of
    if isinstance(entry, Person):
        yield ("actor",), "actor", entry.actor
        for i, role in enumerate(entry.roles):
            if role.actor:
                yield ("roles", i, "actor"), "actor", role.actor
    if isinstance(entry, Commitment) and entry.id != ALL_ELSE:
        yield ("id",), "class", entry.id
    if isinstance(entry, Frame):
        yield ("sense",), "sense", entry.sense
        yield from ((path, "class", word) for path, word in words_of(entry) if _is_class(path, word))
        for i, example in enumerate(entry.examples.match):
            yield from _expected(example, ("examples", "match", i))


def _is_class(path: Path, word: str) -> bool:
    """Whether a word of a frame can only be meant as the name of a class: 'harm_nouns' stands in no text."""
    return "_" in word and {"about", "not_about"} & set(path) != set()


def _expected(example: Example, path: Path) -> Iterator[tuple[Path, str, str]]:
    for name in ("actor", "target"):
        if value := getattr(example, name):
            yield (*path, name), "actor", value
    if example.issue:
        yield (*path, "issue"), "issue", example.issue


def _unknown_names_of_frame(frame: Frame, prepositions: frozenset[str]) -> Iterator[tuple[Path, str]]:
    """Slots, complements and needs that do not exist."""
    slots = [*SLOTS, *sorted(prepositions)]
    for field in ("actor", "target"):
        yield from _not_among(getattr(frame, field), (field,), "slot", slots)
    yield from _not_among(frame.needs, ("needs",), "need", [*NEEDS])
    complements = [*COMPLEMENTS, *(f"{preposition} thing" for preposition in sorted(prepositions))]
    for i, entry in enumerate(frame.entries):
        for field in ("takes", "noun_takes"):
            yield from _not_among(getattr(entry, field), ("entries", i, field), "complement", complements)


def _not_among(names: Sequence[str], path: Path, what: str, allowed: list[str]) -> Iterator[tuple[Path, str]]:
    for i, name in enumerate(names):
        if name not in allowed:
            yield (*path, i), f"no {what} '{name}'{did_you_mean(name, allowed)}; allowed are {', '.join(allowed)}"


def _own_problems(entry: BaseModel, in_circles: set[str], issues: set[str]) -> Iterator[tuple[Path, str]]:
    if isinstance(entry, Issue) and "." in entry.id and (parent := entry.id.rpartition(".")[0]) not in issues:
        yield ("id",), f"the parent of '{entry.id}' is missing; needed is an issue '{parent}'"
    if isinstance(entry, Frame) and not entry.id.startswith(f"{entry.stance}."):
        yield ("id",), f"'id' is '{entry.id}'; allowed is the stance, a dot, a short name: {entry.stance}.…"
    if isinstance(entry, Actor) and entry.id in in_circles:
        yield ("part_of",), f"{entry.id} is part of itself; allowed is another actor"
    for path, dated in _dated(entry):
        if dated.since and dated.until and dated.since > dated.until:
            yield (*path, "until"), f"'until' is {dated.until}, before 'since'; allowed is a later day"


def _in_circles(actors: Mapping[str, BaseModel]) -> set[str]:
    """Actors that belong to themselves. Each is walked by once, however long the chains are."""
    walked: set[str] = set()
    found: set[str] = set()
    for name in actors:
        way: list[str] = []
        while name not in walked and isinstance(actor := actors.get(name), Actor) and actor.part_of:
            walked.add(name)
            way.append(name)
            name = actor.part_of
        if name in set(way):
            found.update(way[way.index(name) :])
    return found


def _dated(entry: BaseModel) -> Iterator[tuple[Path, Any]]:
    if isinstance(entry, Actor):
        yield (), entry
    if isinstance(entry, Person):
        for i, role in enumerate(entry.roles):
            yield ("roles", i), role
