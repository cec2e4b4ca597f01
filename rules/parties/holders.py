"""Who holds an office that a text tells without a name: 'the Russian leader', 'its foreign ministry spokesman'."""

import re

from rules.language import english
from rules.parties.mentions import Phrases
from rules.parties.people import NamedPerson
from rules.parties.section import Referent, SectionContext
from rules.syntax.grammar import dependents
from rules.text.words import Words

LEADING = english.words("offices_of_leaders")
NAMELESS = english.words("offices_without_name")
# Words of an office that tell nothing of what it is for.
EMPTY = frozenset("and for the of & general".split())
CAPITALISED_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w'’.-]* )+$")
# Sentences back in which an official may speak without a name before the text gives it.
UNNAMED_BACK = 2


def with_holder(phrases: Phrases, i: int, party: Referent) -> Referent:
    """The party with whoever holds the office that its noun names, where the text has named somebody before."""
    parse, words = phrases.parse, phrases.words
    head = parse.lower[i]
    is_office = head in words.titles or head in words.person_anaphors or head == "leaders"
    if party.person or not party.actor or not is_office or _is_one_of_many(phrases, i):
        return party
    named = {parse.lower[c] for c in dependents(parse, i, "compound", "amod", "nmod")} | {head.removesuffix("s")}
    person = holder_of(phrases.section, phrases.offsets(i)[0], party.actor, named, words)
    return party if person is None else Referent(party.actor, party.start, party.end, person, party.antecedent)


def _is_one_of_many(phrases: Phrases, i: int) -> bool:
    """'a Russian minister', 'former envoys'."""
    parse = phrases.parse
    before = {parse.lower[c] for c in parse.children[i] if c < i}
    return not before.isdisjoint(phrases.words.former | {"a", "an", "another", "other", "one", "some", "any", "senior"})


def holder_of(section: SectionContext, at: int, actor: str, office: set[str], words: Words) -> NamedPerson | None:
    """The person of a party, named last before an offset, whose role is an office of these words."""
    told = {word for word in office if word in words.offices or word in words.portfolios} - EMPTY
    if not told or not told.isdisjoint(NAMELESS):
        return None
    for person in reversed(section.people_between(0, at)):
        named = person.person
        if named and named.actor == actor and named.role and _is_called(named.role, told):
            return named
    return None


def _is_called(role: str, office: set[str]) -> bool:
    held = set(re.findall(r"[a-z]+", role.lower().replace("defense", "defence")))
    if office == {"leader"}:
        return not held.isdisjoint(LEADING) and "deputy" not in held and "vice" not in held
    return {word.replace("defense", "defence") for word in office} <= held | {"pm"}


def official_named_next(phrases: Phrases, i: int) -> list[Referent]:
    """'A Kenyan spokesman said so. "We …", Ann Fell told us': who speaks on is the official that spoke before."""
    parse, section = phrases.parse, phrases.section
    speaks = parse.deps[i] == "nsubj" and parse.lower[parse.heads[i]] in phrases.words.reporting
    if not speaks or parse.tags[i] != "NNP" or dependents(parse, i, "appos", "amod", "det"):
        return []
    surname = section.text[slice(*phrases.offsets(i))]
    first = re.search(rf"\b{re.escape(surname)}\b", section.text)
    given = CAPITALISED_BEFORE.search(section.text, max(0, first.start() - 40), first.start()) if first else None
    if first is None or given is None:
        return []
    office = _unnamed_official(section, given.start(), phrases.words)
    if office is None or office.actor is None:
        return []
    name = section.text[given.start() : first.end()]
    role = section.text[office.start : office.end]
    return [Referent(office.actor, *phrases.phrase_offsets(i), NamedPerson(name, office.actor, role))]


def _unnamed_official(section: SectionContext, at: int, words: Words) -> Referent | None:
    """Who reports right before a name: a party with an office behind it, and nobody's name."""
    begin = section.passages.sentence_begin(at)
    for _ in range(UNNAMED_BACK):
        if begin == 0:
            return None
        begin, end = section.passages.sentence_begin(max(0, begin - 2)), begin
        for said in reversed(section.attributions_between(begin, end)):
            office = section.text[said.by.end : said.at].removeprefix("'s").removeprefix("’s").strip()
            parts = office.lower().split()
            if said.by.person is None and 0 < len(parts) <= 4 and parts[-1] in words.titles:
                return Referent(said.by.actor, said.by.end + 1, said.by.end + 1 + len(office))
            return None
    return None
