"""To whom a position is addressed."""

from typing import TYPE_CHECKING

from rules.actors import ActorResolver
from rules.grammar import subtree
from rules.roles import find_role

if TYPE_CHECKING:
    from rules.tag import Reading


def target_of(resolver: ActorResolver, reading: "Reading", actor: str | None) -> str | None:
    """The actor in the first of the trigger's target roles that names one other than the actor itself."""
    candidate = reading.verdict.candidate
    for role in candidate.trigger.target:
        for i in find_role(resolver.parse, candidate.at, role):
            for referent in resolver.resolve(i):
                if referent.actor and referent.actor != actor:
                    return referent.actor
    return _named_in_content(resolver, reading, actor)


def _named_in_content(resolver: ActorResolver, reading: "Reading", actor: str | None) -> str | None:
    for i in reading.content:
        for word in subtree(resolver.parse, i):
            if word == reading.verdict.candidate.at:
                continue
            mention = resolver._mention(word)
            if mention is not None and mention.actor and mention.actor != actor and mention.kind != "demonym":
                return mention.actor
    return None
