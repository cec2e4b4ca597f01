"""Word lists of a rule set as sets of surface forms, inflected once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from rules.language.languages import language_of
from schemas.ruleset import ActorKind, Person, RuleSet

ELECTED_OFFICES = ("President", "Prime Minister", "Chancellor")


def all_verb_forms(words: Iterable[str], language: str = "en") -> frozenset[str]:
    spoken = language_of(language)
    return spoken.read_all(frozenset(form for word in words for form in spoken.verb_forms(word)))


def all_noun_forms(words: Iterable[str], language: str = "en") -> frozenset[str]:
    spoken = language_of(language)
    return spoken.read_all(frozenset(form for word in words for form in spoken.noun_forms(word)))


def any_of(words: Iterable[str]) -> str:
    """A regular expression that finds any of some words; of none it finds nothing."""
    return f"(?:{'|'.join(map(re.escape, words)) or '(?!)'})"


def lower_in_place(text: str) -> str:
    """The text in lower case, every character where it was: a dotted İ would become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_ascii_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


@dataclass(frozen=True)
class Words:
    """The named lists of a rule set. Unknown names raise KeyError with the names there are.

    Rules of another language than English need not have a list: it is empty there.
    """

    ruleset: RuleSet

    def plain(self, name: str) -> tuple[str, ...]:
        if name not in self.ruleset.words:
            if self.ruleset.language != "en":
                return ()
            raise KeyError(f"words.yaml has no list {name!r}; it has {', '.join(sorted(self.ruleset.words))}")
        return self.ruleset.words[name]

    def _verbs(self, name: str) -> frozenset[str]:
        return all_verb_forms(self.plain(name), self.ruleset.language)

    def _nouns(self, name: str) -> frozenset[str]:
        return all_noun_forms(self.plain(name), self.ruleset.language)

    @cached_property
    def reporting(self) -> frozenset[str]:
        return self._verbs("reporting_verbs")

    @cached_property
    def _reporting_words(self) -> AhoCorasick:
        return AhoCorasick(sorted(form for form in self.reporting if " " not in form))

    def reporting_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the verbs of reporting stand in a text, as words of their own."""
        lower = lower_in_place(text)
        for _, start, end in self._reporting_words.find_matches_as_indexes(lower, overlapping=True):
            if not is_ascii_letter(text[start - 1 : start]) and not is_ascii_letter(text[end : end + 1]):
                yield start, end

    @cached_property
    def undoing(self) -> frozenset[str]:
        return self._verbs("undoing_verbs")

    @cached_property
    def titles(self) -> frozenset[str]:
        return self._nouns("titles")

    @cached_property
    def offices(self) -> frozenset[str]:
        """Titles that tell an office, as they stand before a name, their abbreviations too."""
        return self.titles | self._nouns("title_abbreviations")

    @cached_property
    def courtesies(self) -> frozenset[str]:
        return self._nouns("courtesies")

    @cached_property
    def portfolios(self) -> frozenset[str]:
        return frozenset(self.plain("portfolios"))

    @cached_property
    def title_breakers(self) -> frozenset[str]:
        return frozenset(self.plain("title_breakers"))

    @cached_property
    def nicknames(self) -> frozenset[tuple[str, str]]:
        """Pairs of a nickname and the name that it stands for."""
        pairs = (entry.split() for entry in self.plain("nicknames"))
        return frozenset((nickname, name) for nickname, name in pairs)

    @cached_property
    def family_names_first(self) -> frozenset[str]:
        return frozenset(self.plain("family_names_first"))

    @cached_property
    def common_surnames(self) -> frozenset[str]:
        return frozenset(self.plain("common_surnames"))

    @cached_property
    def no_given_names(self) -> frozenset[str]:
        return frozenset(self.plain("no_given_names"))

    @cached_property
    def home_offices(self) -> frozenset[str]:
        return self._nouns("home_offices")

    @cached_property
    def outlets(self) -> dict[str, str]:
        """The state of each paper and broadcaster, by host or name."""
        return dict(entry.rsplit(" ", 1) for entry in self.plain("outlets"))

    @cached_property
    def home_nouns(self) -> frozenset[str]:
        return self._nouns("home_nouns")

    @cached_property
    def issuing(self) -> frozenset[str]:
        return self._verbs("issuing_verbs")

    @cached_property
    def opposing(self) -> frozenset[str]:
        return self._nouns("opposing_words")

    @cached_property
    def opponents(self) -> dict[str, str]:
        """The party of rebels or of an opposition that the lists have under the adjective of a state."""
        adjectives = {a: actor.id for actor in self.ruleset.actors for a in actor.adjectives if actor.kind == "state"}
        found: dict[str, str] = {}
        for actor in self.ruleset.actors:
            for name in actor.names if actor.kind == "non_state" else ():
                adjective, _, rest = name.partition(" ")
                if adjective in adjectives and not self.opposing.isdisjoint(rest.split()):
                    found.setdefault(adjectives[adjective], actor.id)
        return found

    @cached_property
    def private_bodies(self) -> frozenset[str]:
        return self._nouns("private_bodies")

    @cached_property
    def part_nouns(self) -> frozenset[str]:
        return self._nouns("part_nouns")

    @cached_property
    def group_modifiers(self) -> frozenset[str]:
        return frozenset(self.plain("group_modifiers"))

    @cached_property
    def pair_nouns(self) -> frozenset[str]:
        return self._nouns("pair_nouns")

    @cached_property
    def pair_people(self) -> frozenset[str]:
        return self._nouns("pair_people")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many a number word means, from two on."""
        return {word: n for n, word in enumerate(self.plain("numbers"), 2)}

    @cached_property
    def mediating(self) -> frozenset[str]:
        return self._nouns("mediating_nouns")

    @cached_property
    def names_in(self) -> dict[str, frozenset[str]]:
        """The family names of the listed people of each actor."""
        found: dict[str, set[str]] = {}
        for person in self.ruleset.people:
            parts = person.name.split()
            found.setdefault(person.actor, set()).update(parts[-1:], self.family_names_first.intersection(parts[:1]))
        return {actor: frozenset(names) for actor, names in found.items()}

    @cached_property
    def party_heads(self) -> frozenset[str]:
        """Common nouns that can name a party that the lists do not know."""
        lists = (self.government, self.offices, self.followers, self.home_nouns, self.part_nouns, self.pair_nouns)
        more = ("party_nouns", "person_anaphors", "state_anaphors", "group_anaphors", "pair_people", "mediating_nouns")
        return frozenset().union(*lists, *(self._nouns(name) for name in more)) - self.all_home

    @cached_property
    def private_descriptions(self) -> frozenset[str]:
        return self._nouns("private_descriptions")

    @cached_property
    def acts(self) -> frozenset[str]:
        return self._nouns("acts_of_parties")

    @cached_property
    def bodies_of_parties(self) -> frozenset[str]:
        """What a text calls a party that is no person: a front, a ministry."""
        return self.followers | self.opposing | self._nouns("bodies_of_parties")

    @cached_property
    def speaking_offices(self) -> frozenset[str]:
        """Offices that somebody holds who speaks for a party."""
        return (self.offices | self.opposing) - self.home_offices - frozenset(self.plain("offices_anywhere"))

    @cached_property
    def governing(self) -> frozenset[str]:
        return self._nouns("governing_nouns")

    @cached_property
    def home_made(self) -> frozenset[str]:
        """What makes a body or a person a private one: 'a student council', 'the non-profit body'."""
        return self._nouns("home_made")

    @cached_property
    def private_places(self) -> frozenset[str]:
        """Where whoever works holds no office of a party: an institute, a company."""
        return (self.private_bodies - self.party_heads) | self.company_endings

    @cached_property
    def anybody(self) -> frozenset[str]:
        return self._nouns("anybody")

    @cached_property
    def named_documents(self) -> frozenset[str]:
        return self._nouns("named_documents")

    @cached_property
    def company_endings(self) -> frozenset[str]:
        return frozenset(self.plain("company_endings"))

    @cached_property
    def heads_of_state(self) -> dict[str, tuple[Person, ...]]:
        """Who governed or governs a party, by surname."""
        found: dict[str, list[Person]] = {}
        for person in self.ruleset.people:
            if any(role.title in ELECTED_OFFICES for role in person.roles):
                found.setdefault(person.name.split()[-1], []).append(person)
        return {surname: tuple(people) for surname, people in found.items()}

    @cached_property
    def home_modifiers(self) -> frozenset[str]:
        return self._nouns("home_modifiers") | self.portfolios | self.home_nouns

    @cached_property
    def home_titles(self) -> re.Pattern[str]:
        """Offices before a name, those of several words in small letters too; the longest of those that begin alike."""
        plain = self.plain("home_titles")
        several = [title for title in plain if " " in title]
        capitals = [title.title().replace(" Of ", " of ") for title in plain]
        mixed = [f"{first.title()} {last}" for first, last in (title.rsplit(" ", 1) for title in several)]
        titles = sorted({*capitals, *several, *mixed}, key=len)
        return re.compile(rf"(?<![\w-]){any_of(reversed(titles))}(?= [^\W\d_a-z])")

    @cached_property
    def rebel_titles(self) -> re.Pattern[str]:
        """What makes the office after it one of the rebels'."""
        return re.compile(rf"\b{any_of(self.plain('rebel_words'))} (?=[a-z])", re.IGNORECASE)

    @cached_property
    def first_names(self) -> frozenset[str]:
        """The given names of listed people."""
        names = (person.name.split() for person in self.ruleset.people)
        return frozenset(parts[0] for parts in names if len(parts) > 1) - self.family_names_first

    @cached_property
    def former(self) -> frozenset[str]:
        return frozenset(self.plain("former_titles"))

    @cached_property
    def government(self) -> frozenset[str]:
        return self._nouns("government_nouns")

    @cached_property
    def own_nouns(self) -> frozenset[str]:
        return self._nouns("own_nouns")

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        return self._nouns("elsewhere_words")

    @cached_property
    def elsewhere_hints(self) -> frozenset[str]:
        return self._nouns("elsewhere_hints")

    @cached_property
    def given_names(self) -> frozenset[str]:
        return frozenset(self.plain("given_names"))

    @cached_property
    def bystanders(self) -> frozenset[str]:
        return self._nouns("bystanders")

    @cached_property
    def own_people(self) -> frozenset[str]:
        return self._nouns("own_people")

    @cached_property
    def things(self) -> frozenset[str]:
        return self._nouns("things")

    @cached_property
    def occasions(self) -> frozenset[str]:
        return frozenset(self.plain("occasions"))

    @cached_property
    def meetings(self) -> frozenset[str]:
        return frozenset(self.plain("meetings"))

    @cached_property
    def saying_nouns(self) -> frozenset[str]:
        return self.documents | frozenset(self.plain("saying_nouns"))

    @cached_property
    def quoting(self) -> frozenset[str]:
        return self._verbs("quoting_verbs")

    @cached_property
    def sending(self) -> frozenset[str]:
        return self._verbs("sending_verbs")

    @cached_property
    def mediators(self) -> re.Pattern[str]:
        """Finds those who mediate, where the text speaks of several."""
        several = sorted(self.mediating.difference(self.plain("mediating_nouns")))
        return re.compile(rf"\b{any_of(several)}\b", re.IGNORECASE)

    @cached_property
    def serving(self) -> frozenset[str]:
        return self._verbs("serving_verbs")

    @cached_property
    def courts(self) -> frozenset[str]:
        return self._nouns("courts")

    @cached_property
    def home_bodies(self) -> frozenset[str]:
        return self.courts | self._nouns("home_bodies")

    @cached_property
    def all_home(self) -> frozenset[str]:
        return self.home_bodies | self._nouns("home_groups")

    @cached_property
    def ordinary_surnames(self) -> frozenset[str]:
        return frozenset(self.plain("ordinary_surnames"))

    def stands_for_its_party(self, noun: str) -> bool:
        """Whether a noun speaks for the party it belongs to: 'the Russian side', 'the U.S. statement'."""
        return noun in self.government or noun in self.documents

    @cached_property
    def followers(self) -> frozenset[str]:
        return self._nouns("followers")

    @cached_property
    def documents(self) -> frozenset[str]:
        return self._nouns("document_nouns")

    def is_document(self, noun: str) -> bool:
        return noun in self.documents

    @cached_property
    def person_anaphors(self) -> frozenset[str]:
        return frozenset(self.plain("person_anaphors"))

    @cached_property
    def state_anaphors(self) -> frozenset[str]:
        return frozenset(self.plain("state_anaphors"))

    @cached_property
    def group_anaphors(self) -> frozenset[str]:
        return frozenset(self.plain("group_anaphors"))

    @cached_property
    def kinds(self) -> dict[str, ActorKind]:
        """The kind of each actor: state, organisation, non_state …"""
        return {actor.id: actor.kind for actor in self.ruleset.actors}

    @cached_property
    def both_sides(self) -> frozenset[str]:
        return frozenset(self.plain("both_sides"))

    def forms(self, entries: Iterable[str]) -> frozenset[str]:
        """The forms of words, where an entry that names a list stands for all its words."""
        words = [word for entry in entries for word in self.ruleset.words.get(entry, (entry,))]
        return all_verb_forms(words, self.ruleset.language) | all_noun_forms(words, self.ruleset.language)
