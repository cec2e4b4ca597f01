"""The day of publication from what a record says: unmistakable dates only, each in the zone it is written in."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from schemas.source import Source

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAY_MONTH_YEAR = re.compile(r"^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})\b")
MONTH_DAY_YEAR = re.compile(r"^(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
EIGHT_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{6}|T\d{6}Z?)?$")
YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T].{0,20})?$")
EPOCH = re.compile(r"^\d{9,13}(?:\.\d+)?$")
ISO = re.compile(r"^\d{4}-\d{2}-\d{2}")
ALLOWED = (
    "allowed are 2022-01-27, 20220127, 27 January 2022, January 27, 2022, the RFC 2822 form "
    "and seconds since 1970; another form needs date_format in sources.yaml"
)


LONGEST = 100  # characters; some of the patterns take time that grows with the square of the length
# Days near the ends of the calendar have no last week or no next month; no news is that old or that far ahead.
FIRST, LAST = date(1000, 1, 1), date(9000, 12, 31)


class NotADay(ValueError):
    """What stands where the date belongs is no date, or could be two."""


def day_of(value: object, source: Source) -> date:
    """The day that a date, a time or a text names, in the source's zone where it has one; raises NotADay."""
    day = read_day(value, source)
    if not FIRST <= day <= LAST:
        raise NotADay(f"{day} is no day of news; allowed are days from {FIRST} to {LAST}")
    return day


def read_day(value: object, source: Source) -> date:
    """The same for any day of the calendar."""
    if isinstance(value, datetime):
        return local_day(value, source)
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotADay(f"a {type(value).__name__} is no date; {ALLOWED}")
    text = str(value).strip()
    if len(text) > LONGEST:
        raise NotADay(f"a date of {len(text):,} characters; {ALLOWED}")
    return local_day(read_moment(text, source), source)


def local_day(moment: datetime, source: Source) -> date:
    """The day of a moment: its own zone's, unless the source names one."""
    if source.time_zone and moment.tzinfo:
        return moment.astimezone(ZoneInfo(source.time_zone)).date()
    return moment.date()


def read_moment(text: str, source: Source) -> datetime:
    """The moment that a text names; at midnight without zone where it names a day alone."""
    if source.date_format:
        try:
            return datetime.strptime(text, source.date_format)
        except ValueError:
            raise NotADay(f"{text[:60]!r} is not written as date_format {source.date_format!r} says") from None
    for reads in READERS:
        try:
            moment = reads(text)
        except (ValueError, OverflowError, OSError, TypeError, IndexError):
            continue  # another form may fit; when none does, the error below says so
        if moment:
            return moment
    raise NotADay(f"{text[:60]!r} is no date that can be read without guessing; {ALLOWED}")


def iso(text: str) -> datetime | None:
    """2022-01-27, with or without a time and a zone, and with a zone's name after a space left out."""
    if not ISO.match(text):
        return None
    cleaned = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text) if len(text) > 10 else text
    return datetime.fromisoformat(re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", cleaned))


def eight_digits(text: str) -> datetime | None:
    """20220127, with or without hours, minutes and seconds after it."""
    found = EIGHT_DIGITS.match(text)
    return datetime(int(found[1]), int(found[2]), int(found[3])) if found else None


def epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, in UTC."""
    if not EPOCH.match(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def rfc_2822(text: str) -> datetime | None:
    """Thu, 27 Jan 2022 23:30:00 -0500; the parts must all be there."""
    return parsedate_to_datetime(text) if re.search(r"\d{2,4} \d{1,2}:\d{2}", text) else None


def year_first(text: str) -> datetime | None:
    """2022/01/27 or 2022.01.27."""
    found = YEAR_FIRST.match(text)
    return datetime(int(found[1]), int(found[2]), int(found[3])) if found else None


def month_in_words(text: str) -> datetime | None:
    """27 January 2022, Jan. 27, 2022, Thursday, January 27th, 2022."""
    lowered = text.lower()
    if found := DAY_MONTH_YEAR.match(lowered):
        day, month, year = found[1], found[2], found[3]
    elif found := MONTH_DAY_YEAR.match(lowered):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    return datetime(int(year), MONTHS.index(month[:3]) + 1, int(day))


READERS: tuple[Callable[[str], datetime | None], ...] = (
    iso, eight_digits, epoch, rfc_2822, year_first, month_in_words,
)  # fmt: skip
