"""A batch, read by a rule set and a model."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from flows.engine import Batch, Reading, engine, is_understood, read_batch, reading_of, ruleset_of
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.settings import Settings

ARTICLE = Article(
    title="Notes",
    published=date(2024, 3, 12),
    text="It rained.\nNorway demanded that Peru lift its sanctions. Fellbrook demanded tea.",
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reading_of(Settings())


def test_a_batch_holds_what_the_warehouse_takes(reading: Reading) -> None:
    read = read_batch(Batch(reading, (ARTICLE,)))
    assert read.article_ids == (ARTICLE.article_id,)
    assert [(p.actor, p.stance, p.target) for p in read.positions] == [("NOR", "demand", "PER")]
    assert [p.actor_text for p in read.unresolved] == ["Fellbrook"]
    assert [ARTICLE.text[s.sentence_start : s.sentence_end] for s in read.sentences] == [
        "Norway demanded that Peru lift its sanctions.",
        "Fellbrook demanded tea.",
    ]
    assert {parse.sentence_key for parse in read.parses} == {s.sentence_key for s in read.sentences}


def test_stored_parses_give_the_same_positions_and_nothing_is_parsed(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_batch(Batch(reading, (ARTICLE,)))
    monkeypatch.setattr(Parser, "parse", lambda *_: pytest.fail("parsed again"))
    again = read_batch(Batch(reading, (ARTICLE,), {parse.sentence_key: parse.parse for parse in first.parses}))
    assert again.positions == first.positions
    assert again.unresolved == first.unresolved
    assert again.parses == ()


def test_a_sentence_that_two_articles_share_is_parsed_once(reading: Reading) -> None:
    copy = ARTICLE.model_copy(update={"url": "https://copy.example"})
    read = read_batch(Batch(reading, (ARTICLE, copy)))
    assert len(read.sentences) == 4
    assert len(read.parses) == 2
    assert [p.article_id for p in read.positions] == [ARTICLE.article_id, copy.article_id]


def test_other_languages_are_not_read(reading: Reading) -> None:
    read = read_batch(Batch(reading, (ARTICLE.model_copy(update={"language": "fr"}),)))
    assert (read.positions, read.unresolved, read.sentences) == ((), (), ())


def test_what_is_read_with_goes_along_with_the_batch(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("id: x\nlanguage: en\ndescription: Empty.\n", "utf-8")
    batch = Batch(reading_of(Settings(rules=(tmp_path,))), (ARTICLE,))
    (tmp_path / "ruleset.yaml").unlink()
    assert read_batch(pickle.loads(pickle.dumps(batch))).sentences == ()


def test_a_packed_rule_set_is_the_one_that_was_loaded(reading: Reading) -> None:
    assert engine(reading).tagger.ruleset == ruleset_of(())


def test_a_rule_set_is_loaded_again_after_an_edit_alone(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("id: x\nlanguage: en\ndescription: Empty.\n", "utf-8")
    first = ruleset_of((tmp_path,))
    assert ruleset_of((tmp_path,)) is first
    (tmp_path / "words.yaml").write_text("some_words: [tea]\n", "utf-8")
    assert ruleset_of((tmp_path,)).version != first.version


def test_the_engine_is_loaded_once_a_process(reading: Reading) -> None:
    assert engine(reading) is engine(reading)


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ValueError, match="no_such_model"):
        reading_of(Settings(model="no_such_model"))


@pytest.mark.parametrize("before", ["", "{}", '{"id": "old", "triggers": []}'])
def test_a_rule_set_that_an_earlier_version_kept_is_not_understood(before: str) -> None:
    assert not is_understood(before)
