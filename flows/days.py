"""The day of publication from what a record says: unmistakable dates only, each in the zone it is written in."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from schemas.source import Source

MONTHS = Path(__file__).with_name("months.yaml")
DAY_MONTH_YEAR = re.compile(
    r"^(?:[^\W\d_]{3,10}\.?,?\s+)?([0-9]{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?([^\W\d_]{3,10})\.?,?[\s-]+(?:de\s+)?"
    r"([0-9]{4})\b"
)
MONTH_DAY_YEAR = re.compile(
    r"^(?:[a-z]{3,9}\.?,?\s+)?([^\W\d_]{3,10})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})\b"
)
# Thu Jan 27 23:30:00 2022, as the C library and Unix write it, with or without a zone before the year.
CTIME = re.compile(
    r"^[a-z]{3}\s+([a-z]{3})\s+([0-9]{1,2})\s+[0-9:]{5,8}\s+(?:[a-z]{1,5}\s+|[+-][0-9]{4}\s+)?([0-9]{4})$"
)
STAMP = re.compile(r"^([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{6}Z?|T?([0-9]{2})([0-9]{2}))?$")
YEAR_FIRST = re.compile(r"^([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[ T].{0,20})?$")
DOTTED = re.compile(r"^([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})(?:,?\s.{0,20})?$")
EPOCH = re.compile(r"^[0-9]{9,13}(?:\.[0-9]+)?$")
ISO = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")
ZONE_IN_BRACKETS = re.compile(r"\[[\w/+-]{1,40}\]$")  # 2022-01-27T23:30:00Z[UTC], as Java writes it
ZONE_NAMED = re.compile(r"\s*\b([A-Z]{1,5})$")
HOURS = {"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
         "PDT": -7, "CET": 1, "CEST": 2, "MSK": 3, "JST": 9, "KST": 9}  # fmt: skip
ALLOWED = (
    "allowed are 2022-01-27, 20220127, 27.01.2022, 27 January 2022, January 27, 2022, the RFC 2822 form "
    "and seconds since 1970; another form needs date_format in sources.yaml"
)


LONGEST = 100  # characters; some of the patterns take time that grows with the square of the length
# Days near the ends of the calendar have no last week or no next month; no news is that old or that far ahead.
FIRST, LAST = date(1000, 1, 1), date(9000, 12, 31)
EARLIEST = date(1900, 1, 1)  # what is older is a slip of the calendar or of a digit far more often than news


class NotADay(ValueError):
    """What stands where the date belongs is no date, or could be two."""


def day_of(value: object, source: Source) -> date:
    """The day that a date, a time or a text names, in the source's zone where it has one; raises NotADay."""
    return checked(read_day(value, source), source)


def checked(day: date, source: Source) -> date:
    """The day, where it is one of news; raises NotADay."""
    earliest = FIRST if source.date_format else EARLIEST  # whoever says how dates are written knows their archive
    if not earliest <= day <= LAST:
        raise NotADay(f"{day} is no day of news; allowed are days from {earliest} to {LAST}")
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
    if not text.isascii() and any(letter.isdigit() and not letter.isascii() for letter in text):
        raise NotADay(f"{text[:60]!r} has digits of another script, and so perhaps another calendar; {ALLOWED}")
    for reads in READERS:
        try:
            moment = reads(text)
        except (ValueError, OverflowError, OSError, TypeError, LookupError):
            continue  # another form may fit; when none does, the error below says so
        if moment:
            return moment
    raise NotADay(f"{text[:60]!r} is no date that can be read without guessing; {ALLOWED}")


def iso(text: str) -> datetime | None:
    """2022-01-27, with or without a time and a zone; a zone's name that is not known is left out."""
    if not ISO.match(text):
        return None
    cleaned = ZONE_IN_BRACKETS.sub("", text)
    zone = ZONE_NAMED.search(cleaned) if len(cleaned) > 10 else None
    if zone is None:
        return datetime.fromisoformat(re.sub(r"\s+([+-][0-9]{2}:?[0-9]{2})$", r"\1", cleaned))
    moment = datetime.fromisoformat(cleaned[: zone.start()].rstrip())
    hours = HOURS.get(zone[1])
    return moment if hours is None else moment.replace(tzinfo=timezone(timedelta(hours=hours)))


def stamp(text: str) -> datetime | None:
    """20220127, with or without hours and minutes, and seconds, after it."""
    found = STAMP.match(text)
    if not found:
        return None
    if found[4]:
        return datetime(int(found[1]), int(found[2]), int(found[3]), int(found[4]), int(found[5]))
    return datetime(int(found[1]), int(found[2]), int(found[3]))


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
    """2022/01/27, 2022.01.27 or 2022-1-27."""
    found = YEAR_FIRST.match(text)
    return datetime(int(found[1]), int(found[2]), int(found[3])) if found else None


def dotted(text: str) -> datetime | None:
    """27.01.2022: with points, the day stands first everywhere."""
    found = DOTTED.match(text)
    return datetime(int(found[3]), int(found[2]), int(found[1])) if found else None


@cache
def month_names() -> dict[str, int]:
    """The number of each month, by its names and short names in several languages."""
    return {str(name): int(number) for name, number in yaml.safe_load(MONTHS.read_text("utf-8")).items()}


def month_in_words(text: str) -> datetime | None:
    """27 January 2022, Jan. 27, 2022, Thursday, January 27th, 2022, Thu Jan 27 23:30:00 2022."""
    lowered = text.lower()
    if found := DAY_MONTH_YEAR.match(lowered):
        day, month, year = found[1], found[2], found[3]
    elif found := MONTH_DAY_YEAR.match(lowered) or CTIME.match(lowered):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    return datetime(int(year), month_names()[month], int(day))


READERS: tuple[Callable[[str], datetime | None], ...] = (
    iso, stamp, epoch, rfc_2822, year_first, dotted, month_in_words,
)  # fmt: skip
