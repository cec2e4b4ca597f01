"""The English rules and their language model, loaded once, for tests that read sentences of their own."""

from datetime import date
from functools import cache

from rules.parties.context import ArticleContext
from rules.positions.tag import Tagger
from rules.ruleset.load import load_ruleset
from rules.syntax.parse import Parser
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import RuleSet

THURSDAY = date(2022, 1, 27)


@cache
def ruleset() -> RuleSet:
    return load_ruleset()


@cache
def tagger() -> Tagger:
    return Tagger(ruleset())


@cache
def parser() -> Parser:
    return Parser()


@cache
def parse(text: str) -> Parse:
    return parser().parse([text])[0]


def article(text: str, published: date = THURSDAY, title: str = "") -> Article:
    return Article(title=title, published=published, text=text)


def context(text: str, published: date = THURSDAY, title: str = "") -> ArticleContext:
    return tagger().context_of(article(text, published, title))


def positions(text: str, published: date = THURSDAY, title: str = "") -> list[Position]:
    """The positions of an article with this body."""
    given = article(text, published, title)
    candidates = tagger().candidates(given)
    return tagger().tag(given, {s.key: parse(s.text) for s in candidates}, candidates)


def only(text: str, published: date = THURSDAY) -> Position:
    """The one position of a text."""
    found = positions(text, published)
    assert len(found) == 1, [(p.actor, p.stance, p.trigger_id) for p in found]
    return found[0]


def actors(text: str, published: date = THURSDAY) -> list[str | None]:
    """Whose positions a text tells, each once, in the order of the text."""
    return list(dict.fromkeys(p.actor for p in positions(text, published)))
