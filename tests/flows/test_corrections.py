"""`positions corrections`, `rules precision` and `dictionary`, as a person calls them."""

import csv
from pathlib import Path

import pytest

from flows import cli
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.export import export
from warehouse.store import Store

DEMAND, OFFER = position(article(1).article_id), position(article(2).article_id, stance="offer")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A warehouse with two positions, published."""
    with Store.open(tmp_path / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        store.save_articles([article(1), article(2)], [])
        store.save_tagged(batch([article(1), article(2)], [DEMAND, OFFER]))
        store.publish(tmp_path / "positions.duckdb")
    return tmp_path


def marked(home: Path, **marks: dict[str, str]) -> Path:
    """An exported file with these cells changed, by the stance of the row."""
    (file,) = export(home / "positions.duckdb", home, ["review"])
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row | marks.get(row["stance"], {}) for row in csv.DictReader(handle)]
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_a_marked_file_is_taken_and_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = marked(home, demand={"mark": "wrong", "reason": "a forecast"}, offer={"mark": "right"})
    options = ["--home", str(home)]
    assert cli.run(["corrections", "import", str(file), "--author", "Ana", *options]) == 0
    assert "2 of 2 marked rows taken, 2 values new" in capsys.readouterr().err
    assert cli.run(["corrections", "list", *options]) == 0
    assert "a forecast" in capsys.readouterr().out
    assert cli.run(["rules", "precision", "--by", "trigger", *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 of 2 positions judged, right 0.50 (0.09 to 0.91); 0.50 with")
    assert lines[-2].split() == ["demand.ask.demand", "2", "2", "1", "0.50", "0.09", "0.91", "0.50", "1", "0"]
    assert lines[-1] == "mend first, by wrong positions in all: demand.ask.demand (1)"
    assert cli.run(["sql", "SELECT count(*) AS n FROM positions", *options]) == 0
    assert capsys.readouterr().out.split()[-1] == "1"
    assert cli.run(["corrections", "withdraw", DEMAND.position_id, *options]) == 0
    assert cli.run(["corrections", "withdraw", DEMAND.position_id, *options]) == 1
    capsys.readouterr()
    assert cli.run(["sql", "SELECT count(*) AS n FROM positions", *options]) == 0
    assert capsys.readouterr().out.split()[-1] == "2"


def test_with_a_refused_line_nothing_is_taken_unless_asked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = marked(home, demand={"mark": "wrogn"}, offer={"mark": "right"})
    command = ["corrections", "import", str(file), "--home", str(home)]
    assert cli.run(command) == 1
    told = capsys.readouterr()
    assert told.out.startswith("review.csv:")
    assert "0 of 2 marked rows taken" in told.err
    assert cli.run([*command, "--take-good"]) == 1
    assert "1 of 2 marked rows taken" in capsys.readouterr().err


def test_what_cannot_be_read_is_said_in_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "letter.csv"
    file.write_text("Dear Sir,\n")
    assert cli.run(["corrections", "import", str(file), "--home", str(home)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert cli.run(["rules", "precision", "--home", str(home)]) == 1
    assert "nobody has judged" in capsys.readouterr().err


def test_the_dictionary_is_the_one_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["dictionary"]) == 0
    assert capsys.readouterr().out == (Path(__file__).parents[2] / "DICTIONARY.md").read_text("utf-8")
