"""To whom a position is addressed."""

from typing import TYPE_CHECKING

from rules.actors import ActorResolver
from rules.context import Referent
from rules.grammar import dependents, prepositional_objects, subtree
from rules.roles import find_role

if TYPE_CHECKING:
    from rules.tag import Reading

RECIPIENT_PREPOSITIONS = ("to", "against", "with", "from", "by", "on")


def target_of(resolver: ActorResolver, reading: "Reading", actor: Referent) -> str | None:
    """The addressee that stands nearest in the grammar; where the clause names none, the counterpart in its sentence.

    In order: the target roles of the trigger, whom the reporter told, the other party of a joint position, whom
    something in the sentence is addressed to, and the actor that the content names.
    """
    own = {r.actor for r in reading.actors}
    return (
        _in_roles(resolver, reading, own)
        or _told(resolver, reading, own)
        or _other_party(reading, actor)
        or _recipient_in_sentence(resolver, reading, own)
        or _counterpart_in_article(resolver, reading, own)
        or _named_in_content(resolver, reading, own)
    )


def _in_roles(resolver: ActorResolver, reading: "Reading", own: set[str | None]) -> str | None:
    candidate = reading.verdict.candidate
    for role in candidate.trigger.target:
        for i in find_role(resolver.parse, candidate.at, role):
            found = _first_other(resolver.resolve(i), own)
            if found:
                return found
    return None


def _told(resolver: ActorResolver, reading: "Reading", own: set[str | None]) -> str | None:
    """'told Russia that there will be no concessions'."""
    if reading.report is None or reading.report.verb is None:
        return None
    for i in dependents(resolver.parse, reading.report.verb, "dobj", "dative"):
        found = _first_other(resolver.resolve(i), own)
        if found:
            return found
    return None


def _other_party(reading: "Reading", actor: Referent) -> str | None:
    """'China and the Philippines agreed': each has agreed with the other."""
    if reading.verdict.stance not in ("acceptance", "refusal") or len(reading.actors) != 2:
        return None
    if reading.verdict.candidate.trigger.id not in MUTUAL:
        return None
    return next((r.actor for r in reading.actors if r.actor and r.actor != actor.actor), None)


MUTUAL = frozenset(("acceptance.agree", "refusal.disagree"))


def _recipient_in_sentence(resolver: ActorResolver, reading: "Reading", own: set[str | None]) -> str | None:
    """'in responses delivered to the Russians', 'a reply to Russia': outside of what is demanded or refused."""
    parse = resolver.parse
    inside = {j for i in reading.content for j in subtree(parse, i)}
    for i in range(len(parse)):
        if i not in inside and parse.deps[i] in ("prep", "dative") and parse.lower[i] == "to":
            for noun in prepositional_objects(parse, parse.heads[i], "to"):
                found = _first_other(resolver.resolve(noun), own) if noun not in inside else None
                if found:
                    return found
    return None


def _named_in_content(resolver: ActorResolver, reading: "Reading", own: set[str | None]) -> str | None:
    for i in reading.content:
        for word in subtree(resolver.parse, i):
            if word == reading.verdict.candidate.at:
                continue
            mention = resolver.mention(word)
            if mention is not None and mention.actor and mention.actor not in own and mention.kind != "demonym":
                return mention.actor
    return None


def _counterpart_in_article(resolver: ActorResolver, reading: "Reading", own: set[str | None]) -> str | None:
    """The actor that the article names far more often than any third: in an exchange between two, the other one."""
    if reading.verdict.stance == "acceptance":  # an acceptance that names no partner is often a joint one
        return None
    counts = sorted((-count, actor) for actor, count in resolver.context.actors_named.items() if actor not in own)
    if not counts or -counts[0][0] < LEAST_NAMED:
        return None
    clearly = len(counts) == 1 or -counts[0][0] >= CLEAR_LEAD * -counts[1][0]
    return counts[0][1] if clearly else None


# How often a counterpart must be named, and how much more often than the next.
LEAST_NAMED = 3
CLEAR_LEAD = 1.5


def _first_other(referents: list[Referent], own: set[str | None]) -> str | None:
    return next((r.actor for r in referents if r.actor and r.actor not in own), None)
