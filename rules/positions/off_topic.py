"""What tells that text is about sport, business or history, or that the name of a country is that of a person."""

import re
from datetime import date
from itertools import pairwise

from rules.parties.coreference import person_before
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.syntax.grammar import subtree
from rules.text.words import Words
from schemas.article import Article

# So many different words of sport, business or the arts make an article one of theirs.
ELSEWHERE_ARTICLE = 5
# So many suffice that belong nowhere else.
ELSEWHERE_ALONE = 2
HINTS = 2
# A year that lies so far back makes a clause history, and so many of them an article.
HISTORY_YEARS = 25
HISTORY_ARTICLE = 3
OPENING = 60  # characters of an article that tell when it plays
WHEN = ("In ", "On ", "By ", "During ", "Back in ", "Early in ", "Late in ")
USUAL = 6_000  # characters of an article up to which these numbers hold
SHORT = 600  # characters up to which it is a note and opens with whatever it says
WORD = re.compile(r"[a-z][a-z'-]*")
# A year that only names a thing makes no history of what is said of it now.
NAMED_YEARS = 60  # so far back few remember
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
NAMES_A_THING = re.compile(r"\b(?:an?|the|its|their|under|that) \Z", re.IGNORECASE)  # 'the 1976 accord'
LONGEST_BEFORE = 7  # characters of these words, with a space, and one before


def is_article_about_something_else(article: Article, words: Words) -> bool:
    """Whether an article tells history, or names many things of sport, business or the arts."""
    times = max(1.0, len(article.text) / USUAL)  # a long text names more of everything
    if _opens_as_history(article) or old_years(article.text, article.published) >= HISTORY_ARTICLE * times:
        return True
    found = _words_of(f"{article.title} {article.text}")
    all_words = words.elsewhere | words.elsewhere_hints
    alone, together = len(words.elsewhere & found), len(all_words & found)
    return alone >= ELSEWHERE_ALONE * times or together >= ELSEWHERE_ARTICLE * times


def _opens_as_history(article: Article) -> bool:
    """'In the summer of 1956 the price of a passage …', if it is more than a note."""
    opening = article.text[:OPENING]
    return len(article.text) > SHORT and opening.startswith(WHEN) and old_years(opening, article.published) > 0


def names_something_else(text: str, words: Words) -> bool:
    """Whether a text holds a word of sport, business or the arts, or several that hint at them."""
    found = _words_of(text)
    return not words.elsewhere.isdisjoint(found) or len(words.elsewhere_hints.intersection(found)) >= HINTS


def old_years(text: str, published: date) -> int:
    """How many years long past a text names."""
    return sum(published.year - int(year.group()) > _years_of_news(text, year.start()) for year in YEAR.finditer(text))


def _years_of_news(text: str, at: int) -> int:
    """How many years back the year that is named there is still no history."""
    names_a_thing = NAMES_A_THING.search(text, max(0, at - LONGEST_BEFORE), at)
    return NAMED_YEARS if names_a_thing else HISTORY_YEARS


def _words_of(text: str) -> set[str]:
    """The words of a text and its pairs of neighbours, lower case."""
    words = WORD.findall(text.lower())
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


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
