"""What the language model gets wrong again and again is mended: attributions, long subjects, coordination."""

import pytest

from rules.syntax.tree import is_tree
from tests.rules.english import only, parse, positions


def head_of(text: str, word: str) -> str:
    """The word that a word hangs from; its own name for the root."""
    made = parse(text)
    i = made.lower.index(word)
    return made.lower[made.heads[i]]


@pytest.mark.parametrize(
    "text",
    [
        "Bangladesh cannot take in any more refugees, its foreign secretary told the envoy on Sunday.",
        "Guyana will not discuss its border anywhere but in court, President Irfaan Ali said on Monday.",
        "Chad will not help anybody, nor will it open the road, the deputy minister, Omar Deby, said on Tuesday.",
    ],
)
def test_an_attribution_that_trails_stands_on_top(text: str) -> None:
    verb = "told" if " told " in text else "said"
    assert head_of(text, verb) == verb
    assert is_tree(parse(text).heads)


def test_the_day_of_a_trailing_attribution_is_that_of_the_statement() -> None:
    found = positions("Bangladesh cannot take in any more refugees, its foreign secretary told the envoy on Sunday.")
    assert [(p.actor, p.stance, p.stated_on.isoformat()) for p in found] == [("BGD", "refusal", "2022-01-23")]


def test_a_clause_that_begins_with_its_report_is_left_as_it_is() -> None:
    assert head_of("The minister said on Sunday that the harbour was safe.", "said") == "said"


def test_the_main_verb_after_a_relative_clause_has_its_subject() -> None:
    position = only("President Joe Biden, who has taken credit for the truce, called on Mali to end its support.")
    assert (position.actor, position.stance, position.target) == ("USA", "demand", "MLI")


def test_a_semicolon_parts_main_clauses_and_leaves_lists_alone() -> None:
    made = parse("Rome refused the visit; Paris agreed to a meeting.")
    assert sum(head == i for i, head in enumerate(made.heads)) == 2
    listed = parse("The plan asks for three things: a truce; the return of all prisoners; and an election.")
    assert sum(head == i for i, head in enumerate(listed.heads)) == 1


def test_hyphenated_words_stay_whole() -> None:
    words = parse("The non-negotiable cease-fire and co-operation with state-run firms").words
    assert {"non-negotiable", "cease-fire", "co-operation"} <= set(words)


def test_a_name_that_the_model_does_not_know_keeps_its_verb() -> None:
    position = only("Kigali rejects any talks with the rebels and hopes for rain.")
    assert (position.actor, position.stance) == ("RWA", "refusal")


def test_a_sentence_without_a_verb_is_read_again() -> None:
    position = only("Some 30 thousand Malians Sought Refuge in the south of Algeria in the spring.")
    assert position.stance == "demand"


def test_a_name_beside_its_group_is_no_second_subject() -> None:
    position = only("The response is coming, the leader of the Lebanese group Hezbollah said.")
    assert (position.actor, position.stance) == ("HEZBOLLAH", "threat")


def test_a_headline_whose_infinitive_hangs_as_a_clause_is_in_the_future() -> None:
    assert head_of("Chad to cut aid to Libya", "chad") == "cut"
