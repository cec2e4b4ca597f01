"""The flow that tags the articles that were not tagged with the rule set and model in use."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from prefect import flow

from flows.ahead import ReadAhead
from flows.alert import A_DAY, alert
from flows.edits import edits_since, suspect_batches
from flows.engine import Batch, Reading, reading_of, unpacked
from flows.in_use import settings_in_use
from flows.killed import noted
from flows.lost import end_when_lost
from flows.lots import in_lots
from flows.outcome import Tagging
from flows.progress import current
from flows.stories import Comparison
from flows.summary import run_name, sum_up
from flows.writing import a_run, opened
from rules.syntax.parse import model_version
from schemas.batch import Tagged
from schemas.settings import Settings
from warehouse.batches import BatchTables, joined
from warehouse.standing import flat
from warehouse.store import Store

READ_AT_ONCE = LANDED_AT_ONCE = 1000  # articles, of several batches: a statement takes long, whatever it is about
SMALLER = 4  # times, than others, are the last batches


@flow(
    name="tag",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def tag() -> Tagging:
    """Tag what the working warehouse holds and was not tagged yet; nothing is published."""
    settings = settings_in_use()
    with (
        opened(settings) as store,
        noted(settings.home),
        a_run(store, "tag"),
        ReadAhead(reading_of(settings), settings) as ahead,
    ):
        tagging = tag_articles(store, settings, ahead)
    sum_up("tag", tagging.lines())
    return tagging


def tag_articles(store: Store, settings: Settings, ahead: ReadAhead) -> Tagging:
    """Read what is due, batch by batch, store what they gave, and compare new articles for stories.

    Some of it may be read `ahead` already.
    """
    reading, model = ahead.reading, model_version(settings.model)
    ruleset = unpacked(reading)
    store.save_ruleset(ruleset)
    due = store.untagged(reading.version, model, ruleset.language)
    current().begin("Tagging", len(due))
    ahead.due(len(due))
    edits = edits_since(store, due, reading, model)
    current().advance(len(edits.untouched))
    certain = len(due) - len(edits.untouched) - edits.suspected
    landing = Landing(store)
    with ahead.reader(certain, edits.suspected) as read_batches:
        landing.land(read_batches(suspect_batches(store, edits, reading, model)))
        whole = [one for one in due if one not in edits.untouched and one not in landing.seen]
        later = [one for one in whole if one not in ahead.ids]
        batches = whole_batches(store, later, reading, model, settings.batch_articles)
        landing.land(read_batches(chain(ahead.coming(), batches)))
    current().begin("Comparing stories")
    landing.comparison.finish()
    articles = len(whole) + landing.touched
    return Tagging(articles=articles, untouched=len(due) - articles, tagged=landing.total)


class Landing:
    """Lands what was read, and counts it.

    Of articles that an edit may touch, `seen` holds those that were not left to be read whole, and `touched` counts
    those of which some sentences were read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.comparison = Comparison(store)
        self.total = Tagged()
        self.seen: set[str] = set()
        self.touched = 0

    def land(self, batches: Iterable[BatchTables]) -> None:
        """Land several batches at a time."""
        for some in in_lots(batches, LANDED_AT_ONCE, lambda batch: len(batch.articles), LANDED_AT_ONCE):
            lot = joined(some)
            self.total += self._store.land(lot)
            self.comparison.take(lot.signed())
            if lot.only is not None:
                self.seen.update(lot.article_ids)
                self.touched += len(lot.only.column("article_id").unique())
            current().advance(len(lot.articles))


def whole_batches(store: Store, ids: Sequence[str], reading: Reading, model: str, size: int) -> Iterator[Batch]:
    """Articles with their stored parses; the last ones in small batches, so that all processes end together."""
    left = len(ids)
    for lot in in_lots(ids, max(size, READ_AT_ONCE)):
        parses, unsigned = store.read_parses_of(lot, model), store.unsigned_among(lot)
        left -= len(lot)
        for some in in_lots(store.read_articles(lot), size if left else max(1, size // SMALLER)):
            its_parses = flat({one.article_id: parses[one.article_id] for one in some})
            without = frozenset(one.article_id for one in some if one.article_id in unsigned)
            yield Batch(reading, tuple(some), its_parses, unsigned=without)
