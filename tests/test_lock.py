"""The lock is complete, hashed, fits pyproject.toml, and does not tell where packages came from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
# One entry of the lock: a pinned package with a marker at most, then its hashes.
ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?P<marker> ; [^\\\n]+)? \\\n(?P<hashes>(?:    --hash=.+\n)+)", re.M
)


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


def locked() -> dict[str, list[str]]:
    versions: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(LOCK + "\n"):
        versions.setdefault(canonicalize_name(entry["name"]), []).append(entry["version"])
    return versions


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_dependency_is_locked_to_a_version_that_fits(requirement: Requirement) -> None:
    versions = locked()[canonicalize_name(requirement.name)]
    assert all(requirement.specifier.contains(version, prereleases=True) for version in versions)


def test_every_entry_of_the_lock_is_pinned_and_hashed() -> None:
    begins = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(begins) == len(list(ENTRY.finditer(LOCK + "\n")))
    assert all(
        re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in LOCK.splitlines() if "--hash" in line
    )


def test_the_lock_does_not_tell_where_packages_came_from() -> None:
    assert not re.search(r"://|--index|--extra-index|--find-links", LOCK)
