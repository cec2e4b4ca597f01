"""On which issues a position is: those that its content names, else the one that is spoken of around it."""

from typing import NamedTuple

from rules.parties.resolver import ActorResolver
from rules.text.issues import FIRM, IssueFinder
from schemas.position import IssueBasis

# So many words from the trigger on stand close behind it.
CLOSE_BEHIND = 13


class Matter(NamedTuple):
    """The issues of a position and what names them, and whether its own content names them."""

    issues: tuple[str, ...]
    basis: IssueBasis | None
    is_named: bool
    is_of_content: bool = False  # whether what is demanded, refused or offered names it


def matter_of(resolver: ActorResolver, finder: IssueFinder, content: str, at: int) -> Matter:
    """What the content names; where it names nothing but an area, or only loosely, what the article speaks of there.

    Words that several issues share go to the one named in the sentence or the title. `at` is the trigger's token.
    """
    context = resolver.context
    mentions = finder.mentions(content)
    if any("." in issue and strength == FIRM for issue, strength in mentions.items()):
        nearby = context.issues_in(resolver.sentence.text) + context.issues_in(context.article.title)
        return Matter(finder.find(content, nearby), IssueBasis.CONTENT, is_named=True, is_of_content=True)
    close = finder.mentions(" ".join(resolver.parse.words[at : at + CLOSE_BEHIND]))
    around, basis = context.topics.around(resolver.sentence, mentions, close)
    if around is None:
        return Matter(tuple(mentions), IssueBasis.CONTENT if mentions else None, is_named=bool(mentions))
    return Matter((around,), basis, is_named=bool(mentions))
