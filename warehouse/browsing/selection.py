"""Which positions are searched for, as the address of the page says it, and the SQL that finds them."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from warehouse.telling import STANCES

SCOPES = ("foreign", "domestic", "background")
ORDERS = {
    "latest": "stated_on DESC, position_id",
    "earliest": "stated_on, position_id",
    "unsure": "confidence NULLS LAST, position_id",
    "sure": "confidence DESC NULLS LAST, position_id",
}
NAMED = ("actor", "target", "issue", "stance", "outlet", "speaker", "scope")  # facets whose values have names
MOST_TEXT = 300  # characters that are searched for


class BadSelection(ValueError):
    """What the address asks for is nothing that can be searched."""


@dataclass(frozen=True)
class Condition:
    """A condition in SQL, with a ? for each value."""

    sql: str
    values: tuple[Any, ...] = ()

    @property
    def written(self) -> str:
        """The same with the values in it, to be copied."""
        parts = self.sql.split("?")
        return "".join(
            f"{part}{literal}" for part, literal in zip(parts, [*map(_literal, self.values), ""], strict=True)
        )


@dataclass(frozen=True)
class Selection:
    """Values of one facet are alternatives, facets add up. `all_rows`: less sure, domestic and background ones, too."""

    text: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    least: float | None = None
    most: float | None = None
    all_rows: bool = False
    order: str = "latest"
    page: int = 1

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others, whatever page of it is shown."""
        values = tuple(sorted((name, chosen) for name, chosen in self.values.items() if chosen))
        return self.text, values, self.since, self.until, self.least, self.most, self.all_rows

    @property
    def view(self) -> str:
        """The view that is searched."""
        return "positions_all" if self.all_rows else "positions"

    def conditions(self) -> list[Condition]:
        """All that a position must fulfil."""
        found = [Condition("(contains(lower(evidence), ?) OR contains(lower(content), ?))", (w, w)) for w in self.words]
        for name in NAMED:
            if chosen := self.values.get(name):
                one = "same_or_below(issue, ?)" if name == "issue" else f"{name} = ?"
                found.append(Condition(f"({' OR '.join([one] * len(chosen))})", chosen))
        if self.since:
            found.append(Condition("stated_on >= ?", (self.since,)))
        if self.until:
            found.append(Condition("stated_on <= ?", (self.until,)))
        if self.least is not None:
            found.append(Condition("confidence >= ?", (self.least,)))
        if self.most is not None:
            found.append(Condition("confidence < ?", (self.most,)))
        return found

    @property
    def words(self) -> list[str]:
        """What must all be in a sentence: words, and what stands in quotation marks as a whole; in small letters."""
        pieces = self.text.lower().split('"')
        found: list[str] = []
        for number, piece in enumerate(pieces):
            found += [piece.strip()] if number % 2 else piece.split()
        return [word for word in dict.fromkeys(found) if word]

    def where(self) -> tuple[str, list[Any]]:
        """The part of a query after WHERE, and its parameters."""
        conditions = self.conditions()
        sql = " AND ".join(condition.sql for condition in conditions) or "true"
        return sql, [value for condition in conditions for value in condition.values]

    def sql(self) -> str:
        """A query that anybody can run on the snapshot."""
        conditions = "\n  AND ".join(condition.written for condition in self.conditions())
        where = f"\nWHERE {conditions}" if conditions else ""
        return f"SELECT *\nFROM {self.view}{where}\nORDER BY {ORDERS[self.order]}"

    def query(self, page: bool = True) -> list[tuple[str, str]]:
        """The parts of the address that give this selection again."""
        pairs = [("q", self.text)]
        pairs += [(name, value) for name in NAMED for value in self.values.get(name, ())]
        pairs += [("since", str(self.since or "")), ("until", str(self.until or ""))]
        pairs += [("least", _number(self.least)), ("most", _number(self.most))]
        pairs += [("all", "1" if self.all_rows else ""), ("order", self.order if self.order != "latest" else "")]
        pairs += [("page", str(self.page) if page and self.page > 1 else "")]
        return [(name, value) for name, value in pairs if value]

    def with_value(self, name: str, value: str) -> "Selection":
        """With one more value of a facet."""
        return replace(self, values={**self.values, name: (*self.values.get(name, ()), value)}, page=1)

    def without(self, name: str, value: str) -> "Selection":
        """Without one of the values of a facet."""
        left = tuple(one for one in self.values.get(name, ()) if one != value)
        return replace(self, values={**self.values, name: left}, page=1)


def selection_of(query: dict[str, list[str]]) -> Selection:
    """The selection that an address asks for. Raises BadSelection."""
    one = {name: values[-1].strip() for name, values in query.items()}
    values = {name: tuple(dict.fromkeys(filter(None, query.get(name, [])))) for name in NAMED}
    for name, allowed in (("stance", STANCES), ("scope", SCOPES), ("order", tuple(ORDERS))):
        for value in values.get(name, ()) or filter(None, [one.get(name, "")]):
            if value not in allowed:
                raise BadSelection(f"{name} {value!r} is none of {', '.join(allowed)}")
    if len(one.get("q", "")) > MOST_TEXT:
        raise BadSelection(f"q is longer than {MOST_TEXT} characters")
    return Selection(
        text=one.get("q", ""),
        values={name: chosen for name, chosen in values.items() if chosen},
        since=_day("since", one.get("since", "")),
        until=_day("until", one.get("until", "")),
        least=_share("least", one.get("least", "")),
        most=_share("most", one.get("most", "")),
        all_rows=bool(one.get("all") or values["scope"]),
        order=one.get("order") or "latest",
        page=_page(one.get("page", "")),
    )


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadSelection(f"{name} {text!r} is no day; write it as 2025-03-04") from error


def _share(name: str, text: str) -> float | None:
    try:
        share = float(text) if text else None
    except ValueError as error:
        raise BadSelection(f"{name} {text!r} is no number from 0 to 1") from error
    if share is not None and not 0 <= share <= 1.01:
        raise BadSelection(f"{name} {text!r} is no number from 0 to 1")
    return share


def _page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 100_000:
        raise BadSelection(f"page {text!r} is no number from 1")
    return int(text)


def _number(share: float | None) -> str:
    return "" if share is None else f"{share:g}"


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"DATE '{value}'"
    return str(value) if isinstance(value, float) else "'" + str(value).replace("'", "''") + "'"
