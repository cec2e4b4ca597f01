"""`positions actors` and `positions issues`: ids by name."""

import json

import pytest

from flows import cli


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert cli.run([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("find", ["Russia", "rus", "moscow", "Russian Federation"])
def test_an_actor_is_found_by_its_id_and_by_its_names(find: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(["actors", find], capsys)[0]
    assert (first["id"], first["name"], first["kind"]) == ("RUS", "Russia", "state")


def test_an_issue_is_found_by_a_word_of_its_terms(capsys: pytest.CaptureFixture[str]) -> None:
    assert "security.nuclear_programme" in [row["id"] for row in told(["issues", "uranium"], capsys)]


def test_without_a_word_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(told(["actors"], capsys)) > 400
    assert len(told(["issues"], capsys)) > 40


def test_the_nearest_is_told_where_nothing_is_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["actors", "Rusia"]) == cli.FAILED
    assert "did you mean Russia (RUS)" in capsys.readouterr().err
    assert cli.run(["issues", "xyzzyx"]) == cli.FAILED
    assert capsys.readouterr().err == "positions: no issue is called 'xyzzyx'\n"
