"""A position has the day named beside its trigger or its report, and not one inside its content."""

from datetime import date

import pytest

from schemas.position import StatedOnBasis
from tests.rules.english import THURSDAY, only, positions


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("Russia said on Monday that it rejects the plan.", date(2022, 1, 24), StatedOnBasis.WEEKDAY),
        ("On January 12, Russia rejected the plan.", date(2022, 1, 12), StatedOnBasis.EXPLICIT_DATE),
        ("Yesterday Russia rejected the plan.", date(2022, 1, 26), StatedOnBasis.RELATIVE_DAY),
        ("Russia rejected the plan on Thursday.", THURSDAY, StatedOnBasis.WEEKDAY),
        ("Russia rejected a plan to hold elections on Monday.", THURSDAY, StatedOnBasis.PUBLISHED),
        ("Russia rejected the plan.", THURSDAY, StatedOnBasis.PUBLISHED),
        ("Russia has rejected the plan for weeks.", THURSDAY, StatedOnBasis.PUBLISHED),
        ("In the January 12 deal, Russia agreed to a ceasefire.", date(2022, 1, 12), StatedOnBasis.EXPLICIT_DATE),
    ],
)
def test_the_day_beside_the_trigger_counts(text: str, day: date, basis: StatedOnBasis) -> None:
    position = only(text)
    assert (position.stated_on, position.stated_on_basis) == (day, basis)


def test_an_account_goes_on_with_its_day() -> None:
    found = positions("On Monday, Sergey Lavrov met reporters. He rejected the ceasefire plan.")
    assert [(p.stated_on, p.stated_on_basis) for p in found] == [(date(2022, 1, 24), StatedOnBasis.WEEKDAY)]


def test_no_position_is_dated_ahead_of_its_article() -> None:
    assert only("Russia refused to hold talks next Monday.").stated_on == THURSDAY


def test_what_an_owner_repeats_has_the_day_of_the_telling() -> None:
    text = "Foreign Minister Sergey Lavrov on Monday repeated Russia's offer of talks to Japan."
    assert [p.stated_on for p in positions(text) if p.stance == "offer"] == [date(2022, 1, 24)]


def test_what_a_person_adds_was_said_on_the_day_of_the_account() -> None:
    text = (
        '"The road is open," Sergey Lavrov told reporters on Monday. Many came to hear it. '
        '"Japan must withdraw its troops," Lavrov said.'
    )
    assert [p.stated_on for p in positions(text) if p.stance == "demand"] == [date(2022, 1, 24)]


def test_what_another_person_said_dates_nothing() -> None:
    text = '"The road is open," Sergey Lavrov told us on Monday. "Japan must withdraw its troops," Dmitry Peskov said.'
    assert [p.stated_on for p in positions(text) if p.stance == "demand"] == [THURSDAY]


def test_an_account_dates_what_the_same_person_says_far_below_it() -> None:
    text = (
        '"The road is open," Sergey Lavrov told reporters on Monday. Rain fell. Snow fell. Hail fell. The sun rose. '
        '"Japan must withdraw its troops," Lavrov said.'
    )
    assert [p.stated_on for p in positions(text) if p.stance == "demand"] == [date(2022, 1, 24)]


def test_a_title_takes_the_day_of_the_sentence_that_opens_the_article() -> None:
    found = positions("Russia on Tuesday rejected the ceasefire plan.", title="Russia rejects ceasefire plan")
    assert {p.section: p.stated_on for p in found} == {"title": date(2022, 1, 25), "body": date(2022, 1, 25)}


def test_a_week_leaves_the_day_of_publication_and_is_kept_as_a_period() -> None:
    position = only("Russia rejected the plan last week.")
    assert (position.stated_on, position.stated_on_basis) == (THURSDAY, StatedOnBasis.PUBLISHED)
    assert (position.stated_from, position.stated_to) == (date(2022, 1, 17), date(2022, 1, 23))


def test_a_week_or_month_that_is_the_limit_of_what_is_demanded_is_no_period() -> None:
    position = only("Russia rejected the plan in force since December.")
    assert (position.stated_from, position.stated_to) == (THURSDAY, THURSDAY)


def test_a_dateline_dates_what_nothing_else_does() -> None:
    position = only("KYIV, Jan. 25 (Agency) -- Russia rejected the plan.")
    assert (position.stated_on, position.stated_on_basis) == (date(2022, 1, 25), StatedOnBasis.DATELINE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a vote, a statement: one act, one day
        ("The council voted on Monday. Few were absent. Russia voted against the resolution.", date(2022, 1, 24)),
        ("In a statement on Monday, envoys met Oslo. Rain fell. The statement of Russia urged Japan to leave.", None),
        # what the next sentence says of it
        ("Russia urged Japan to withdraw its troops. The remarks came on Monday.", date(2022, 1, 24)),
        ("Russia urged Japan to withdraw its troops. Snow fell on Monday.", THURSDAY),
        # what has long been so goes on with no day
        ("Sergey Lavrov said on Monday the road was open. Lavrov has called for talks with Japan.", THURSDAY),
        # a day ahead dates nothing
        ("Sergey Lavrov will meet Oslo on Monday. Lavrov urged Japan to withdraw its troops.", THURSDAY),
        ("Russia says it will announce new sanctions against Japan on Tuesday.", THURSDAY),
    ],
)
def test_sentences_around_date_what_is_one_account_with_them(text: str, day: date | None) -> None:
    expected = day or date(2022, 1, 24)
    assert {p.stated_on for p in positions(text)} == {expected}


def test_a_title_takes_a_day_from_the_first_sentences() -> None:
    body = "Rain fell on the port. Russia urged Japan on Monday to leave the islands."
    found = positions(body, title="Russia urges Japan to leave islands")
    assert [p.stated_on for p in found if p.section == "title"] == [date(2022, 1, 24)]
