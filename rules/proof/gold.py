"""Reads annotated articles and event-coded sentences, the gold that rules are measured against."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from schemas.article import Article
from schemas.position import Section, Stance


class GoldFault(ValueError):
    """Gold that cannot be used; the message says where, what, and what is allowed."""


class Annotation(BaseModel):
    """One line of NAME.jsonl: a position that somebody read in the article NAME."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: str = Field(description="Words of the clause, as they stand in the article")
    actor: str = Field(description="Whose position it is")
    alt_actor: tuple[str, ...] = Field(default=(), description="Other actors that are right as well")
    stance: Stance = Field(description="What the actor does")
    issue: str | None = Field(default=None, description="Issue, where the clause names one of the tree")
    target: str | None = Field(default=None, description="To whom, where the text says")
    stated_on: date | None = Field(default=None, description="Day on which it was expressed")
    optional: bool = Field(default=False, description="Whether it counts neither when found nor when missed")


@dataclass(frozen=True)
class GoldRow:
    """An annotation and where its quote stands: `at` counts characters of the section."""

    article: str
    section: Section
    at: int
    says: Annotation

    @property
    def place(self) -> str:
        return f"{self.article} {self.section} {self.at}"


@dataclass(frozen=True)
class GoldSentence:
    """A sentence of an event-coded file: what the words `source` do in it, by PLOVER's name."""

    line: int
    sentence: str
    source: str
    plover: str


def read_articles(gold: Path, articles: Path) -> dict[str, Article]:
    """The annotated articles by name: title, YYYYMMDD, address and body, a line each. Raises GoldFault."""
    return {path.stem: _read_article(articles / f"{path.stem}.txt") for path in sorted(gold.glob("*.jsonl"))}


def read_annotations(gold: Path, articles: dict[str, Article]) -> list[GoldRow]:
    """The annotations of all articles, in their order. Raises GoldFault."""
    rows = []
    for name, article in articles.items():
        path = gold / f"{name}.jsonl"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                says = Annotation.model_validate_json(line)
            except ValueError as error:
                raise GoldFault(f"{path}:{number}: no annotation ({error})") from error
            rows.append(_located(f"{path}:{number}", name, article, says))
    return rows


def read_sentences(path: Path) -> list[GoldSentence]:
    """The rows of a tab-separated file with the columns sentence, source and plover. Raises GoldFault."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if missing := {"sentence", "source", "plover"} - set(rows.fieldnames or ()):
            raise GoldFault(f"{path}:1: no column {', '.join(sorted(missing))}; needed are sentence, source, plover")
        return [GoldSentence(n, row["sentence"], row["source"], row["plover"]) for n, row in enumerate(rows, 2)]


def _read_article(path: Path) -> Article:
    if not path.is_file():
        raise GoldFault(f"{path}:1: no such file; needed is the article of the gold file with this name")
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        published = date.fromisoformat(lines[1])
    except (IndexError, ValueError) as error:
        raise GoldFault(f"{path}:2: no day; allowed is YYYYMMDD") from error
    return Article(title=lines[0], published=published, text="\n".join(lines[3:]))


def _located(where: str, name: str, article: Article, says: Annotation) -> GoldRow:
    sections: tuple[tuple[Section, str], ...] = (("body", article.text), ("title", article.title))
    for section, text in sections:
        if (at := text.find(says.quote)) >= 0:
            return GoldRow(name, section, at, says)
    raise GoldFault(f"{where}: the quote does not stand in the article")
