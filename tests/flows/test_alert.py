"""A failed run is told to the command that the settings name."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Crashed, Failed

from flows.alert import A_DAY, alert, what_next
from flows.children import WorkerDied
from flows.lost import end_when_lost
from flows.rules_impact import NotAllowed
from flows.sources import SourcesError
from flows.track import track
from flows.witness import PASSES, STAYS
from rules.ruleset.load import RuleSetError
from warehouse.opening import AnotherRunIsWriting
from warehouse.query import NoSnapshot
from warehouse.writing import CannotWrite, Damaged

RUN = FlowRun(id=uuid4(), flow_id=uuid4(), name="track sample")


def test_the_command_is_told_what_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told by mail.txt"
    monkeypatch.setenv("POSITIONS_ON_FAILURE", f"tee '{told}'")
    alert(track, RUN, Failed(message="the disk is full"))
    assert told.read_text("utf-8").splitlines()[:2] == ["track failed: track sample", "Failed: the disk is full"]


def test_without_a_command_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSITIONS_ON_FAILURE", raising=False)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a command was run"))
    alert(track, RUN, Failed())


def test_a_command_that_fails_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSITIONS_ON_FAILURE", f"{sys.executable} -c 'raise SystemExit(3)'")
    with pytest.raises(subprocess.CalledProcessError):
        alert(track, RUN, Failed())


def test_the_flows_have_the_hooks_and_a_limit_of_time() -> None:
    from flows.ingest import ingest
    from flows.publish import publish
    from flows.report import report
    from flows.rules_impact import rules_impact
    from flows.tag import tag
    from flows.watch import watch

    for flow in (track, ingest, tag, publish, report, rules_impact, watch):
        assert alert in (flow.on_failure_hooks or [])
        assert alert in (flow.on_crashed_hooks or [])
        assert end_when_lost in (flow.on_running_hooks or [])
        assert flow.timeout_seconds == A_DAY


@pytest.mark.parametrize(
    "error",
    [
        AnotherRunIsWriting("another run is writing"),
        httpx.ConnectError("refused"),
        WorkerDied("killed"),
        TimeoutError("a day"),
    ],
)
def test_what_passes_is_left_to_the_next_run(error: Exception) -> None:
    assert what_next(state_of(error)) == PASSES


def test_a_crash_is_left_to_the_next_run() -> None:
    assert what_next(Crashed(message="killed")) == PASSES


@pytest.mark.parametrize(
    "error",
    [
        SourcesError(["sources.yaml:3: no key is called 'sourse'"]),
        RuleSetError([]),
        CannotWrite("the disk is full"),
        Damaged("working.duckdb: is damaged"),
        NoSnapshot("positions.duckdb: no such file"),
        NotAllowed("/etc: not a rule set that a run may name"),
        ZeroDivisionError("a defect"),
        None,
    ],
    ids=repr,
)
def test_what_needs_a_person_is_not_left_to_the_next_run(error: Exception | None) -> None:
    assert what_next(state_of(error)) == STAYS


@pytest.mark.usefixtures("prefect")
def test_a_run_that_needs_a_person_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told.txt"
    monkeypatch.setenv("POSITIONS_ON_FAILURE", f"tee '{told}'")
    with pytest.raises(SourcesError):
        track([str(tmp_path / "nowhere")])
    assert told.read_text("utf-8").splitlines()[-1] == STAYS
    assert "no such file or folder" in told.read_text("utf-8")


def state_of(error: Exception | None) -> State[object]:
    """A failed state as Prefect makes it of an error."""
    return Failed(data=error) if error else Failed(message="for a reason that was lost")
