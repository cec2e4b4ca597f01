"""Serves the flows on this machine: track at intervals, the report once a day."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Interval
from prefect.types.entrypoint import EntrypointType

from flows.local import checked
from flows.login import login_file
from flows.lost import ended_without, quieten_observers
from flows.report import report
from flows.server import Server, configured_url
from flows.serving import name_for
from flows.terminal import say
from flows.track import track
from flows.witness import Witness
from schemas.settings import Settings

# While a run goes on, another one that falls due is left out: the next finds whatever it would have found. So hours
# that were missed do not pile up either.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
MORNING = "30 5 * * *"
SOON = timedelta(seconds=15)  # by when a schedule is known to the server: what is due before is never run
OF_THE_SERVER = "prefect.runner", "prefect.flows"  # loggers that tell how deployments come and go


def serve_here(
    sources: Sequence[str], every: int, settings: Settings, temporary: Server | None, witness: Witness
) -> None:
    """Serve until Ctrl-C, with the server that was started for it, if one was."""
    checked(sources, settings)
    if temporary:
        temporary.wait()
    login = f"; the login is in {login_file()}" if temporary else ""
    say(f"Prefect's pages: {(configured_url() or '').removesuffix('/api')}{login}", err=True)
    first = datetime.now(UTC) + SOON
    say(told_schedule(first.astimezone(), every), err=True)
    name = name_for(settings.home)
    tracking = RunnerDeployment.from_flow(
        track,
        name,
        schedule=Interval(timedelta(minutes=every), anchor_date=first),
        parameters={"sources": list(sources)},
        concurrency_limit=ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    reporting = RunnerDeployment.from_flow(
        report, name, cron=MORNING, concurrency_limit=ONE_AT_A_TIME, entrypoint_type=EntrypointType.MODULE_PATH
    )
    quieten_observers()
    for logger in OF_THE_SERVER:
        logging.getLogger(logger).setLevel(logging.WARNING)
    with ended_without(witness):
        serve(tracking, reporting, print_starting_message=False)
    say("positions serve: ended; what was done is kept", err=True)


def told_schedule(first: datetime, every: int) -> str:
    """When runs begin, in the time of this machine."""
    second = first + timedelta(minutes=every)
    return (
        f"track runs at {first:%H:%M}, next at {second:%H:%M}, and every {every} minutes; the report comes every day "
        "at 5:30 UTC; Ctrl-C ends it"
    )
