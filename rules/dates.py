"""Finds the days that a sentence or the head of an article names, against the day of publication."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from schemas.position import StatedOnBasis

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    ("january", "february", "march", "april", "may", "june")
    + ("july", "august", "september", "october", "november", "december")
)  # fmt: skip
# Days from publication that a list of words stands for.
RELATIVE = {
    "day_before_yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "later_today": 0,
    "tomorrow": 1,
    "day_after_tomorrow": 2,
}
# A date without a year lies ahead when it is at most this near; farther ones are of the year before.
DAYS_AHEAD = 90
TOKEN = re.compile(r"\d+(?:,\d{3})*(?!\d)|[^\W\d_]+|\S")
ORDINALS = frozenset(["st", "nd", "rd", "th"])
DATELINE_ENDS = ("--", "—", "–", " - ", "(")
LONGEST_DATELINE = 100  # characters
LONGEST_CUE = 6  # words


@dataclass(frozen=True)
class DateMention:
    """Words that name a time: `start` and `end` count characters of the text.

    `day` is None where no particular day is named (`vague`); `future` says that it lies ahead of the publication.
    """

    start: int
    end: int
    day: date | None
    basis: StatedOnBasis
    future: bool = False
    vague: bool = False


def past_only(mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions that can date a statement: of a particular day, not ahead of the publication."""
    return [mention for mention in mentions if mention.day is not None and not mention.future]


def find_dates(sentence: str, published: date, dates: Mapping[str, tuple[str, ...]]) -> list[DateMention]:
    """The times that a sentence names, in order and without overlap.

    Weekdays resolve backwards, the weekday of publication meaning that very day, unless words such as "next" or
    "until" mark them as ahead. `dates` holds the words of the rule set by what they mean.
    """
    reader = _Reader(sentence, published, _vocabulary(tuple(dates.items())))
    return list(reader.read())


def find_dateline(text: str, published: date, dates: Mapping[str, tuple[str, ...]]) -> DateMention | None:
    """The day in the dateline that opens a body, such as "ROME, March 3 (Agency) --"; None where it has none."""
    head = text[:LONGEST_DATELINE].partition("\n")[0]
    cut = min((at for mark in DATELINE_ENDS if (at := head.find(mark)) > 0), default=len(head))
    closed = cut < len(head)
    for mention in find_dates(head[:cut], published, dates):
        place = head[: mention.start].strip()
        if mention.vague or mention.future or not _is_place(place, closed):
            return None
        return replace(mention, basis=StatedOnBasis.DATELINE)
    return None


