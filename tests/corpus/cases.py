"""Reads the corpus: articles and single sentences, each with the positions that a person found in it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.article import Article

CORPUS = Path(__file__).parent
SPEAKS = CORPUS / "speaks"
QUIET = CORPUS / "quiet"
# Two collections: short plain texts, and longer ones in the manner of news agencies and papers.
COLLECTIONS = ("", "wire_")
SENTENCE_DAY = date(2022, 1, 27)
UNSCORED = "?"


@dataclass(frozen=True)
class Expected:
    """A position that a person found. `actor` None: an actor of no list, known by `actor_text` alone.

    `stances` holds every stance that is right; `target` and `issue` may be UNSCORED, and `stated_on` None is not
    scored either.
    The evidence sentence must hold the character `start` of the section.
    """

    section: str
    start: int
    words: str
    actors: tuple[str | None, ...]
    actor_span: tuple[int, int] | None
    stances: tuple[str, ...]
    target: str | None
    issue: str | None
    stated_on: date | None
    speaker: str | None
    conditional: bool
    optional: bool


@dataclass(frozen=True)
class Case:
    """An article (a single sentence is one too), its part of the corpus, and what is expected of it."""

    name: str
    part: str
    article: Article
    expected: tuple[Expected, ...]
    whole_article: bool


def read_sentences(part: str = "all", collection: str = "") -> list[Case]:
    """The single sentences of a collection of `speaks`; `part` is develop, check or all."""
    lines = (SPEAKS / f"{collection}sentences.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [_sentence_case(number, json.loads(line)) for number, line in enumerate(lines, 1)]
    return [case for case in cases if part in ("all", case.part)]


def read_articles(part: str = "all", collection: str = "") -> list[Case]:
    """The whole articles of a collection, with their annotations; every second one, by name, is for checking."""
    paths = sorted((SPEAKS / f"{collection}articles").glob("*.txt"))
    chosen = {"all": paths, "develop": paths[::2], "check": paths[1::2]}[part]
    return [_article_case(path, path.with_suffix(".jsonl")) for path in chosen]


def read_quiet_sentences() -> list[Case]:
    """The sentences in which nobody takes a position."""
    lines = (QUIET / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [_sentence_case(number, {"text": line, "positions": []}) for number, line in enumerate(lines, 1)]


def read_quiet_articles() -> list[Case]:
    """The articles in which no known actor takes a position."""
    return [_article_case(path, None) for path in sorted((QUIET / "articles").glob("*.txt"))]


def _sentence_case(number: int, row: dict[str, Any]) -> Case:
    text = row["text"]
    published = date.fromisoformat(row.get("published", SENTENCE_DAY.isoformat()))
    article = Article(title="", published=published, url=f"urn:sentence:{number}", text=text)
    expected = tuple(_sentence_expected(text, p) for p in row["positions"])
    return Case(f"line {number}", row.get("part", "all"), article, expected, whole_article=False)


def _sentence_expected(text: str, p: dict[str, Any]) -> Expected:
    at = text.index(p["actor_text"])
    return Expected(
        section="body",
        start=at,
        words=text,
        actors=(p["actor"],),
        actor_span=(at, at + len(p["actor_text"])),
        stances=(p["stance"], *p.get("alt_stance", ())),
        target=p.get("target", UNSCORED),
        issue=p.get("issue", UNSCORED),
        stated_on=date.fromisoformat(p["stated_on"]) if p.get("stated_on") else None,
        speaker=p.get("speaker"),
        conditional=p.get("condition", False),
        optional=p.get("optional", False),
    )


def _article_case(path: Path, gold: Path | None) -> Case:
    title, day, url, *body = path.read_text(encoding="utf-8").splitlines()
    article = Article(title=title, published=date.fromisoformat(day), url=url, text="\n".join(body))
    lines = gold.read_text(encoding="utf-8").splitlines() if gold else []
    expected = tuple(_article_expected(article, json.loads(line)) for line in lines)
    return Case(path.stem, "all", article, expected, whole_article=True)


def _article_expected(article: Article, p: dict[str, Any]) -> Expected:
    section, start = locate(article, p["quote"])
    return Expected(
        section=section,
        start=start,
        words=p["quote"],
        actors=(p["actor"], *p.get("alt_actor", ())),
        actor_span=None,
        stances=(p["stance"],),
        target=p["target"],
        issue=p["issue"],
        stated_on=date.fromisoformat(p["stated_on"]) if p["stated_on"] else None,
        speaker=p.get("speaker"),
        conditional=p.get("conditional", False),
        optional=p.get("optional", False),
    )


def locate(article: Article, quote: str) -> tuple[str, int]:
    """Section and offset of a quote, looked for in the body first. Raises ValueError where it is in neither."""
    for section, text in (("body", article.text), ("title", article.title)):
        at = text.find(quote)
        if at >= 0:
            return section, at
    raise ValueError(f"{article.url}: the quote {quote!r} is neither in the body nor in the title")
