"""README.md shows what its commands really print."""

from pathlib import Path

import pytest

from tests.readme import README, SHOWN, written_anew


@pytest.mark.slow
def test_the_readme_shows_what_its_commands_print(tmp_path: Path) -> None:
    readme = README.read_text("utf-8")
    assert len(SHOWN.findall(readme)) == 6, "the main command, and five questions"
    assert written_anew(readme, tmp_path) == readme, "run `make readme` and look at what changed"
