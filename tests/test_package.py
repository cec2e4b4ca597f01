"""The wheel holds all that the product needs, and the container file names what there is."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUN = "from flows.start import main; main()"
ARTICLE = {"id": "a", "published": "2024-03-12", "text": "Norway demanded on Monday that Peru lift its sanctions."}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project as it is installed, in an empty folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run(code_at: Path, where: Path, *arguments: str, given: str = "") -> str:
    """What a command prints, run in a folder of its own with the code that lies somewhere."""
    own = {"PYTHONPATH": str(code_at), "POSITIONS_WORKERS": "1"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, *arguments],
        cwd=where,
        env=os.environ | own,
        input=given,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_gives_the_rows_of_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    given = json.dumps(ARTICLE) + "\n"
    rows = run(unpacked, tmp_path, "extract", given=given)
    assert rows == run(ROOT, tmp_path, "extract", given=given) != ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    assert run(unpacked, tmp_path, "--version") == f"positions, version {PROJECT['version']}\n"
    assert run(unpacked, tmp_path, "dictionary") == (ROOT / "DICTIONARY.md").read_text("utf-8")
    assert "RUS" in run(unpacked, tmp_path, "actors", "Russia")


def test_the_wheel_holds_every_file_of_the_packages_and_no_test(unpacked: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("this is no checkout of git")
    packages = ("flows", "rules", "schemas", "warehouse")
    wanted = {name for name in tracked.stdout.splitlines() if name.split("/")[0] in packages}
    held = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert wanted <= held
    assert not [name for name in held if name.startswith("tests")]
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_container_file_names_what_there_is() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert copied
    allowed = set((ROOT / ".containerignore").read_text("utf-8").splitlines())
    assert [name for name in copied if not (ROOT / name).exists() or f"!{name}" not in allowed] == []
    assert {"flows", "rules", "schemas", "warehouse", "requirements.lock"} <= set(copied)
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert 'ENTRYPOINT ["positions"]' in lines
    assert "positions" in PROJECT["scripts"]
    (user,) = [line.split()[1] for line in lines if line.startswith("USER")]
    assert user != "root"
    (base,) = [line for line in lines if line.startswith("FROM")]
    assert re.search(r":3\.11-", base), "the version that the lock was made for"


def test_the_version_stands_in_the_changelog() -> None:
    versions = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == PROJECT["version"]
    assert versions == sorted(versions, key=lambda version: [*map(int, version.split("."))], reverse=True)


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert PROJECT["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
