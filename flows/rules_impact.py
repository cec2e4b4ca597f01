"""The flow that tells what the rules as they stand now would change in the published snapshot: `rules impact`."""

from pathlib import Path

from prefect import flow

from flows.alert import A_DAY, alert
from flows.engine import reading_of
from flows.foretold import lines
from flows.impact import impact
from flows.in_use import settings_in_use
from flows.lost import end_when_lost
from flows.outcome import Foretold
from flows.summary import run_name, sum_up
from rules.ruleset.load import ENGLISH
from schemas.settings import Settings


class NotAllowed(ValueError):
    """A run names a rule set that it may not read."""


def allowed(rules: list[Path], settings: Settings) -> tuple[Path, ...]:
    """The folders, if a run may name them. Raises NotAllowed."""
    places = (ENGLISH, *settings.rules, *settings.allowed_rules)
    known = {folder.resolve() for folder in places}
    for folder in rules:
        if folder.resolve() not in known:
            listed = ", ".join(dict.fromkeys(map(str, places)))
            raise NotAllowed(
                f"{folder}: not a rule set that a run may name; allowed are {listed} (POSITIONS_ALLOWED_RULES)"
            )
    return tuple(rules)


@flow(
    name="rules impact",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def rules_impact(rules: list[Path] | None = None, show: int = 10) -> Foretold:
    """Tell what an edit would add and retire; nothing is changed.

    `rules` are folders, where not those in use: of those, of POSITIONS_ALLOWED_RULES, and the English ones. Raises
    NotAllowed.
    """
    settings = settings_in_use()
    edited = settings.model_copy(update={"rules": allowed(rules, settings)}) if rules else settings
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
