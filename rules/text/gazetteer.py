"""Finds every mention of an actor or a known person in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ahocorasick_rs import AhoCorasick

from schemas.ruleset import Actor, Person, RuleSet

NameKind = Literal["name", "adjective", "demonym", "capital", "seat", "body", "person", "surname", "hidden"]
CAPITALS = re.compile(r"[A-Z]{4,}")
LABEL = re.compile(r"^[A-Z][A-Z.,'’ -]{3,60}(?=:)", re.MULTILINE)


@dataclass(frozen=True)
class Sense:
    """One thing that a name can mean; `hidden` is a phrase in which a name means no actor."""

    kind: NameKind
    actor: str | None
    person: Person | None = None
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Mention:
    """A name in a text: `start` and `end` count characters."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]

    @property
    def actor(self) -> str | None:
        """The one actor that it names; for a person the one spoken for."""
        return self.senses[0].actor if self.senses else None

    @property
    def kind(self) -> NameKind:
        return self.senses[0].kind

    @property
    def person(self) -> Person | None:
        return self.senses[0].person


class NameFinder:
    """All names of a rule set in one automaton; finding them takes time linear in the text."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._senses = _collect_senses(ruleset)
        self._names = sorted(self._senses)
        self._automaton = AhoCorasick(self._names)
        self._not_near = {actor.id: actor.not_near for actor in ruleset.actors if actor.not_near}

    def find(self, text: str, day: date, whole_article: str) -> list[Mention]:
        """Mentions in the order of the text, the longest where several overlap, as they are meant on `day`."""
        found = []
        for spelling in dict.fromkeys((text, from_capitals(text))):
            for index, start, end in self._automaton.find_matches_as_indexes(spelling, overlapping=True):
                if stands_alone(text, start, end):
                    found.append((start, end, self._names[index]))
        mentions = []
        meant: dict[str, tuple[Sense, ...]] = {}
        reach = 0
        for start, end, name in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            if start < reach:
                continue
            reach = end
            if name not in meant:
                meant[name] = self._senses_on(name, day, whole_article)
            senses = meant[name]
            if senses and senses[0].kind != "hidden":
                mentions.append(Mention(start, end, name, senses))
        return mentions

    def _senses_on(self, name: str, day: date, whole_article: str) -> tuple[Sense, ...]:
        senses = [sense for sense in self._senses[name] if sense.kind == "hidden" or sense.holds_on(day)]
        return tuple(sense for sense in senses if not self._means_something_else(sense, whole_article))

    def _means_something_else(self, sense: Sense, whole_article: str) -> bool:
        cues = self._not_near.get(sense.actor or "", ())
        return sense.kind in ("name", "capital") and any(cue in whole_article for cue in cues)


def from_capitals(text: str) -> str:
    """A text that stands in capitals throughout, with its longer words as names are written: 'PERU' → 'Peru'.

    Of any other text the labels that tell who speaks: 'MR LAVROV: We' → 'MR Lavrov: We'.
    """
    if text.isupper():
        return _named(text)
    return LABEL.sub(lambda label: _named(label.group()), text) if ":" in text else text


def _named(text: str) -> str:
    return CAPITALS.sub(lambda word: word.group().capitalize(), text)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands right before or after a name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or (after.isalnum() and text[end - 1] != "."))


def _collect_senses(ruleset: RuleSet) -> dict[str, tuple[Sense, ...]]:
    senses: dict[str, list[Sense]] = defaultdict(list)
    for actor in ruleset.actors:
        for phrase in actor.not_in:
            senses[phrase].insert(0, Sense("hidden", None))
        for kind, name in _names_of_actor(actor):
            senses[name].append(Sense(kind, actor.id, None, actor.since, actor.until))
    for person in ruleset.people:
        for kind, name in _names_of_person(person):
            senses[name].append(Sense(kind, person.actor, person))
    return {name: tuple(sorted(found, key=_rank)) for name, found in senses.items() if len(name) > 1}


def _rank(sense: Sense) -> int:
    """What a name means first: a phrase that hides it, then a dated name before an undated one, people last."""
    if sense.kind == "hidden":
        return 0
    if sense.person is not None:
        return 3 if sense.kind == "person" else 4
    return 1 if sense.since or sense.until else 2


def _names_of_actor(actor: Actor) -> Iterable[tuple[NameKind, str]]:
    kinds: tuple[tuple[NameKind, tuple[str, ...]], ...] = (
        ("name", (actor.name, *actor.names)),
        ("adjective", actor.adjectives),
        ("demonym", actor.demonyms),
        ("capital", actor.capitals),
        ("seat", actor.seats),
        ("body", actor.bodies),
    )
    seen = set()
    for kind, names in kinds:
        for name in names:
            if name not in seen:
                seen.add(name)
                yield kind, name


def _names_of_person(person: Person) -> Iterable[tuple[NameKind, str]]:
    full = (person.name, *person.names)
    for name in dict.fromkeys(full):
        yield ("person" if " " in name else "surname"), name
    surname = person.name.split()[-1]
    if surname not in full and len(surname) > 2:
        yield "surname", surname
