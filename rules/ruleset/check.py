"""Finds what is allowed in a rule set and yet doubtful: names of two actors, dead words, rules that overlap."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice
from typing import TypeVar, cast

from pydantic import BaseModel

from rules.language import english
from rules.ruleset.load import Key, LoadedSet
from rules.ruleset.one_line import in_one_line
from rules.ruleset.problems import Path
from rules.ruleset.references import texts_within, words_of
from rules.text.terms import phrase_forms
from schemas.ruleset import WORD_KINDS, Actor, Frame, FrameEntry, Issue, Person, Role, WordKind

T = TypeVar("T")

NAME_FIELDS = ("name", "names", "adjectives", "demonyms", "capitals", "seats", "bodies")
# Words of titles of offices of which an actor has several at once.
SHARED_OFFICES = english.words("shared_offices")
# Between two holders of an office lists often disagree by days; longer overlaps are mistakes.
HANDOVER = timedelta(days=31)
PAIRS = 10_000  # of those that share a word or an office


@dataclass(frozen=True, order=True)
class Finding:
    """Something doubtful, at a file and a line."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return in_one_line(f"{self.file}:{self.line}: {self.what}")


class Doubts:
    """Collects findings about the entries of a loaded rule set."""

    def __init__(self, loaded: LoadedSet) -> None:
        self._loaded = loaded
        self._found: set[Finding] = set()

    def add(self, section: str, key: Key, path: Path, what: str) -> None:
        place = self._loaded.places[section][key]
        self._found.add(Finding(place.file, place.line(path), what))

    def where(self, section: str, key: Key) -> str:
        place = self._loaded.places[section][key]
        return f"{place.file}:{place.line()}"

    def sorted(self) -> list[Finding]:
        return sorted(self._found)


def check(loaded: LoadedSet) -> list[Finding]:
    """All findings, by file and line."""
    doubts = Doubts(loaded)
    actors = {key: cast(Actor, entry) for key, entry in loaded.entries["actors"].items()}
    people = {key: cast(Person, entry) for key, entry in loaded.entries["people"].items()}
    issues = {key: cast(Issue, entry) for key, entry in loaded.entries["issues"].items()}
    frames = {key: cast(Frame, entry) for key, entry in loaded.entries["frames"].items()}
    for section, entries in loaded.entries.items():
        for key, entry in entries.items():
            _check_texts(doubts, section, key, entry)
    _check_actor_names(doubts, actors)
    _check_people_names(doubts, people, actors)
    _check_roles(doubts, people, actors)
    _check_offices(doubts, people)
    _check_terms(doubts, issues, loaded.heads[0].language)
    _check_examples(doubts, frames)
    _check_overlaps(doubts, frames)
    return doubts.sorted()


def _check_texts(doubts: Doubts, section: str, key: Key, entry: BaseModel) -> None:
    """Texts given twice in one list, and texts with characters that no one sees and no text has."""
    seen: set[tuple[Path, str]] = set()
    for path, text in words_of(entry):
        *within, last = path
        if isinstance(last, int):
            if ((*within,), text) in seen:
                name = next(step for step in reversed(within) if isinstance(step, str))
                doubts.add(section, key, path, f"'{text}' stands twice in '{name}'")
            seen.add(((*within,), text))
        if " ".join(text.split()) != text or any(unicodedata.category(c) in ("Cf", "Cc") for c in text):
            doubts.add(section, key, path, f"{text!r} has invisible characters or double spaces: it never matches")


def _check_actor_names(doubts: Doubts, actors: Mapping[Key, Actor]) -> None:
    hiding = {phrase: actor.id for actor in actors.values() for phrase in actor.not_in}
    claims: dict[str, list[Key]] = defaultdict(list)
    for key, actor in actors.items():
        for path, name in _names(actor):
            if key not in claims[name]:
                claims[name].append(key)
            if name in hiding:
                what = f"'{name}' never names {actor.id}: it stands in 'not_in' of {hiding[name]}"
                doubts.add("actors", key, path, what)
    for name, keys in claims.items():
        for first, second in _pairs(keys):
            a, b = actors[first], actors[second]
            if _is_dated(a) == _is_dated(b) and _overlap(a, b):
                what = f"'{name}' names both {b.id} and {a.id} ({doubts.where('actors', first)}) at the same time"
                path = next(path for path, given in _names(b) if given == name)
                doubts.add("actors", second, path, what)


def _names(actor: Actor) -> Iterator[tuple[Path, str]]:
    for field in NAME_FIELDS:
        value = getattr(actor, field)
        if isinstance(value, str):
            yield (field,), value
        else:
            yield from texts_within(value, (field,))


def _check_people_names(doubts: Doubts, people: Mapping[Key, Person], actors: Mapping[Key, Actor]) -> None:
    actor_names = {name: actor.id for actor in actors.values() for _, name in _names(actor)}
    owners: dict[str, list[Key]] = defaultdict(list)
    for key, person in people.items():
        for name in dict.fromkeys((person.name, *person.names)):
            if " " in name:
                owners[name].append(key)
            if name in actor_names:
                doubts.add(
                    "people", key, ("name",), f"'{name}' is also a name of {actor_names[name]}, which goes first"
                )
    for name, keys in owners.items():
        for first, second in _pairs(keys):
            both = [(a, b) for a in people[first].roles for b in people[second].roles]
            if any(_overlap(a, b) for a, b in both):
                what = f"'{name}' is also {' of '.join(first)} ({doubts.where('people', first)}) at the same time"
                doubts.add("people", second, ("name",), what)


