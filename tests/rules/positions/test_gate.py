"""The gate lets through every sentence that holds the words of a wording, and no parse is needed to know."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from rules.frames.stances import StanceFinder
from rules.positions.gate import Gate, opens_a_clause, words_of
from rules.positions.tag import Tagger
from rules.syntax.parse import Parser
from rules.text.sentences import Sentence, split
from schemas.article import Article
from tests.corpus.cases import read_articles, read_quiet_articles, read_quiet_sentences, read_sentences
from tests.rules import english

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLE = Path(__file__).parents[3] / "sample"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return english.tagger()


@pytest.fixture(scope="module")
def parser() -> Parser:
    return english.parser()


def lets_through(tagger: Tagger, text: str) -> bool:
    return tagger.gate.lets_through(Sentence("body", 0, len(text), text))


def test_rules_that_never_ask_who_says_it_need_no_words_that_tell_it() -> None:
    rules = english.ruleset()
    (reject,) = (frame for frame in rules.frames if frame.id == "refusal.reject")
    gate = Gate.of(StanceFinder(rules.model_copy(update={"frames": (reject,), "words": {}})))
    assert gate.opens_for("Norway rejected the plan.")


@pytest.mark.parametrize(
    "text",
    [
        "Moscow ruled the move out.",
        "Tehran won't give up its programme.",
        "Tehran won’t give up its programme.",
        "Tehran cannot accept the plan.",
        "A Moscow-rejected plan was put to the vote.",
        "KYIV REJECTS THE OFFER",
    ],
)
def test_words_are_found_however_they_are_written(tagger: Tagger, text: str) -> None:
    assert lets_through(tagger, text)


@pytest.mark.parametrize(
    "text", ["It was a fine day on the coast.", "He had a dog.", "Three people were out on the lake."]
)
def test_a_common_word_alone_does_not_open_the_gate(tagger: Tagger, text: str) -> None:
    assert not lets_through(tagger, text)


def test_words_that_tokenisers_cut_count_in_parts() -> None:
    assert words_of("We can't, they cannot and I dont go-slow") >= {"ca", "n't", "can", "not", "do", "go", "slow"}


@pytest.mark.parametrize("text", ["Lift the ban.", "He said: “Now please, lift it", "Pay us and quickly lift it"])
def test_a_command_opens_its_clause(text: str) -> None:
    assert opens_a_clause("lift", text)


def test_a_verb_deep_in_its_clause_is_no_command() -> None:
    assert not opens_a_clause("lift", "Several ministers from both countries would lift the ban.")


@pytest.mark.parametrize("run", ["“‘", "lift-", "and ", "—", "a, ", "''"])
def test_commands_are_looked_for_in_one_pass(run: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        opens_a_clause("never", run * times + "the many old ministers of two countries never came")
        return time.process_time() - began

    assert seconds(200_000) < max(12 * seconds(50_000), 2.0)


def test_a_closed_gate_never_hides_a_stance(tagger: Tagger, parser: Parser) -> None:
    texts = [
        json.loads(line)["text"] for line in (CORPUS / "speaks" / "sentences.jsonl").read_text("utf-8").splitlines()
    ]
    texts += (CORPUS / "quiet" / "sentences.txt").read_text("utf-8").splitlines()
    for path in sorted(CORPUS.glob("*/articles/*.txt")):
        body = "\n".join(path.read_text("utf-8").splitlines()[3:])
        article = Article(title="", published="2000-01-01", text=body)
        texts += [sentence.text for sentence in split(article)]
    closed = [text for text in texts if text and not lets_through(tagger, text)]
    assert len(closed) > len(texts) / 5
    stances = tagger.stances
    warning = stances.constructions.warning_verbs
    hidden = [
        parse.text
        for parse in parser.parse(closed)
        for verdict in stances.verdicts(parse)
        if verdict.stance and not ("warned" in verdict.match.frame.needs and warning.isdisjoint(parse.lower))
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Sweden must end the raids.", "whoever says so"),
        ("Kuwait might look elsewhere, a clerk wrote.", "a word of warning"),
        ("Oslo has ships under the bridge that carry corn to Lima, Peru said.", "'to' soon after 'has'"),
        ("Oslo and Lima to send corn ships.", "a headline: a full stop ends it"),
        ("The ministry said that the bridge will gleam.", "an act that counts"),
    ],
)
def test_what_a_wording_needs_is_asked_for(tagger: Tagger, text: str, missing: str) -> None:
    (sentence,) = split(Article(title="", published="2000-01-01", text=text))
    assert not tagger.gate.lets_through(sentence), missing


@pytest.mark.parametrize(
    "text",
    [
        "Sweden must end the raids, Norway said.",
        "“We are tired. Sweden must end the raids. We waited,” he went on.",
        "Norway: Sweden must end the raids",
        "Oslo has, it said, to end the raids.",
        "Oslo to send troops to Lima",
        "Kuwait warned that it would turn to other means.",
    ],
)
def test_what_meets_a_need_opens_the_gate(tagger: Tagger, text: str) -> None:
    assert any(map(tagger.gate.lets_through, split(Article(title="", published="2000-01-01", text=text))))


def test_positions_are_the_same_with_and_without_the_gate(tagger: Tagger, parser: Parser) -> None:
    cases = [*read_articles(), *read_quiet_articles(), *read_sentences(), *read_quiet_sentences()]
    articles = [case.article for case in cases] + [_sample(path) for path in sorted(SAMPLE.glob("*.txt"))]
    texts = {s.key: s.text for article in articles for s in split(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    found = 0
    for article in articles:
        gated = tagger.candidates(article)
        everything = split(article) if gated else []
        with_gate = tagger.tag(article, parses, gated)
        assert tagger.tag(article, parses, everything) == with_gate
        found += len(with_gate)
    assert found > 500


def _sample(path: Path) -> Article:
    title, published, _, *body = path.read_text("utf-8").splitlines()
    return Article(title=title, published=date.fromisoformat(published), text="\n".join(body))
