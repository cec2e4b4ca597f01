"""Entries for actors that nobody knows: they load, and the rules then know whom they name."""

from datetime import date
from pathlib import Path

import pytest

from rules.positions.tag import Tagger
from rules.proof.suggest import UNKNOWN, Suggester, Told, quoted
from rules.ruleset.load import ENGLISH, load_ruleset
from schemas.article import Article
from tests.rules.english import THURSDAY, parser, tagger


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(tagger().ruleset)


MINISTER = "Norwegian Foreign Minister Ola Brekkvik rejected the Russian quota on Monday."
FRONT = "The Lakeland Front, which fights in Chad, demanded a ceasefire."


def test_a_title_makes_a_person_of_what_is_named_beside(suggester: Suggester) -> None:
    found = suggester.suggest("Foreign Minister Ola Brekkvik", [Told(MINISTER, THURSDAY)])
    assert (found.file, found.actor, found.votes, found.of) == ("people/mine.yaml", "NOR", 1, 1)
    assert found.entry.splitlines() == [
        "- name: Ola Brekkvik",
        "  actor: NOR",
        "  roles:",
        "    - {title: Foreign Minister}",
    ]
    elsewhere = suggester.suggest("Ola Brekkvik", [Told(MINISTER, THURSDAY)])
    assert (elsewhere.entry, elsewhere.actor) == (found.entry, "NOR")


def test_what_is_named_beside_nobody_has_no_guess(suggester: Suggester) -> None:
    found = suggester.suggest("Premier Ola Brekkvik", [Told("Premier Ola Brekkvik refused.", THURSDAY)])
    assert (found.actor, found.votes) == (None, 0)
    assert f"actor: {UNKNOWN}" in found.entry


def test_one_of_many_texts_is_no_guess(suggester: Suggester) -> None:
    silent = [Told("The Lakeland Front refused.", THURSDAY)] * 2
    assert suggester.suggest("Lakeland Front", [Told(FRONT, THURSDAY), *silent]).actor is None


def test_the_entry_makes_the_rules_know_the_party(suggester: Suggester, tmp_path: Path) -> None:
    found = suggester.suggest("Lakeland Front", [Told(FRONT, THURSDAY)])
    assert (found.file, found.actor) == ("actors/mine.yaml", "TCD")
    (tmp_path / "actors").mkdir()
    (tmp_path / "ruleset.yaml").write_text("id: mine\nlanguage: en\ndescription: Of my own\n", encoding="utf-8")
    (tmp_path / found.file).write_text(found.entry, encoding="utf-8")
    article = Article(title="", published=date(2022, 1, 27), text=FRONT)
    known = Tagger(load_ruleset(ENGLISH, tmp_path))
    parses = {s.key: parser().parse([s.text])[0] for s in known.candidates(article)}
    assert [p.actor for p in known.tag(article, parses)] == ["LAKELAND_FRONT"]
    assert [p.actor for p in tagger().tag(article, parses)] == [None]


def test_names_that_yaml_would_take_for_something_else_are_quoted() -> None:
    assert quoted("Ann Fell") == "Ann Fell"
    assert quoted("the “Front”: north") == '"the \\u201cFront\\u201d: north"'
    assert quoted("#5 group") == '"#5 group"'
