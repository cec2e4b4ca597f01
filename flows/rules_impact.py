"""The flow that tells what the rules as they stand now would change in the published snapshot: `rules impact`."""

from pathlib import Path

from prefect import flow

from flows.alert import A_DAY, alert
from flows.engine import reading_of
from flows.foretold import lines
from flows.impact import impact
from flows.lost import end_when_lost
from flows.outcome import Foretold
from flows.summary import run_name, sum_up
from schemas.settings import Settings


@flow(
    name="rules impact",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def rules_impact(rules: list[Path] | None = None, show: int = 10, settings: Settings | None = None) -> Foretold:
    """Tell what an edit would add and retire; nothing is changed. `rules` are folders, where not those in use."""
    settings = settings or Settings()
    edited = settings.model_copy(update={"rules": tuple(rules)}) if rules else settings
    found = impact(settings.snapshot_file, reading_of(edited), settings.workers)
    foretold = Foretold(
        articles=found.articles,
        touched=found.touched,
        added=len(found.added),
        kept=found.kept,
        retired=len(found.retired),
        told=tuple(lines(found, show)),
    )
    sum_up("rules-impact", foretold.lines())
    return foretold
