"""What a watch remembers between two looks, in a file that is whole at every moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from schemas.watch import Looked


class Memory:
    """The file of one watch. Only who holds it, by `held`, may change it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.looked = Looked()

    @contextmanager
    def held(self) -> Iterator["Memory"]:
        """Hold the file: two looks of one watch follow each other. Raises OSError where it cannot be read."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._file}.lock"):
            if self._file.exists():
                self.looked = Looked.model_validate_json(self._file.read_bytes())
            yield self

    def save(self) -> None:
        """Put what is remembered on the disk, whole, before anything else happens."""
        part = self._file.with_name(f".{self._file.name}.part")
        with part.open("wb") as stream:
            stream.write(self.looked.model_dump_json(indent=1).encode())
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self._file)
