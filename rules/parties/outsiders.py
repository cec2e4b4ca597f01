"""Whoever is no party to anything: people, companies, experts, papers, and what is no person or body at all."""

import re

from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import words_of

WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# Characters around a full name in which a text says who somebody is.
BEFORE, AFTER = 50, 70
ENDS = re.compile(r"[.!?;:\n]\s|\n")


def is_no_party(phrases: Phrases, party: Referent) -> bool:
    """Whether words whose actor nobody knows name nobody whom a list of parties should hold."""
    if party.actor is not None:
        return False
    head = _head(phrases, party)
    if head is None:
        return False
    tag, word = phrases.parse.tags[head], phrases.parse.lower[head]
    if not tag.startswith("NN"):
        return True  # a pronoun, 'those', 'others', a verb: nobody that a name could be learnt from
    if not tag.startswith("NNP"):
        return word not in phrases.words.party_heads
    if word.rstrip(".") in phrases.words.company_endings:
        return True
    return _is_private(phrases, party, head)


def _head(phrases: Phrases, party: Referent) -> int | None:
    """The word of the phrase that the others hang from, where the phrase stands in this sentence."""
    parse = phrases.parse
    inside = [i for i in range(len(parse)) if party.start <= phrases.offsets(i)[0] < party.end]
    within = set(inside)
    return next((i for i in inside if parse.heads[i] not in within or parse.heads[i] == i), None)


def _is_private(phrases: Phrases, party: Referent, head: int) -> bool:
    """'Ann Fell, an analyst', 'the novelist Ann Fell', 'former envoy Ann Fell', here or where they are first named."""
    name = party.person.name if party.person else _name(phrases, head)
    text = phrases.context.sections["body"].text
    at = max(0, text.find(name))
    before = ENDS.split(text[max(0, at - BEFORE) : at])[-1]
    after = ENDS.split(text[at + len(name) : at + len(name) + AFTER])[0]
    phrase = phrases.section.text[party.start : party.end]
    described = {word.lower().rstrip(".") for part in (before, after, phrase) for word in WORD.findall(part)}
    words = phrases.words
    return not described.isdisjoint(words.private_descriptions) or not described.isdisjoint(words.former)


def _name(phrases: Phrases, head: int) -> str:
    """A proper noun with those right before it."""
    parse, first = phrases.parse, head
    while first > 0 and parse.tags[first - 1].startswith("NNP"):
        first -= 1
    return words_of(parse, first, head)
