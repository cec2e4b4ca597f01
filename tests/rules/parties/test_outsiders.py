"""Whoever is no party to anything is told apart from whoever could be one and stands on no list."""

import pytest

from tests.rules.english import positions

REJECTED = "rejected the ceasefire plan."


@pytest.mark.parametrize(
    "subject",
    [
        "Many people",
        "Thousands of villagers",
        "Shoppers in Oslo",
        "Fellbrook Ltd",
        "Fellbrook Holdings",
        "Banks in Lima",
        "The company",
        "A think-tank",
        "Ann Fellbrook, an analyst,",
        "The novelist Ann Fellbrook",
        "Former ambassador Ann Fellbrook",
        "Ann Fellbrook, a candidate for mayor,",
        "Professor Ann Fellbrook, an expert on trade,",
        "The Fellbrook Times",
        "Critics",
        "Those who came",
        "You",
        "Others",
        "He",
        "They",
        "A judge",
        "Some of her friends",
        "The deal",
        "An opinion poll",
        "Countries",
        "Other nations",
        "The next summit",
        "The bank's board",
        "The Fellbrook Agreement",
        "The campaign group",
        "The ousted ruler",
        "A student movement",
        "The white paper",
        "The non-profit organisation",
    ],
)
def test_outsiders_are_marked(subject: str) -> None:
    assert all(p.actor is None and p.is_outsider for p in positions(f"{subject} {REJECTED}"))


@pytest.mark.parametrize(
    "subject",
    [
        "The alliance",
        "Rebels in the hills",
        "Fellbrook",
        "Omar Fellbrook",
        "The Fellbrook Front",
        "The coalition",
        "The delegation",
        "Ukraine's neighbours",
    ],
)
def test_who_could_be_a_party_is_kept_without_an_actor(subject: str) -> None:
    assert [(p.actor, p.is_outsider) for p in positions(f"{subject} {REJECTED}")] == [(None, False)]


def test_an_expert_stays_one_where_only_the_surname_follows() -> None:
    assert all(p.is_outsider for p in positions(f"Ann Fellbrook, an analyst, spoke. Fellbrook {REJECTED}"))


LONG = "The reading lasted an hour, and the rain went on. People came and went, and some of them took tea. " * 5


@pytest.mark.parametrize(
    "told",
    [
        "Ann Fellbrook was born here.",
        "Ann Fellbrook met the minister.",
        "Mr Fellbrook runs a hotel.",
        "The director of an institute, Ann Fellbrook, came.",
    ],
)
def test_somebody_to_whom_a_long_text_gives_no_office_is_no_party(told: str) -> None:
    found = positions(f"{told} {LONG}\nFellbrook {REJECTED}")
    assert all(p.actor is None and p.is_outsider for p in found)


@pytest.mark.parametrize(
    "told",
    ["Army commander Ann Fellbrook was born here.", "The Fellbrook faction met.", "The rebel group Fellbrook met."],
)
def test_a_long_text_that_gives_an_office_or_a_body_names_somebody_to_learn(told: str) -> None:
    assert [p.is_outsider for p in positions(f"{told} {LONG}\nFellbrook {REJECTED}")] == [False]
