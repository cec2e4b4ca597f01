"""Whom a position is most likely addressed to where no word of its clause is built for it.

Parties are weighed by where the sentence names them and by how much of the article is about them, against nobody at
all. The weights were fitted on annotated articles, by a softmax over the parties that an article names and none.
"""

from collections import defaultdict
from collections.abc import Mapping

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.positions.conditions import condition_of
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import is_verb
from rules.syntax.tree import Parse
from schemas.position import Stance

# Prepositions after which a party is where something happens, or what it happens to: a summit in Peru, a ban on China.
PLACING = english.words("placing_prepositions")
# After these it is whom an act of the actor's own strikes or spares: to lift sanctions on Iran, a strike on Peru.
STRIKING = frozenset(["on", "over"])
# After these stands the other side of what is done together, or done to somebody.
FACING = frozenset(["with", "against"])

# By where the sentence names a party: first in the content, in it, in the condition, elsewhere.
FIRST_IN_CONTENT = 2.2
FIRST_IN_DEMAND = 2.0
IN_CONTENT = 0.6
IN_CONDITION = 1.4
IN_SENTENCE = 1.4
A_PLACE_IN_CONTENT = -0.6
BEFORE_TRIGGER = 0.6
FACED = 0.2
# By how much of the article is about it: its share of all names, and whether it leads them, or leads them by far.
SHARE = 4.3
FEW = 3.0  # names that are added to all, so that the only one of a short text has no large share
LEADS = 0.6
LEADS_A_DEMAND = 0.2
LEADS_BY_FAR = 0.4
LEAST_NAMED = 3
CLEAR_LEAD = 4
# What speaks for nobody.
NOBODY = {Stance.DEMAND: 3.6, Stance.REFUSAL: 3.0, Stance.OFFER: 3.1, Stance.ACCEPTANCE: 3.1, Stance.THREAT: 2.2}


def likely_counterpart(resolver: ActorResolver, reading: Reading) -> str | None:
    """The party that most speaks for, of those that the article names; None where more speaks for nobody."""
    weights = defaultdict(float, _by_article(resolver, reading))
    for actor, weight in _by_sentence(resolver, reading).items():
        weights[actor] += weight
    likeliest = min(weights, key=lambda actor: (-weights[actor], actor), default=None)
    return likeliest if likeliest is not None and weights[likeliest] > NOBODY[reading.stance] else None


def _by_article(resolver: ActorResolver, reading: Reading) -> Mapping[str, float]:
    others = [(actor, times) for actor, times in resolver.context.actors_by_times if actor not in reading.own]
    total = sum(times for _, times in others)
    weights = {actor: SHARE * times / (total + FEW) for actor, times in others}
    if others and others[0][1] >= LEAST_NAMED:
        (first, times), second = others[0], others[1][1] if len(others) > 1 else 0
        weights[first] += LEADS_A_DEMAND if reading.stance is Stance.DEMAND else LEADS
        weights[first] += LEADS_BY_FAR if times >= CLEAR_LEAD * second else 0
    return weights


def _by_sentence(resolver: ActorResolver, reading: Reading) -> Mapping[str, float]:
    parse = resolver.parse
    inside = inside_content(parse, reading)
    condition = condition_of(parse, reading.at, reading.content, reading.stance is Stance.REFUSAL)
    hung_on = range(condition[0], condition[1] + 1) if condition else range(0)
    placing = PLACING - STRIKING if _is_own_act(parse, reading) else PLACING
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)  # each kind of place counts once
    is_first = True
    for word in range(len(parse)):
        mention = resolver.mention(word)
        if mention is None or mention.actor is None or mention.actor in reading.own:
            continue
        weights = found[mention.actor]
        if word < reading.at:
            weights["before"] = BEFORE_TRIGGER
        if parse.deps[word] == "pobj" and parse.lower[parse.heads[word]] in FACING:
            weights["faced"] = FACED
        is_content = word in inside and word not in hung_on
        if is_place(parse, word, placing) or is_half_of_a_word(parse, word):
            if is_content:
                weights["place"] = A_PLACE_IN_CONTENT
        elif mention.kind != "demonym":
            if is_content and is_first:
                weights["first"] = FIRST_IN_DEMAND if reading.stance is Stance.DEMAND else FIRST_IN_CONTENT
                is_first = False
            if word in hung_on:
                weights["condition"] = IN_CONDITION
            else:
                weights["content" if is_content else "sentence"] = IN_CONTENT if is_content else IN_SENTENCE
    return {actor: sum(weights.values()) for actor, weights in found.items()}


def is_place(parse: Parse, word: int, placing: frozenset[str] = PLACING) -> bool:
    """Whether a party is only where something happens, or what it happens to: 'pulled out of a summit in Lima'."""
    return parse.deps[word] == "pobj" and parse.lower[parse.heads[word]] in placing


def is_half_of_a_word(parse: Parse, word: int) -> bool:
    """'the Iran-backed group' is not Iran."""
    return parse.lower[word + 1 : word + 2] == ("-",)


def _is_own_act(parse: Parse, reading: Reading) -> bool:
    """Whether the content is what the actor itself would or would not do: 'refused to lift sanctions on Iran'."""
    if reading.stance is Stance.THREAT:
        return True
    return reading.stance is not Stance.DEMAND and any(is_verb(parse, i) for i in reading.content)
