"""The flow that publishes the warehouse: the snapshot that analysts open, and the CSV files."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.alert import A_DAY, alert
from flows.exported import exported
from flows.in_use import settings_in_use
from flows.killed import noted
from flows.lost import end_when_lost
from flows.outcome import Published
from flows.progress import current
from flows.summary import run_name, sum_up
from flows.writing import opened
from schemas.settings import Settings
from warehouse.store import Store

PUBLISH_SECONDS = 4 * 3_600.0  # that a copy may take


@flow(
    name="publish",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def publish() -> Published:
    """Publish what the working warehouse holds."""
    settings = settings_in_use()
    with opened(settings) as store, noted(settings.home):
        published = publish_warehouse(store, settings)
    sum_up("publish", published.lines())
    return published


def publish_warehouse(store: Store, settings: Settings) -> Published:
    """Write the snapshot and the CSV files where they lack anything."""
    current().begin("Publishing")
    # Another program may hold the place for a moment: a backup, a virus scanner, a share that comes back.
    write = task(
        name="publish snapshot",
        retries=2,
        retry_delay_seconds=2,
        cache_policy=NO_CACHE,
        timeout_seconds=PUBLISH_SECONDS,
    )(store.publish)
    return exported(write(settings.snapshot_file), settings)
