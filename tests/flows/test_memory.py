"""Too little memory is told before anything begins."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from flows import memory
from flows.memory import A_WORKER, LEAST, MB, TooLittleMemory, check_addresses, fitted, free_memory, needed
from schemas.settings import Settings

MEMINFO = "MemTotal:       16000000 kB\nMemAvailable:    8000000 kB\nSwapFree:        1000000 kB\nHugePages_Total: 0\n"
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
from flows.cli import main
main(sys.argv[1:])
"""


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    write(tmp_path / "proc" / "meminfo", MEMINFO)
    return tmp_path / "proc"


def test_a_machine_without_groups_has_what_it_says(proc: Path, tmp_path: Path) -> None:
    assert free_memory(proc, tmp_path / "cgroup") == 9_000_000 * 1024


def test_where_nobody_says_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert free_memory(tmp_path / "proc", tmp_path / "cgroup") is None
    monkeypatch.setattr(memory, "free_memory", lambda: None)
    settings = Settings(workers=500)
    assert fitted(settings) is settings


def test_the_narrowest_group_counts(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "cgroup"
    write(proc / "self" / "cgroup", "0::/outer/inner\n")
    write(groups / "outer" / "memory.max", "900000000\n")
    write(groups / "outer" / "memory.current", "500000000\n")
    write(groups / "outer" / "memory.stat", "anon 300000000\ninactive_file 150000000\n")
    write(groups / "outer" / "inner" / "memory.max", "max\n")
    write(groups / "outer" / "inner" / "memory.current", "1\n")
    assert free_memory(proc, groups) == 550_000_000


def test_groups_of_the_older_kind_count(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "cgroup"
    write(proc / "self" / "cgroup", "9:name=systemd:/\n4:cpu,memory:/mine\n")
    write(groups / "memory" / "mine" / "memory.limit_in_bytes", "700000000\n")
    write(groups / "memory" / "mine" / "memory.usage_in_bytes", "800000000\n")
    assert free_memory(proc, groups) == 0


def test_workers_that_nobody_asked_for_are_as_many_as_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr(memory, "check_addresses", lambda: None)
    for free, workers in ((needed(4), 4), (needed(4) - 1, 3), (needed(1), 1)):
        monkeypatch.setattr(memory, "free_memory", lambda free=free: free)
        assert fitted(Settings()).workers == workers
        told = pytest.raises(TooLittleMemory, match=r"are needed with 5 workers \(850 with one\)")
        with told:
            fitted(Settings(workers=5))


def test_less_than_one_worker_takes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_memory", lambda: LEAST + A_WORKER - MB)
    with pytest.raises(TooLittleMemory, match=r"^849 MB of memory are free, and "):
        fitted(Settings())


def test_a_limit_of_addresses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kind in (("-v", resource.RLIMIT_AS), ("-d", resource.RLIMIT_DATA)):
        limits = {kind: (3_000 * MB, resource.RLIM_INFINITY)}
        monkeypatch.setattr(resource, "getrlimit", lambda one, limits=limits: limits.get(one, (-1, -1)))
        with pytest.raises(TooLittleMemory, match=f"^ulimit {name} leaves 3,000 MB of addresses"):
            check_addresses()


@pytest.mark.parametrize("arguments", [["track", "sample"], ["extract"], ["serve", "sample"]], ids=lambda a: a[0])
def test_commands_that_read_say_it_in_one_line(arguments: list[str], tmp_path: Path) -> None:
    home = [] if arguments == ["extract"] else ["--home", str(tmp_path)]
    command = [sys.executable, "-c", LIMITED, *arguments, *home]
    ended = subprocess.run(command, input="", capture_output=True, text=True, cwd=Path(__file__).parents[2])
    told = [line for line in ended.stderr.splitlines() if not line.endswith("…")]
    assert (ended.returncode, len(told)) == (1, 1), ended.stderr
    assert told[0].startswith("positions: ulimit -v leaves 2,000 MB of addresses, and ")
