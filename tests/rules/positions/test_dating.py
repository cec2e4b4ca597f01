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
