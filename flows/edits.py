"""What edits of the rules do to articles that were tagged before: which sentences of which may now read otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flows.engine import Reading, engine, ruleset_of
from flows.lots import in_lots
from flows.pool import map_in_order
from flows.progress import current
from rules.reach import Reach
from rules.sentences import Sentence
from schemas.article import Article
from schemas.ruleset import RuleSet
from warehouse.store import Store

Touched = dict[str, list[Sentence] | None]
SUSPECTS_AT_ONCE = 500  # articles
WORTH_A_POOL = 4  # lots of them; fewer are compared sooner by one process than several have started


@dataclass(frozen=True)
class Suspects:
    """Articles that an edit may touch, with their stored parses by sentence key, and the rule sets before and after.

    `before` is the earlier rule set as JSON.
    """

    before: str
    reading: Reading
    articles: tuple[Article, ...]
    parses: dict[str, bytes]


@dataclass
class Edits:
    """What edits do to tagged articles: which they leave as they are, and which sentences of others they touch."""

    untouched: set[str] = field(default_factory=set)
    touched: dict[str, list[Sentence]] = field(default_factory=dict)


def touched_among(suspects: Suspects) -> Touched:
    """The sentences that may read otherwise, for each article; none in one that stays as it is, None: all of them.

    Raises RulesChanged.
    """
    reach = reach_of(suspects.before, suspects.reading)
    touched = reach.sentences_among(suspects.articles, lambda _: suspects.parses, engine(suspects.reading).tagger)
    return {article.article_id: touched.get(article.article_id, []) for article in suspects.articles}


@lru_cache(maxsize=1)
def reach_of(before: str, reading: Reading) -> Reach:
    """The reach of an edit, worked out once a process."""
    return Reach(RuleSet.model_validate_json(before), ruleset_of(reading.rules))


def compared(store: Store, due: Sequence[str], reading: Reading, model: str, workers: int) -> Edits:
    """What was edited since the articles were tagged; those left as they are now count as tagged with these rules.

    Articles that may read otherwise all over are in neither part.
    """
    edits = Edits()
    for before, ids in store.tagged_with(due, model):
        reach = Reach(before, ruleset_of(reading.rules))
        if reach.everywhere:
            continue
        current().begin("Comparing rules", len(ids))
        near = store.holding(ids, reach.pattern, reach.in_candidates) if reach.pattern else ids
        current().advance(len(ids) - len(near))
        untouched = set(ids) - set(near)
        lots = suspects_among(store, near, before, reading, model)
        for touched in map_in_order(touched_among, lots, workers, WORTH_A_POOL):
            untouched.update(article_id for article_id, found in touched.items() if found == [])
            edits.touched.update({article_id: found for article_id, found in touched.items() if found})
            current().advance(len(touched))
        store.carry_over(sorted(untouched), reading.version)
        edits.untouched |= untouched
    return edits


def suspects_among(
    store: Store, ids: Sequence[str], before: RuleSet, reading: Reading, model: str
) -> Iterator[Suspects]:
    """The articles in lots."""
    definition = before.model_dump_json(exclude_defaults=True)
    for some in in_lots(ids, SUSPECTS_AT_ONCE):
        yield Suspects(definition, reading, tuple(store.read_articles(some)), flat(store.read_parses_of(some, model)))


def flat(parses: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """Parses by sentence key, of several articles."""
    return {key: parse for some in parses.values() for key, parse in some.items()}
