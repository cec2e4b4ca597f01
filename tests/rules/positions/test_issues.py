"""A position is about what its content names, else about what is spoken of around it."""

import pytest

from tests.rules.english import positions


def issues(text: str, actor: str, title: str = "") -> list[str | None]:
    return [p.issue for p in positions(text, title=title) if p.actor == actor]


def test_what_only_points_is_about_what_the_sentence_before_speaks_of() -> None:
    text = "Peru wants the fishing vessels of Chile to leave its waters. Chile rejected that demand."
    assert issues(text, "CHL") == ["territory.maritime"]


def test_where_the_sentences_beside_tell_nothing_the_article_does() -> None:
    text = (
        "Ghana raised the tariffs on cocoa in May. Traders in Togo complained of the tariffs. It rained.\n"
        "The port was busy. The lorries stood in a line. The markets were full.\n"
        "Togo rejected the idea."
    )
    assert issues(text, "TGO", title="Tariffs anger the neighbours of Ghana") == ["economy.trade"]


def test_the_content_decides_whatever_the_article_is_about() -> None:
    text = "The tariffs on cocoa hurt. Tariffs hurt everybody. Togo demanded that Ghana release the hostages."
    assert issues(text, "TGO", title="Tariffs hurt") == ["conflict.prisoners_hostages"]


@pytest.mark.parametrize(
    ("article", "issue"),
    [
        ("The dam spoils the pipeline deal. Gas and oil exports fell.", "economy.energy"),
        ("The migrants stay in camps. More refugees came.", "migration.refugees"),
    ],
)
def test_a_loose_word_yields_to_what_is_spoken_of_around_it(article: str, issue: str) -> None:
    text = f"{article} Kenya refused to discuss the matter."
    assert issues(text, "KEN", title=article.split(". ")[0]) == [issue]


def test_of_an_area_the_issue_that_is_spoken_of_is_meant() -> None:
    text = "Benin asked for a loan. The loan is large. Niger agreed to economic reforms."
    assert issues(text, "NER") == ["economy.finance_debt"]


def test_an_article_that_speaks_of_nothing_gives_none() -> None:
    assert issues("Chile rejected the idea.", "CHL") == [None]


def test_talks_that_are_spoken_of_in_passing_are_not_what_is_rejected() -> None:
    text = (
        "The military exercises near the islands go on. Envoys held a round of talks. Japan rejected this. "
        "Envoys met for further talks. More military exercises came."
    )
    assert issues(text, "JPN") == ["security.military_exercises"]
