"""The login is random, one for all commands of a user, and for that user's eyes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.login import FILE, NoLogin, login


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    return tmp_path / "prefect"


def test_it_is_made_once_and_its_owner_alone_can_read_it(home: Path) -> None:
    made = login()
    assert login() == made
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    (home / FILE).unlink()
    assert login() != made
    user, password = made.split(":")
    assert (user, len(password)) == ("positions", 43)


def test_commands_that_start_at_once_have_the_same(home: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: login(), range(40)))) == 1
    assert [file.name for file in home.iterdir()] == [FILE]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_one_that_others_can_read_or_write_is_refused(home: Path, mode: int) -> None:
    login()
    (home / FILE).chmod(mode)
    with pytest.raises(NoLogin, match="others can read or write it; remove it"):
        login()


@pytest.mark.parametrize("text", ["", "positions:", "positions:short", "x" * 60])
def test_a_file_that_holds_none_is_refused(home: Path, text: str) -> None:
    login()
    (home / FILE).write_text(text, "utf-8")
    with pytest.raises(NoLogin, match="holds no login; remove it"):
        login()


def test_a_link_is_not_followed(home: Path, tmp_path: Path) -> None:
    login()
    (home / FILE).rename(tmp_path / "elsewhere")
    (home / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        login()
