"""The main flow: ingest sources, tag what is due, publish, and tell the watches."""

from prefect import flow

from flows.ahead import ReadAhead
from flows.alert import A_DAY, alert
from flows.engine import reading_of, ruleset_of
from flows.in_use import settings_in_use
from flows.ingest import ingest_sources
from flows.killed import noted
from flows.lost import end_when_lost
from flows.outcome import Tracked
from flows.publish import publish_warehouse
from flows.sources import check_issuers, sources_named
from flows.summary import link, on_pages, run_name, sum_up
from flows.tag import tag_articles
from flows.watches.look import look_at_all, told_of
from flows.writing import a_run, opened


@flow(
    name="track",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def track(sources: list[str]) -> Tracked:
    """Collect sources and bring the positions of everything collected up to date."""
    settings = settings_in_use()
    named = sources_named(sources)
    check_issuers(named, (actor.id for actor in ruleset_of(settings.rules).actors))
    with on_pages(), opened(settings) as store, noted(settings.home):
        with a_run(store, "track"), ReadAhead(reading_of(settings), settings) as ahead:
            ingested = ingest_sources(store, named, settings, ahead.landed)
            tagging = tag_articles(store, settings, ahead)
        published = publish_warehouse(store, settings)
    watched = told_of(look_at_all(settings))
    tracked = Tracked(ingested=ingested, tagging=tagging, published=published, watched=watched)
    sum_up("track", tracked.lines())
    link("snapshot", published.snapshot)
    return tracked
