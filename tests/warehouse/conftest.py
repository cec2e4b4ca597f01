"""A working file and a snapshot in a folder of their own, and small articles and positions to fill them."""

from pathlib import Path

import pytest


@pytest.fixture
def working_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "working.duckdb"


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return tmp_path / "data" / "positions.duckdb"
