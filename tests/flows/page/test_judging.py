"""Judgements made on the page land through the corrections path, at once or when a run has ended; none is lost."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from flows import cli
from flows.page.judging import BUSY, Queue, Queued, land, main, queue_of
from schemas.settings import Settings
from tests.flows.page.sites import DEMAND, FIRST, HOST, TOKEN, asking, fill
from warehouse.store import AnotherRunIsWriting, Store

WRITES = {"origin": f"http://{HOST}", "x-positions-token": TOKEN}
JUDGE = f"/judge/{DEMAND.position_id}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    fill(folder)
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home"))


def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.run(["corrections", "list", "--home", str(home)]) == 0
    return capsys.readouterr().out


def test_a_judgement_waits_lands_and_is_seen_in_the_calibration(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with asking(home, WRITES) as client:
        answer = client.post(JUDGE, data={"mark": "wrong", "reason": "a forecast"})
        assert "Judged wrong" in answer.text
        assert "waits to be landed" in answer.text
        assert "Judged wrong" in client.get(f"/article/{FIRST}").text
        assert DEMAND.position_id not in client.get("/unsure").headers["location"]
        assert land(Settings(home=home)) == 1
        assert queue_of(Settings(home=home)).files() == []
        page = client.get(f"/article/{FIRST}").text  # of the snapshot that was published meanwhile
        assert "Judged wrong" in page
        assert "waits" not in page
        assert "a forecast" in page
        health = client.get("/health").text
        assert "<td>0.6 to 0.7</td>" in health
        assert DEMAND.trigger_id in health
    assert "a forecast" in listed(home, capsys)
    assert cli.run(["rules", "precision", "--by", "trigger", "--home", str(home)]) == 0
    assert DEMAND.trigger_id in [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.split()]


def test_a_correction_gives_the_right_values_and_can_be_withdrawn(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with asking(home, WRITES) as client:
        form = {"mark": "corrected", "reason": "it is Casland", "actor": "CAS", "stance": "demand", "target": "BOR"}
        assert "Judged corrected" in client.post(JUDGE, data=form).text
        land(Settings(home=home))
        assert "Casland" in client.get(f"/article/{FIRST}").text
        assert "Withdrawn" in client.post(JUDGE, data={"mark": "withdrawn"}).text
        land(Settings(home=home))
        assert "Judged" not in client.get(f"/article/{FIRST}").text
    assert DEMAND.position_id not in listed(home, capsys)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"mark": "wrong"}, "without a reason"),
        ({"mark": "corrected", "reason": "x", "actor": "CASS"}, "did you mean CAS?"),
        ({"mark": "corrected", "reason": "x", "actor": "ARL"}, "no cell differs"),
        ({"mark": "corrected", "reason": "x", "stated_on": "soon"}, "is no day"),
        ({"mark": "perhaps"}, "is none of"),
        ({"mark": "wrong", "reason": "x" * 3000}, "no longer than"),
    ],
)
def test_what_cannot_be_taken_is_told_at_once(home: Path, form: dict[str, str], told: str) -> None:
    with asking(home, WRITES) as client:
        answer = client.post(JUDGE, data=form, headers={"hx-request": "true"})
        assert told in answer.text.replace("&#39;", "'")
    assert not (home / "judgements").exists()


def test_while_a_run_writes_all_is_read_and_judgements_wait(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with asking(home, WRITES) as client:
        before = (home / "positions.duckdb").read_bytes()
        with Store.open(home / "working.duckdb"):
            assert client.get("/search").status_code == 200
            assert "waits to be landed" in client.post(JUDGE, data={"mark": "right"}).text
            with pytest.raises(AnotherRunIsWriting):
                land(Settings(home=home))
            assert main([str(home)]) == BUSY
            assert "1 judgement waits" in client.get("/waiting").text
        assert (home / "positions.duckdb").read_bytes() == before
        assert main([str(home)]) == 0
        assert "waits" not in client.get("/waiting").text
    assert "right" in listed(home, capsys)


def test_landing_again_changes_nothing_and_what_does_not_fit_is_put_aside(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queue = Queue(home / "judgements")
    stale = Queued(
        position_id="0" * len(DEMAND.position_id),
        recorded_at="2020-01-01T00:00:00+00:00",
        mark="right",
        author="Ana",
        made_on=date(2025, 3, 9),
    )
    queue.put(stale)
    (queue.folder / "0-broken.json").write_text("{", "utf-8")
    assert land(Settings(home=home)) == 0
    assert queue.files() == []
    assert [("does not stand" in why or "is no judgement" in why) for why in queue.refused()] == [True, True]
    with asking(home) as client:
        assert "2 judgements could not be taken" in client.get("/waiting").text
    assert DEMAND.position_id not in listed(home, capsys)
