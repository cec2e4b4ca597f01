"""Positions of an article each, told in a line: Arland and Borland quarrel over a strait."""

from collections.abc import Callable
from datetime import date
from typing import Any

from schemas.article import Article
from schemas.position import Position
from tests.warehouse.samples import article, position

SEA, STRAIT, TALKS = "territory.maritime", "territory.maritime.strait", "diplomacy.talks"
Ask = Callable[[str], list[tuple[Any, ...]]]


def march(day: int) -> date:
    return date(2025, 3, day)


def told(
    day: int,
    actor: str,
    stance: str,
    target: str | None = None,
    issue: str = SEA,
    outlet: str | None = None,
    on: date | None = None,
    sentence: str | None = None,
    **more: Any,
) -> Callable[[int], tuple[Article, Position]]:
    """A position of its own article, which is the sentence if given, on a day of March, or another day."""
    day_said = on or march(day)
    of_article = {"text": sentence} if sentence else {}
    of_position = {"sentence_end": len(sentence)} if sentence else {}

    def make(number: int) -> tuple[Article, Position]:
        reported = article(number, day=day_said, outlet=outlet or f"paper{number}.example", **of_article)
        said = position(
            reported.article_id,
            actor=actor,
            stance=stance,
            target=target,
            issue=issue,
            stated_on=day_said,
            **of_position,
            **more,
        )
        return reported, said

    return make
