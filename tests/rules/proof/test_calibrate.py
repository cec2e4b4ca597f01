"""Weights tell right rows from wrong ones, come out the same, and are written as a file that a rule set loads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.calibrate import calibrate
from rules.positions.confidence import UNMEASURED, Confidence
from rules.proof.calibrate import calibrated, predicted, weights_page
from rules.proof.judged import JudgedRow
from rules.proof.statistics import auc, bins_of, calibration_error
from rules.ruleset.strict_yaml import read_strictly
from tests.rules.sample import write


def row(number: int, frame: str, right: bool) -> JudgedRow:
    return JudgedRow(f"article {number}", {"frame": frame, "entry": f"{frame}.word"}, right)


# Nine in ten of one frame are right, one in four of another.
ROWS = [row(n, "demand.good", n % 10 > 0) for n in range(60)] + [row(n, "threat.bad", n % 4 == 0) for n in range(60)]


def test_what_was_right_more_often_is_surer() -> None:
    confidence = Confidence(calibrated(ROWS))
    good, bad = (confidence.of(row(0, frame, True).signs) for frame in ("demand.good", "threat.bad"))
    assert good is not None
    assert bad is not None
    assert 0.7 < good < 0.95
    assert 0.2 < bad < 0.5


def test_a_frame_that_nobody_measured_is_less_sure_than_the_average() -> None:
    weights = {(w.sign, w.value): w.weight for w in calibrated(ROWS)}
    assert weights["frame", UNMEASURED] < 0
    confidence = Confidence(calibrated(ROWS))
    unknown, good = (confidence.of(row(0, frame, True).signs) for frame in ("offer.new", "demand.good"))
    assert unknown is not None
    assert good is not None
    assert unknown < good


def test_rows_are_predicted_by_weights_that_did_not_see_their_article() -> None:
    said = [p.said for p in predicted(ROWS)]
    right = [p.row.right for p in predicted(ROWS)]
    assert [p.row for p in predicted(ROWS)] == ROWS
    assert auc(said, right) > 0.75
    assert calibration_error(said, right) < 0.15


def test_the_order_of_rows_does_not_matter() -> None:
    assert calibrated(ROWS) == calibrated(list(reversed(ROWS)))


@pytest.mark.parametrize("right", [True, False])
def test_rows_that_are_all_alike_cannot_be_calibrated(right: bool) -> None:
    with pytest.raises(ValueError, match="needs right rows and wrong ones"):
        calibrated([row(n, "demand.good", right) for n in range(5)])


def test_the_page_is_a_file_of_weights(tmp_path: Path) -> None:
    weights = calibrated(ROWS)
    write(tmp_path / "confidence.yaml", weights_page(weights))
    read = read_strictly(tmp_path / "confidence.yaml").data
    found = [(line["sign"], line.get("value", ""), float(line["weight"]), int(line["rows"])) for line in read]
    assert found == [(w.sign, w.value, w.weight, w.rows) for w in weights]


def test_figures_of_statistics() -> None:
    assert auc([0.1, 0.4, 0.6, 0.9], [False, False, True, True]) == 1.0
    assert auc([0.5, 0.5], [False, True]) == 0.5
    assert calibration_error([0.75] * 4, [True, True, True, False], 1) == pytest.approx(0.0)
    assert sum(part.rows for part in bins_of([0.1, 0.2, 0.3], [True, False, True], 2)) == 3


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path / "gold" / "one.jsonl", json.dumps({"quote": "absent", "actor": "NOR", "stance": "demand"}) + "\n")
    write(tmp_path / "articles" / "one.txt", "Title\n20220125\nhttps://news.example/one\nNothing was said.\n")
    result = CliRunner().invoke(calibrate, [str(tmp_path / "gold"), str(tmp_path / "articles")])
    assert result.exit_code == 1
    assert "one.jsonl:1" in result.output
    (tmp_path / "gold" / "one.jsonl").write_text("")
    result = CliRunner().invoke(calibrate, [str(tmp_path / "gold"), str(tmp_path / "articles")])
    assert result.exit_code == 1
    assert "needs right rows and wrong ones" in result.output
