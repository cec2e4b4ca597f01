"""What an edit of the rules would add and retire among the positions of a snapshot, before it is applied."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from flows.edits import MANY
from flows.engine import Batch, Reading, engine, reach_of, touched_in, warm_for_edit
from flows.pool import Workers, map_in_order
from rules.ruleset.changes import Change
from rules.text.sentences import Sentence
from schemas.article import Article
from schemas.position import TOLD_FIELDS, Position
from warehouse.query import Snapshot, connect_snapshot
from warehouse.standing import InUse, flat, in_use, parses_of, standing_positions, tagged_articles


class NothingTagged(RuntimeError):
    """A snapshot that holds no tagged article, so that no edit can change anything in it."""


@dataclass(frozen=True)
class Effect:
    """A position that an edit would add or retire; `sentence` is its evidence."""

    position: Position
    sentence: str


@dataclass
class Impact:
    """What an edit would do. A position of which any field changes is both retired and added."""

    changes: list[Change] = field(default_factory=list)
    articles: int = 0
    touched: int = 0
    parsed: int = 0
    kept: int = 0
    added: list[Effect] = field(default_factory=list)
    retired: list[Effect] = field(default_factory=list)

    def add(self, part: "Impact") -> None:
        """Count a part of the articles in."""
        self.touched += part.touched
        self.parsed += part.parsed
        self.kept += part.kept
        self.added += part.added
        self.retired += part.retired


WORTH_A_POOL = 2  # batches; fewer are compared sooner by one process than several have started


@dataclass(frozen=True)
class Compared:
    """Articles that an edit may touch, and the positions that stand in them."""

    suspects: Batch
    standing: list[Position]


def impact(snapshot_file: Path, reading: Reading, workers: int = 1) -> Impact:
    """Reads the sentences that an edit can touch again, from stored parses where there are any, and compares.

    Only articles that the rule set in use has tagged are compared; where they are many, by so many processes, of which
    this is one. Raises NoSnapshot and NothingTagged.
    """
    with connect_snapshot(snapshot_file) as snapshot:
        used = in_use(snapshot)
        if used is None:
            raise NothingTagged(
                f"{snapshot_file}: holds no article tagged with its rule set; run `positions track` first"
            )
        before = used.ruleset.model_dump_json(exclude_defaults=True)
        with Workers(workers - 1, partial(warm_for_edit, before, reading)) as others:
            if used.articles >= MANY:
                others.begin()
            reach = reach_of(before, reading)
            found = Impact(reach.changes, used.articles)
            if reach.changes:
                lots = _to_compare(snapshot, used, before, reading)
                for part in map_in_order(foretold, lots, others, WORTH_A_POOL, here=True):
                    found.add(part)
    return found


def _to_compare(snapshot: Snapshot, used: InUse, before: str, reading: Reading) -> Iterator[Compared]:
    """The articles that an edit of the rule set before, as JSON, may touch, in lots."""
    reach = reach_of(before, reading)
    for articles in tagged_articles(snapshot, used, reach.pattern, reach.in_candidates):
        ids = [article.article_id for article in articles]
        suspects = Batch(reading, tuple(articles), flat(parses_of(snapshot, ids, used.model_version)), before)
        yield Compared(suspects, standing_positions(snapshot, ids))


def foretold(compared: Compared) -> Impact:
    """What the edit would do to some articles."""
    suspects = compared.suspects
    touched = {article_id: found for article_id, found in touched_in(suspects).items() if found != []}
    articles = [article for article in suspects.articles if article.article_id in touched]
    before = [p for p in compared.standing if p.article_id in touched and _stands_in(p, touched[p.article_id])]
    read = engine(suspects.reading).read(articles, suspects.stored, touched)
    after = [position for found in read.positions for position in found if position.actor is not None]
    by_id = {article.article_id: article for article in articles}
    standing, coming = {_facts(p) for p in before}, {_facts(p) for p in after}
    return Impact(
        touched=len(articles),
        parsed=len(read.parses),
        kept=len(standing & coming),
        added=[_effect(by_id, p) for p in after if _facts(p) not in standing],
        retired=[_effect(by_id, p) for p in before if _facts(p) not in coming],
    )


def _stands_in(position: Position, sentences: list[Sentence] | None) -> bool:
    """Whether it stands in one of the sentences; None: in any."""
    place = position.section, position.sentence_start, position.sentence_end
    return sentences is None or any((s.section, s.start, s.end) == place for s in sentences)


def _facts(position: Position) -> tuple[object, ...]:
    """Everything a position says, as it can be compared."""
    return tuple(getattr(position, name) for name in TOLD_FIELDS)


def _effect(articles: dict[str, Article], position: Position) -> Effect:
    article = articles[position.article_id]
    section = article.title if position.section == "title" else article.text
    return Effect(position, section[position.sentence_start : position.sentence_end])
