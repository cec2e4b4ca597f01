"""Pronouns, groups and quotations point back over sentences; the country at home stands for 'the country'."""

from datetime import date

import pytest

from schemas.article import Article
from tests.rules.english import actors, context, only, positions, tagger


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
    assert all(p.actor is None and p.is_outsider for p in positions("They rejected the demand."))


def test_a_pronoun_in_its_sentence_means_the_subject_above() -> None:
    position = only("Lebanon says it will not withdraw its troops.")
    assert (position.actor, position.actor_text) == ("LBN", "Lebanon")


def test_we_in_a_quotation_means_who_speaks() -> None:
    text = '"We reject the plan," said Russian Foreign Minister Sergey Lavrov. "We will not accept a ceasefire."'
    found = positions(text)
    assert {(p.actor, p.speaker) for p in found} == {("RUS", "Sergey Lavrov")}
    assert len({p.sentence_start for p in found}) == 2


def test_we_outside_of_quotation_marks_means_nobody_known() -> None:
    told = positions("We will not accept a ceasefire with Russia.")
    assert all(p.actor is None and p.is_outsider for p in told)


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


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("NAIROBI (Wire) -- Farmers met.", "KEN"),
        ("NAIROBI Farmers met on Monday.", "KEN"),
        ("LIMA, Peru - Farmers met.", "PER"),
        ("VIENNA (Wire) -- Chad met Mali. Chad is large. Chad left.", "TCD"),
        ("Chad is large. Mali met Chad. Mali is dry.", None),
        ("Chad is large. Mali met Chad. Chad is dry. Chad left.", "TCD"),
        ("NATO ministers met. Chad left.", None),
    ],
)
def test_an_article_is_at_home_where_it_was_filed_or_in_the_state_it_is_about(text: str, home: str | None) -> None:
    assert context(text).home == home


@pytest.mark.parametrize(
    ("outlet", "url", "home"),
    [
        ("Daily Mail", None, "GBR"),
        (None, "https://www.jpost.com/story", "ISR"),
        (None, "https://world.dawn.com/story", "PAK"),
        ("A Wire", "https://wire.example/story", None),
    ],
)
def test_an_article_is_at_home_where_it_was_printed(outlet: str | None, url: str | None, home: str | None) -> None:
    text = "Britain met Israel. Pakistan met Peru. The government rejected the ceasefire plan."
    article = Article(title="", published=date(2022, 1, 27), text=text, outlet=outlet, url=url)
    assert tagger().context_of(article).home == home


@pytest.mark.parametrize(
    "subject",
    [
        "The government",
        "The army",
        "Senior officials",
        "A government spokesman",
        "Parliament",
        "The foreign ministry",
        "Prime Minister Kari Ullerud",
        "Foreign Minister Kari Ullerud",
        "The central bank",
    ],
)
def test_bodies_and_offices_without_a_name_are_those_at_home(subject: str) -> None:
    text = f"OSLO (Wire) -- Norway is small.\n{subject} rejected the ceasefire plan."
    assert actors(text) == ["NOR"]


@pytest.mark.parametrize(
    "subject",
    [
        "Local officials",
        "The bank's spokesman",
        "Officials of the hospital",
        "Former Prime Minister Kari Ullerud",
        "The union's minister of fun",
    ],
)
def test_whose_owner_is_told_is_not_at_home(subject: str) -> None:
    assert "NOR" not in actors(f"OSLO (Wire) -- Norway is small.\n{subject} rejected the ceasefire plan.")


def test_the_country_is_the_one_named_last_where_the_article_is_filed_nowhere() -> None:
    text = (
        "Kenya met Chad. Kenya is large. Kenya left. Kenya is dry. Chad's envoy came. The country demanded a ceasefire."
    )
    assert actors(text) == ["TCD"]
