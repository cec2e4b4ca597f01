"""Titles bind strangers to the actors they speak for; ordinary words and former holders of an office stay unbound."""

import pytest

from tests.rules.english import context, only, positions

URGED = "urged Russia to withdraw its troops."


@pytest.mark.parametrize(
    "subject",
    [
        "Norwegian Foreign Minister Kari Ullerud",
        "Norway's foreign minister, Kari Ullerud,",
        "Kari Ullerud, Norway's foreign minister,",
        "Foreign Minister Kari Ullerud of Norway",
        "Kari Ullerud, spokeswoman for the Norwegian foreign ministry,",
    ],
)
def test_titles_bind_a_name_to_its_actor(subject: str) -> None:
    position = only(f"{subject} {URGED}")
    assert (position.actor, position.speaker) == ("NOR", "Kari Ullerud")


@pytest.mark.parametrize(
    "subject",
    [
        "Former Norwegian foreign minister Kari Ullerud",
        "Kari Ullerud, a former foreign minister of Norway,",
        "The former Norwegian minister Kari Ullerud",
    ],
)
def test_who_held_an_office_once_speaks_for_nobody(subject: str) -> None:
    assert {p.actor for p in positions(f"{subject} {URGED}")} <= {None}


def test_a_surname_is_enough_later_on() -> None:
    position = only(f"Norwegian Foreign Minister Kari Ullerud spoke in Oslo. Ullerud {URGED}")
    assert (position.actor, position.actor_text, position.speaker) == ("NOR", "Ullerud", "Kari Ullerud")


def test_a_listed_person_speaks_in_the_role_of_the_day() -> None:
    position = only("Sergey Lavrov rejected the ceasefire plan.")
    assert (position.actor, position.speaker_role) == ("RUS", "Foreign Minister")


def test_an_ordinary_word_is_no_surname_without_its_person() -> None:
    assert not context("Talks will go on in May, the ministers said.").sections["body"].people
    named = context("Theresa May spoke. May left at noon.").sections["body"].people
    assert [(r.start, r.person and r.person.name) for r in named] == [(0, "Theresa May"), (19, "Theresa May")]


def test_people_stand_exactly_where_the_text_names_them() -> None:
    text = "Sergey Lavrov spoke. Reporters listened to Lavrov, and left."
    people = context(text).sections["body"].people
    assert [text[r.start : r.end] for r in people] == ["Sergey Lavrov", "Lavrov"]
