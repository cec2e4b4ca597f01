"""An opposition and rebels are parties of their own: 'the main opposition group of Syria' is not Syria."""

from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import dependents, prepositional_objects

BESIDE = ("compound", "amod", "nmod", "poss")


def is_opponent(phrases: Phrases, i: int) -> bool:
    """Whether a noun or what stands before it says so: 'rebels', 'opposition leaders', 'the rebel coalition'."""
    parse, words = phrases.parse, phrases.words
    named = [i, *dependents(parse, i, *BESIDE)]
    return any(parse.lower[word] in words.opposing for word in named) or is_act(phrases, i)


def is_act(phrases: Phrases, i: int) -> bool:
    """'blocked by opposition from Peru': what a party does, where whoever does it would stand."""
    parse = phrases.parse
    is_agent = parse.deps[parse.heads[i]] == "agent" and parse.lower[i] in phrases.words.acts
    return is_agent and any(parse.lower[c] in ("from", "by", "of") for c in dependents(parse, i, "prep"))


def opposition_named(phrases: Phrases, i: int) -> list[Referent]:
    """'an opposition spokesman', where the text has told of one state's opposition: that one."""
    parse, words = phrases.parse, phrases.words
    opposing = [parse.lower[w] for w in (i, *dependents(parse, i, *BESIDE)) if parse.lower[w] in words.opposing]
    is_elsewhere = any(parse.deps[w] == "poss" or phrases.mention(w) for w in dependents(parse, i, *BESIDE))
    if not opposing or is_elsewhere:
        return []
    mentions = (m for word in opposing for m in phrases.section.beside.get(word, []))
    actors = {words.opponents[m.actor] for m in mentions if m.actor in words.opponents}
    actors |= phrases.context.actors_named.keys() & words.opponents.values()
    start, end = phrases.offsets(i)
    return [Referent(actor, start, end) for actor in actors] if len(actors) == 1 else []


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
