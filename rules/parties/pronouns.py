"""Whom a pronoun stands for: somebody in its own sentence first, else in the sentences before."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from rules.language import english
from rules.parties.attribution import is_label, labelled_speaker, speaker_of_quote
from rules.parties.coreference import actor_before, group_before, person_before, reporter_before
from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import (
    ancestors,
    dependents,
    governing_clause,
    own_subject,
    phrase_span,
    prepositional_objects,
)
from rules.syntax.subjects import surface_subject

PERSONAL = english.pairs("personal_pronouns")
THINGS = english.words("pronouns_of_one_thing")
MANY = english.words("pronouns_of_many")
FIRST = english.words("pronouns_of_speakers")
PRONOUNS = frozenset(PERSONAL) | THINGS | MANY | FIRST
# 'sanctions on Peru for its refusal': after these, what whoever stands before has done.
BLAMING = english.words("prepositions_of_blame")
AGAINST = english.listed("prepositions_of_targets")
SORRY = english.words("words_of_regret")
# Pronouns may point at phrases with pronouns in them, and these at others: 'their leader' at 'its envoy'.
DEEPEST = 4

# Resolves a word to parties; the number says how many pronouns lead there.
Resolve = Callable[[int, int], list[Referent]]


def is_pronoun(phrases: Phrases, i: int) -> bool:
    return phrases.parse.tags[i] in ("PRP", "PRP$") and phrases.parse.lower[i] in PRONOUNS


def meant_by_pronoun(phrases: Phrases, i: int, resolve: Resolve, depth: int) -> list[Referent]:
    """The parties that a pronoun stands for; in the words of the clause above, where they are named there."""
    section, begin, word = phrases.section, phrases.sentence.start, phrases.parse.lower[i]
    if word in FIRST:
        return phrases.named_by(i, _speakers(phrases, i, resolve, depth))
    if _is_possessive(phrases, i):
        blamed = [party for noun in _blamed(phrases, i) for party in resolve(noun, depth + 1) if party.actor]
        if blamed:
            return phrases.named_by(i, blamed)
    inside = _antecedent_in_sentence(phrases, i, resolve, depth)
    if inside is not None:
        return inside
    if word in MANY:
        return phrases.named_by(i, group_before(section, begin))
    if word in PERSONAL:
        at = phrases.offsets(i)[0] if phrases.parse.tags[i] == "PRP$" else begin
        before = person_before(section, at, PERSONAL[word])
    else:
        before = (reporter_before(section, begin) if _is_reporter(phrases, i) else None) or actor_before(section, begin)
    return phrases.named_by(i, [before] if before else [])


def _is_possessive(phrases: Phrases, i: int) -> bool:
    return phrases.parse.deps[i] == "poss" and phrases.parse.tags[i] == "PRP$"


def _blamed(phrases: Phrases, i: int) -> list[int]:
    """'criticised Peru over its refusal', 'sanctions on Peru for its refusal': whoever stands last before."""
    parse = phrases.parse
    preposition = parse.heads[parse.heads[i]]
    if parse.lower[preposition] not in BLAMING or parse.deps[parse.heads[i]] != "pobj":
        return []
    above = parse.heads[preposition]
    if parse.lower[above] in SORRY:
        return []
    direct = dependents(parse, above, "dobj")
    near = [above, *direct]
    near += [noun for prep in dependents(parse, above, "prep") for noun in dependents(parse, prep, "pobj")]
    told = [n for word in near for p in AGAINST for n in prepositional_objects(parse, word, p)]
    return [noun for noun in sorted({*direct, *told}) if above < noun < preposition][-1:]


def _is_reporter(phrases: Phrases, i: int) -> bool:
    """'it said': whoever goes on speaking."""
    parse = phrases.parse
    return parse.deps[i] == "nsubj" and parse.lower[parse.heads[i]] in phrases.words.reporting


def _speakers(phrases: Phrases, i: int, resolve: Resolve, depth: int) -> list[Referent]:
    """Who says 'we' and 'I': whoever speaks in the sentence beside the quotation, else around it, or by a label."""
    if depth > DEEPEST:
        return []
    at = phrases.offsets(i)[0]
    if not phrases.in_quotes(i):
        return speakers_of_statement(phrases, at)
    beside = _reporter_in_sentence(phrases, i, resolve, depth)
    if beside:
        return beside
    return speakers_of_quote(phrases, at)


def speakers_of_quote(phrases: Phrases, at: int) -> list[Referent]:
    """Who says the quotation at an offset; in a statement those whose party nothing tells are its issuer's."""
    speaker = speaker_of_quote(phrases.section, at)
    if speaker is None:
        return phrases.context.issuer_at(at)
    return [replace(speaker, actor=speaker.actor or phrases.context.issuer)]


def speakers_of_statement(phrases: Phrases, at: int) -> list[Referent]:
    """Who says what stands in no quotation: whom a label names, else who issues the whole text."""
    labelled, issuer = labelled_speaker(phrases.section, at), phrases.context.issuer
    if labelled is None or (issuer and not is_label(phrases.section, labelled)):
        return phrases.context.issuer_at(at)
    return [replace(labelled, actor=labelled.actor or issuer)]


