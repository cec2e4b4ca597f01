"""Whether a position belongs to the exchange between parties, stays at home, or is told as history."""

from rules.parties.resolver import ActorResolver
from rules.positions.domestic import STATES
from rules.positions.off_topic import is_history, is_set_in_the_past
from rules.positions.reading import Reading
from schemas.position import Scope

# An article is about a state at home that names parties so often at least, and others in so few of these at most.
NAMED_OFTEN = 5
FEW_OTHERS = 0.3


def scope_of(resolver: ActorResolver, reading: Reading, actor: str | None, target: str | None) -> Scope:
    """Background where years long past date the clause or the article, domestic where no other party is in sight."""
    article, sentence = resolver.context.article, resolver.sentence
    is_past = is_set_in_the_past(article, sentence.section, sentence.start)
    if is_past or is_history(resolver.parse, reading.at, article.published):
        return Scope.BACKGROUND
    if reading.is_domestic or (target is None and _is_alone_at_home(resolver, actor)):
        return Scope.DOMESTIC
    return Scope.FOREIGN


def _is_alone_at_home(resolver: ActorResolver, actor: str | None) -> bool:
    """'The government will cut taxes', in a sentence that names no other party, of an article that hardly does."""
    if actor is None or resolver.words.kinds.get(actor) not in STATES:
        return False
    named = resolver.context.actors_named
    total = named.total()
    if total < NAMED_OFTEN or total - named[actor] > FEW_OTHERS * total:
        return False
    return all(
        mention is None or mention.actor in (None, actor)
        for mention in map(resolver.mention, range(len(resolver.parse)))
    )
