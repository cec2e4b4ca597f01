"""A position is addressed to whom its clause names, else to the other party of the exchange."""

import pytest

from tests.rules.english import only, positions


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Iran urged Israel to end the blockade.", "ISR"),
        ("Chad demanded that Sudan close the border.", "SDN"),
        ("Russia told NATO that it will not withdraw its troops.", "NATO"),
        ("Norway offered Peru a loan.", "PER"),
        ("Iran called on Israel to end the blockade.", "ISR"),
        ("Iran refused to discuss a ceasefire.", None),
        ("Venezuela pulled out of a summit in Peru.", None),
        ("Ghana rejected an arms embargo on Chad.", None),
        ("Chile refused to return the statues to Peru.", "PER"),
    ],
)
def test_the_clause_names_its_target(text: str, target: str | None) -> None:
    assert only(text).target == target


def test_those_who_agree_agree_with_each_other() -> None:
    found = positions("China and the Philippines agreed to resume talks.")
    assert {(p.actor, p.target) for p in found} == {("CHN", "PHL"), ("PHL", "CHN")}


def test_in_an_exchange_of_two_the_other_one_is_meant() -> None:
    text = "Norway wrote to Peru. Peru read the letter, and Peru answered. Norway refused to discuss a ceasefire."
    assert [p.target for p in positions(text) if p.actor == "NOR"] == ["PER"]


def test_nobody_is_the_target_of_oneself() -> None:
    assert all(p.actor != p.target for p in positions("Russia demanded that Russia be heard at the talks."))


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        # A demand is made of the one who answers it.
        ("Mali rejected Togo's demand for a withdrawal of troops.", "TGO", "MLI"),
        # What the content names goes before whom the rest of the article is about.
        (
            "Peru met Chile. Chile thanked Peru. Chile and Peru spoke. Peru promised to rebuild a port of Oman.",
            "PER",
            "OMN",
        ),
        # What the actor would do itself strikes or spares whom it is done to.
        ("Ghana refused to lift its sanctions on Togo.", "GHA", "TGO"),
        ("Ghana threatened strikes on Togo.", "GHA", "TGO"),
        # Half of a word names no party.
        ("Ghana promised to feed those who live under Togo-backed rule.", "GHA", None),
        # Nor does a clause that only says when.
        ("Ghana will not sign the treaty if soldiers of Togo come.", "GHA", None),
        # Of a party that the sentence names too, the article need not speak so often.
        (
            "Kenya spoke to Chad. Chad listened to Kenya. Uganda was there, and Uganda ate. "
            "As Chad asked for more, Kenya offered a loan of ten million dollars.",
            "KEN",
            "TCD",
        ),
    ],
)
def test_who_is_meant_where_no_role_tells(text: str, actor: str, target: str | None) -> None:
    assert {p.target for p in positions(text) if p.actor == actor} == {target}


def test_a_third_party_that_is_named_often_leaves_it_open_who_is_meant() -> None:
    text = "Norway met Peru. Peru left. Peru slept. Oman stayed. Oman ate. Norway refused to discuss a ceasefire."
    assert [p.target for p in positions(text) if p.actor == "NOR"] == [None]


def test_what_two_parties_grant_under_one_name_they_grant_each_other() -> None:
    found = positions("Sudan and Chad met in Oslo. The two countries said they were ready to hold talks.")
    assert {(p.actor, p.target) for p in found} == {("SDN", "TCD"), ("TCD", "SDN")}
