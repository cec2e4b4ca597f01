"""What scripts want of commands: JSON, silence, whole output, completion."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.store import Store

COMMAND = [sys.executable, "-c", "from flows.start import main; main()"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse whose one position has a long content."""
    home = tmp_path_factory.mktemp("home")
    with Store.open(home / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        one = article(1)
        store.save_articles([one], [])
        store.save_tagged(batch([one], [position(one.article_id, content="reopen " * 40)]))
        store.publish(home / "positions.duckdb")
    return home


def test_status_is_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["status", "--json", "--home", str(home)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["positions"]) == (1, {"demand": 1})


def test_answers_are_json_a_row(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT stated_on, actor, condition FROM positions"
    assert cli.run(["sql", query, "--json", "--home", str(home)]) == 0
    assert json.loads(capsys.readouterr().out) == {"stated_on": "2025-03-04", "actor": "ARL", "condition": None}
    assert cli.run(["sql", query, "--json", "--csv", "--home", str(home)]) == cli.BAD_USE


def test_piped_answers_are_never_cut(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sql", "SELECT content FROM positions", "--home", str(home)]) == 0
    assert ("reopen " * 40).strip() in capsys.readouterr().out
    assert cli.run(["sql", "FROM range(500)", "--home", str(home)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 502


def test_views_and_their_columns_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sql", "\\d", "--json", "--home", str(home)]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = {row["name"]: row["comment"] for row in listed}
    assert {"positions", "standoff", "article"} <= names.keys()
    assert all(names.values())
    assert cli.run(["sql", "\\d positions;", "--json", "--home", str(home)]) == 0
    columns = {row["column"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert columns["stated_on"]["type"] == "date"
    assert columns["stated_on"]["comment"]
    assert cli.run(["sql", "\\x", "--home", str(home)]) == cli.FAILED
    assert capsys.readouterr().err == "positions: \\x: there are \\d, \\d NAME and, at the prompt, \\q\n"


@pytest.mark.parametrize("actor", ["ARL", "arl", "Arland", "ARLAND"])
def test_a_name_is_taken_wherever_an_id_is(actor: str, home: Path, tmp_path: Path) -> None:
    arguments = ["export", "positions", "--actor", actor, "--issue", "sea and straits", "--to", str(tmp_path)]
    assert cli.run([*arguments, "--home", str(home)]) == 0
    assert (tmp_path / "positions.csv").read_text("utf-8-sig").count("\n") == 2


def test_an_unknown_name_is_told_with_the_nearest(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "positions", "--to", str(tmp_path), "--home", str(home)]
    assert cli.run([*arguments, "--actor", "Arlend"]) == cli.BAD_USE
    assert "actor Arlend is not known; did you mean Arland (ARL)?" in capsys.readouterr().err
    assert cli.run(["report", "--actor", "Arlend", "--home", str(home)]) == cli.BAD_USE


def test_quiet_commands_tell_nothing(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "positions", "--quiet", "--to", str(tmp_path), "--home", str(home)]) == 0
    assert cli.run(["report", "--quiet", "--to", str(tmp_path / "report.html"), "--home", str(home)]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")
    assert (tmp_path / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "completed"), [("positions st", "status"), ("positions status --j", "--json"), ("positions a", "actors")]
)
def test_shells_complete_commands_and_options(words: str, completed: str) -> None:
    asked = {"_POSITIONS_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(COMMAND, env=os.environ | asked, capture_output=True, text=True)
    assert done.stdout == f"plain,{completed}\n"


def test_extract_reads_what_track_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "french.txt").write_text(
        "Le Pérou\n20240312\nhttps://news.example.org/fr\nLe gouvernement du Pérou a déclaré mardi qu'il refusait de "
        "lever les sanctions contre la Norvège, et que les négociations entre les deux pays reprendraient bientôt.\n"
    )
    (folder / "broken.txt").write_text("Title\nno day\nhttps://news.example.org/x\nBody.\n")
    assert cli.run(["extract", str(folder), "--workers", "1"]) == 0
    shown = capsys.readouterr()
    assert sorted((row["actor"], row["stance"]) for row in map(json.loads, shown.out.splitlines())) == [
        ("NOR", "demand"),
        ("PER", "refusal"),
    ]
    assert "french.txt: in another language (fr)" in shown.err
    assert "broken.txt: " in shown.err
    assert shown.err.splitlines()[-1] == "2 of 5 inputs were left out"
    assert cli.run(["extract", "nowhere"]) == cli.BAD_USE


@pytest.mark.usefixtures("prefect")
def test_a_run_is_json_or_silent_and_an_empty_folder_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.local import Telling, run_track
    from flows.witness import witnessed
    from schemas.settings import Settings

    settings = Settings(home=tmp_path / "home", workers=1)
    (tmp_path / "empty").mkdir()
    with witnessed(None, "") as witness:
        assert run_track([str(folder)], settings, None, witness, Telling.JSON, quiet=True) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["ingested"]["landed"]["new"] == 3
        assert run_track([str(folder)], settings, None, witness, Telling.NOTHING, quiet=True) == 0
        shown = capsys.readouterr()
        assert (shown.out, shown.err) == ("", "")
        assert run_track([str(tmp_path / "empty")], settings, None, witness, quiet=True) == 0
    assert f"{tmp_path}/empty: holds no file that can be read" in capsys.readouterr().err