def _reporter_in_sentence(phrases: Phrases, i: int, resolve: Resolve, depth: int) -> list[Referent]:
    """Who speaks in the part of the sentence outside quotation marks, by the report around a word before any other."""
    verbs = _reporting_verbs(phrases, len(phrases.parse))
    around = [verb for verb in ancestors(phrases.parse, i) if verb in verbs]
    for verb in (*around, *verbs):
        subject = surface_subject(phrases.parse, verb)
        if subject is not None and not phrases.in_quotes(verb) and not phrases.in_quotes(subject):
            return resolve(subject, depth + 1)
    return []


def _reporting_verbs(phrases: Phrases, end: int) -> list[int]:
    parse = phrases.parse
    return [v for v in range(end) if parse.lower[v] in phrases.words.reporting and parse.tags[v].startswith("VB")]


def _antecedent_in_sentence(phrases: Phrases, i: int, resolve: Resolve, depth: int) -> list[Referent] | None:
    """The subject of a clause above: 'Gabon says it may not' → Gabon, with its own words as evidence."""
    if depth > DEEPEST:
        return None
    unknown: list[Referent] | None = None
    owners = _owners_above(phrases, i) if _is_possessive(phrases, i) else []
    for subject in (*owners, *_subjects_above(phrases, i)):
        parties = resolve(subject, depth + 1) if _can_be_meant(phrases, subject, i) else []
        if parties and _agrees(phrases, i, parties, subject):
            if any(party.actor for party in parties):
                return parties
            unknown = unknown or parties
    return unknown


def _owners_above(phrases: Phrases, i: int) -> list[int]:
    """'Chad's anger at its loss': whose that is which the owned thing belongs to, nearest first."""
    parse = phrases.parse
    above = [noun for noun in ancestors(parse, parse.heads[i]) if governing_clause(parse, noun) != noun]
    return [owner for noun in above for owner in dependents(parse, noun, "poss") if owner < i]


def _subjects_above(phrases: Phrases, i: int) -> Iterator[int]:
    """The subjects of the clauses around a word, nearest first; of several reports the first one's goes on.

    'Laos said …, as it added that': 'it' looks at the subject of 'said'.
    """
    parse = phrases.parse
    verb = governing_clause(parse, i)
    if verb is not None and parse.lower[verb] in phrases.words.reporting:
        verb = _first_reporting_verb(phrases, verb)
    visited: set[int] = set()
    while verb is not None and verb not in visited:
        visited.add(verb)
        subject = surface_subject(parse, verb)
        if subject is not None and parse.tags[subject] == "PRP" and parse.lower[verb] in phrases.words.reporting:
            verb = _first_reporting_verb(phrases, verb)
            subject = surface_subject(parse, verb)
        if subject is not None and subject != i:
            yield subject
            if parse.lower[i] in PERSONAL:  # 'the premier's office said he'
                yield from dependents(parse, subject, "poss")
        yield from _subjects_of_openings(phrases, verb, i)
        verb = governing_clause(parse, verb)


def _subjects_of_openings(phrases: Phrases, verb: int, i: int) -> Iterator[int]:
    """Those of the clauses that open a sentence: 'Although Oslo is ready, it rejected …'.

    For 'its' also the subject of what is said, and its owner: 'Tonga will sign, its premier said', 'Tonga's patience is
    not endless, its premier said'.
    """
    parse = phrases.parse
    for clause in dependents(parse, verb, "advcl", "ccomp"):
        subject = own_subject(parse, clause)
        if subject is not None and clause < i:
            if parse.deps[clause] == "advcl":
                yield subject
            elif parse.lower[i] == "its":
                yield from (*dependents(parse, subject, "poss"), subject)


def _first_reporting_verb(phrases: Phrases, verb: int) -> int:
    return next(iter(_reporting_verbs(phrases, verb)), verb)


def _can_be_meant(phrases: Phrases, subject: int, i: int) -> bool:
    first, last = phrase_span(phrases.parse, subject)
    return phrases.parse.tags[subject] not in ("PRP", "EX", "WP", "WDT", "DT") and not first <= i <= last


def _agrees(phrases: Phrases, i: int, parties: list[Referent], subject: int) -> bool:
    """Whether a pronoun can stand for the parties of a subject, by sex and number."""
    parse, words = phrases.parse, phrases.words
    people = [party.person for party in parties if party.person is not None]
    if parse.lower[i] in PERSONAL:
        sex = "f" if PERSONAL[parse.lower[i]] == "she" else "m"
        if people:
            return any(person.sex in (None, sex) for person in people)
        holds_office = parse.lower[subject] in words.titles | words.person_anaphors
        unknown = all(party.actor is None for party in parties)
        is_thing = parse.lower[subject] in words.things | words.documents | words.occasions
        return holds_office or (unknown and parse.tags[subject] in ("NNP", "NN") and not is_thing)
    if parse.lower[i] in THINGS:
        are_things = _is_reporter(phrases, i) and parse.tags[subject] == "NNS" and parties[0].actor is None
        return not people and len(parties) == 1 and not are_things  # 'such raids threaten the region, it said'
    return True
