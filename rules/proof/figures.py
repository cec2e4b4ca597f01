"""Figures of quality on annotated articles, with intervals: in all, by stance, kind of outlet, year and source."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.proof.calibrate import Predicted, predicted
from rules.proof.judged import JudgedRow, ReadArticle, annotations_of
from rules.ruleset.strict_yaml import read_strictly
from schemas.article import Article
from schemas.position import Stance

OUTLETS = Path(__file__).with_name("outlets.yaml")
OTHERS, RARE = "others", "those of fewer than five articles"
FEWEST = 5  # articles over which an interval says anything
ROUNDS, SEED, MIDDLE = 2000, 0, (2.5, 97.5)


class Span(NamedTuple):
    """A figure, and the bounds of its interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"


class Rates(NamedTuple):
    """What was found in so many articles with so many annotated positions."""

    articles: int
    annotated: int
    precision: Span
    recall: Span
    f1: Span


@dataclass(frozen=True)
class Counts:
    """One article: a row a stance with the numbers of positions given, of right ones, and of those to be found.

    `sure` counts of the given only those at or above the line.
    """

    source: str
    kind: str
    year: int
    every: NDArray[np.int64]
    sure: NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """All articles counted, and what weights that had not seen the article said of each row."""

    counts: tuple[Counts, ...]
    said: tuple[Predicted, ...]
    line: float

    def all_rows(self) -> Rates:
        """Every row, however sure."""
        return rates([one.every.sum(axis=0) for one in self.counts])

    def shown(self) -> Rates:
        """The rows at or above the line."""
        return rates([one.sure.sum(axis=0) for one in self.counts])

    def by_stance(self) -> dict[str, Rates]:
        """The rows and annotations of each stance."""
        return {stance: rates([one.every[n] for one in self.counts]) for n, stance in enumerate(Stance)}

    def by(self, name_of: Callable[[Counts], str]) -> dict[str, Rates]:
        """The articles of each name, in their order; names of few articles together."""
        often = Counter(map(name_of, self.counts))
        parts: dict[str, list[NDArray[np.int64]]] = {}
        for one in self.counts:
            name = name_of(one)
            parts.setdefault(name if often[name] >= FEWEST else RARE, []).append(one.every.sum(axis=0))
        return {name: rates(parts[name]) for name in sorted(parts)}


def figures(sources: Mapping[str, Sequence[ReadArticle]], line: float) -> Figures:
    """Count what was found in the articles of each source. Raises ValueError where no row, or every row, is right."""
    judged = [
        (name, n, found.position.stance, JudgedRow(one.group, found.signs, annotation is not None))
        for name, articles in sources.items()
        for n, one in enumerate(articles)
        for found, annotation in zip(one.found, annotations_of(one, [f.position for f in one.found]), strict=True)
        if annotation is None or not annotation.says.optional
    ]
    said = predicted([row for *_, row in judged])
    kind_of = outlet_kinds()
    counts = {
        (name, n): Counts(name, kind_of(one.article), one.article.published.year, needed(one), needed(one))
        for name, articles in sources.items()
        for n, one in enumerate(articles)
    }
    places = {stance: place for place, stance in enumerate(Stance)}
    for (name, n, stance, _), told in zip(judged, said, strict=True):
        one, given = counts[name, n], np.array([1, told.row.right, 0])
        one.every[places[stance]] += given
        one.sure[places[stance]] += given * (told.said >= line)
    return Figures(tuple(counts.values()), tuple(said), line)


def needed(one: ReadArticle) -> NDArray[np.int64]:
    """A row a stance: nothing given yet, and how many annotated positions there are."""
    required = [row.says.stance for row in one.gold if not row.says.optional]
    return np.array([[0, 0, required.count(stance)] for stance in Stance])


def rates(articles: Sequence[NDArray[np.int64]]) -> Rates:
    """Precision, recall and F1, with percentile-bootstrap intervals of 95 % over whole articles.

    Positions of an article hang together, so articles are drawn, not rows (Efron and Tibshirani 1993, chapters 8 and
    13). `articles` holds for each the numbers of positions given, of right ones, and of those to be found.
    """
    counts = np.array(articles)
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (ROUNDS, len(counts)))
    values, spread = _shares(counts.sum(axis=0)[None]), _shares(counts[drawn].sum(axis=1))
    with np.errstate(invalid="ignore"):
        bounds = np.nanpercentile(spread, MIDDLE, axis=0)
    spans = [Span(float(values[0, n]), float(bounds[0, n]), float(bounds[1, n])) for n in range(3)]
    return Rates(len(counts), int(counts[:, 2].sum()), *spans)


def _shares(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Precision, recall and F1 of each row of sums; 0 where nothing was given or nothing was to be found."""
    given, right, wanted = sums[:, 0], sums[:, 1], sums[:, 2]
    precision, recall = right / np.maximum(given, 1), right / np.maximum(wanted, 1)
    return np.stack([precision, recall, 2 * right / np.maximum(given + wanted, 1)], axis=1)


def outlet_kinds() -> Callable[[Article], str]:
    """What tells the kind of outlet of an article."""
    kinds = read_strictly(OUTLETS).data.items()
    patterns = {
        str(kind): re.compile(rf"(?<![^\W_])(?:{'|'.join(re.escape(str(word)) for word in words)})(?![^\W_])")
        for kind, words in kinds
    }

    def kind_of(article: Article) -> str:
        told = f"{article.outlet or ''} {article.url or ''}"
        return next((kind for kind, pattern in patterns.items() if pattern.search(told)), OTHERS)

    return kind_of
