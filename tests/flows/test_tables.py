"""Rows as a table, and as JSON."""

import json
import sys
from datetime import date
from decimal import Decimal

import pytest

from flows.tables import MEASURED, show, show_json


def test_columns_are_aligned_and_no_cell_is_cut_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a", "long name"], [(1, "x" * 100), (None, "line\nbreak")], 10)
    header, rule, first, second = capsys.readouterr().out.splitlines()
    assert header.startswith("a  long name")
    assert rule == f"-  {'-' * 100}"
    assert first == "1  " + "x" * 100
    assert second == "   line break"


def test_off_a_terminal_every_row_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a"], ([number] for number in range(2 * MEASURED)), 3)
    shown = capsys.readouterr()
    assert shown.out.split() == ["a", "-" * len(str(MEASURED - 1)), *map(str, range(2 * MEASURED))]
    assert shown.err == ""


def test_on_a_terminal_what_is_left_out_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    show(["a"], ([number] for number in range(5)), 3)
    shown = capsys.readouterr()
    assert [line for line in shown.out.splitlines() if "2" in line]
    assert not [line for line in shown.out.splitlines() if "3" in line]
    assert "the first 3 rows" in shown.err


def test_no_rows_still_have_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a", "b"], [], 3)
    assert capsys.readouterr().out.splitlines()[0] == "a  b"


def test_rows_are_json_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    show_json(["day", "share", "names", "none"], [(date(2024, 3, 1), Decimal("0.5"), ["Élan"], None)] * 2)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second == {"day": "2024-03-01", "share": 0.5, "names": ["Élan"], "none": None}
