"""Reads annotated articles and event-coded sentences, the gold that rules are measured against."""

import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from schemas.article import Article, content_key
from schemas.position import Section, Stance


class GoldFault(ValueError):
    """Gold that cannot be used; the message says where, what, and what is allowed."""


class Labels(BaseModel):
    """What somebody read of a position, without its words."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    actor: str = Field(description="Whose position it is")
    alt_actor: tuple[str, ...] = Field(default=(), description="Other actors that are right as well")
    stance: Stance = Field(description="What the actor does")
    issue: str | None = Field(default=None, description="Issue, where the clause names one of the tree")
    target: str | None = Field(default=None, description="To whom, where the text says")
    stated_on: date | None = Field(default=None, description="Day on which it was expressed")
    optional: bool = Field(default=False, description="Whether it counts neither when found nor when missed")


class Annotation(Labels):
    """One line of NAME.jsonl: a position that somebody read in the article NAME."""

    quote: str = Field(description="Words of the clause, as they stand in the article")


class Place(Labels):
    """A position by the place where it stands: texts that may not be handed on are named by it."""

    section: Section = Field(description="title or body")
    at: int = Field(ge=0, description="First character of the clause within the section")
    digest: str = Field(description="Key of the paragraph that it stands in")


class PlacedArticle(BaseModel):
    """One line of a file of places: an article that was coded, by its id, and all positions read in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str = Field(description="Id of the article in the file of articles")
    positions: tuple[Place, ...] = Field(default=(), description="Positions that somebody read in it")


@dataclass(frozen=True)
class GoldRow:
    """An annotation and where its quote stands: `at` counts characters of the section."""

    article: str
    section: Section
    at: int
    says: Labels

    @property
    def place(self) -> str:
        return f"{self.article} {self.section} {self.at}"


@dataclass(frozen=True)
class Gold:
    """Annotated articles by name, and all their annotations."""

    articles: dict[str, Article]
    rows: list[GoldRow]


@dataclass(frozen=True)
class GoldSentence:
    """A sentence of an event-coded file: what the words `source` do in it, by PLOVER's name."""

    line: int
    sentence: str
    source: str
    plover: str


def read_gold(gold: Path, articles: Path) -> Gold:
    """The annotated articles of a folder of NAME.jsonl, or of a file of places.

    `articles` is the folder of NAME.txt, or a file of articles as JSON lines, compressed or not. Raises GoldFault.
    """
    if gold.is_file():
        return read_places(gold, articles)
    texts = read_articles(gold, articles)
    return Gold(texts, read_annotations(gold, texts))


def read_articles(gold: Path, articles: Path) -> dict[str, Article]:
    """The annotated articles by name: title, YYYYMMDD, address and body, a line each. Raises GoldFault."""
    if articles.is_file():
        return named_articles(articles, [path.stem for path in sorted(gold.glob("*.jsonl"))])
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
    return Article(title=lines[0], published=published, url=lines[2] or None, text="\n".join(lines[3:]))


def named_articles(file: Path, names: Sequence[str]) -> dict[str, Article]:
    """The articles with these ids in a file of JSON lines, in the order of the ids. Raises GoldFault."""
    wanted, found = set(names), {}
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            if told["id"] in wanted:
                fields = {name: told.get(name) for name in ("title", "published", "url", "text", "outlet")}
                found[told["id"]] = Article.model_validate(fields)
    if missing := [name for name in names if name not in found]:
        raise GoldFault(f"{file}:1: no article has the id {missing[0]}; needed are those of the gold")
    return {name: found[name] for name in names}


def read_places(file: Path, articles: Path) -> Gold:
    """The annotations that a file of places tells, in the articles of a file or folder. Raises GoldFault."""
    lines = file.read_text(encoding="utf-8").splitlines()
    try:
        placed = [PlacedArticle.model_validate_json(line) for line in lines]
    except ValueError as error:
        raise GoldFault(f"{file}: no places ({error})") from error
    names = [one.article for one in placed]
    if articles.is_file():
        texts = named_articles(articles, names)
    else:
        texts = {name: _read_article(articles / f"{name}.txt") for name in names}
    rows = []
    for number, one in enumerate(placed, 1):
        for place in one.positions:
            text = section_of(texts[one.article], place.section)
            if paragraph_key(text, place.at) != place.digest:
                where = f"{one.article} {place.section} {place.at}"
                raise GoldFault(f"{file}:{number}: at {where} stands another text than the one that was coded")
            rows.append(GoldRow(one.article, place.section, place.at, place))
    return Gold(texts, rows)


def section_of(article: Article, section: Section) -> str:
    return article.title if section == "title" else article.text


def paragraph_key(text: str, at: int) -> str:
    """The key of the paragraph around an offset: it tells whether a text is the one that was coded."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return content_key(text[start : end if end >= 0 else len(text)])


def _located(where: str, name: str, article: Article, says: Annotation) -> GoldRow:
    sections: tuple[tuple[Section, str], ...] = (("body", article.text), ("title", article.title))
    for section, text in sections:
        if (at := text.find(says.quote)) >= 0:
            return GoldRow(name, section, at, says)
    raise GoldFault(f"{where}: the quote does not stand in the article")
