"""The first and the last day of weeks, months and years that a text names instead of a day."""

from calendar import monthrange
from datetime import date, timedelta

# First and last day.
Period = tuple[date, date]
# Lists of words in dates.yaml that name a period.
PERIODS = frozenset(
    ["last_week", "this_week", "last_weekend", "last_month", "this_month", "last_year", "this_year", "past_week"]
)


def period_named(kind: str, published: date) -> Period:
    """The period that a list of words means on the day of publication, as far as it is past. KeyError for no period."""
    monday = published - timedelta(days=published.weekday())
    first_of_month = published.replace(day=1)
    yesterday, week = timedelta(days=1), timedelta(days=7)
    saturday = monday - 2 * yesterday if published.weekday() < 5 else monday + 5 * yesterday
    bounds = {
        "last_week": (monday - week, monday - yesterday),
        "this_week": (monday, published),
        "past_week": (published - week, published),
        "last_weekend": (saturday, saturday + yesterday),
        "last_month": ((first_of_month - yesterday).replace(day=1), first_of_month - yesterday),
        "this_month": (first_of_month, published),
        "last_year": (date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)),
        "this_year": (date(published.year, 1, 1), published),
    }
    first, last = bounds[kind]
    return first, min(last, published)


def month_of(first_day: date, published: date) -> Period:
    """The month that begins on a day, as far as it is past."""
    last = first_day.replace(day=monthrange(first_day.year, first_day.month)[1])
    return first_day, min(last, published)
