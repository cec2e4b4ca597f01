"""What a folder of rules, laid over those in use, would do: findings, examples, and positions added and retired.

`python -m flows.page.trial HOME RULES…` writes it as JSON; the page runs that, as it takes a processor for a while.
"""

import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from flows.page.bench import folders
from flows.terminal import data_out
from schemas.settings import Settings

MOST = 100  # positions of each kind that are shown
PATIENCE = 1800  # seconds


class Record(BaseModel):
    """What the records of a trial share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EffectTold(Record):
    """A position that would be added or retired, with its sentence."""

    article_id: str
    stated_on: str
    actor: str
    stance: str
    issue: str | None
    target: str | None
    trigger_id: str
    sentence: str


class Trial(Record):
    """What was found. `problems` alone where the rules cannot be loaded."""

    problems: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    examples: int = 0
    wrong: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    articles: int = 0
    touched: int = 0
    kept: int = 0
    total_added: int = 0
    total_retired: int = 0
    added: tuple[EffectTold, ...] = ()
    retired: tuple[EffectTold, ...] = ()


class Trials:
    """The trials of the overlays that may be tried, by the name of the folder; the last one of each is kept."""

    def __init__(self, settings: Settings, overlays: Sequence[Path]) -> None:
        self._settings = settings
        self.overlays: Mapping[str, Path] = {str(folder): folder for folder in (*settings.allowed_rules, *overlays)}
        self._found: dict[str, Trial] = {}
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._turn = threading.Lock()

    def begin(self, overlay: str) -> None:
        """Begin to find out what an overlay does as its files stand now, unless that is going on."""
        with self._turn:
            if overlay in self._running:
                return
            self._found.pop(overlay, None)
            rules = [str(folder) for folder in folders(self._settings, self.overlays[overlay])]
            command = [sys.executable, "-m", "flows.page.trial", str(self._settings.home), *rules]
            self._running[overlay] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        threading.Thread(target=self._wait, args=(overlay, self._running[overlay]), daemon=True).start()

    def is_running(self, overlay: str) -> bool:
        """Whether it is being found out."""
        return overlay in self._running

    def found(self, overlay: str) -> Trial | None:
        """What was found; None where nobody asked, or it is not known yet."""
        return self._found.get(overlay)

    def close(self) -> None:
        """End what is running."""
        for running in list(self._running.values()):
            running.kill()

    def _wait(self, overlay: str, running: "subprocess.Popen[str]") -> None:
        try:
            told, fault = running.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()
            told, fault = "", f"it took longer than {PATIENCE} seconds"
        lines = fault.strip().splitlines() or ["it ended without a word"]
        found = Trial.model_validate_json(told) if running.returncode == 0 else Trial(problems=(lines[-1],))
        with self._turn:
            self._found[overlay] = found
            self._running.pop(overlay, None)


def tried(settings: Settings) -> Trial:
    """What the rules of the settings do, compared with those of the snapshot."""
    from flows.engine import reading_of
    from flows.impact import Effect, NothingTagged, impact
    from rules.proof.examples import run_examples
    from rules.ruleset.check import check
    from rules.ruleset.load import RuleSetError, load_with_places
    from rules.syntax.parse import Parser
    from warehouse.query import NoSnapshot

    try:
        ruleset, loaded = load_with_places(*settings.rules)
    except RuleSetError as error:
        return Trial(problems=error.problems)
    results = run_examples(ruleset, Parser(settings.model))
    try:
        found = impact(settings.snapshot_file, reading_of(settings))
    except (NothingTagged, NoSnapshot) as error:
        return Trial(problems=(str(error),))

    def shown(effects: list[Effect]) -> tuple[EffectTold, ...]:
        return tuple(
            EffectTold(
                article_id=effect.position.article_id,
                stated_on=str(effect.position.stated_on),
                actor=effect.position.actor or effect.position.actor_text,
                stance=effect.position.stance,
                issue=effect.position.issue,
                target=effect.position.target,
                trigger_id=effect.position.trigger_id,
                sentence=effect.sentence,
            )
            for effect in effects[:MOST]
        )

    return Trial(
        findings=tuple(str(finding) for finding in check(loaded)),
        examples=len(results),
        wrong=tuple(f"{r.frame_id}, {r.kind}: {r.text} ({r.detail})" for r in results if not r.ok),
        changes=tuple(str(change) for change in found.changes),
        articles=found.articles,
        touched=found.touched,
        kept=found.kept,
        total_added=len(found.added),
        total_retired=len(found.retired),
        added=shown(found.added),
        retired=shown(found.retired),
    )


if __name__ == "__main__":
    data_out().write(tried(Settings(home=Path(sys.argv[1]), rules=tuple(map(Path, sys.argv[2:])))).model_dump_json())
