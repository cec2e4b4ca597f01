"""What tells that a clause is history, or that the name of a country is that of a person."""

import re
from datetime import date

from rules.parties.coreference import person_before
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.syntax.grammar import ancestors, dependents, is_verb, subtree
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.position import Section

# A year that lies so far back dates history, and nothing that an article of the day would tell as news.
HISTORY_YEARS = 25
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
ANY_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
OPENING = 60  # characters of an article that tell when it plays
WHEN = ("In ", "On ", "By ", "During ", "Back in ", "Early in ", "Late in ")
# What may stand between a year and the clause that it dates: 'in the summer of 1956'.
DATING = ("pobj", "prep", "npadvmod", "nummod", "amod", "compound")


def is_history(parse: Parse, at: int, published: date) -> bool:
    """'In 1956 Egypt demanded', but not 'Israel, which took the heights in 1967, rejected': a year dates its clause."""
    clause = {at, *ancestors(parse, at)}
    for i, word in enumerate(parse.words):
        if YEAR.fullmatch(word) and published.year - int(word) > HISTORY_YEARS:
            above = i
            while parse.deps[above] in DATING and parse.heads[above] != above:
                above = parse.heads[above]
            if above in clause and (is_verb(parse, above) or _is_set_in(parse, above, clause)):
                return True
    return False


def _is_set_in(parse: Parse, occasion: int, clause: set[int]) -> bool:
    """'The 1938 conference, at which Britain agreed': the occasion is dated, and so is what happened at it."""
    told = [c for c in dependents(parse, occasion, "relcl") if c in clause]
    placed = (p for c in told for p in dependents(parse, c, "prep"))
    return any(parse.tags[i] in ("WDT", "WP") for p in placed for i in dependents(parse, p, "pobj"))


def is_set_in_the_past(article: Article, section: Section, before: int) -> bool:
    """Whether an article opens in a year long past, and names no later one before an offset: it tells history."""
    opening = article.text[:OPENING]
    if section == "title" or not opening.startswith(WHEN) or not _years(opening, article.published, old=True):
        return False
    return not _years(article.text[:before], article.published, old=False)


def _years(text: str, published: date, old: bool) -> list[int]:
    """The years that a text names, those long past or the others."""
    years = [int(year) for year in ANY_YEAR.findall(text)]
    return [year for year in years if (published.year - year > HISTORY_YEARS) == old]


def is_given_name(resolver: ActorResolver, at: int, referent: Referent) -> bool:
    """'Chad asked his sister', 'Georgia called her mother': a country is not 'he' or 'she'."""
    parse, section = resolver.parse, resolver.section
    mention = section.mention_at(referent.start, referent.end)
    if referent.person is not None or mention is None or mention.text not in resolver.words.given_names:
        return False
    if mention.end - mention.start < referent.end - referent.start:
        return False
    pronouns = [i for i in subtree(parse, at) if parse.lower[i] in ("his", "her", "he", "she") and i > at]
    return bool(pronouns) and person_before(section, referent.start, parse.lower[pronouns[0]]) is None
