"""The flow that reads sources and lands what they hold: each input ends as an article, a known one, or a rejection."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.addresses import is_address
from flows.alert import A_DAY, alert
from flows.in_use import settings_in_use
from flows.killed import noted
from flows.language import identifier, with_language
from flows.lost import end_when_lost
from flows.lots import in_lots
from flows.outcome import Ingested
from flows.progress import current
from flows.readers import read, read_changed
from flows.readers.record import Known
from flows.sources import sources_named
from flows.summary import run_name, sum_up
from flows.writing import a_run, opened
from schemas.article import Article, Rejection
from schemas.batch import Landed
from schemas.settings import Settings
from schemas.source import FileRead, RecordsRead, Source
from warehouse.store import Store

if TYPE_CHECKING:
    from flows.fetch import Fetcher

Item = Article | Rejection | FileRead | RecordsRead
Land = Callable[[list[Article], list[Rejection], list[FileRead], list[RecordsRead]], Landed]
Tell = Callable[[Landed, Sequence[Article]], None]
LANDED_AT_ONCE = 1000  # inputs in a transaction
LAND_SECONDS = 3_600.0  # that a transaction may take
CHARACTERS_AT_ONCE = 10_000_000  # of their texts, beyond which fewer inputs land at once


def unheard(_landed: Landed, _new: Sequence[Article]) -> None:
    """Where nobody listens."""


@flow(
    name="ingest",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def ingest(sources: list[str]) -> Ingested:
    """Read sources into the working warehouse; what they hold is neither tagged nor published."""
    settings = settings_in_use()
    with opened(settings) as store, noted(settings.home), a_run(store, "ingest"):
        ingested = ingest_sources(store, sources_named(sources), settings)
    sum_up("ingest", ingested.lines())
    return ingested


def ingest_sources(store: Store, sources: Sequence[Source], settings: Settings, tell: Tell = unheard) -> Ingested:
    """Land all articles and rejections of the sources, a batch a task.

    `tell` hears after each what landed so far, and which new articles with it.
    """
    land = task(name="land inputs", cache_policy=NO_CACHE, timeout_seconds=LAND_SECONDS)(store.save_articles)
    return land_sources(lambda *batch: land(*map(quote, batch)), store, sources, settings, tell)


def land_sources(
    land: Land,
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    tell: Tell = unheard,
) -> Ingested:
    """Land what the sources hold; files that were read to their end before are passed over."""
    current().begin("Reading")
    landed, reasons = Landed(), Counter[str]()
    with fetching(settings) as fetcher, store.in_little_memory():
        known = Known(store.files_read(), store.known_records)
        for items in in_batches(read_all(sources, settings, known, fetcher, store.today())):
            articles, new = identified(store, [item for item in items if isinstance(item, Article)])
            rejections = [item for item in items if isinstance(item, Rejection)]
            ended = [item for item in items if isinstance(item, FileRead)]
            records = [item for item in items if isinstance(item, RecordsRead)]
            batch = land(articles, rejections, ended, records)
            landed += batch
            tell(landed, new)
            reasons.update(rejection.reason for rejection in rejections)
            for file in ended:
                reasons.update(file.reasons if file.again else {})
            current().advance(batch.new + batch.known)
    identifier.cache_clear()  # 90 MB, which the rest of a run has better uses for
    return Ingested(landed=landed, reasons=dict(reasons.most_common()))


def identified(store: Store, articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """The articles, the new ones with the language they are written in; and these again, each once.

    Those known already have their language.
    """
    unknown = store.unknown_articles([article.article_id for article in articles])
    new: dict[str, Article] = {}
    for article in articles:
        if article.article_id in unknown and article.article_id not in new:
            new[article.article_id] = with_language(article)
    return [new.get(article.article_id, article) for article in articles], list(new.values())


@contextmanager
def fetching(settings: Settings) -> Iterator[Callable[[], "Fetcher"]]:
    """What gives the one fetcher of the run, made when first asked for; what it fetched is remembered at the end."""
    made: list[Fetcher] = []
    turn = Lock()

    with ExitStack() as opened_things:

        def fetcher() -> "Fetcher":
            with turn:
                if not made:
                    from flows.fetch import Fetcher
                    from flows.remembered import Remembered

                    made.append(opened_things.enter_context(Fetcher(settings, Remembered(settings.fetched_file))))
                return made[0]

        yield fetcher
        for used in made:  # reached when everything has landed, not after an error
            used.remembered.keep()


def read_all(
    sources: Sequence[Source],
    settings: Settings,
    known: Known,
    fetcher: Callable[[], "Fetcher"],
    today: date,
) -> Iterator[Item]:
    """What files hold, one after another, then what addresses do, several of which are fetched at a time."""
    for source in sources:
        if not is_address(source.source):
            yield from read_changed(source, settings, known, fetcher, today)
    addresses = [source for source in sources if is_address(source.source)]
    if addresses:
        with ThreadPoolExecutor(settings.fetch_hosts) as threads:
            for items in threads.map(lambda source: list(read(source, settings, fetcher, today)), addresses):
                yield from items


def in_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of the size that is landed at once."""
    return in_lots(items, LANDED_AT_ONCE, characters_of, CHARACTERS_AT_ONCE)


def characters_of(item: Item) -> int:
    """How much text it holds."""
    return len(item.text) if isinstance(item, Article) else 0
