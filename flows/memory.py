"""How much memory reading takes, and whether there is so much: what runs out of it halfway ends without a word."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

from schemas.settings import Settings

MB = 1_000_000
LEAST = 500 * MB  # the main process and Prefect's server, while others read
A_WORKER = 350 * MB
# Of addresses, not of memory: libraries reserve much more than they use, and more for each core.
LEAST_ADDRESSES = 4_000 * MB
ADDRESSES_A_CORE = 100 * MB


class TooLittleMemory(RuntimeError):
    """There is less memory than reading takes."""


def fitted(settings: Settings) -> Settings:
    """The settings, with fewer workers where nobody asked for so many and memory is short. Raises TooLittleMemory."""
    check_addresses()
    free = free_memory()
    if free is None or free >= needed(settings.workers):
        return settings
    fit = (free - LEAST) // A_WORKER
    if fit < 1 or "workers" in settings.model_fields_set:
        raise TooLittleMemory(
            f"{free // MB:,} MB of memory are free, and {needed(settings.workers) // MB:,} are needed with "
            f"{settings.workers} workers ({needed(1) // MB:,} with one): free some, or lower --workers"
        )
    return settings.model_copy(update={"workers": fit})


def needed(workers: int) -> int:
    """Bytes of memory that a run takes with so many processes that read."""
    return LEAST + workers * A_WORKER


def check_addresses() -> None:
    """Raise TooLittleMemory where a limit of this process (`ulimit -v`, `ulimit -d`) leaves too few addresses."""
    least = LEAST_ADDRESSES + (os.cpu_count() or 1) * ADDRESSES_A_CORE
    for name, kind in (("-v", resource.RLIMIT_AS), ("-d", resource.RLIMIT_DATA)):
        limit, _ = resource.getrlimit(kind)
        if limit != resource.RLIM_INFINITY and limit < least:
            raise TooLittleMemory(
                f"ulimit {name} leaves {limit // MB:,} MB of addresses, and {least // MB:,} are needed: raise it, or "
                "limit the memory itself, with a cgroup"
            )


def free_memory(proc: Path = Path("/proc"), groups: Path = Path("/sys/fs/cgroup")) -> int | None:
    """Bytes that this process may still use, by the machine and by its cgroups; None where nobody says."""
    machine = numbers_in(proc / "meminfo")
    free = [] if "MemAvailable:" not in machine else [(machine["MemAvailable:"] + machine.get("SwapFree:", 0)) * 1024]
    return min([*free, *free_in_groups(proc, groups)], default=None)


def free_in_groups(proc: Path, groups: Path) -> Iterator[int]:
    """Bytes that each cgroup with a limit, of those that this process is in, leaves; cached files count as free."""
    for line in text_of(proc / "self" / "cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            root, most, used, cached = groups, "memory.max", "memory.current", "inactive_file"
        elif "memory" in controllers.split(","):
            root, most, used, cached = (
                groups / "memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file",
            )
        else:
            continue
        inner = root / path.strip("/")
        for group in (inner, *inner.parents):
            limit, usage = text_of(group / most).strip(), text_of(group / used).strip()
            if limit.isdigit() and usage.isdigit():
                yield max(0, int(limit) - int(usage) + numbers_in(group / "memory.stat").get(cached, 0))
            if group == root:
                break


def numbers_in(file: Path) -> dict[str, int]:
    """The numbers that a file of the system gives, by name; none where there is no such file."""
    words = (line.split() for line in text_of(file).splitlines())
    return {line[0]: int(line[1]) for line in words if len(line) > 1 and line[1].isdigit()}


def text_of(file: Path) -> str:
    """What a file of the system says; nothing where there is none, or it may not be read."""
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""
