"""Whom 'he', 'they' or 'the report' points back to, told from the places of names before it, without a parse."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from rules.language import english
from rules.parties.people import NamedPerson
from rules.parties.section import Referent, SectionContext
from rules.text.words import Words
from schemas.ruleset import ActorKind

# 'like Haile, he declined': a person after these is not the one meant by a pronoun in the same sentence.
BESIDE = re.compile(rf"\b{english.pattern('beside_parties')}\s$", re.IGNORECASE)
JOINED = re.compile(r",|\band\b|&")
JOIN_BREAK = re.compile(rf"[.;:\n]|\b{english.pattern('breaking_joins')}\b")
# How many sentences back a pronoun may look.
PERSON_BEFORE = 8
ACTOR_BEFORE = 6
GROUP_BEFORE = 8
PEOPLE_BEFORE = 3
REPORTER_BEFORE = 3
ISSUER_BEFORE = 6
# 'The three nations issued a statement.'
SEVERAL = re.compile(r"The (\w+) [a-z]+s\b")
# How many names back the full name may stand of what is called 'the commission'.
FARTHEST_NAME = 60
# Characters between a noun and the parties that it is said of.
BESIDE_NOUN = 40
# Characters: between parties named side by side, and from the start of a sentence to its subject.
GAP_IN_GROUP = 45
OPENING = 80


def sentences_before(section: SectionContext, at: int, count: int) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in the sentence before an offset, then of the sentences before that one."""
    begin, end = section.passages.sentence_begin(at), at
    yield begin, end
    for _ in range(count):
        if begin == 0:
            return
        begin, end = section.passages.sentence_begin(max(0, begin - 2)), begin
        yield begin, end


def person_before(section: SectionContext, at: int, pronoun: str) -> Referent | None:
    """Whom 'he' or 'she' means: the person of that sex whom the nearest sentence before names first."""
    sex = "f" if pronoun in ("she", "her", "hers", "herself") else "m"
    (begin, end), *earlier = sentences_before(section, at, PERSON_BEFORE)
    quoted = section.passages.in_quotes(at)
    for person in section.people_between(begin, end):
        is_spoken_of = section.passages.in_quotes(person.start) and not quoted
        is_beside = BESIDE.search(section.text[max(0, person.start - 12) : person.start])
        if _fits(person.person, sex) and not is_beside and not is_spoken_of:
            return person
    for begin, end in earlier:
        people = [r for r in section.people_between(begin, end) if _fits(r.person, sex)]
        if not quoted:  # whom somebody speaks of is not who goes on speaking
            people = [r for r in people if not section.passages.in_quotes(r.start)]
        if people:
            reporters = [a.by for a in section.attributions_between(begin, end) if _fits(a.by.person, sex)]
            return (reporters or people)[0]
    return None


def _fits(person: NamedPerson | None, sex: str) -> bool:
    """Whether 'he' or 'she' can mean somebody; the holder of an office has no name here and may be either."""
    return person is None or person.sex in (None, sex)


def holder_before(section: SectionContext, at: int, office: str) -> Referent | None:
    """Whom 'the chancellor' means: the person named last before an offset whose office is called so."""
    for begin, end in sentences_before(section, at, PERSON_BEFORE):
        for person in reversed(section.people_between(begin, end)):
            if person.person and person.person.role and f" {office} " in f" {person.person.role.lower()} ":
                return person
    return None


def reporter_before(section: SectionContext, at: int) -> Referent | None:
    """Whom 'it' means that goes on speaking: the body or party that the nearest sentence before says to speak."""
    for begin, end in sentences_before(section, at, REPORTER_BEFORE):
        bodies = [a.by for a in section.attributions_between(begin, end) if a.by.actor and a.by.person is None]
        if bodies:
            return bodies[-1]
    return None


def issuers_before(section: SectionContext, at: int, noun: str, numbers: Mapping[str, int]) -> list[Referent]:
    """Whose 'the statement' is: whom the last sentence before that tells of one names first, outside quotations."""
    for begin, end in sentences_before(section, at, ISSUER_BEFORE):
        if re.search(rf"(?<![Tt]he )\b{re.escape(noun)}\b", section.text[begin:end], re.IGNORECASE):
            several = SEVERAL.match(section.text, begin)
            if several and several.group(1).lower() in numbers:
                return group_of(section, begin, numbers[several.group(1).lower()], ISSUER_BEFORE)
            named = [m for m in section.mentions_between(begin, end) if not section.passages.in_quotes(m.start)]
            named = [m for m in named if m.kind != "capital"]  # 'the Washington declaration'
            if named:
                return [Referent(section.actor_of(named[0]), named[0].start, named[0].end)]
    return []


def actor_before(
    section: SectionContext, at: int, kinds: Mapping[str, ActorKind] | None = None, wanted: tuple[ActorKind, ...] = ()
) -> Referent | None:
    """The actor that the nearest sentence before an offset names first; of some kinds alone where any are wanted."""
    for begin, end in sentences_before(section, at, ACTOR_BEFORE - 1):
        for mention in section.mentions_between(begin, end):
            fits = kinds is None or kinds.get(mention.actor or "") in wanted
            if mention.person is None and fits:
                return Referent(mention.actor, mention.start, mention.end)
    return None


