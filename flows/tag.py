"""The flow that tags the articles that were not tagged with the rule set and model in use."""

from collections.abc import Iterator, Sequence

from prefect import flow

from flows.alert import alert
from flows.engine import Batch, Reading, reading_of, ruleset_of
from flows.outcome import Tagging
from flows.progress import current
from flows.runners import reader
from flows.summary import run_name, sum_up
from flows.writing import a_run, opened
from rules.changes import Reach
from rules.parse import model_version
from schemas.batch import Tagged
from schemas.ruleset import RuleSet
from schemas.settings import Settings
from warehouse.store import Store

COMPARED_AT_ONCE = 2000  # articles


@flow(name="tag", flow_run_name=run_name, on_failure=[alert], on_crashed=[alert])
def tag(settings: Settings | None = None) -> Tagging:
    """Tag what the working warehouse holds and was not tagged yet; nothing is published."""
    settings = settings or Settings()
    with opened(settings) as store, a_run(store, "tag"):
        tagging = tag_articles(store, settings)
    sum_up("tag", tagging.lines())
    return tagging


def tag_articles(store: Store, settings: Settings) -> Tagging:
    """Read the articles that are due, batch by batch, and store what each gave in one transaction."""
    ruleset, reading = ruleset_of(settings.rules), reading_of(settings)
    model = model_version(settings.model)
    store.save_ruleset(ruleset)
    due = store.untagged(reading.version, model, ruleset.language)
    untouched = carried_over(store, due, ruleset, model)
    due = [article_id for article_id in due if article_id not in untouched]
    current().begin("Tagging", len(due))
    total = Tagged()
    with reader(len(due), reading, settings) as read_batches:
        for batch in read_batches(batches_of(store, due, reading, model, settings.batch_articles)):
            total = both(total, store.land(batch))
            current().advance(len(batch.articles))
    return Tagging(articles=len(due), untouched=len(untouched), tagged=total)


def carried_over(store: Store, due: Sequence[str], ruleset: RuleSet, model: str) -> set[str]:
    """The articles that no edit since they were tagged can touch; they now count as tagged with this rule set."""
    carried: set[str] = set()
    for before, ids in store.tagged_with(due, model):
        reach = Reach(before, ruleset)
        if reach.everywhere:
            continue
        current().begin("Comparing rules", len(ids))
        for start in range(0, len(ids), COMPARED_AT_ONCE):
            articles = store.read_articles(ids[start : start + COMPARED_AT_ONCE])
            untouched = [article.article_id for article in articles if not reach.touches(article)]
            store.carry_over(untouched, ruleset.version)
            carried.update(untouched)
            current().advance(len(articles))
    return carried


def batches_of(store: Store, due: Sequence[str], reading: Reading, model: str, size: int) -> Iterator[Batch]:
    """The articles that are due, with their stored parses, in batches."""
    for start in range(0, len(due), size):
        ids = due[start : start + size]
        yield Batch(reading, tuple(store.read_articles(ids)), store.read_parses_of(ids, model))


def both(one: Tagged, other: Tagged) -> Tagged:
    """The counts of two batches."""
    return Tagged(**{name: getattr(one, name) + getattr(other, name) for name in Tagged.model_fields})
