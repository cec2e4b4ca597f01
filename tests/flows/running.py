"""Runs flows with the settings that a test gives: they are no parameters of a flow."""

from collections.abc import Sequence

from flows import ingest as ingesting
from flows import publish as publishing
from flows import tag as tagging
from flows import track as tracking
from flows.in_use import using
from flows.outcome import Ingested, Published, Tagging, Tracked
from schemas.settings import Settings


def track(sources: Sequence[str], settings: Settings) -> Tracked:
    """The main flow."""
    with using(settings):
        return tracking.track(list(sources))


def ingest(sources: Sequence[str], settings: Settings) -> Ingested:
    """The flow that lands."""
    with using(settings):
        return ingesting.ingest(list(sources))


def tag(settings: Settings) -> Tagging:
    """The flow that tags."""
    with using(settings):
        return tagging.tag()


def publish(settings: Settings) -> Published:
    """The flow that publishes."""
    with using(settings):
        return publishing.publish()
