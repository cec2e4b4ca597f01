"""The flow that tags the articles that were not tagged with the rule set and model in use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from prefect import flow

from flows.alert import alert
from flows.edits import compared, flat
from flows.engine import Batch, Reading, reading_of, ruleset_of
from flows.lots import in_lots
from flows.outcome import Tagging
from flows.progress import current
from flows.runners import reader
from flows.stories import Comparison
from flows.summary import run_name, sum_up
from flows.writing import a_run, opened
from rules.parse import model_version
from rules.sentences import Sentence
from schemas.batch import Tagged
from schemas.settings import Settings
from warehouse.batches import BatchTables, joined
from warehouse.store import Store

READ_AT_ONCE = LANDED_AT_ONCE = 1000  # articles, of several batches: a statement takes long, whatever it is about
REREAD_LIKE_ONE = 10  # articles of which some sentences are read again cost what one costs that is parsed


@flow(name="tag", flow_run_name=run_name, on_failure=[alert], on_crashed=[alert])
def tag(settings: Settings | None = None) -> Tagging:
    """Tag what the working warehouse holds and was not tagged yet; nothing is published."""
    settings = settings or Settings()
    with opened(settings) as store, a_run(store, "tag"):
        tagging = tag_articles(store, settings)
    sum_up("tag", tagging.lines())
    return tagging


def tag_articles(store: Store, settings: Settings) -> Tagging:
    """Read what is due, batch by batch, store what they gave, and compare new articles for stories."""
    ruleset, reading = ruleset_of(settings.rules), reading_of(settings)
    model = model_version(settings.model)
    store.save_ruleset(ruleset)
    due = store.untagged(reading.version, model, ruleset.language)
    edits = compared(store, due, reading, model, settings.workers)
    whole = [article_id for article_id in due if article_id not in edits.untouched and article_id not in edits.touched]
    batches = chain(
        whole_batches(store, whole, reading, model, settings.batch_articles),
        edited_batches(store, edits.touched, reading, model, settings.batch_articles),
    )
    articles = len(whole) + len(edits.touched)
    current().begin("Tagging", articles)
    total = Tagged()
    with reader(len(whole) + len(edits.touched) // REREAD_LIKE_ONE, reading, settings) as read_batches:
        comparison = Comparison(store)
        for lot in landing_lots(read_batches(batches)):
            total = both(total, store.land(lot))
            comparison.take(lot.signed())
    current().begin("Comparing stories")
    comparison.finish()
    return Tagging(articles=articles, untouched=len(edits.untouched), tagged=total)


def whole_batches(store: Store, ids: Sequence[str], reading: Reading, model: str, size: int) -> Iterator[Batch]:
    """Articles with their stored parses."""
    for lot in in_lots(ids, max(size, READ_AT_ONCE)):
        parses, unsigned = store.read_parses_of(lot, model), store.unsigned_among(lot)
        for some in in_lots(store.read_articles(lot), size):
            its_parses = flat({one.article_id: parses[one.article_id] for one in some})
            without = frozenset(one.article_id for one in some if one.article_id in unsigned)
            yield Batch(reading, tuple(some), its_parses, unsigned=without)


def edited_batches(
    store: Store, touched: Mapping[str, list[Sentence]], reading: Reading, model: str, size: int
) -> Iterator[Batch]:
    """Articles of which some sentences are to be read again, with the stored parses of those."""
    for some in in_lots(touched, size):
        only = {article_id: touched[article_id] for article_id in some}
        keys = [sentence.key for sentences in only.values() for sentence in sentences]
        yield Batch(reading, tuple(store.read_articles(some)), store.read_parses(keys, model), only)


def landing_lots(batches: Iterable[BatchTables]) -> Iterator[BatchTables]:
    """The batches, several as one; those of which some sentences alone were read apart from the others."""
    waiting: list[BatchTables] = []
    for batch in batches:
        if waiting and ((batch.only is None) != (waiting[0].only is None) or articles_of(waiting) >= LANDED_AT_ONCE):
            yield joined(waiting)
            waiting = []
        waiting.append(batch)
        current().advance(len(batch.articles))
    if waiting:
        yield joined(waiting)


def articles_of(batches: Iterable[BatchTables]) -> int:
    """How many articles they are."""
    return sum(len(batch.articles) for batch in batches)


def both(one: Tagged, other: Tagged) -> Tagged:
    """The counts of two batches."""
    return Tagged(**{name: getattr(one, name) + getattr(other, name) for name in Tagged.model_fields})
