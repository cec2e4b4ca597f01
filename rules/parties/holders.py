"""Who holds an office that a text tells without a name: 'the Russian leader', 'its foreign ministry spokesman'."""

import re
from dataclasses import replace

from rules.parties.mentions import Phrases
from rules.parties.offices import holder_of
from rules.parties.people import NamedPerson
from rules.parties.section import Referent, SectionContext
from rules.syntax.grammar import dependents
from rules.text.words import Words

CAPITALISED_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w'’.-]* )+$")
# Sentences back in which an official may speak without a name before the text gives it.
UNNAMED_BACK = 2


def with_holder(phrases: Phrases, i: int, party: Referent) -> Referent:
    """The party with whoever holds the office that its noun names, where the text has named somebody before."""
    parse, words = phrases.parse, phrases.words
    head = parse.lower[i]
    is_office = head in words.titles or head in words.person_anaphors or head == "leaders"
    if party.person or not party.actor or not is_office:
        return party
    if _is_one_of_many(phrases, i):
        named_next = _named_next(phrases, party.actor)
        return replace(party, person=named_next) if named_next else party
    named = {parse.lower[c] for c in dependents(parse, i, "compound", "amod", "nmod")} | {head.removesuffix("s")}
    person = holder_of(phrases.section, phrases.offsets(i)[0], party.actor, named, words)
    return party if person is None else replace(party, person=person)


def _named_next(phrases: Phrases, actor: str) -> NamedPerson | None:
    """'a Kenyan minister said', and the next sentence has somebody of Kenya speak who was not named before."""
    section, end = phrases.section, phrases.sentence.end
    if not any(said.by.person is None for said in section.attributions_between(phrases.sentence.start, end)):
        return None
    stop = end
    for _ in range(UNNAMED_BACK):
        stop += len(section.passages.sentence_around(min(stop + 1, len(section.text) - 1))) + 1
    for said in section.attributions_between(end, stop):
        named = said.by.person
        if named is not None:
            is_new = named.actor == actor and section.text.find(named.name.split()[-1]) > end
            return named if is_new else None
    return None


def _is_one_of_many(phrases: Phrases, i: int) -> bool:
    """'a Russian minister', 'former envoys'."""
    parse = phrases.parse
    before = {parse.lower[c] for c in parse.children[i] if c < i}
    return not before.isdisjoint(phrases.words.former | {"a", "an", "another", "other", "one", "some", "any", "senior"})


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
