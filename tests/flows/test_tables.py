"""Rows as a table."""

import pytest

from flows.tables import WIDEST, show


def test_columns_are_aligned_and_long_cells_cut(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a", "long name"], [(1, "x" * 100), (None, "line\nbreak")], 10)
    header, rule, first, second = capsys.readouterr().out.splitlines()
    assert header.startswith("a  long name")
    assert rule == f"-  {'-' * WIDEST}"
    assert first == "1  " + "x" * (WIDEST - 1) + "…"
    assert second == "   line break"


def test_what_is_left_out_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a"], ([number] for number in range(5)), 3)
    shown = capsys.readouterr()
    assert shown.out.split() == ["a", "-", "0", "1", "2"]
    assert "the first 3 rows" in shown.err


def test_no_rows_still_have_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show(["a", "b"], [], 3)
    assert capsys.readouterr().out.splitlines()[0] == "a  b"