def group_before(section: SectionContext, at: int) -> list[Referent]:
    """Whom 'they' means: the parties that the nearest sentence of the paragraph names side by side, else its first.

    A pronoun that opens a paragraph looks at the one before.
    """
    paragraph = section.passages.paragraph(at)[0]
    end = at
    for _ in range(GROUP_BEFORE):
        begin = section.passages.sentence_begin(max(0, end - 2))
        goes_on = section.text[begin : begin + 5].lower().startswith(("they ", "both "))
        group = next((g for g in _groups(section, begin, end) if g and _opens_sentence(section, g[0])), [])
        if group and not goes_on and (len(group) > 1 or begin >= paragraph):
            return group
        if begin == 0:
            break
        end = begin
    first = actor_before(section, at)
    return [first] if first else []


def group_of(section: SectionContext, at: int, count: int, back: int) -> list[Referent]:
    """So many parties that a sentence before names side by side, the nearest first."""
    for begin, end in sentences_before(section, at, back):
        for group in _groups(section, begin, end):
            if len(group) == count:
                return group
    return []


def last_two_people(section: SectionContext, at: int) -> list[Referent]:
    """The last two people, or holders of an office, of different parties that are named before an offset."""
    found: dict[str, Referent] = {}
    for begin, end in sentences_before(section, at, PEOPLE_BEFORE):
        for person in reversed(section.people_between(begin, end)):
            if person.actor and len(found) < 2:
                found.setdefault(person.actor, person)
    return list(reversed(found.values())) if len(found) == 2 else []


def mediators(section: SectionContext, words: Words, count: int) -> list[Referent]:
    """The parties that a text calls mediators, right before or after the word; so many, if a number stands there."""
    for match in words.mediators.finditer(section.text):
        begin = section.passages.sentence_begin(match.start())
        end = begin + len(section.passages.sentence_around(match.start()))
        after = [g for g in _groups(section, match.end(), end) if g and g[0].start - match.end() < BESIDE_NOUN]
        before = [g for g in _groups(section, begin, match.start()) if g and match.start() - g[-1].end < BESIDE_NOUN]
        group = next((g for g in (*after, *reversed(before)) if len(g) == count or (not count and len(g) > 1)), [])
        if group:
            return group
    return []


def named_by_last_word(section: SectionContext, at: int, word: str) -> Referent | None:
    """The last party named before an offset under a name of several words that ends in this one."""
    i = bisect_left(section.mentions, at, key=lambda m: m.start)
    for mention in reversed(section.mentions[max(0, i - FARTHEST_NAME) : i]):
        *first, last = mention.text.lower().split()
        if first and last == word and mention.person is None and mention.kind in ("name", "body"):
            return Referent(mention.actor, mention.start, mention.end)
    return None


def _opens_sentence(section: SectionContext, first: Referent) -> bool:
    """Whether a party stands where a sentence has its subject: before anything else is named."""
    begin = section.passages.sentence_begin(first.start)
    return first.start - begin < OPENING and not section.mentions_between(begin, first.start)


def _groups(section: SectionContext, start: int, end: int) -> list[list[Referent]]:
    """Actors named side by side, with no more than commas, 'and' and a few words between them."""
    groups: list[list[Referent]] = []
    last_end = -1
    for mention in section.mentions_between(start, end):
        person = section.person_covering(mention.start, mention.end) if mention.person else None
        actor = person.actor if person else mention.actor
        between = section.text[last_end : mention.start]
        near = last_end >= 0 and len(between) <= GAP_IN_GROUP and not JOIN_BREAK.search(between)
        same = near and bool(groups[-1]) and groups[-1][-1].actor == actor  # 'Egyptian minister X'
        if not (same or (near and JOINED.search(between))):
            groups.append([])
        if actor and actor not in {r.actor for r in groups[-1]}:
            groups[-1].append(Referent(actor, mention.start, mention.end, person.person if person else None))
        last_end = mention.end
    return groups


def introduced(section: SectionContext, at: int, noun: str, is_document: bool = False) -> Referent | None:
    """Whose 'the report' or 'the delegation' is: the last actor before that the text puts beside the noun.

    'The Washington declaration' is no declaration of Washington.
    """
    beside = [m for m in section.beside.get(noun, []) if m.kind != "capital" or not is_document]
    i = bisect_left(beside, at + 1, key=lambda mention: mention.end)
    return Referent(beside[i - 1].actor, beside[i - 1].start, beside[i - 1].end) if i else None


def last_two_groups(section: SectionContext, at: int, kinds: Mapping[str, ActorKind]) -> list[Referent]:
    """The last two parties named before an offset that are neither states nor part of one, in the order of the text."""
    found: dict[str, Referent] = {}
    for begin, end in sentences_before(section, at, PEOPLE_BEFORE):
        for mention in reversed(section.mentions_between(begin, end)):
            if mention.actor and len(found) < 2 and kinds[mention.actor] in ("non_state", "organisation"):
                found.setdefault(mention.actor, Referent(mention.actor, mention.start, mention.end))
    return list(reversed(found.values())) if len(found) == 2 else []


def last_two(section: SectionContext, at: int) -> list[Referent]:
    """The last two different actors named before an offset, in the order of the text."""
    pairs = section.last_pairs
    i = bisect_left(pairs, at, key=lambda pair: pair[-1].start)
    return [Referent(m.actor, m.start, m.end) for m in pairs[i - 1]] if i else []
