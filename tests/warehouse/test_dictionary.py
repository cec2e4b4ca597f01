"""The data dictionary says what every column means, and the worked questions answer."""

from pathlib import Path

import pytest

from tests.benchmarks.generate import fill
from tests.benchmarks.latency import VIEWS, asked, measure
from warehouse.dictionary import dictionary, questions
from warehouse.export import export
from warehouse.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of a few thousand made-up positions."""
    folder = tmp_path_factory.mktemp("made_up")
    fill(folder / "working.duckdb", 6000)
    with Store.open(folder / "working.duckdb") as store:
        store.publish(folder / "positions.duckdb")
    return folder / "positions.duckdb"


def test_the_dictionary_in_the_repository_is_the_one_of_the_database() -> None:
    written = (ROOT / "DICTIONARY.md").read_text("utf-8")
    assert written == dictionary(), "DICTIONARY.md is old: write it anew with `positions dictionary > DICTIONARY.md`"


def test_there_are_twelve_questions_and_each_has_answers(made_up: Path) -> None:
    measured = measure(made_up)
    assert len(measured) == len(questions()) == 12
    assert [name for name, (_, _, rows) in measured.items() if not rows] == []
    assert all(question.endswith("?") for question, _ in questions().values())


def test_each_view_that_is_measured_has_rows(made_up: Path) -> None:
    assert [name for name, (_, _, rows) in asked(made_up, VIEWS).items() if not rows] == []


def test_a_dictionary_travels_with_the_files_and_lacks_no_meaning(made_up: Path, tmp_path: Path) -> None:
    files = export(made_up, tmp_path)
    text = (tmp_path / "dictionary.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.endswith("|  |")] == []
    for file in files:
        header = file.read_text("utf-8-sig").partition("\n")[0].split(",")
        section = text.partition(f"## {file.name}\n")[2].partition("\n## ")[0]
        told = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")][1:]
        assert told == header, file.name


def test_the_dictionary_tells_how_to_ask_for_the_same_rows_again(made_up: Path, tmp_path: Path) -> None:
    export(made_up, tmp_path, ["positions"])
    text = (tmp_path / "dictionary.md").read_text("utf-8")
    assert "all rows" in text
    assert "FROM positions_recorded_at('" in text
