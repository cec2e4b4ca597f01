"""A failed run is told to the command that the settings name."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.states import Failed

from flows.alert import A_DAY, alert
from flows.lost import end_when_lost
from flows.track import track

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

    for flow in (track, ingest, tag, publish, report, rules_impact):
        assert alert in (flow.on_failure_hooks or [])
        assert alert in (flow.on_crashed_hooks or [])
        assert end_when_lost in (flow.on_running_hooks or [])
        assert flow.timeout_seconds == A_DAY
