"""To whom a position is addressed."""

from collections.abc import Iterable
from itertools import islice

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.conditions import condition_of
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import ancestors, dependents, is_verb, own_subject, prepositional_objects
from rules.syntax.tree import Parse

# How often a counterpart must be named, and how much more often than the next.
LEAST_NAMED = 3
CLEAR_LEAD = 4.0
# A demand hangs from the verb that answers it by so many words at most: 'its refusal to bow to the demand'.
ANSWERS_WITHIN = 4
# Prepositions after which a party is where something happens, or what it happens to: a summit in Peru, a ban on China.
PLACING = english.words("placing_prepositions")
# After these it is whom an act of the actor's own strikes or spares: to lift sanctions on Iran, a strike on Peru.
STRIKING = frozenset(["on", "over"])


def target_of(resolver: ActorResolver, reading: Reading, actor: Referent) -> str | None:
    """The addressee that stands nearest in the grammar; where the clause names none, the counterpart in the article.

    In order: the other party of a joint position, the target roles of the trigger, whom the reporter told, who answers
    the demand, whom something in the sentence is addressed to, the actor that the content names, and the other party of
    an exchange between two.
    """
    return (
        _other_party(reading, actor)
        or _in_roles(resolver, reading)
        or _told(resolver, reading)
        or _who_answers(resolver, reading)
        or _recipient_in_sentence(resolver, reading)
        or _named_in_content(resolver, reading)
        or _counterpart_in_article(resolver, reading)
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


def _counterpart_in_article(resolver: ActorResolver, reading: Reading) -> str | None:
    """The other one in an exchange between two: whom the article names far more often than any third.

    It need not be so clear of a party that the sentence names as well.
    """
    if reading.verdict.stance == "acceptance":  # an acceptance that names no partner is often a joint one
        return None
    others = ((actor, times) for actor, times in resolver.context.actors_by_times if actor not in reading.own)
    (first, times), (_, second) = (*islice(others, 2), (None, 0), (None, 0))[:2]
    if times < LEAST_NAMED:
        return None
    is_clear = times >= CLEAR_LEAD * second or (times > second and first in _named_in_sentence(resolver))
    return first if is_clear else None


def _named_in_sentence(resolver: ActorResolver) -> set[str | None]:
    parse = resolver.parse
    mentions = (resolver.mention(word) for word in range(len(parse)) if not _is_place(parse, word))
    return {mention.actor for mention in mentions if mention is not None}


def _named_in_content(resolver: ActorResolver, reading: Reading) -> str | None:
    """The first actor that the content names other than as a place: not Lima in 'pulled out of a summit in Lima'."""
    parse = resolver.parse
    condition = condition_of(parse, reading.at, reading.content, reading.verdict.stance == "refusal")
    hung_on = range(condition[0], condition[1] + 1) if condition else range(0)
    words = (word for word in sorted(inside_content(parse, reading)) if word != reading.at and word not in hung_on)
    placing = PLACING - STRIKING if _is_own_act(parse, reading) else PLACING
    parties = (word for word in words if not _is_place(parse, word, placing) and not _is_half_of_a_word(parse, word))
    for mention in map(resolver.mention, parties):
        if mention is not None and mention.kind != "demonym" and mention.actor not in reading.own:
            return mention.actor
    return None


def _is_own_act(parse: Parse, reading: Reading) -> bool:
    """Whether the content is what the actor itself would or would not do: 'refused to lift sanctions on Iran'."""
    if reading.verdict.stance == "threat":
        return True
    return reading.verdict.stance != "demand" and any(is_verb(parse, i) for i in reading.content)


def _is_place(parse: Parse, word: int, placing: frozenset[str] = PLACING) -> bool:
    return parse.deps[word] == "pobj" and parse.lower[parse.heads[word]] in placing


def _is_half_of_a_word(parse: Parse, word: int) -> bool:
    """'the Iran-backed group' is not Iran."""
    return parse.lower[word + 1 : word + 2] == ("-",)


def _first_other(resolver: ActorResolver, reading: Reading, nouns: Iterable[int]) -> str | None:
    parties = (party.actor for noun in nouns for party in resolver.resolve(noun))
    return next((actor for actor in parties if actor and actor not in reading.own), None)
