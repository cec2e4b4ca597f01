"""Finds the days that a sentence or the head of an article names, against the day of publication."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from rules.text.date_words import DateText, DateWords, date_words
from rules.text.periods import PERIODS, Period, month_of, period_named
from schemas.position import StatedOnBasis

# Days from publication that a list of words stands for.
RELATIVE = {
    "day_before_yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "later_today": 0,
    "tomorrow": 1,
    "day_after_tomorrow": 2,
}
# Days from the day that the account named last.
TOLD = {"day_told_before": -1, "day_told": 0, "day_told_after": 1}
COUNTED = frozenset([*RELATIVE, *TOLD, "vague_past", "vague_future"])
# A date without a year lies ahead when it is at most this near; farther ones are of the year before.
DAYS_AHEAD = 90
# So many days back "last Monday" begins to mean the latest Monday.
LAST_FROM = 3
DATELINE_ENDS = ("--", "—", "–", " - ", "(")
LONGEST_DATELINE = 100  # characters


@dataclass(frozen=True)
class DateMention:
    """Words that name a time: `start` and `end` count characters of the text.

    `day` is None where no particular day is named (`vague`); `future` says that it lies ahead of the publication.
    `from_told` counts days from the one that the account named last ('the following day'). `period` holds the first
    and the last day of a week, month or year that is named instead of a day, as far as it is past.
    """

    start: int
    end: int
    day: date | None
    basis: StatedOnBasis
    future: bool = False
    vague: bool = False
    from_told: int | None = None
    period: Period | None = None


def past_only(mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions that can date a statement: of a particular day, not ahead of the publication."""
    return [m for m in mentions if (m.day is not None or m.from_told is not None) and not m.future]


