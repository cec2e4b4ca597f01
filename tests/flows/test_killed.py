"""Of a run that was killed Prefect is told by the next one: it would call it running for ever."""

from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.states import Completed, Running, State

from flows.killed import noted
from flows.track import track as flow
from flows.writing import NOTE
from schemas.settings import Settings
from tests.flows.running import ingest, publish, tag, track

pytestmark = pytest.mark.usefixtures("prefect")


def begun(state: State[object]) -> UUID:
    """A run of which nothing is there but what Prefect knows."""
    with get_client(sync_client=True) as client:
        return client.create_flow_run(flow, parameters={"sources": []}, state=state).id


def state_of(run: UUID) -> str:
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(run).state
    assert state
    return state.type.value


@pytest.mark.parametrize("next_run", ["track", "ingest", "tag", "publish"])
def test_a_run_that_was_killed_counts_as_crashed_from_the_next_one_on(next_run: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", workers=1)
    settings.home.mkdir()
    killed, other = begun(Running()), begun(Running())
    (settings.home / NOTE).write_text(str(killed), "utf-8")
    if next_run in ("track", "ingest"):
        {"track": track, "ingest": ingest}[next_run]([], settings)
    else:
        {"tag": tag, "publish": publish}[next_run](settings)
    assert state_of(killed) == "CRASHED"
    assert state_of(other) == "RUNNING"  # of another warehouse, for all that is known here
    assert not (settings.home / NOTE).exists()


@pytest.mark.parametrize("left", ["", "no id", "5f0c2f6e-6d0c-4f6b-9a55-0d2f2b1f7a10"])
def test_a_note_that_tells_of_no_run_is_passed_over(left: str, tmp_path: Path) -> None:
    (tmp_path / NOTE).write_text(left, "utf-8")
    with noted(tmp_path):
        pass
    assert not (tmp_path / NOTE).exists()


def test_how_a_run_ended_stays(tmp_path: Path) -> None:
    ended = begun(Completed())
    (tmp_path / NOTE).write_text(str(ended), "utf-8")
    with noted(tmp_path):
        pass
    assert state_of(ended) == "COMPLETED"


def test_a_run_is_noted_while_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT__RUNTIME__FLOW_RUN__ID", "this one")
    with noted(tmp_path):
        assert (tmp_path / NOTE).read_text("utf-8") == "this one"
    assert not (tmp_path / NOTE).exists()


def test_a_disk_without_room_for_the_note_stops_no_run(tmp_path: Path) -> None:
    with noted(tmp_path / "not there"):
        pass
