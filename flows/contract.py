"""The JSON lines of `positions extract`: articles in, positions out."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.days import FIRST, LAST
from schemas.article import Article
from schemas.position import TOLD_FIELDS, Position

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
FIELDS = tuple(name for name in TOLD_FIELDS if name != "article_id")
ALLOWED = 'allowed is {"id": …, "title": …, "published": "YYYY-MM-DD", "url": …, "text": …, "issuer": …}'


class BadLine(ValueError):
    """A line that is no article, with what is allowed."""


@dataclass(frozen=True)
class Line:
    """A line that was read: its id as given, and its article."""

    id: str | int
    article: Article


def read_line(line: str, language: str = "en") -> Line:
    """The article of a line, in a language where it names none; raises BadLine."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON ({error}); {ALLOWED}") from None
    if not isinstance(record, dict):
        raise BadLine(f"a JSON {type(record).__name__}; {ALLOWED}")
    identity = record.get("id")
    if not isinstance(identity, str | int) or identity == "":
        raise BadLine(f"no id; {ALLOWED}")
    return Line(
        identity,
        Article(
            title=_text(record, "title", ""),
            published=_day(record),
            url=_text(record, "url", "") or None,
            text=_text(record, "text", None),
            language=_text(record, "language", language),
            issuer=_text(record, "issuer", "") or None,
        ),
    )


def _text(record: dict[str, Any], key: str, otherwise: str | None) -> str:
    value = record.get(key, otherwise)
    value = otherwise if value is None else value
    if not isinstance(value, str):
        raise BadLine(f"{key} is {'missing' if value is None else type(value).__name__}, not text; {ALLOWED}")
    # Half a character that no file can hold; what takes its place keeps every offset.
    return LONE_SURROGATE.sub("\ufffd", value)


def _day(record: dict[str, Any]) -> date:
    value = record.get("published")
    try:
        if isinstance(value, str) and len(value) == 10:
            day = date.fromisoformat(value)
            if FIRST <= day <= LAST:
                return day
    except ValueError:
        pass
    raise BadLine(f"published is {value!r}; allowed are days from {FIRST} to {LAST}; {ALLOWED}")


def written(identity: str | int, positions: Iterable[Position], show_all: bool = False) -> Iterator[str]:
    """One line a position, its fields in the order of the contract; by default of those alone that count by default."""
    for position in (p for p in positions if show_all or p.counts_by_default):
        fields = position.model_dump(mode="json", include=set(FIELDS))
        yield json.dumps({"id": identity, **{name: fields[name] for name in FIELDS}}, ensure_ascii=False)
