"""The flow that reads sources and lands what they hold: each input ends as an article, a known one, or a rejection."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.outcome import Ingested
from flows.progress import current
from flows.readers import is_address, read
from flows.sources import sources_named
from flows.summary import run_name, sum_up
from flows.writing import a_run, opened
from schemas.article import Article, Rejection
from schemas.batch import Landed
from schemas.settings import Settings
from schemas.source import Source
from warehouse.store import Store

if TYPE_CHECKING:
    from flows.fetch import Fetcher

LANDED_AT_ONCE = 1000  # inputs in a transaction


@flow(name="ingest", flow_run_name=run_name)
def ingest(sources: list[str], settings: Settings | None = None) -> Ingested:
    """Read sources into the working warehouse; what they hold is neither tagged nor published."""
    settings = settings or Settings()
    with opened(settings) as store, a_run(store, "ingest"):
        ingested = ingest_sources(store, sources_named(sources), settings)
    sum_up("ingest", ingested.lines())
    return ingested


def ingest_sources(store: Store, sources: Sequence[Source], settings: Settings) -> Ingested:
    """Land all articles and rejections of the sources."""
    current().begin("Reading")
    land = task(name="land inputs", cache_policy=NO_CACHE)(store.save_articles)
    landed, reasons = Landed(), Counter[str]()
    with fetching(sources, settings) as fetcher:
        for items in in_batches(read_all(sources, settings, fetcher)):
            articles = [item for item in items if isinstance(item, Article)]
            rejections = [item for item in items if isinstance(item, Rejection)]
            landed = both(landed, land(quote(articles), quote(rejections)))
            reasons.update(rejection.reason for rejection in rejections)
            current().advance(len(items))
    return Ingested(landed=landed, reasons=dict(reasons.most_common()))


@contextmanager
def fetching(sources: Sequence[Source], settings: Settings) -> Iterator["Fetcher | None"]:
    """What fetches addresses, where there are any; what it fetched is remembered once all has landed."""
    if not any(is_address(source.source) or source.format == "feed" for source in sources):
        yield None
        return
    from flows.fetch import Fetcher
    from flows.remembered import Remembered

    with Fetcher(settings, Remembered(settings.fetched_file)) as fetcher:
        yield fetcher
        fetcher.remembered.keep()


def read_all(sources: Sequence[Source], settings: Settings, fetcher: "Fetcher | None") -> Iterator[Article | Rejection]:
    """The inputs of files one after another, then those of addresses, several of which are fetched at a time."""
    for source in sources:
        if not is_address(source.source):
            yield from read(source, settings, fetcher)
    addresses = [source for source in sources if is_address(source.source)]
    if addresses:
        with ThreadPoolExecutor(settings.fetch_hosts) as threads:
            for items in threads.map(lambda source: list(read(source, settings, fetcher)), addresses):
                yield from items


def in_batches(items: Iterable[Article | Rejection]) -> Iterator[list[Article | Rejection]]:
    """The items in lists of the size that is landed at once."""
    waiting = iter(items)
    while some := list(islice(waiting, LANDED_AT_ONCE)):
        yield some


def both(one: Landed, other: Landed) -> Landed:
    """The counts of two batches."""
    return Landed(**{name: getattr(one, name) + getattr(other, name) for name in Landed.model_fields})
