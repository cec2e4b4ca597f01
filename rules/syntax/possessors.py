"""Whose something is: 'Moscow's demand', 'the Russian demand', 'a plan by Egypt', 'the proposal made by Jordan'."""

from rules.language import english
from rules.syntax.grammar import CALENDAR, dependents, prepositional_objects
from rules.syntax.tree import Parse

MADE = english.words("made_by")
TIMES = CALENDAR | english.words("spans_of_time")


def owners(parse: Parse, noun: int) -> list[int]:
    """Whose a noun is: possessive, adjective of nationality, or 'by', 'from' and 'of' after it."""
    found = dependents(parse, noun, "poss")
    found += [i for i in dependents(parse, noun, "amod", "compound", "nmod") if parse.tags[i] in ("JJ", "NNP", "NNPS")]
    for preposition in ("by", "from", "of"):
        found += prepositional_objects(parse, noun, preposition)
    return found + made_by(parse, noun)


def made_by(parse: Parse, noun: int) -> list[int]:
    """'the proposal made last year by Jordan'."""
    return [
        i
        for clause in dependents(parse, noun, "acl")
        if parse.lower[clause] in MADE
        for agent in dependents(parse, clause, "agent", "prep")
        if parse.lower[agent] == "by"
        for i in dependents(parse, agent, "pobj")
    ]


def possessive(parse: Parse, at: int) -> list[int]:
    """Whose a noun of a stance is; 'of' after it names what it is about, and a time owns nothing."""
    found = [i for i in dependents(parse, at, "poss") if parse.lower[i] not in TIMES]
    for i in dependents(parse, at, "amod", "compound", "nmod"):
        inner = [j for j in dependents(parse, i, "amod", "compound", "nmod") if _may_own(parse, j)]
        found += [i] if _may_own(parse, i) else inner  # 'the South Sudan arms embargo proposal'
    for preposition in ("by", "from"):
        found += prepositional_objects(parse, at, preposition)
    return found + made_by(parse, at)


def _may_own(parse: Parse, i: int) -> bool:
    """Names and adjectives of nationality stand for owners, 'final' and 'bilateral' for none."""
    return parse.tags[i] in ("JJ", "NNP", "NNPS") and parse.words[i][:1].isupper() and parse.lower[i] not in TIMES
