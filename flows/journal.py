"""Keeps judgements on the disk from the key on that made them, until they are in the warehouse."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from pydantic import ValidationError

from schemas.correction import Judgement


class AnotherReview(RuntimeError):
    """Another review of the same warehouse is going on."""


class Journal:
    """Judgements that wait, and the positions that were skipped, a JSON line each; the last line of a position counts.

    A context manager. Raises AnotherReview where another one has it open.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = FileLock(file.with_name(f"{file.name}.lock"), timeout=0)

    def __enter__(self) -> Self:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise AnotherReview(f"{self._file}: another review of this warehouse is going on") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def write(self, position_id: str, judgement: Judgement | None) -> None:
        """Keep a judgement, or None for a position that was skipped: on the disk when this returns."""
        told = judgement.model_dump_json() if judgement else json.dumps({"skipped": position_id})
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(f"{told}\n")
            lines.flush()
            os.fsync(lines.fileno())

    def read(self) -> dict[str, Judgement | None]:
        """What waits, by position. A line that a loss of power cut off is passed over: its key was never done."""
        found: dict[str, Judgement | None] = {}
        for line in self._file.read_text("utf-8").splitlines() if self._file.exists() else ():
            try:
                told = json.loads(line)
                if "skipped" in told:
                    found[told["skipped"]] = None
                else:
                    judgement = Judgement.model_validate(told)
                    found[judgement.position_id] = judgement
            except (json.JSONDecodeError, ValidationError):
                continue
        return found

    def keep_skipped(self, found: Mapping[str, Judgement | None]) -> None:
        """Forget the judgements, which are in the warehouse by now."""
        part = self._file.with_name(f".{self._file.name}.part")
        skipped = (json.dumps({"skipped": name}) for name, judgement in found.items() if judgement is None)
        part.write_text("".join(f"{line}\n" for line in skipped), "utf-8")
        part.replace(self._file)
