"""The day of publication is read where it is unmistakable, in the zone it is written in."""

from datetime import date

import pytest

from flows.days import NotADay, day_of
from schemas.source import Source

FILE = Source(source="a.csv")


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-27",
        "20220127",
        "20220127T101500Z",
        "20220127101500",
        "2022-01-27T23:30:00-05:00",
        "2022-01-27T23:30:00Z",
        "2022-01-27 23:30:00",
        "2022-01-27 23:30:00 UTC",
        "2022-01-27 23:30:00.123456 -0500",
        "2022/01/27",
        "2022.1.27",
        "Thu, 27 Jan 2022 23:30:00 -0500",
        "Thu, 27 Jan 2022 23:30:00 GMT",
        "27 Jan 22 23:30 EST",
        "27 January 2022",
        "Thursday, January 27th, 2022",
        "Jan. 27, 2022 11:30 p.m.",
        "1643326200",
        "1643326200000",
    ],
)
def test_written_in_many_ways(text: str) -> None:
    assert day_of(text, FILE) == date(2022, 1, 27)


@pytest.mark.parametrize(
    "text",
    [
        "01/02/2022",
        "27.01.22",
        "yesterday",
        "January 2022",
        "2022",
        "2022-13-01",
        "32 January 2022",
        "99999999",
        "",
        "1",
    ],
)
def test_what_needs_guessing_is_refused(text: str) -> None:
    with pytest.raises(NotADay, match="allowed are"):
        day_of(text, FILE)


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", 28), ("Europe/London", 27), ("America/New_York", 27), (None, 27)]
)
def test_the_zone_of_the_source_decides_where_it_has_one(zone: str | None, day: int) -> None:
    assert day_of("2022-01-27T20:00:00Z", Source(source="a", time_zone=zone)) == date(2022, 1, day)


def test_a_bare_day_is_never_moved() -> None:
    assert day_of("2022-01-27", Source(source="a", time_zone="Pacific/Kiritimati")) == date(2022, 1, 27)


def test_the_format_of_the_source_settles_what_is_ambiguous() -> None:
    assert day_of("01/02/2022", Source(source="a", date_format="%d/%m/%Y")) == date(2022, 2, 1)
    with pytest.raises(NotADay, match="date_format"):
        day_of("2022-02-01", Source(source="a", date_format="%d/%m/%Y"))


def test_summer_time_counts() -> None:
    london = Source(source="a", time_zone="Europe/London")
    assert day_of("2022-07-01T23:30:00Z", london) == date(2022, 7, 2)
    assert day_of("2022-01-01T23:30:00Z", london) == date(2022, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2022-1-27",
        "27.01.2022",
        "27.1.2022, 10:00",
        "Thu Jan 27 23:30:00 2022",
        "Thu Jan 27 23:30:00 EST 2022",
        "2022-01-27 23:30:00 EDT",
        "2022-01-27T23:30:00Z[UTC]",
        "2022-01-27T23:30:00+01:00[Europe/Paris]",
        "202201271015",
        "January 27, 2022 11:30 PM EDT",
    ],
)
def test_more_ways_of_writing_a_day(text: str) -> None:
    assert day_of(text, FILE) == date(2022, 1, 27)


@pytest.mark.parametrize("text", ["۱۳۹۹-۰۱-۲۷", "۲۰۲۲-۰۱-۲۷", "1399-01-27", "1899-12-31", "0202-01-27"])
def test_other_calendars_and_slips_are_no_days_of_news(text: str) -> None:
    with pytest.raises(NotADay, match="allowed are"):
        day_of(text, FILE)


def test_whoever_says_how_dates_are_written_may_have_an_old_archive() -> None:
    assert day_of("03.02.1893", Source(source="a", date_format="%d.%m.%Y")) == date(1893, 2, 3)


def test_a_named_zone_counts_where_the_source_names_one() -> None:
    tokyo = Source(source="a", time_zone="Asia/Tokyo")
    assert day_of("2022-01-27 23:30:00 EST", tokyo) == date(2022, 1, 28)
    assert day_of("2022-01-27T23:30:00+01:00[Europe/Paris]", tokyo) == date(2022, 1, 28)