def periods_only(mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions of a week, month or year in which a statement can have been made."""
    return [m for m in mentions if m.period is not None]


def find_dates(sentence: str, published: date, dates: Mapping[str, tuple[str, ...]]) -> list[DateMention]:
    """The times that a sentence names, in order and without overlap.

    Weekdays resolve backwards, the weekday of publication meaning that very day, unless words such as "next" or
    "until" mark them as ahead. `dates` holds the words of the rule set by what they mean.
    """
    reader = _Reader(sentence, published, date_words(tuple(dates.items())))
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
class _Found:
    """A mention in the making: tokens `first` to before `last`."""

    first: int
    last: int
    day: date | None = None
    basis: StatedOnBasis = StatedOnBasis.PUBLISHED
    future: bool = False
    from_told: int | None = None
    period: Period | None = None


class _Reader:
    """One reading of one sentence, token by token."""

    def __init__(self, sentence: str, published: date, words: DateWords) -> None:
        self._text = DateText(sentence, words)
        self._published = published

    def read(self) -> Iterator[DateMention]:
        i = 0
        while i < len(self._text.tokens):
            if not self._text.may_date(i):
                i += 1
                continue
            hidden = self._text.phrase(i, "not_dates")
            found = None if hidden else self._read_at(i)
            if found:
                start, end = self._text.spans[found.first][0], self._text.spans[found.last - 1][1]
                yield DateMention(
                    start, end, found.day, found.basis, found.future, found.day is None, found.from_told, found.period
                )
            i = max(i + 1, i + hidden, found.last if found else 0)

    def _read_at(self, i: int) -> _Found | None:
        readings = (self._weekday, self._explicit, self._relative, self._ago, self._month, self._year)
        return next((found for reading in readings if (found := reading(i))), None)

    # Names of days.

    def _weekday(self, i: int) -> _Found | None:
        number = self._text.weekday(i)
        if number is None or self._text.before(i, "every"):
            return None
        after = self._text.after_name(i)
        joined = after + 1 if self._text.at(after) in (",", "(") else after
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
        follows = after + 1 if self._text.at(after) == "of" else after
        before = i - 1 if self._text.at(i - 1) in ("on", ",") else i
        for kind, weeks in (("last_week", -1), ("this_week", 0), ("next_week", 1)):
            length = self._text.phrase(follows, kind)
            if length or self._text.before(before, kind):
                return monday + timedelta(days=7 * weeks + number), follows + length if length else after
        if self._text.before(i, "last"):
            # Yesterday's and the day before's are called by their name alone: "last Monday" on a Tuesday is older.
            return published - timedelta(days=back if back >= LAST_FROM else back + 7), after
        if self._text.before(i, "next"):
            return published + timedelta(days=7 - back), after
        if self._text.before(i, "this") and 0 < (7 - back) % 7 <= 4:
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
        pieces = self._text.tokens[i : i + 5]
        if len(pieces) < 5 or pieces[1] != "-" or pieces[3] != "-" or [len(p) for p in pieces[::2]] != [4, 2, 2]:
            return None
        if not all(piece.isdecimal() for piece in pieces[::2]):
            return None
        return int(pieces[2]), int(pieces[4]), i + 5, int(pieces[0])

    def _month_day(self, i: int) -> tuple[int, int, int, int | None] | None:
        month = self._text.month(i)
        # "in March 20 people": after "in" a month stands alone.
        if month is None or self._text.at(i - 1) == "in":
            return None
        after = self._text.after_name(i)
        number, last = self._text.day_number(after + 1 if self._text.at(after) == "the" else after)
        return (month, number, last, None) if number else None

    def _day_month(self, i: int) -> tuple[int, int, int, int | None] | None:
        number, after = self._text.day_number(i)
        if not number:
            return None
        after += self._text.at(after) == "of"
        month = self._text.month(after)
        return None if month is None else (month, number, self._text.after_name(after), None)

    def _year_after(self, i: int) -> tuple[int | None, int]:
        follows = i + 1 if self._text.at(i) in (",", "of") else i
        if self._text.is_year(follows):
            return int(self._text.at(follows)), follows + 1
        for kind, years in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
            if length := self._text.phrase(follows, kind):
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
        found = [(length, kind) for kind, length in self._text.phrases_at(i) if kind in COUNTED]
        if not found:
            return None
        length, kind = max(found)
        if kind == "vague_past":
            named = next((k for k, words in self._text.phrases_at(i) if k in PERIODS and words == length), None)
            return _Found(i, i + length, period=period_named(named, self._published) if named else None)
        if kind == "vague_future":
            return _Found(i, i + length, future=True)
        if kind in TOLD:
            return _Found(i, i + length, from_told=TOLD[kind])
        day = self._published + timedelta(days=RELATIVE[kind])
        ahead = kind == "later_today" or day > self._published
        return _Found(i, i + length, day, StatedOnBasis.RELATIVE_DAY, ahead)

    def _ago(self, i: int) -> _Found | None:
        count = self._text.count(i)
        length = self._text.phrase(i + 1, "days_ago")
        if not count or not length:
            return None
        return _Found(i, i + 1 + length, self._published - timedelta(days=count), StatedOnBasis.RELATIVE_DAY)

    def _month(self, i: int) -> _Found | None:
        month = self._text.month(i)
        if month is None:
            return None
        year, last = self._year_after(self._text.after_name(i))
        if year is None and not self._text.before(i, "in_month"):
            return None
        first_day = _date(year or self._published.year, month, 1)
        ahead = bool(year and first_day and first_day > self._published) or self._text.before(i, "next") > 0
        if ahead or first_day is None:
            return _Found(i, last, future=ahead)
        if first_day > self._published:
            first_day = first_day.replace(year=first_day.year - 1)
        return _Found(i, last, period=month_of(first_day, self._published))

    def _year(self, i: int) -> _Found | None:
        if self._text.is_year(i) and self._text.before(i, "in_month"):
            year = int(self._text.tokens[i])
            if year > self._published.year:
                return _Found(i, i + 1, future=True)
            return _Found(i, i + 1, period=(date(year, 1, 1), min(date(year, 12, 31), self._published)))
        return None

    def _is_ahead(self, i: int) -> bool:
        return bool(
            self._text.before(i, "ahead") or self._text.before(i - self._text.before(i, "time_of_day"), "ahead")
        )


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
