"""Hands tagged batches from the workers to the one writer: directly, or as Parquet files in a folder of any kind."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import fsspec

from flows.engine import Batch, read_batch
from schemas.article import content_key
from warehouse.batches import BatchTables, read_parquet, tables_of, write_parquet
from warehouse.writing import first_line

PREFIX = "positions-batch-"


class CannotHandOver(RuntimeError):
    """The folder that the settings name for batches cannot be used."""


@dataclass(frozen=True)
class Left:
    """A batch that a worker left as a file of the folder."""

    path: str


@dataclass(frozen=True)
class Handover:
    """The folder for batches, as fsspec names it; None where workers give them to the writer themselves."""

    folder: str | None

    def prepare(self) -> None:
        """Make the folder, and remove what a killed run left in it. Raises CannotHandOver."""
        if self.folder is None:
            return
        try:
            system, root = self._opened()
            system.makedirs(root, exist_ok=True)
            for path in files_in(system, root):
                if path.rpartition("/")[2].startswith(PREFIX):
                    system.rm_file(path)
        except Exception as error:  # each file system has errors of its own
            raise CannotHandOver(
                f"POSITIONS_BATCH_FOLDER: {self.folder} cannot be used ({type(error).__name__}: {first_line(error)}); "
                "allowed is a folder, or an address that an installed package opens for fsspec"
            ) from error

    def read(self, batch: Batch) -> BatchTables | Left:
        """What a worker does: read a batch, and hand over what that gave."""
        tables = tables_of(read_batch(batch))
        return tables if self.folder is None else self._leave(tables)

    def taken(self, batches: Iterator[BatchTables | Left]) -> Iterator[BatchTables]:
        """What the writer lands."""
        return (batch if isinstance(batch, BatchTables) else self._take(batch) for batch in batches)

    def _take(self, left: Left) -> BatchTables:
        """Read and remove a file: what a killed run took and did not land is read anew from its articles."""
        system, _ = self._opened()
        with system.open(left.path, "rb") as file:
            tables = read_parquet(file)
        system.rm_file(left.path)
        return tables

    def _leave(self, tables: BatchTables) -> Left:
        """The file has its name once it is whole: a worker may die, or be taken for dead and go on writing."""
        system, root = self._opened()
        key = content_key(tables.ruleset_version, tables.model_version, *tables.article_ids)
        path = f"{root}/{PREFIX}{key}.parquet"
        part = f"{path}.{uuid.uuid4().hex}.part"
        with system.open(part, "wb") as file:
            write_parquet(tables, file)
        system.mv(part, path)
        return Left(path)

    def _opened(self) -> tuple[Any, str]:
        """The file system, and the folder within it; others write there too, so no listing is remembered."""
        system, root = fsspec.core.url_to_fs(self.folder)
        system.invalidate_cache()
        return system, root.rstrip("/")


def files_in(system: Any, root: str) -> list[str]:
    """What lies in the folder; in object storage a folder in which nothing lies is not there."""
    try:
        return list(system.ls(root, detail=False))
    except FileNotFoundError:
        return []
