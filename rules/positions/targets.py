"""To whom a position is addressed."""

from collections.abc import Iterable
from itertools import islice

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.counterparts import likely_counterpart
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import ancestors, dependents, is_verb, own_subject, prepositional_objects
from rules.syntax.tree import Parse
from schemas.position import Stance

# A demand hangs from the verb that answers it by so many words at most: 'its refusal to bow to the demand'.
ANSWERS_WITHIN = 4
PAIR = 2  # parties
# By these words two parties are named as one.
BOTH = english.words("words_for_pairs")


def target_of(resolver: ActorResolver, reading: Reading, actor: Referent) -> str | None:
    """The addressee that the grammar tells; where it tells none, the likely counterpart.

    In order: the other party of a joint position, the target roles of the trigger, whom the reporter told, who answers
    the demand, whom something in the sentence is addressed to, and the party that most speaks for.
    """
    return (
        _other_party(reading, actor)
        or _in_roles(resolver, reading)
        or _told(resolver, reading)
        or _who_answers(resolver, reading)
        or _recipient_in_sentence(resolver, reading)
        or _other_of_two(resolver, reading, actor)
        or likely_counterpart(resolver, reading)
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


def _other_of_two(resolver: ActorResolver, reading: Reading, actor: Referent) -> str | None:
    """'The two adversaries said they were ready to meet': what two parties grant together, they grant each other.

    Of parties that are named one by one each may have somebody else in mind.
    """
    if reading.stance not in (Stance.OFFER, Stance.ACCEPTANCE) or len(reading.actors) != PAIR:
        return None
    named_as = resolver.section.text[actor.start : actor.end].lower().split()
    others = [r.actor for r in reading.actors if r.actor != actor.actor]
    return others[0] if others and not BOTH.isdisjoint(named_as) else None


def _who_answers(resolver: ActorResolver, reading: Reading) -> str | None:
    """'Mali rejected Togo's demand', 'Mali bowed to a call by Togo': a demand is made of the one who answers it."""
    if reading.verdict.stance != "demand" or reading.match.kind != "noun":
        return None
    parse = resolver.parse
    for above in islice(ancestors(parse, reading.at), ANSWERS_WITHIN):
        subject = own_subject(parse, above) if is_verb(parse, above) else None
        owners = [subject] if subject is not None else dependents(parse, above, "poss")
        answering = _first_other(resolver, reading, owners)
        if answering or subject is not None:
            return answering
    return None


def _recipient_in_sentence(resolver: ActorResolver, reading: Reading) -> str | None:
    """'in a note handed to the Danes', 'an answer to Denmark': outside of what is demanded or refused."""
    parse = resolver.parse
    inside = inside_content(parse, reading)
    heads = (parse.heads[i] for i in range(len(parse)) if i not in inside and _opens_recipient(parse, i))
    nouns = (noun for head in heads for noun in prepositional_objects(parse, head, "to"))
    return _first_other(resolver, reading, (noun for noun in nouns if noun not in inside))


def _opens_recipient(parse: Parse, i: int) -> bool:
    return parse.lower[i] == "to" and parse.deps[i] in ("prep", "dative")


def _first_other(resolver: ActorResolver, reading: Reading, nouns: Iterable[int]) -> str | None:
    parties = (party.actor for noun in nouns for party in resolver.resolve(noun))
    return next((actor for actor in parties if actor and actor not in reading.own), None)
