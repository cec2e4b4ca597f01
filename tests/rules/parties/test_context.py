"""Pronouns, groups and quotations point back over sentences; the country at home stands for 'the country'."""

import pytest

from tests.rules.english import actors, context, only, positions


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sergey Lavrov met reporters. He rejected the ceasefire plan.", ["RUS"]),
        ("Annalena Baerbock met Sergey Lavrov. She urged Russia to withdraw its troops.", ["DEU"]),
        ("Germany and France met in Berlin. They urged Russia to withdraw its troops.", ["DEU", "FRA"]),
        ("Iran met Iraq in Geneva. Both sides rejected the ceasefire plan.", ["IRN", "IRQ"]),
        ("NATO met on Monday. The alliance rejected the demand.", ["NATO"]),
        ("Norway spoke first. It rejected the ceasefire plan.", ["NOR"]),
    ],
)
def test_words_that_point_back_mean_who_was_named(text: str, named: list[str]) -> None:
    assert actors(text) == named


def test_nobody_is_meant_where_nobody_was_named() -> None:
    assert actors("The alliance rejected the demand.") == [None]
    assert actors("They rejected the demand.") == [None]


def test_a_pronoun_in_its_sentence_means_the_subject_above() -> None:
    position = only("Lebanon says it will not withdraw its troops.")
    assert (position.actor, position.actor_text) == ("LBN", "Lebanon")


def test_we_in_a_quotation_means_who_speaks() -> None:
    text = '"We reject the plan," said Russian Foreign Minister Sergey Lavrov. "We will not accept a ceasefire."'
    found = positions(text)
    assert {(p.actor, p.speaker) for p in found} == {("RUS", "Sergey Lavrov")}
    assert len({p.sentence_start for p in found}) == 2


def test_we_outside_of_quotation_marks_means_nobody_known() -> None:
    assert actors("We will not accept a ceasefire with Russia.") == [None]


def test_the_country_is_the_one_at_home() -> None:
    text = (
        "OSLO, Norway (Wire) -- Norway met Russia. Norway is small. Norway is cold.\n"
        "Russia left. The country demanded a ceasefire."
    )
    assert context(text).home == "NOR"
    assert actors(text) == ["NOR"]


def test_an_article_that_names_its_place_alone_has_no_home() -> None:
    assert context("OSLO, Norway (Wire) -- Russia met Iran. Russia left.").home is None


def test_pronouns_that_point_at_each_other_end() -> None:
    assert actors('"His aides rejected the plan and they would leave," its envoy said.') == [None]


def test_quotation_marks_that_never_close_end_with_their_paragraph() -> None:
    passages = context('He said: "We agree.\nThey left.').sections["body"].passages
    assert passages.in_quotes(12)
    assert not passages.in_quotes(22)


def test_initials_break_no_clause() -> None:
    text = "We left. S. P. Thorsdal said no."
    assert context(text).sections["body"].passages.after_break(text.index("said")) == text.index(" S.")
