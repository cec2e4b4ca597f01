"""Judgements made on the page: kept in a folder until no run is writing, then landed through the corrections path.

`python -m flows.page.judging HOME` lands what waits there, and publishes.
"""

import getpass
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.settings import Settings
from warehouse.corrections import check_lines
from warehouse.marked_file import Line
from warehouse.query import Snapshot

WITHDRAWN = "withdrawn"
BUSY, FAULT = 75, 1  # exit codes: another run is writing, or what was told on standard error
AGAIN = 2.0  # seconds until a run that writes is looked for again
GATHER = 0.4  # seconds in which judgements gather, as each landing publishes


class Queued(BaseModel):
    """A judgement that waits, in the words of the corrections path."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    position_id: str
    recorded_at: str = Field(description="When the position was recorded that was looked at")
    mark: str = Field(description="right, wrong, corrected, or withdrawn")
    reason: str = ""
    values: dict[str, str] = Field(default={}, description="Fields with the values that are right")
    author: str
    made_on: date

    @property
    def line(self) -> Line:
        """The same as a row of a marked file."""
        cells = {"position_id": self.position_id, "recorded_at": self.recorded_at}
        return Line(1, {**cells, "mark": self.mark, "reason": self.reason, **self.values})


class Queue:
    """The folder of judgements that wait, each a file; what could not be taken lies in its folder `refused`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, queued: Queued) -> None:
        """Keep a judgement: whole on the disk when this returns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{time.time_ns()}-{secrets.token_hex(4)}.json"
        draft = file.with_suffix(".part")
        with draft.open("w", encoding="utf-8") as opened:
            opened.write(queued.model_dump_json())
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)

    def files(self) -> list[Path]:
        """What waits, in the order it was made."""
        return sorted(self.folder.glob("*.json"))

    def waiting(self) -> dict[str, Queued]:
        """The last judgement that waits of each position."""
        found = {}
        for file in self.files():
            try:
                queued = Queued.model_validate_json(file.read_text("utf-8"))
            except (FileNotFoundError, ValidationError):  # it has just landed, or is refused when it lands
                continue
            found[queued.position_id] = queued
        return found

    def refused(self) -> list[str]:
        """Why judgements could not be taken."""
        return [file.read_text("utf-8").strip() for file in sorted((self.folder / "refused").glob("*.txt"))]

    def refuse(self, file: Path, why: str) -> None:
        """Put a judgement aside that cannot be taken, with the reason beside it."""
        place = self.folder / "refused"
        place.mkdir(exist_ok=True)
        (place / file.with_suffix(".txt").name).write_text(f"{why}\n", "utf-8")
        file.replace(place / file.name)


def queue_of(settings: Settings) -> Queue:
    """The queue of a warehouse."""
    return Queue(settings.home / "judgements")


def author() -> str:
    """Who judges: the user of this machine."""
    return getpass.getuser()


def fault_of(snapshot: Snapshot, queued: Queued) -> str | None:
    """Why a judgement could not be taken as the snapshot stands; None where it can."""
    if queued.mark == WITHDRAWN:
        return None
    refused = check_lines(snapshot, [queued.line], "judgement").refused
    return refused[0].partition(": ")[2] if refused else None


def land(settings: Settings) -> int:
    """Land what waits, publish, and give how many were taken. Raises AnotherRunIsWriting."""
    from flows.writing import opened

    queue, taken = queue_of(settings), list[Path]()
    if not (files := queue.files()):
        return 0
    with opened(settings) as store:
        for file in files:
            try:
                queued = Queued.model_validate_json(file.read_text("utf-8"))
            except ValidationError as error:
                queue.refuse(file, f"is no judgement: {error.errors()[0]['msg']}")
                continue
            if queued.mark == WITHDRAWN:
                store.withdraw_corrections([queued.position_id])
            else:
                marks = store.check_lines([queued.line], f"position {queued.position_id}")
                if marks.refused:
                    queue.refuse(file, marks.refused[0])
                    continue
                store.save_corrections(marks.judgements, queued.author, queued.made_on)
            taken.append(file)
        store.publish(settings.snapshot_file)
    for file in taken:  # only now is it in what is read; landed twice, it changes nothing
        file.unlink()
    return len(taken)


class Lander:
    """Lands what waits, in a process of its own: one that has the snapshot open must not publish the next one."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home
        self._queue = queue_of(settings)
        self._called = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="lander", daemon=True)
        self.told = ""  # why what waits has not landed yet

    def start(self) -> None:
        """Begin, with what an earlier program left."""
        self._called.set()
        self._thread.start()

    def call(self) -> None:
        """Say that a judgement waits."""
        self._called.set()

    def end(self) -> None:
        """Stop; a landing that has begun is waited for, and what waits still is kept for the next program."""
        self._ended.set()
        self._called.set()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        while self._called.wait() and not self._ended.is_set():
            self._called.clear()
            if not self._queue.files():
                self.told = ""
                continue
            self._ended.wait(GATHER)
            self.told = self._landed()
            if self.told and not self._ended.wait(AGAIN):
                self._called.set()

    def _landed(self) -> str:
        command = [sys.executable, "-m", "flows.page.judging", str(self._home)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
        if done.returncode == BUSY:
            return "a run is writing; it lands when that has ended"
        return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["it could not be landed"])[-1]


def main(arguments: Sequence[str]) -> int:
    """Land what waits in a folder of a warehouse; what went wrong is told in one line."""
    from flows.terminal import say
    from warehouse.layout import WarehouseDiffers
    from warehouse.publish import CannotPublish
    from warehouse.store import AnotherRunIsWriting, CannotOpen
    from warehouse.writing import CannotWrite, Damaged, OutOfMemory

    try:
        land(Settings(home=Path(arguments[0])))
    except AnotherRunIsWriting:
        return BUSY
    except (WarehouseDiffers, CannotPublish, CannotOpen, CannotWrite, Damaged, OutOfMemory) as error:
        say(error, err=True)
        return FAULT
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
