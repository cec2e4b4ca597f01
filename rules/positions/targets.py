"""To whom a position is addressed."""

from collections.abc import Iterable
from itertools import islice

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import dependents, prepositional_objects, subtree
from rules.syntax.tree import Parse

# How often a counterpart must be named, and how much more often than the next.
LEAST_NAMED = 3
CLEAR_LEAD = 2.0
# Prepositions after which a party is where something happens, or what it happens to: a summit in Peru, a ban on China.
PLACING = english.words("placing_prepositions")


def target_of(resolver: ActorResolver, reading: Reading, actor: Referent) -> str | None:
    """The addressee that stands nearest in the grammar; where the clause names none, the counterpart in its sentence.

    In order: the target roles of the trigger, whom the reporter told, the other party of a joint position, whom
    something in the sentence is addressed to, and the actor that the content names.
    """
    return (
        _in_roles(resolver, reading)
        or _told(resolver, reading)
        or _other_party(reading, actor)
        or _recipient_in_sentence(resolver, reading)
        or _counterpart_in_article(resolver, reading)
        or _named_in_content(resolver, reading)
    )


def _in_roles(resolver: ActorResolver, reading: Reading) -> str | None:
    nouns = (i for name in reading.frame.target for i in reading.slot(name))
    return _first_other(resolver, reading, nouns)


def _told(resolver: ActorResolver, reading: Reading) -> str | None:
    """'told Kenya that the port would stay shut'."""
    if reading.report is None or reading.report.verb is None:
        return None
    return _first_other(resolver, reading, dependents(resolver.parse, reading.report.verb, "dobj", "dative"))


def _other_party(reading: Reading, actor: Referent) -> str | None:
    """'China and the Philippines agreed': each has agreed with the other."""
    if "other" not in reading.frame.target or len(reading.actors) != 2:
        return None
    return next((r.actor for r in reading.actors if r.actor and r.actor != actor.actor), None)


def _recipient_in_sentence(resolver: ActorResolver, reading: Reading) -> str | None:
    """'in a note handed to the Danes', 'an answer to Denmark': outside of what is demanded or refused."""
    parse = resolver.parse
    inside = inside_content(parse, reading)
    heads = (parse.heads[i] for i in range(len(parse)) if i not in inside and _opens_recipient(parse, i))
    nouns = (noun for head in heads for noun in prepositional_objects(parse, head, "to"))
    return _first_other(resolver, reading, (noun for noun in nouns if noun not in inside))


def _opens_recipient(parse: Parse, i: int) -> bool:
    return parse.lower[i] == "to" and parse.deps[i] in ("prep", "dative")


def _counterpart_in_article(resolver: ActorResolver, reading: Reading) -> str | None:
    """The actor that the article names far more often than any third: in an exchange between two, the other one."""
    if reading.verdict.stance == "acceptance":  # an acceptance that names no partner is often a joint one
        return None
    others = ((actor, times) for actor, times in resolver.context.actors_by_times if actor not in reading.own)
    (first, times), (_, second) = (*islice(others, 2), (None, 0), (None, 0))[:2]
    return first if times >= max(LEAST_NAMED, CLEAR_LEAD * second) else None


def _named_in_content(resolver: ActorResolver, reading: Reading) -> str | None:
    """The first actor that the content names other than as a place: not Lima in 'pulled out of a summit in Lima'."""
    parse = resolver.parse
    words = (word for i in reading.content for word in subtree(parse, i) if word != reading.at)
    parties = (word for word in words if not (parse.deps[word] == "pobj" and parse.lower[parse.heads[word]] in PLACING))
    for mention in map(resolver.mention, parties):
        if mention is not None and mention.kind != "demonym" and mention.actor not in reading.own:
            return mention.actor
    return None


def _first_other(resolver: ActorResolver, reading: Reading, nouns: Iterable[int]) -> str | None:
    parties = (party.actor for noun in nouns for party in resolver.resolve(noun))
    return next((actor for actor in parties if actor and actor not in reading.own), None)
