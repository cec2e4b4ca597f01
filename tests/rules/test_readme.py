"""The how-to for rule authors is true: its YAML loads, its tables tell every field and name, its sentences are read."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rules.frames.complements import COMPLEMENTS
from rules.frames.constructions import SLOTS
from rules.proof.examples import run_examples
from rules.proof.matrix import matrix
from rules.ruleset.load import ENGLISH, RuleSetError, load_ruleset
from schemas.article import Article
from schemas.needs import NEEDS
from schemas.position import Position
from schemas.ruleset import (
    WORD_KINDS,
    Actor,
    Commitment,
    Example,
    Examples,
    Frame,
    FrameEntry,
    Issue,
    Person,
    Polarity,
    Role,
    RuleSet,
    Template,
)
from tests.rules.english import parser, ruleset, tagger
from tests.rules.sample import write

README = ENGLISH.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```yaml\n# (\S+)\n(.*?)```", TEXT, re.DOTALL)
GRAMMAR = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT.partition("## What the grammar reads")[2], re.M)[1:]


def load_frames(text: str) -> tuple[Frame, ...]:
    """The frames of a snippet."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "ruleset.yaml", "id: snippet\nlanguage: en\ndescription: Of the how-to.\n")
        write(folder / "frames/mine.yaml", text)
        known = {frame.id for frame in ruleset().frames}
        return tuple(frame for frame in load_ruleset(ENGLISH, folder).frames if frame.id not in known)


@pytest.fixture(scope="module")
def snippets(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The snippets as a rule set laid over the English one."""
    folder = tmp_path_factory.mktemp("mine")
    for path, text in SNIPPETS:
        write(folder / path.replace("*", "mine"), text)
    return load_ruleset(ENGLISH, folder)


def test_the_snippets_load_over_the_english_rules(snippets: RuleSet) -> None:
    assert len(SNIPPETS) == 12
    assert "ARL" in [actor.id for actor in snippets.actors]
    assert "Mira Solen" in [person.name for person in snippets.people]
    assert "space.debris" in [issue.id for issue in snippets.issues]
    assert "lean" in [row.id for row in snippets.polarity]
    assert "mapping" in [row.id for row in snippets.commitments]
    assert snippets.classes["maps"] == ("map", "chart", "atlas")
    assert "only just" in snippets.operators["near_negations"]
    assert "trumpet" in snippets.constructions["support_verbs"]
    assert "after_a_visit" in [template.id for template in snippets.matrix]


def test_the_examples_of_the_snippets_come_out(snippets: RuleSet) -> None:
    results = run_examples(snippets, parser(), ["demand.hold_out"])
    assert len(results) == 4
    assert [result.detail for result in results if not result.ok] == []


def test_a_template_of_the_readme_is_tried(snippets: RuleSet) -> None:
    cells = [cell for cell in matrix(snippets, parser(), ["demand.hold_out"]) if cell.construction == "after_a_visit"]
    assert [(cell.trigger_id, cell.read) for cell in cells] == [
        ("demand.hold_out.hold_out_for", "After a visit, Oman held out for the proposal."),
    ]


@pytest.mark.parametrize(
    "model", [Actor, Person, Role, Issue, Frame, FrameEntry, Example, Examples, Polarity, Commitment, Template]
)
def test_every_field_is_told(model: type[Actor]) -> None:
    assert [name for name in model.model_fields if f"`{name}`" not in TEXT] == []


@pytest.mark.parametrize(
    ("heading", "names"),
    [("Complements", COMPLEMENTS), ("Slots", SLOTS), ("Needs", NEEDS)],
    ids=lambda value: str(value)[:9],
)
def test_every_name_of_grammar_is_told_as_the_engine_tells_it(heading: str, names: dict[str, str]) -> None:
    section = re.split(r"^##", TEXT.partition(f"### {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    told = dict(re.findall(r"^\| `([\w ]+)` \| (.+) \|$", section, re.M))
    told.pop("for thing", None)
    assert {name: what.replace('"', "'") for name, what in told.items()} == names


SEVEN = load_frames(next(text for path, text in SNIPPETS if path == "frames/seven.yaml"))
WORDS = {
    (kind, word) for frame in SEVEN for entry in frame.entries for kind in WORD_KINDS if (word := getattr(entry, kind))
}


def test_seven_wordings_are_each_one_entry() -> None:
    assert len(SEVEN) == 7
    assert all(len(frame.entries) == 1 for frame in SEVEN)


@pytest.fixture(scope="module")
def without() -> RuleSet:
    """The English rules from which the seven wordings were taken away."""
    frames = (frame.model_copy(update={"entries": tuple(_less(frame))}) for frame in ruleset().frames)
    return ruleset().model_copy(update={"frames": tuple(frame for frame in frames if frame.entries)})


def _less(frame: Frame) -> Iterator[FrameEntry]:
    for entry in frame.entries:
        kept = {kind: word for kind in WORD_KINDS if (word := getattr(entry, kind)) and (kind, word) not in WORDS}
        if kept:
            yield entry.model_copy(update=dict.fromkeys(WORD_KINDS) | kept)


def test_without_them_nothing_is_read(without: RuleSet) -> None:
    results = run_examples(without.model_copy(update={"frames": (*without.frames, *map(_unread, SEVEN))}), parser())
    own = [result for result in results if result.frame_id in {frame.id for frame in SEVEN} and result.kind == "match"]
    assert len(own) == 8
    assert [result.detail for result in own if result.detail != "no position of this frame; no position at all"] == []


def _unread(frame: Frame) -> Frame:
    """A frame with its examples, and a word that stands in none of them."""
    return frame.model_copy(update={"entries": (FrameEntry(verb="zigzag"),)})


@pytest.mark.parametrize("frame", SEVEN, ids=lambda frame: frame.id)
def test_one_entry_makes_a_wording_read(without: RuleSet, frame: Frame) -> None:
    results = run_examples(without.model_copy(update={"frames": (*without.frames, frame)}), parser(), [frame.id])
    assert [f"{result.text} {result.detail}" for result in results if not result.ok] == []


@pytest.fixture(scope="module")
def read() -> dict[str, list[Position]]:
    """The positions of each sentence of the grammar's table."""
    articles = [Article(title="", published=date(2022, 1, 27), text=sentence) for _, sentence, _ in GRAMMAR]
    texts = {s.key: s.text for article in articles for s in tagger().candidates(article)}
    parses = dict(zip(texts, parser().parse(texts.values()), strict=True))
    return {article.text: tagger().tag(article, parses) for article in articles}


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
