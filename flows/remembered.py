"""What is remembered of addresses between runs, so that what has not changed is not fetched again."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock

KEPT = timedelta(days=120)  # no feed lists a page for longer
TRIES = 3  # runs that ask for a page that may come back, before it is left alone for a while
LEFT_ALONE = timedelta(days=7)


@dataclass(frozen=True)
class Validators:
    """How a server recognises the version of an address that was fetched, and when that was."""

    url: str
    etag: str | None
    last_modified: str | None
    fetched_on: str
    failures: int = 0  # runs in which it could not be had; TRIES where there is no hope for now

    @property
    def headers(self) -> dict[str, str]:
        """The request headers that ask for a newer version alone."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class Remembered:
    """The addresses fetched so far; what a run notes counts once it is kept, after the articles have landed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = {found.url: found for found in read(file)}
        self._noted: dict[str, Validators] = {}
        self._lock = Lock()

    def known(self, url: str) -> Validators | None:
        """What an earlier run kept of the address."""
        return self._known.get(url)

    def note(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Note that this version of the address was fetched."""
        today = datetime.now(UTC).date().isoformat()
        with self._lock:
            self._noted[url] = Validators(url, etag, last_modified, today)

    def is_due(self, url: str) -> bool:
        """Whether a page is to be fetched: it never was, or what failed may go better now."""
        found = self.known(url)
        if found is None or 0 < found.failures < TRIES:
            return True
        return found.failures > 0 and date.fromisoformat(found.fetched_on) <= datetime.now(UTC).date() - LEFT_ALONE

    def failed(self, url: str, may_pass: bool) -> None:
        """Note that the page could not be had, so that dead links are not asked again in every run."""
        before = self.known(url)
        failures = min(TRIES, (before.failures if before else 0) + 1) if may_pass else TRIES
        with self._lock:
            self._noted[url] = Validators(url, None, None, datetime.now(UTC).date().isoformat(), failures)

    def still_listed(self, url: str) -> None:
        """Note that a feed still leads to the address, so that it is not forgotten."""
        found = self.known(url)
        if found and not found.failures:
            self.note(url, found.etag, found.last_modified)

    def drop(self, url: str) -> None:
        """Take back what this run noted of the address: it is to be fetched again."""
        with self._lock:
            self._noted.pop(url, None)

    def keep(self) -> None:
        """Write what was noted, in one step; what no feed has led to for long is forgotten."""
        with self._lock:
            if not self._noted:
                return
            self._known.update(self._noted)
            self._noted = {}
            oldest = (datetime.now(UTC).date() - KEPT).isoformat()
            self._known = {url: found for url, found in self._known.items() if found.fetched_on >= oldest}
            write(self._file, self._known)


def read(file: Path) -> list[Validators]:
    """The records of the file; ValueError with the line where one is damaged."""
    if not file.exists():
        return []
    records = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            record = Validators(**json.loads(line))
            date.fromisoformat(record.fetched_on)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{file}:{number}: {error}; delete the file to fetch everything again") from error
        records.append(record)
    return records


def write(file: Path, known: dict[str, Validators]) -> None:
    """Put the records in the place of the file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")  # one name, so that what a killed run leaves is written over
    with part.open("w", encoding="utf-8") as copy:
        for url in sorted(known):
            copy.write(json.dumps(asdict(known[url]), ensure_ascii=False) + "\n")
        copy.flush()
        os.fsync(copy.fileno())
    part.replace(file)