def _check_roles(doubts: Doubts, people: Mapping[Key, Person], actors: Mapping[Key, Actor]) -> None:
    for key, person in people.items():
        for n, role in enumerate(person.roles):
            actor = actors[(role.actor or person.actor,)]
            if not _overlap(role, actor):
                doubts.add("people", key, ("roles", n), f"'{role.title}' of {actor.id}, which did not exist then")
        for (n, role), (_, later) in _pairs(list(enumerate(person.roles))):
            same = role.title == later.title and role.actor == later.actor
            if same and _overlap(role, later):
                doubts.add("people", key, ("roles", n), f"'{role.title}' is held twice at the same time")


def _check_offices(doubts: Doubts, people: Mapping[Key, Person]) -> None:
    """Two people in an office that has one holder, for longer than lists disagree on a handover."""
    holders: dict[tuple[str, str], list[tuple[Key, int, Role]]] = defaultdict(list)
    for key, person in people.items():
        for n, role in enumerate(person.roles):
            if not SHARED_OFFICES & set(role.title.lower().replace(",", " ").split()):
                holders[role.title.lower(), role.actor or person.actor].append((key, n, role))
    for (_, actor), held in holders.items():
        for (first, _, a), (second, n, b) in _pairs(held):
            if first != second and _overlap(a, b, HANDOVER):
                what = f"'{b.title}' of {actor} is also {first[0]} ({doubts.where('people', first)}) at the same time"
                doubts.add("people", second, ("roles", n), what)


def _check_terms(doubts: Doubts, issues: Mapping[Key, Issue], language: str) -> None:
    owners: dict[str, tuple[Key, str]] = {}
    for key, issue in issues.items():
        own: dict[str, str] = {}
        hidden = {form: term for term in issue.not_terms for form in phrase_forms(term, language)}
        for path, term in texts_within(issue.terms, ("terms",)):
            forms = phrase_forms(term, language)
            if hiding := _shared(forms, hidden):
                doubts.add("issues", key, path, f"'{term}' never counts: 'not_terms' has '{hiding}'")
            if forms <= own.keys():
                doubts.add("issues", key, path, f"'{term}' adds nothing to '{_shared(forms, own)}'")
            if other := _shared(forms, owners):
                what = f"'{term}' names both {issue.id} and {other[0][0]} ({doubts.where('issues', other[0])})"
                doubts.add("issues", key, path, what)
            own |= dict.fromkeys(forms, term)
        for path, term in texts_within(issue.weak_terms, ("weak_terms",)):
            if phrase_forms(term, language) <= own.keys():
                doubts.add("issues", key, path, f"'{term}' is both a term and a weak term")
        owners |= {form: (key, term) for form, term in own.items()}


def _shared(forms: frozenset[str], owned: Mapping[str, T]) -> T | None:
    """Whose the first of the forms is that somebody has."""
    return next((owned[form] for form in sorted(forms & owned.keys())), None)


def _check_examples(doubts: Doubts, frames: Mapping[Key, Frame]) -> None:
    for key, frame in frames.items():
        seen: dict[str, str] = {}
        proof = frame.examples
        texts = [("match", i, example.text) for i, example in enumerate(proof.match)]
        texts += [("no_match", i, text) for i, text in enumerate(proof.no_match)]
        texts += [("known_miss", i, text) for i, text in enumerate(proof.known_miss)]
        for kind, i, text in texts:
            if text in seen:
                where = f"twice in '{kind}'" if seen[text] == kind else f"in '{seen[text]}' and in '{kind}'"
                doubts.add("frames", key, ("examples", kind, i), f"an example stands {where}: {text}")
            seen[text] = kind


def _check_overlaps(doubts: Doubts, frames: Mapping[Key, Frame]) -> None:
    """Entries of one wording in two frames that nothing tells apart: complements, classes of content, nor needs."""
    users: dict[tuple[WordKind, str], list[tuple[Key, int]]] = defaultdict(list)
    for key, frame in frames.items():
        for i, entry in enumerate(frame.entries):
            for kind in WORD_KINDS:
                if words := getattr(entry, kind):
                    users[kind, words.lower()].append((key, i))
    for (kind, wording), places in users.items():
        for (first, i), (second, j) in _pairs(places):
            a, b = frames[first], frames[second]
            if not _are_apart(a, a.entries[i], b, b.entries[j], kind):
                where = doubts.where("frames", first)
                what = f"'{wording}' is also a wording of {a.id} ({where}), and both can match"
                doubts.add("frames", second, ("entries", j), what)


def _are_apart(a: Frame, one: FrameEntry, b: Frame, other: FrameEntry, kind: str) -> bool:
    takes = [entry.noun_takes if kind == "noun" else entry.takes for entry in (one, other)]
    if all(takes) and not set(takes[0]) & set(takes[1]):
        return True
    if set(a.needs) ^ set(b.needs):
        return True
    about, not_about = (
        [one.about or a.about, other.about or b.about],
        [(*a.not_about, *one.not_about), (*b.not_about, *other.not_about)],
    )
    if all(about) and not set(about[0]) & set(about[1]):
        return True
    return any(about[i] and set(about[i]) <= set(not_about[1 - i]) for i in (0, 1))


def _pairs(items: Iterable[T]) -> Iterator[tuple[T, T]]:
    """Each two of them, of very many the first."""
    return islice(combinations(items, 2), PAIRS)


def _is_dated(actor: Actor) -> bool:
    return bool(actor.since or actor.until)


def _overlap(a: Actor | Role, b: Actor | Role, grace: timedelta = timedelta()) -> bool:
    """Whether two spells share days, more than a time of grace."""
    start = max(a.since or date.min, b.since or date.min)
    end = min(a.until or date.max, b.until or date.max)
    return end - start > grace if grace else start <= end
