"""An opposition and rebels are parties of their own: 'the main opposition group of Syria' is not Syria."""

from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import dependents, prepositional_objects

BESIDE = ("compound", "amod", "nmod", "poss")


def is_opponent(phrases: Phrases, i: int) -> bool:
    """Whether a noun or what stands before it says so: 'rebels', 'opposition leaders', 'the rebel coalition'."""
    parse, words = phrases.parse, phrases.words
    named = [i, *dependents(parse, i, *BESIDE)]
    return any(parse.lower[word] in words.opposing for word in named)


def opponents(phrases: Phrases, i: int) -> list[Referent]:
    """The party that the lists have for the opponents of the state beside the noun."""
    parse = phrases.parse
    beside = dependents(parse, i, *BESIDE)
    beside += [noun for preposition in ("of", "in") for noun in prepositional_objects(parse, i, preposition)]
    named = [m.actor for m in map(phrases.mention, beside) if m is not None and m.actor]
    kinds = phrases.words.kinds
    actors = [actor if kinds[actor] == "non_state" else phrases.words.opponents.get(actor) for actor in named]
    start, end = phrases.offsets(i)
    return [Referent(actor, start, end) for actor in actors if actor][:1]
