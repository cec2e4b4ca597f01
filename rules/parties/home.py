"""The state that an article is at home in: filed from there, printed there, or told of far more than any other."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from rules.parties.section import SectionContext
from rules.text.gazetteer import NameFinder
from rules.text.sentences import skip_dateline
from rules.text.words import Words
from schemas.article import Article

# 'WARSAW Allies met', as some feeds give a dateline, its marks lost.
GLUED = re.compile(r"(?:[A-Z]{3,}[A-Z.,'-]*[ /]){1,4}(?=[A-Z])")
OPENING = 120
# How often an article names its state: at least so often, and so many times as often as the next.
LEAST_OF_LEAD = 3
LEAD = 2
# How many times as often as the paper's own state another one may be named.
OUTLET_SHARE = 3


def filed_from(article: Article, names: NameFinder, words: Words) -> tuple[str | None, int]:
    """The state of the place in the dateline, and where the dateline ends."""
    opening = article.text[:OPENING].partition("\n")[0]
    end = skip_dateline(opening)
    if not end and (glued := GLUED.match(opening)):
        end = glued.end()
    for mention in names.find(opening[:end].title(), article.published, article.text) if end else ():
        if mention.person is None and words.kinds.get(mention.actor or "") == "state":
            return mention.actor, end
    return None, end


def printed_in(article: Article, words: Words) -> str | None:
    """The state whose paper or broadcaster published an article."""
    host = urlsplit(article.url).netloc if article.url else ""
    for name in (host.removeprefix("www."), host.partition(".")[2], article.outlet or ""):
        if name in words.outlets:
            return words.outlets[name]
    return None


def home_of(
    sections: Sequence[SectionContext],
    issuer: str | None,
    filed: tuple[str | None, int],
    printed: str | None,
    words: Words,
) -> str | None:
    """The state that 'the government' means in an article, if the article shows one; in a statement its issuer."""
    if issuer is not None:
        return issuer
    state, dateline_end = filed
    body = sections[0]
    counts: Counter[str] = Counter()
    for section in sections:
        for mention in section.mentions:
            is_dateline = section is body and mention.start < dateline_end
            if mention.actor and words.kinds[mention.actor] == "state" and not is_dateline:
                counts[mention.actor] += 1
    (lead, times), (_, second) = (*_most(counts), ("", 0), ("", 0))[:2]
    if state is not None and (not counts or counts[state] * OUTLET_SHARE >= max(times, 1)):
        return state
    if printed is not None and counts[printed] and counts[printed] * OUTLET_SHARE >= times:
        return printed
    return lead if times >= max(LEAST_OF_LEAD, LEAD * second) else None


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda named: (-named[1], named[0]))[:2]
