"""What tells that a text is about sport, business or the arts."""

import re
from itertools import pairwise

from rules.text.words import Words
from schemas.article import Article

# So many different words of sport, business or the arts make an article one of theirs.
ELSEWHERE_ARTICLE = 5
# So many suffice that belong nowhere else.
ELSEWHERE_ALONE = 2
HINTS = 2
USUAL = 6_000  # characters of an article up to which these numbers hold
WORD = re.compile(r"[a-z][a-z'-]*")


def is_about_something_else(article: Article, words: Words) -> bool:
    """Whether an article names many things of sport, business or the arts."""
    times = max(1.0, len(article.text) / USUAL)  # a long text names more of everything
    found = _words_of(f"{article.title} {article.text}")
    all_words = words.elsewhere | words.elsewhere_hints
    alone, together = len(words.elsewhere & found), len(all_words & found)
    return alone >= ELSEWHERE_ALONE * times or together >= ELSEWHERE_ARTICLE * times


def names_something_else(text: str, words: Words) -> bool:
    """Whether a text holds a word of sport, business or the arts, or several that hint at them."""
    found = _words_of(text)
    return not words.elsewhere.isdisjoint(found) or len(words.elsewhere_hints.intersection(found)) >= HINTS


def _words_of(text: str) -> set[str]:
    """The words of a text and its pairs of neighbours, lower case."""
    words = WORD.findall(text.lower())
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}
