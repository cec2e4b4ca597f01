"""Tells what differs between two rule sets, and which articles can be read otherwise because of it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from rules.gate import Gate
from rules.layout import Section, sections
from rules.sentences import split
from rules.stances import StanceFinder
from rules.words import Words
from schemas.article import Article
from schemas.ruleset import Actor, RuleSet

# What people alone read: it decides about no position.
FOR_PEOPLE = {"triggers": {"description", "examples"}, "issues": {"name", "covers"}}
# Sections of which a change can be felt only where some of its own words stand.
BOUND_TO_WORDS = ("triggers", "actors", "people")


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
    for section in sections():
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


class Reach:
    """Which articles a change can touch.

    An article that holds no wording of a changed trigger, old or new, has the same candidate sentences and the same
    readings as before. One that names no changed actor or person is understood as before. Issues, dates and word
    lists bear on every sentence, so a change of them touches every article.
    """

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.changes = changes_between(old, new)
        named = {change.section: set(change.names) for change in self.changes}
        by_field = {s.field: named.get(s.name, set()) for s in sections()}
        self.everywhere = any(names for field, names in by_field.items() if names and field not in BOUND_TO_WORDS)
        self._gates = [gate for r in (old, new) if (gate := _gate_of(r, by_field["triggers"]))]
        self._openers = AhoCorasick(sorted({_opener(word) for gate in self._gates for word in gate.first_words}))
        names = {_plain(name) for ruleset in (old, new) for name in _names(ruleset, by_field)}
        self._names = AhoCorasick(sorted(names)) if names else None

    def touches(self, article: Article) -> bool:
        """Whether the rule sets may read the article differently; never False where they do."""
        if self.everywhere:
            return True
        if self._names and self._names.find_matches_as_indexes(_plain(f"{article.title}\n{article.text}")):
            return True
        text = f"{article.title}\n{article.text}".lower()
        if not self._gates or not self._openers.find_matches_as_indexes(text):
            return False
        return any(gate.lets_through(s) for s in split(article) for gate in self._gates)


def _opener(word: str) -> str:
    """What stands in a text wherever a word does, however tokenisers cut and spell it: "n't" may be "nt" or "not"."""
    return "n" if word in ("n't", "not") else max(word.split("'"), key=len)


def _gate_of(ruleset: RuleSet, ids: set[str]) -> Gate | None:
    """A gate that opens wherever a wording of these triggers can stand, whatever stands with it.

    A wording bears on others even where its own trigger falls: of two that begin alike, the longer one wins.
    """
    triggers = tuple(trigger for trigger in ruleset.triggers if trigger.id in ids)
    if not triggers:
        return None
    part = ruleset.model_copy(update={"triggers": triggers})
    wordings = StanceFinder(part, Words(part)).wordings
    return Gate({first: tuple(replace(w, partners=frozenset()) for w in all_) for first, all_ in wordings.items()})


def _names(ruleset: RuleSet, changed: dict[str, set[str]]) -> Iterator[str]:
    """The names of changed actors with those of everyone who speaks for them, and the names of changed people."""
    for actor in ruleset.actors:
        if actor.id in changed["actors"]:
            yield from _texts(actor)
    for person in ruleset.people:
        speaks_for = {person.actor, *(role.actor for role in person.roles if role.actor)}
        if speaks_for & changed["actors"] or f"{person.name} of {person.actor}" in changed["people"]:
            for name in (person.name, *person.names):
                yield from (word for word in name.split() if len(word) > 1)


def _texts(actor: Actor) -> Iterator[str]:
    """All texts of an actor that can stand in an article."""
    for name in type(actor).model_fields:
        value = getattr(actor, name)
        if isinstance(value, tuple):
            yield from value
    yield actor.name


def _plain(text: str) -> str:
    """Lower case without accents, for a search that finds more than it must and never less."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
