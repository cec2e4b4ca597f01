"""One Prefect for all tests that run flows, and small articles to run them on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Prefect: what a developer has configured must not decide how tests end. POSITIONS_FAULTS and
# POSITIONS_FAULTS_SECONDS are no settings of the product: they ask tests for more.
for name in [name for name in os.environ if name.startswith(("PREFECT_", "POSITIONS_"))]:
    if not name.startswith("POSITIONS_FAULTS"):
        del os.environ[name]


pytest_plugins = ("tests.prepared",)

# Their programs, servers and killed processes share the machine with whatever else runs on it: a second try is told
# in the summary.
TRIED_TWICE = "tests/faults/", "tests/flows/", "tests/warehouse/test_report.py"
OPEN_FAILURES = Path(__file__).with_name("open_failures.txt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says of each test how it is run, and begins with the files that take longest."""
    stay_together(items)
    mark_by_need(items)
    expect_failures(items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def stay_together(items: list[pytest.Item]) -> None:
    """Groups tests for `pytest --dist loadgroup`: by file, and all files with flows, which share one Prefect."""
    with_flows = {item.path for item in items if "prefect" in getattr(item, "fixturenames", ())}
    for item in items:
        group = "flows" if item.path in with_flows else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


def mark_by_need(items: list[pytest.Item]) -> None:
    """Marks what needs a browser or Prefect, and what does harm to processes and files, so that it can be left out."""
    for item in items:
        for name in {"browser", "prefect"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
        if item.nodeid.startswith("tests/faults/"):
            item.add_marker("faults")


def expect_failures(items: list[pytest.Item]) -> None:
    """Expects the tests of open_failures.txt to fail, a list that is to become empty; tries some twice."""
    lines = OPEN_FAILURES.read_text(encoding="utf-8").splitlines()
    known = tuple(line for line in lines if line and not line.startswith("#"))
    for item in items:
        if item.nodeid.startswith(known):
            item.add_marker(pytest.mark.xfail(reason="open, see tests/open_failures.txt", strict=False))
        elif item.nodeid.startswith(TRIED_TWICE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def own_server() -> Iterator[None]:
    """A command that starts a server tells the rest of its process where it is; no other test must rely on that."""
    names = "PREFECT_API_URL", "PREFECT_API_AUTH_STRING"
    before = {name: os.environ[name] for name in names if name in os.environ}
    yield
    for name in names:
        os.environ.pop(name, None)
    os.environ |= before


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A Prefect API with an empty database, booted once."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, PREFECT_LOGGING_LEVEL, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=180),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_LEVEL: "CRITICAL"}),
    ):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    place = tmp_path / "articles"
    place.mkdir()
    write_article(
        place / "one.txt", "Oslo and Lima", "20240312", "Norway demanded on Monday that Peru lift its sanctions."
    )
    write_article(place / "two.txt", "Lima answers", "20240313", "Peru rejected the demand. It is raining in Lima.")
    write_article(place / "three.txt", "Weather", "20240314", "It was sunny in Oslo, and nobody said a word.")
    return place


def write_article(path: Path, title: str, day: str, body: str) -> None:
    """Put an article into a file, in the text format."""
    path.write_text(f"{title}\n{day}\nhttps://news.example.org/{path.stem}\n{body}\n", "utf-8")