def _is_place(text: str, closed: bool) -> bool:
    """Whether the words before a day are the place of a dateline: capitals, or any name before a closing mark."""
    if not text:
        return closed
    if not text.endswith(","):
        return False
    words = text.rstrip(",").split()
    return len(words) <= 6 and (words[0].isupper() or (closed and all(word[0].isupper() for word in words)))


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class _Vocabulary:
    """The words of a rule set, ready for look-up; phrases stand under their first word, the longest first."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    short: frozenset[str]  # abbreviations that may carry a full stop
    dotted: frozenset[str]  # abbreviations that must carry it
    phrases: Mapping[str, tuple[_Phrase, ...]]
    numbers: Mapping[str, int]


@lru_cache(maxsize=8)
def _vocabulary(items: tuple[tuple[str, tuple[str, ...]], ...]) -> _Vocabulary:
    lists = dict(items)
    weekdays = {w.rstrip("."): n for n, kind in enumerate(WEEKDAYS) for w in lists.get(kind, ())}
    months = {w.rstrip("."): n for n, kind in enumerate(MONTHS, start=1) for w in lists.get(kind, ())}
    named = [word for kind in (*WEEKDAYS, *MONTHS) for word in lists.get(kind, ())]
    short = frozenset(word[:-1] for word in named if word.endswith("."))
    phrases: dict[str, list[_Phrase]] = {}
    for kind in lists.keys() - {*WEEKDAYS, *MONTHS, "numbers"}:
        for phrase in lists[kind]:
            words = tuple(TOKEN.findall(phrase.lower()))
            phrases.setdefault(words[0], []).append(_Phrase(words, kind))
    return _Vocabulary(
        weekdays,
        months,
        short,
        short - set(named),
        {first: tuple(sorted(found, key=lambda p: -len(p.words))) for first, found in phrases.items()},
        {word: count for count, word in enumerate(lists.get("numbers", ()), start=1)},
    )


@dataclass(frozen=True)
class _Found:
    """A mention in the making: tokens `first` to before `last`."""

    first: int
    last: int
    day: date | None = None
    basis: StatedOnBasis = StatedOnBasis.PUBLISHED
    future: bool = False


class _Reader:
    """One reading of one sentence: tokens by number, each look-up bounded by the longest phrase."""

    def __init__(self, sentence: str, published: date, words: _Vocabulary) -> None:
        matches = list(TOKEN.finditer(sentence))
        self._tokens = [match.group() for match in matches]
        self._lower = [token.lower() for token in self._tokens]
        self._spans = [match.span() for match in matches]
        self._published = published
        self._words = words

    def read(self) -> Iterator[DateMention]:
        i = 0
        while i < len(self._tokens):
            hidden = self._phrase(i, "not_dates")
            found = None if hidden else self._read_at(i)
            if found:
                start, end = self._spans[found.first][0], self._spans[found.last - 1][1]
                yield DateMention(start, end, found.day, found.basis, found.future, found.day is None)
            i = max(i + 1, hidden, found.last if found else 0)

    def _read_at(self, i: int) -> _Found | None:
        readings = (self._weekday, self._explicit, self._relative, self._ago, self._month, self._year)
        return next((found for reading in readings if (found := reading(i))), None)

    # Names of days.

    def _weekday(self, i: int) -> _Found | None:
        number = self._named(i, self._words.weekdays)
        if number is None or self._before(i, "every"):
            return None
        after = self._after_name(i)
        joined = after + 1 if self._at(after) in (",", "(") else after
        explicit = self._explicit(joined, number)
        if explicit:
            return replace(explicit, first=i)
        day, last = self._day_of_week(i, after, number)
        if self._is_ahead(i) and day <= self._published:
            day += timedelta(days=7 if day < self._published else 0)
            return _Found(i, last, day, StatedOnBasis.WEEKDAY, True)
        return _Found(i, last, day, StatedOnBasis.WEEKDAY, day > self._published)

    def _day_of_week(self, i: int, after: int, number: int) -> tuple[date, int]:
        """The day that a weekday's name means with the words around it, and the token after them."""
        published = self._published
        back = (published.weekday() - number) % 7
        monday = published - timedelta(days=published.weekday())
        follows = after + 1 if self._at(after) == "of" else after
        before = i - 1 if self._at(i - 1) in ("on", ",") else i
        for kind, weeks in (("last_week", -1), ("this_week", 0), ("next_week", 1)):
            length = self._phrase(follows, kind)
            if length or self._before(before, kind):
                return monday + timedelta(days=7 * weeks + number), follows + length if length else after
        if self._before(i, "last"):
            return published - timedelta(days=back or 7), after
        if self._before(i, "next"):
            return published + timedelta(days=7 - back), after
        if self._before(i, "this") and 0 < (7 - back) % 7 <= 4:
            return published + timedelta(days=7 - back), after
        return published - timedelta(days=back), after

    # Dates.

    def _explicit(self, i: int, weekday: int | None = None) -> _Found | None:
        parts = self._iso(i) or self._month_day(i) or self._day_month(i)
        if parts is None:
            return None
        month, number, last = parts[0], parts[1], parts[2]
        year, last = (parts[3], last) if parts[3] else self._year_after(last)
        ahead = self._is_ahead(i)
        day = _date(year, month, number) if year else self._nearest(month, number, weekday, ahead)
        if day is None:
            return None
        return _Found(
            i, last, day, StatedOnBasis.EXPLICIT_DATE, day > self._published or (ahead and day == self._published)
        )

    def _iso(self, i: int) -> tuple[int, int, int, int | None] | None:
        pieces = self._tokens[i : i + 5]
        if len(pieces) < 5 or pieces[1] != "-" or pieces[3] != "-" or [len(p) for p in pieces[::2]] != [4, 2, 2]:
            return None
        if not all(piece.isdecimal() for piece in pieces[::2]):
            return None
        return int(pieces[2]), int(pieces[4]), i + 5, int(pieces[0])

    def _month_day(self, i: int) -> tuple[int, int, int, int | None] | None:
        month = self._named(i, self._words.months)
        # "in March 20 people": after "in" a month stands alone.
        if month is None or self._at(i - 1) == "in":
            return None
        after = self._after_name(i)
        number, last = self._day_number(after + 1 if self._at(after) == "the" else after)
        return (month, number, last, None) if number else None

    def _day_month(self, i: int) -> tuple[int, int, int, int | None] | None:
        number, after = self._day_number(i)
        if not number:
            return None
        after += self._at(after) == "of"
        month = self._named(after, self._words.months)
        return None if month is None else (month, number, self._after_name(after), None)

    def _day_number(self, i: int) -> tuple[int, int]:
        """The day of the month at a token, 0 if there is none, and the token after it."""
        token = self._at(i)
        if not (token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31):
            return 0, i
        return int(token), i + 2 if self._at(i + 1) in ORDINALS else i + 1

    def _year_after(self, i: int) -> tuple[int | None, int]:
        follows = i + 1 if self._at(i) in (",", "of") else i
        if self._is_year(follows):
            return int(self._at(follows)), follows + 1
        for kind, years in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
            if length := self._phrase(follows, kind):
                return self._published.year + years, follows + length
        return None, i

    def _nearest(self, month: int, number: int, weekday: int | None, ahead: bool) -> date | None:
        """The day of a date without a year: the last one, unless the next is near or the words point ahead."""
        years = range(self._published.year - 8, self._published.year + 9)  # leap days can be eight years apart
        days = [day for year in years if (day := _date(year, month, number))]
        fitting = [d for d in days if d.weekday() == weekday and abs((d - self._published).days) < 366]
        if fitting:
            return min(fitting, key=lambda day: abs(day - self._published))
        past = max((day for day in days if day <= self._published), default=None)
        coming = min((day for day in days if day > self._published), default=None)
        if coming and (coming - self._published).days <= DAYS_AHEAD * (3 if ahead else 1):
            return past if past == self._published else coming
        return past

    # Relative and vague words.

    def _relative(self, i: int) -> _Found | None:
        # "the day before yesterday" must not be read as "the day before".
        kinds = [*RELATIVE, "vague_past", "vague_future"]
        length, kind = max((self._phrase(i, kind), kind) for kind in kinds)
        if not length:
            return None
        if kind.startswith("vague"):
            return _Found(i, i + length, future=kind == "vague_future")
        day = self._published + timedelta(days=RELATIVE[kind])
        ahead = kind == "later_today" or day > self._published
        return _Found(i, i + length, day, StatedOnBasis.RELATIVE_DAY, ahead)

    def _ago(self, i: int) -> _Found | None:
        token = self._at(i)
        count = self._words.numbers.get(token) or (int(token) if token.isdecimal() and len(token) <= 2 else 0)
        length = self._phrase(i + 1, "days_ago")
        if not count or not length:
            return None
        return _Found(i, i + 1 + length, self._published - timedelta(days=count), StatedOnBasis.RELATIVE_DAY)

    def _month(self, i: int) -> _Found | None:
        month = self._named(i, self._words.months)
        if month is None:
            return None
        year, last = self._year_after(self._after_name(i))
        if year is None and not self._before(i, "in_month"):
            return None
        first_day = _date(year or self._published.year, month, 1)
        ahead = bool(year and first_day and first_day > self._published) or self._before(i, "next") > 0
        return _Found(i, last, future=ahead)

    def _year(self, i: int) -> _Found | None:
        if self._is_year(i) and self._before(i, "in_month"):
            return _Found(i, i + 1, future=int(self._tokens[i]) > self._published.year)
        return None

    # Look-up.

    def _at(self, i: int) -> str:
        return self._lower[i] if 0 <= i < len(self._lower) else ""

    def _is_year(self, i: int) -> bool:
        token = self._at(i)
        return token.isdecimal() and len(token) == 4 and token[:2] in ("19", "20")

    def _spelling(self, i: int) -> str:
        """The token as names are listed: a headline's capitals become a capital."""
        token = self._tokens[i] if 0 <= i < len(self._tokens) else ""
        return token.capitalize() if token.isupper() and len(token) > 2 else token

    def _named(self, i: int, names: Mapping[str, int]) -> int | None:
        word = self._spelling(i)
        if word in self._words.dotted and self._at(i + 1) != ".":
            return None
        return names.get(word)

    def _after_name(self, i: int) -> int:
        dot = self._spelling(i) in self._words.short and self._at(i + 1) == "."
        return i + 2 if dot else i + 1

    def _phrase(self, i: int, kind: str) -> int:
        """Number of words of the longest phrase of a kind that begins at a token; 0 if there is none."""
        for phrase in self._words.phrases.get(self._at(i), ()):
            if phrase.kind == kind and tuple(self._lower[i : i + len(phrase.words)]) == phrase.words:
                return len(phrase.words)
        return 0

    def _before(self, i: int, kind: str) -> int:
        """Number of words of a phrase of a kind that ends before a token; 0 if there is none."""
        return next((n for n in range(LONGEST_CUE, 0, -1) if i >= n and self._phrase(i - n, kind) == n), 0)

    def _is_ahead(self, i: int) -> bool:
        return bool(self._before(i, "ahead") or self._before(i - self._before(i, "time_of_day"), "ahead"))


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
