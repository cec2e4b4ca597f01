"""Measures each trigger against gold: the rows it gives, which are right, and where it fires wrongly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rules.positions.tag import Tagger
from rules.proof.gold import GoldRow, GoldSentence, read_sentences
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.position import Position, Stance

# What the stances are called by PLOVER; every other name there is no position.
PLOVER = {
    "REQUEST": (Stance.DEMAND,),
    "REJECT": (Stance.REFUSAL,),
    "AGREE": (Stance.OFFER, Stance.ACCEPTANCE),
    "THREATEN": (Stance.THREAT,),
}


@dataclass(frozen=True)
class Judged:
    """A row that the rules gave, and whether gold has it. `place` names it without quoting."""

    trigger_id: str
    stance: Stance
    place: str
    right: bool
    # None where gold says nothing of issues.
    issue_right: bool | None = None
    # Whether no row of another trigger would have found the same gold row.
    alone: bool = False


@dataclass(frozen=True)
class Missed:
    """A gold row that the rules did not give."""

    name: str
    place: str


@dataclass(frozen=True)
class Measured:
    """What came out on one kind of gold; `gold` counts the rows to be found, by stance or label."""

    title: str
    judged: tuple[Judged, ...]
    missed: tuple[Missed, ...]
    gold: Mapping[str, int]


def measure_coded(tagger: Tagger, parser: Parser, gold: Path) -> Iterator[Measured]:
    """The measures on each event-coded file of a gold folder. Raises GoldFault."""
    for path in sorted(gold.glob("*.tsv")):
        sentences = read_sentences(path)
        as_articles = [Article(title="", published=date(2020, 1, 1), text=s.sentence) for s in sentences]
        yield measure_sentences(path.stem, sentences, tag_all(tagger, parser, as_articles))


def tag_all(tagger: Tagger, parser: Parser, articles: Sequence[Article]) -> list[list[Position]]:
    """The positions of each article, all sentences parsed in one go."""
    texts = {s.key: s.text for article in articles for s in tagger.candidates(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return [tagger.tag(article, parses) for article in articles]


def measure_articles(gold: Sequence[GoldRow], rows: Mapping[str, Iterable[Position]]) -> Measured:
    """Matches rows to annotations where article, sentence, actor and stance agree, each once, the closest first."""
    given = [(name, row) for name, found in rows.items() for row in found if row.actor is not None]
    row_of, gold_of = matched(gold, given)
    judged = []
    for i, (name, row) in enumerate(given):
        annotation = gold[gold_of[i]] if i in gold_of else None
        if annotation and annotation.says.optional:
            continue
        judged.append(
            Judged(
                row.trigger_id,
                row.stance,
                f"{name} {row.section} {row.trigger_start}",
                annotation is not None,
                annotation is not None and annotation.says.issue == row.issue,
                annotation is not None and _only_one(row, annotation, given),
            )
        )
    needed = [(j, g) for j, g in enumerate(gold) if not g.says.optional]
    return Measured(
        "Annotated articles",
        tuple(judged),
        tuple(Missed(g.says.stance, g.place) for j, g in needed if j not in row_of),
        {stance: sum(g.says.stance == stance for _, g in needed) for stance in Stance},
    )


def measure_sentences(title: str, gold: Sequence[GoldSentence], rows: Sequence[Iterable[Position]]) -> Measured:
    """Compares the stances of rows whose actor words overlap the coded source with the coded label."""
    judged: list[Judged] = []
    missed: list[Missed] = []
    for coded, found in zip(gold, rows, strict=True):
        start = coded.sentence.find(coded.source)
        end = start + len(coded.source)
        own = {(r.trigger_id, r.stance): r for r in found if r.actor_start < end and r.actor_end > start}
        right = PLOVER.get(coded.plover, ())
        hits = {trigger for trigger, stance in own if stance in right}
        for trigger, stance in own:
            what = f"line {coded.line} ({coded.plover.lower()})"
            judged.append(Judged(trigger, stance, what, stance in right, None, hits == {trigger}))
        if right and not hits:
            missed.append(Missed(coded.plover.lower(), f"line {coded.line}"))
    labels = {label.lower(): sum(coded.plover == label for coded in gold) for label in PLOVER}
    return Measured(f"Coded sentences: {title}", tuple(judged), tuple(missed), labels)


def matched(gold: Sequence[GoldRow], given: Sequence[tuple[str, Position]]) -> tuple[dict[int, int], dict[int, int]]:
    """The row of each gold row and the gold row of each row, where they fit; better agreement goes first."""
    pairs = [
        (_agreement(row, g), i, j)
        for i, (name, row) in enumerate(given)
        for j, g in enumerate(gold)
        if fits(name, row, g)
    ]
    row_of: dict[int, int] = {}
    gold_of: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in gold_of and j not in row_of:
            gold_of[i], row_of[j] = j, i
    return row_of, gold_of


def fits(name: str, row: Position, gold: GoldRow) -> bool:
    """Whether a row and an annotation agree in article, sentence, actor and stance."""
    return (
        name == gold.article
        and row.section == gold.section
        and row.sentence_start <= gold.at < row.sentence_end
        and row.stance == gold.says.stance
        and row.actor in (gold.says.actor, *gold.says.alt_actor)
    )


def _agreement(row: Position, gold: GoldRow) -> int:
    says = gold.says
    agrees = 4 * (row.issue == says.issue) + 2 * (row.target == says.target) + (row.stated_on == says.stated_on)
    return agrees - 8 * says.optional


def _only_one(row: Position, gold: GoldRow, given: Sequence[tuple[str, Position]]) -> bool:
    return all(other.trigger_id == row.trigger_id for at, other in given if fits(at, other, gold))
