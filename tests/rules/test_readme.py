"""The how-to for rule authors is true: its YAML loads, its tables name every field and role, its sentences are read."""

import re
from datetime import date
from pathlib import Path

import pytest
from rules.frames.roles import ROLES
from rules.ruleset.role_names import roles_allowed_in

from rules.frames.stances import WHOLE_SENTENCE_NEEDS
from rules.positions.tag import Tagger
from rules.proof.examples import run_examples
from rules.ruleset.load import ENGLISH, RuleSetError, load_ruleset
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import Actor, Example, Examples, Issue, Person, Role, RuleSet, Trigger
from tests.rules.sample import write

README = ENGLISH.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```yaml\n# (\S+)\n(.*?)```", TEXT, re.DOTALL)
GRAMMAR = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT.partition("## What the grammar reads")[2], re.M)[1:]


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The snippets as a rule set laid over the English one."""
    folder = tmp_path_factory.mktemp("mine")
    for path, text in SNIPPETS:
        write(folder / path.replace("*", "mine"), text)
    return load_ruleset(ENGLISH, folder)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def test_the_snippets_load_over_the_english_rules(snippets: RuleSet) -> None:
    assert len(SNIPPETS) == 5
    assert "ARL" in [actor.id for actor in snippets.actors]
    assert "Mira Solen" in [person.name for person in snippets.people]
    assert "space.debris" in [issue.id for issue in snippets.issues]


def test_the_examples_of_the_snippets_come_out(snippets: RuleSet, parser: Parser) -> None:
    results = run_examples(snippets, parser, ["demand.hold_out"])
    assert len(results) == 2
    assert [result.detail for result in results if not result.ok] == []


@pytest.mark.parametrize("model", [Actor, Person, Role, Issue, Trigger, Example, Examples])
def test_every_field_is_told(model: type[Actor]) -> None:
    assert [name for name in model.model_fields if f"`{name}`" not in TEXT] == []


def test_every_role_is_told_and_none_that_is_not() -> None:
    told = re.findall(r"^\| `(\w+)` \|", TEXT.partition("### Roles")[2].partition("## What")[0], re.M)
    assert set(told) == {*ROLES, *WHOLE_SENTENCE_NEEDS}
    assert set(told) <= set(roles_allowed_in("needs"))


@pytest.fixture(scope="module")
def read(parser: Parser) -> dict[str, list[Position]]:
    """The positions of each sentence of the grammar's table."""
    tagger = Tagger(load_ruleset())
    articles = [Article(title="", published=date(2022, 1, 27), text=sentence) for _, sentence, _ in GRAMMAR]
    texts = {s.key: s.text for article in articles for s in tagger.candidates(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return {article.text: tagger.tag(article, parses) for article in articles}


@pytest.mark.parametrize(("device", "sentence", "gives"), GRAMMAR, ids=[row[1][:40] for row in GRAMMAR])
def test_the_grammar_reads_what_is_told(
    read: dict[str, list[Position]], device: str, sentence: str, gives: str
) -> None:
    expected = set() if gives == "nothing" else set(gives.split("; "))
    found = [position for position in read[sentence] if position.actor is not None]
    told = {f"{p.actor} {p.stance}" + (f" → {p.target}" if p.target else "") for p in found}
    assert told == expected, device


def test_the_grammar_has_its_devices() -> None:
    assert len(GRAMMAR) >= 24


def test_problems_are_told_as_the_readme_says(tmp_path: Path) -> None:
    with pytest.raises(RuleSetError) as caught:
        load_ruleset(tmp_path)
    assert all(re.match(rf"{tmp_path}/\S+:\d+: .+; .+", problem) for problem in caught.value.problems)
