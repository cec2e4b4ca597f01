"""Rows that the rules gave, with the signs of their readings, and whether annotators or correctors found them right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.positions.signs import Signs
from rules.positions.tag import Found, Tagger
from rules.proof.gold import Gold, GoldRow, read_gold
from rules.proof.measure import matched
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.position import Position


@dataclass(frozen=True)
class JudgedRow:
    """A row, the signs of its reading, and whether actor and stance are right. `group` keeps an article together."""

    group: str
    signs: Signs
    right: bool


@dataclass(frozen=True)
class ReadArticle:
    """An annotated article, what it holds, and what the rules found in it, actors known."""

    name: str
    article: Article
    gold: tuple[GoldRow, ...]
    found: tuple[Found, ...]

    @property
    def group(self) -> str:
        return self.article.article_id


def read_source(tagger: Tagger, parser: Parser, source: tuple[Path, Path]) -> list[ReadArticle]:
    """Every annotated article of a gold folder or file, read. Raises GoldFault."""
    gold = read_gold(*source)
    found = find_all(tagger, parser, gold)
    rows: dict[str, list[GoldRow]] = {name: [] for name in gold.articles}
    for row in gold.rows:
        rows[row.article].append(row)
    return [
        ReadArticle(name, article, tuple(rows[name]), tuple(found[name])) for name, article in gold.articles.items()
    ]


def find_all(tagger: Tagger, parser: Parser, gold: Gold) -> Mapping[str, list[Found]]:
    """What the rules find in each article, all sentences parsed in one go."""
    found = find_in(tagger, parser, list(gold.articles.values()))
    return dict(zip(gold.articles, found, strict=True))


def find_in(tagger: Tagger, parser: Parser, articles: Sequence[Article]) -> list[list[Found]]:
    """What the rules find in each article and show by default, actors known, all sentences parsed in one go."""
    texts = {s.key: s.text for article in articles for s in tagger.candidates(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return [
        [f for f in tagger.find(article, parses) if f.position.actor and f.position.counts_by_default]
        for article in articles
    ]


def corrected_rows(
    tagger: Tagger, parser: Parser, judged: Sequence[tuple[Article, Mapping[str, bool]]]
) -> list[JudgedRow]:
    """The positions of the articles that somebody judged, each with the id of a position and whether it is right.

    A position that the rules no longer yield counts for nothing: nobody knows its signs.
    """
    found = find_in(tagger, parser, [article for article, _ in judged])
    return [
        JudgedRow(article.article_id, one.signs, right[one.position.position_id])
        for (article, right), rows in zip(judged, found, strict=True)
        for one in rows
        if one.position.position_id in right
    ]


def judged_rows(articles: Sequence[ReadArticle]) -> list[JudgedRow]:
    """The rows of annotated articles; those that an optional annotation has count neither way."""
    rows = []
    for one in articles:
        for found, annotation in zip(one.found, annotations_of(one, [f.position for f in one.found]), strict=True):
            if annotation is None or not annotation.says.optional:
                rows.append(JudgedRow(one.group, found.signs, annotation is not None))
    return rows


def annotations_of(one: ReadArticle, positions: Sequence[Position]) -> list[GoldRow | None]:
    """For each position the annotation that it is, each once; None for a position that nobody annotated."""
    _, gold_of = matched(one.gold, [(one.name, position) for position in positions])
    return [one.gold[gold_of[i]] if i in gold_of else None for i in range(len(positions))]
