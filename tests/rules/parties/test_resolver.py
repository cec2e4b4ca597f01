"""Names, adjectives and phrases stand for the right party on the right day."""

from datetime import date

import pytest

from tests.rules.english import actors, only, positions


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Georgia demanded that the troops leave its border.", "GEO"),
        ("Jordan refused to close the crossing.", "JOR"),
        ("Chad demanded that Sudan close the border.", "TCD"),
        ("Turkey rejected the offer of talks with Greece.", "TUR"),
        ("Washington refused to lift the sanctions.", "USA"),
        ("The Kremlin refused to discuss a ceasefire.", "RUS"),
        ("Russian officials refused to discuss a ceasefire.", "RUS"),
        ("The government of Iran refused to discuss a ceasefire.", "IRN"),
        ("South Korea urged North Korea to return to talks.", "KOR"),
        ("North Korea urged South Korea to return to talks.", "PRK"),
        ("The Democratic Republic of Congo demanded that Rwanda withdraw its troops.", "COD"),
        ("The Republic of Congo offered to host talks.", "COG"),
        ("The West refused to lift the sanctions.", "WEST"),
    ],
)
def test_names_stand_for_their_party(text: str, actor: str) -> None:
    assert only(text).actor == actor


@pytest.mark.parametrize(
    "text",
    [
        "Fishermen near the Jordan River refused to accept the offer of a truce.",
        "Chad Kroeger refused to accept the offer.",
        "Students of Georgia Tech refused to accept the offer.",
    ],
)
def test_names_inside_other_names_are_no_party(text: str) -> None:
    assert set(actors(text)) <= {None}


def test_neighbours_of_a_state_are_not_that_state() -> None:
    position = only("Ukraine's neighbours demanded that Russia withdraw its troops.")
    assert (position.actor, position.target, position.actor_text) == (None, "RUS", "Ukraine's neighbours")


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("The Soviet Union", date(1985, 5, 5), "USSR"),
        ("The Soviet Union", date(2015, 5, 5), None),
        ("Yugoslavia", date(1993, 5, 5), "YUG"),
        ("Zaire", date(1995, 5, 5), "ZAR"),
        ("Zaire", date(2005, 5, 5), None),
    ],
)
def test_states_of_the_past_count_in_their_time(name: str, day: date, actor: str | None) -> None:
    assert only(f"{name} rejected the ceasefire plan.", day).actor == actor


def test_parties_side_by_side_give_a_row_each() -> None:
    found = positions("Russia and Belarus rejected the ultimatum.")
    assert {(p.actor, p.actor_text) for p in found} == {("RUS", "Russia"), ("BLR", "Belarus")}


def test_a_rejected_demand_of_somebody_shows_both() -> None:
    found = positions("Washington rejected Moscow's demand for guarantees.")
    assert {(p.actor, p.stance.value) for p in found} == {("USA", "refusal"), ("RUS", "demand")}


def test_the_words_of_the_actor_are_those_of_the_text() -> None:
    text = "The foreign ministry of Iran refused to discuss a ceasefire."
    position = only(text)
    assert text[position.actor_start : position.actor_end] == position.actor_text
    assert position.actor_text == "The foreign ministry of Iran"
