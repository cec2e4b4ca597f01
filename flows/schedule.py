"""Serves the flows on this machine: track at intervals, the report once a day."""

from collections.abc import Sequence
from datetime import timedelta

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
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


def serve_here(
    sources: Sequence[str], every: int, settings: Settings, temporary: Server | None, witness: Witness
) -> None:
    """Serve until Ctrl-C, with the server that was started for it, if one was."""
    checked(sources, settings)
    if temporary:
        temporary.wait()
    login = f"; the login is in {login_file()}" if temporary else ""
    say(f"Prefect's pages: {(configured_url() or '').removesuffix('/api')}{login}", err=True)
    name = name_for(settings.home)
    tracking = RunnerDeployment.from_flow(
        track,
        name,
        interval=timedelta(minutes=every),
        parameters={"sources": list(sources)},
        concurrency_limit=ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    reporting = RunnerDeployment.from_flow(
        report, name, cron=MORNING, concurrency_limit=ONE_AT_A_TIME, entrypoint_type=EntrypointType.MODULE_PATH
    )
    quieten_observers()
    with ended_without(witness):
        serve(tracking, reporting, print_starting_message=False)
