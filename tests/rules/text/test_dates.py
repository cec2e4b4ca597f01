"""Days named in a text resolve against the day of publication."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rules.ruleset.load import ENGLISH
from rules.text.dates import DateMention, find_dateline, find_dates, past_only
from schemas.position import StatedOnBasis

WORDS = {
    kind: tuple(words) for kind, words in yaml.safe_load((ENGLISH / "dates.yaml").read_text(encoding="utf-8")).items()
}
THURSDAY = date(2022, 1, 27)


def only_mention(text: str, published: date = THURSDAY) -> DateMention:
    mentions = find_dates(text, published, WORDS)
    assert len(mentions) == 1, mentions
    return mentions[0]


# Text, day, words that name it; published on Thursday 27 January 2022.
PAST_DAYS = [
    ("The envoy refused on Wednesday.", "2022-01-26", "Wednesday"),
    ("The envoy refused Thursday.", "2022-01-27", "Thursday"),
    ("On Friday Norway offered to mediate.", "2022-01-21", "Friday"),
    ("Sunday's offer was turned down.", "2022-01-23", "Sunday"),
    ("ENVOY REFUSES OFFER ON MONDAY", "2022-01-24", "MONDAY"),
    ("The ministry said late Tues. that it agreed.", "2022-01-25", "Tues."),
    ("They rejected it last Monday.", "2022-01-24", "Monday"),
    ("They rejected it last Thursday.", "2022-01-20", "Thursday"),
    ("They rejected it last Wednesday.", "2022-01-19", "Wednesday"),
    ("They rejected it this Tuesday.", "2022-01-25", "Tuesday"),
    ("They rejected it this past Saturday.", "2022-01-22", "Saturday"),
    ("They rejected it on Thursday of last week.", "2022-01-20", "Thursday of last week"),
    ("They rejected it on Friday last week.", "2022-01-21", "Friday last week"),
    ("They rejected it on Tuesday this week.", "2022-01-25", "Tuesday this week"),
    ("It was signed on January 3, 2022, in Rome.", "2022-01-03", "January 3, 2022"),
    ("It was signed on Jan. 3, 2022.", "2022-01-03", "Jan. 3, 2022"),
    ("It was signed on 3 January 2022.", "2022-01-03", "3 January 2022"),
    ("It was signed on the 3rd of January.", "2022-01-03", "3rd of January"),
    ("It was signed on January the 3rd.", "2022-01-03", "January the 3rd"),
    ("It was signed on 3 Jan.", "2022-01-03", "3 Jan."),
    ("It was signed on 3 Jan and published.", "2022-01-03", "3 Jan"),
    ("It was signed on Sept. 9.", "2021-09-09", "Sept. 9"),
    ("It was signed on Sep 9.", "2021-09-09", "Sep 9"),
    ("The text of 2021-12-17 was rejected.", "2021-12-17", "2021-12-17"),
    ("It was signed on Dec. 31.", "2021-12-31", "Dec. 31"),
    ("It was signed on January 27.", "2022-01-27", "January 27"),
    ("It was signed on Nov. 12 last year.", "2021-11-12", "Nov. 12 last year"),
    ("It was signed on June 12, 2018.", "2018-06-12", "June 12, 2018"),
    ("It was signed on Wednesday, January 26.", "2022-01-26", "Wednesday, January 26"),
    ("It was signed on Tuesday (Jan. 18).", "2022-01-18", "Tuesday (Jan. 18"),
    ("It was signed on Friday, May 14.", "2021-05-14", "Friday, May 14"),
    ("It was signed on May 16-17.", "2021-05-16", "May 16"),
    ("The offer was renewed today.", "2022-01-27", "today"),
    ("The offer was renewed earlier today.", "2022-01-27", "earlier today"),
    ("The offer was renewed this morning.", "2022-01-27", "this morning"),
    ("The offer was renewed yesterday.", "2022-01-26", "yesterday"),
    ("The offer was renewed last night.", "2022-01-26", "last night"),
    ("The offer was renewed the day before yesterday.", "2022-01-25", "the day before yesterday"),
    ("The offer was renewed three days ago.", "2022-01-24", "three days ago"),
    ("The offer was renewed 10 days ago.", "2022-01-17", "10 days ago"),
]


@pytest.mark.parametrize(("text", "day", "words"), PAST_DAYS)
def test_a_past_day_is_found_with_its_words(text: str, day: str, words: str) -> None:
    mention = only_mention(text)
    assert (mention.day, text[mention.start : mention.end]) == (date.fromisoformat(day), words)
    assert not mention.future
    assert not mention.vague


FUTURE_DAYS = [
    ("Inspectors must be let in by Friday.", "2022-01-28"),
    ("They have until Monday to reply.", "2022-01-31"),
    ("They have until midnight Saturday to reply.", "2022-01-29"),
    ("They must reply by Thursday.", "2022-01-27"),
    ("The vote is due on Tuesday.", "2022-02-01"),
    ("The vote is scheduled for Wednesday.", "2022-02-02"),
    ("They will meet next Wednesday.", "2022-02-02"),
    ("They will meet next Thursday.", "2022-02-03"),
    ("They will meet this Saturday.", "2022-01-29"),
    ("They will meet on Monday next week.", "2022-01-31"),
    ("They will meet tomorrow.", "2022-01-28"),
    ("They will meet the day after tomorrow.", "2022-01-29"),
    ("They will meet on Feb. 20.", "2022-02-20"),
    ("They will meet on March 1, 2023.", "2023-03-01"),
    ("They will meet on August 9 next year.", "2023-08-09"),
    ("It must be closed by June 30.", "2022-06-30"),
    ("They will meet later today.", "2022-01-27"),
]


@pytest.mark.parametrize(("text", "day"), FUTURE_DAYS)
def test_a_day_that_the_text_puts_ahead_is_marked(text: str, day: str) -> None:
    mention = only_mention(text)
    assert (mention.day, mention.future) == (date.fromisoformat(day), True)
    assert past_only([mention]) == []


VAGUE = [
    ("It called for talks last week.", False),
    ("It called for talks earlier this week.", False),
    ("It called for talks last month.", False),
    ("It called for talks over the weekend.", False),
    ("It called for talks in March.", False),
    ("It called for talks in March 2021.", False),
    ("It called for talks in 1995.", False),
    ("It has for weeks called for talks.", False),
    ("It called for talks a year ago.", False),
    ("On the eve of the summit it called for talks.", False),
    ("It will call for talks next week.", True),
    ("Talks are to open in June 2024.", True),
]


@pytest.mark.parametrize(("text", "future"), VAGUE)
def test_words_of_no_particular_day_are_vague_and_keep_the_day_of_publication(text: str, future: bool) -> None:
    mention = only_mention(text)
    assert (mention.day, mention.vague, mention.future) == (None, True, future)
    assert mention.basis is StatedOnBasis.PUBLISHED


NO_DATES = [
    "The parties renewed the Good Friday Agreement.",
    "It was the anniversary of Bloody Sunday.",
    "He spoke to worshippers at Friday prayers.",
    "Shops were full on Black Friday.",
    "It was blamed for the September 11 attacks.",
    "The March 14 alliance turned the offer down.",
    "The paper Russia Today carried the offer.",
    "They may march to the border, and May said so.",
    "They demand a return to the 1967 borders.",
    "They protest every Friday and each Monday.",
    "Some 2,022 troops and 12.5 million dollars were promised.",
    "It was dated Feb. 30 and April 31.",
    "",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, THURSDAY, WORDS) == []


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("It refused on Friday.", date(2022, 1, 1), date(2021, 12, 31)),
        ("It refused on Dec. 30.", date(2022, 1, 3), date(2021, 12, 30)),
        ("It refused on January 2.", date(2022, 1, 3), date(2022, 1, 2)),
        ("It refused yesterday.", date(2024, 3, 1), date(2024, 2, 29)),
        ("It refused yesterday.", date(2023, 3, 1), date(2023, 2, 28)),
        ("It refused on Feb. 29.", date(2024, 3, 5), date(2024, 2, 29)),
        ("It refused on Feb. 29.", date(2026, 3, 5), date(2024, 2, 29)),
        ("It refused on Feb. 29, 2024.", date(2026, 3, 5), date(2024, 2, 29)),
        ("It refused on Saturday, Feb. 29.", date(2020, 3, 2), date(2020, 2, 29)),
        ("It refused on Sunday.", date(2024, 3, 3), date(2024, 3, 3)),
        ("It refused on Monday.", date(2024, 3, 3), date(2024, 2, 26)),
        ("It refused two days ago.", date(2000, 1, 1), date(1999, 12, 30)),
    ],
)
def test_days_cross_months_years_and_leap_days(text: str, published: date, day: date) -> None:
    assert only_mention(text, published).day == day


def test_a_date_without_a_year_lies_ahead_only_when_it_is_near() -> None:
    assert only_mention("It meets on January 4.", date(2021, 12, 20)).future
    assert only_mention("It met on August 31.", date(2021, 5, 1)).day == date(2020, 8, 31)


def test_several_mentions_stand_in_the_order_of_the_text() -> None:
    text = "On Monday it refused what it had offered on Jan. 10 and must accept by Friday."
    mentions = find_dates(text, THURSDAY, WORDS)
    assert [text[m.start : m.end] for m in mentions] == ["Monday", "Jan. 10", "Friday"]
    assert [m.day for m in past_only(mentions)] == [date(2022, 1, 24), date(2022, 1, 10)]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("It refused on Jan. 3.", StatedOnBasis.EXPLICIT_DATE),
        ("It refused on Monday, Jan. 3.", StatedOnBasis.EXPLICIT_DATE),
        ("It refused on Monday.", StatedOnBasis.WEEKDAY),
        ("It refused yesterday.", StatedOnBasis.RELATIVE_DAY),
        ("It refused two days ago.", StatedOnBasis.RELATIVE_DAY),
    ],
)
def test_the_basis_says_what_the_day_rests_on(text: str, basis: StatedOnBasis) -> None:
    assert only_mention(text).basis is basis


DATELINES = [
    ("WASHINGTON, Jan. 26 (Xinhua) -- The envoy said", "2022-01-26"),
    ("BEIJING, 25 January — The ministry said", "2022-01-25"),
    ("KHARTOUM, January 24 The army said", "2022-01-24"),
    ("UNITED NATIONS, Jan 26 (IPS) - The council said", "2022-01-26"),
    ("MOSCOW, January 26. /TASS/. The minister said", "2022-01-26"),
    ("GENEVA, Switzerland, Dec. 30 (Reuters) - The envoy said", "2021-12-30"),
    ("Vienna, Jan. 27 (Agency) -- The envoy said", "2022-01-27"),
    ("Jan. 26 (UPI) -- The envoy said", "2022-01-26"),
    ("CAIRO, Wednesday — The envoy said", "2022-01-26"),
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_a_dateline_gives_its_day(text: str, day: str) -> None:
    mention = find_dateline(text, THURSDAY, WORDS)
    assert mention is not None
    assert (mention.day, mention.basis) == (date.fromisoformat(day), StatedOnBasis.DATELINE)


@pytest.mark.parametrize(
    "text",
    [
        "(Reuters) - The envoy said on Wednesday",
        "GENEVA (AP) — The envoy said on Wednesday",
        "The envoy said on Wednesday that the offer stood — and left",
        "On Wednesday, Jan. 26, the envoy said",
        "In Rome, on Jan. 26, the envoy said",
        "ROME, Feb. 20 (Agency) -- a day that had not come",
        "",
    ],
)
def test_a_body_without_a_dateline_has_none(text: str) -> None:
    assert find_dateline(text, THURSDAY, WORDS) is None


@given(
    st.text(alphabet="Jan. 29May,2021-0FebMonday last next by of the(every) ago", max_size=60),
    st.dates(date(1900, 1, 1)),
)
def test_any_text_gives_ordered_mentions_within_it(text: str, published: date) -> None:
    reach = 0
    for mention in find_dates(text, min(published, date(2100, 1, 1)), WORDS):
        assert reach <= mention.start < mention.end <= len(text)
        assert mention.vague == (mention.day is None)
        reach = mention.end


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("The ministers met last week.", date(2022, 1, 17), date(2022, 1, 23)),
        ("The ministers met earlier this month.", date(2022, 1, 1), date(2022, 1, 27)),
        ("The ministers met in December.", date(2021, 12, 1), date(2021, 12, 31)),
        ("The ministers met at the end of May 2021.", date(2021, 5, 1), date(2021, 5, 31)),
        ("The ministers met in 2019.", date(2019, 1, 1), date(2019, 12, 31)),
        ("The ministers met last weekend.", date(2022, 1, 22), date(2022, 1, 23)),
    ],
)
def test_a_week_month_or_year_is_a_period_and_no_day(words: str, first: date, last: date) -> None:
    (mention,) = find_dates(words, THURSDAY, WORDS)
    assert (mention.day, mention.period) == (None, (first, last))


def test_what_lies_ahead_is_no_period_of_a_statement() -> None:
    assert [m.period for m in find_dates("They meet next month and in May 2023.", THURSDAY, WORDS)] == [
        None,
        None,
    ]
