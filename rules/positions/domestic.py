"""Whether an offer or an acceptance stays at home: a court's ruling, or a deal between parts of one state."""

from rules.parties.resolver import ActorResolver
from rules.positions.reading import Reading
from rules.syntax.grammar import conjuncts, dependents, prepositional_objects, subtree
from rules.syntax.possessors import owners
from schemas.position import Stance

# Roles in a trigger's target that hold no partner.
NO_PARTNER = ("other", "content_doer", "content_object", "subject")
STATES = ("state", "subnational")


def is_ruling(resolver: ActorResolver, reading: Reading) -> bool:
    """'The court agreed to hear the case': whoever applies the law at home grants and accepts for no party."""
    if not _may_stay_at_home(resolver, reading):
        return False
    subjects = _subjects(resolver, reading)
    is_court = any(resolver.parse.lower[i] in resolver.words.courts for i in subjects)
    return is_court and not any(party.actor for i in subjects for party in resolver.resolve_one(i))


def stays_at_home(resolver: ActorResolver, reading: Reading) -> bool:
    """'House and Senate agreed', 'the president gave in to the miners': all sides belong to one state.

    Rebels, regions and an opposition are parties of their own; so is whatever names another party of the lists.
    """
    if not _may_stay_at_home(resolver, reading):
        return False
    subjects = [part for side in _subjects(resolver, reading) for part in _parts(resolver, side)]
    partners = _partners(resolver, reading)
    if not partners and "other" not in reading.frame.target:  # 'king and senate offered troops'
        return False
    sides = list(dict.fromkeys((*subjects, *partners)))
    words, lower = resolver.words, resolver.parse.lower
    at_home = words.home_bodies if reading.verdict.stance is Stance.OFFER else words.all_home
    if len(sides) < 2 or not any(lower[i] in at_home for i in sides):
        return False
    named = {actor for i in sides for actor in _named(resolver, i)}
    is_one_state = len(named) <= 1 and all(words.kinds[actor] in STATES for actor in named)
    return is_one_state and all(lower[i] in at_home or _governs(resolver, i) for i in sides)


def _may_stay_at_home(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether a closer look is worth its time: something is granted, and the sentence has a word for a home body."""
    is_granted = reading.verdict.stance in (Stance.OFFER, Stance.ACCEPTANCE)
    return is_granted and not resolver.words.all_home.isdisjoint(resolver.parse.lower)


def _subjects(resolver: ActorResolver, reading: Reading) -> list[int]:
    """The heads of those whose position it is, all that are coordinated."""
    found = next(filter(None, (reading.slot(name) for name in reading.frame.actor)), [])
    return [word for i in found for word in conjuncts(resolver.parse, i)]


def _partners(resolver: ActorResolver, reading: Reading) -> list[int]:
    """Whom something is offered to or agreed with, whose demand it is, and whom it is to serve."""
    parse = resolver.parse
    found = [i for name in reading.frame.target if name not in NO_PARTNER for i in reading.slot(name)]
    for head in reading.content:
        if reading.verdict.stance is Stance.ACCEPTANCE:  # who offers talks with somebody may offer them to another
            found += owners(parse, head) + prepositional_objects(parse, head, "with")
        if parse.lower[head] in resolver.words.serving:
            found += dependents(parse, head, "dobj")
            found += [i for clause in dependents(parse, head, "ccomp") for i in dependents(parse, clause, "nsubj")]
    found = [i for i in found if i not in reading.content]
    return [i for i in found if not parse.tags[i].startswith(("JJ", "VB", "CD")) or resolver.mention(i)]


def _parts(resolver: ActorResolver, i: int) -> list[int]:
    """'House and Senate negotiators': the bodies that a noun names before itself, else the noun."""
    parse = resolver.parse
    before = [word for child in dependents(parse, i, "compound", "nmod", "amod") for word in conjuncts(parse, child)]
    bodies = [word for word in before if parse.lower[word] in resolver.words.home_bodies]
    return bodies if len(bodies) > 1 else [i]


def _governs(resolver: ActorResolver, i: int) -> bool:
    """Whether a side is the government itself, by its name, an office or a person who speaks for it."""
    near = [resolver.parse.lower[word] for word in (i, *dependents(resolver.parse, i, "compound", "appos"))]
    holds_office = any(word in resolver.words.government or word in resolver.words.titles for word in near)
    return holds_office or any(party.actor for party in resolver.resolve_one(i))


def _named(resolver: ActorResolver, i: int) -> set[str]:
    """The parties of the lists that a side names, or stands for."""
    mentions = (resolver.mention(word) for word in subtree(resolver.parse, i))
    named = (mention.actor for mention in mentions if mention is not None)
    return {actor for actor in (*named, *(party.actor for party in resolver.resolve_one(i))) if actor}
