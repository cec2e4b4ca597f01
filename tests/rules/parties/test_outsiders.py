"""Whoever is no party to anything gives no row, not even one of an unknown actor; who could be a party gives one."""

import pytest

from tests.rules.english import actors

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
    ],
)
def test_outsiders_give_no_row(subject: str) -> None:
    assert actors(f"{subject} {REJECTED}") == []


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
    assert actors(f"{subject} {REJECTED}") == [None]


def test_an_expert_stays_one_where_only_the_surname_follows() -> None:
    assert actors(f"Ann Fellbrook, an analyst, spoke. Fellbrook {REJECTED}") == []
