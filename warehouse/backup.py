"""Copies of a warehouse that can be put back: made from the published snapshot, which no run ever changes.

A backup is a folder: the snapshot, what is remembered of fetched addresses, and `backup.json`, which says what it is.
"""

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.layout import prepare
from warehouse.query import connect_snapshot
from warehouse.writing import writing

TOLD = "backup.json"
SNAPSHOT = "positions.duckdb"


class BadBackup(RuntimeError):
    """The folder is no backup, or is not whole; or there is something in the place where it is to go."""


class Backup(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str = Field(description="Version of the product that made it")
    published_at: datetime = Field(description="When the snapshot was published: what came later is not in it")
    digests: dict[str, str] = Field(description="SHA-256 of each file, by its name")


def back_up(snapshot: Path, beside: tuple[Path, ...], to: Path, product: str) -> Path:
    """Write a backup into a folder of its own below `to`, whole or not at all, and give that folder.

    `beside` are files that are copied along where they are there. It may be done while a run goes on. Raises
    NoSnapshot, CannotWrite.
    """
    with connect_snapshot(snapshot) as connection, writing(to):
        (published_at,) = connection.execute("SELECT max(published_at) FROM publication").fetchall()[0]
        moment = published_at.astimezone(UTC)
        place = to / f"positions-{moment:%Y%m%dT%H%M%S%f}Z"
        if place.exists():
            return place
        part = to / f".{place.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        # The open handle is of the file whose moment was read, whatever a run publishes meanwhile.
        files = {SNAPSHOT: snapshot, **{file.name: file for file in beside if file.exists()}}
        for name, file in files.items():
            shutil.copyfile(file, part / name)
    with connect_snapshot(part / SNAPSHOT) as copied:
        (copied_at,) = copied.execute("SELECT max(published_at) FROM publication").fetchall()[0]
    told = Backup(
        product=product,
        published_at=copied_at.astimezone(UTC),
        digests={name: _digest(part / name) for name in files},
    )
    with writing(to):
        (part / TOLD).write_text(told.model_dump_json(indent=2) + "\n", "utf-8")
        part.replace(place)
    return place


def restore(backup: Path, working_file: Path) -> Backup:
    """Put a backup in the place of a warehouse that is not there, and say what it is.

    Raises BadBackup where the backup is not whole, or a warehouse is there already; CannotWrite.
    """
    told = _told(backup)
    home = working_file.parent
    for name in (working_file.name, *told.digests):
        if (home / name).exists():
            raise BadBackup(f"{home / name} is there already; restore into a folder without a warehouse")
    with writing(home):
        home.mkdir(parents=True, exist_ok=True)
        for name in told.digests:
            if name != SNAPSHOT:
                shutil.copyfile(backup / name, home / name)
        part = working_file.with_name(f".{working_file.name}.part")
        shutil.copyfile(backup / SNAPSHOT, part)
        part.chmod(0o644)
        _thaw(part)
        part.replace(working_file)
    return told


def _told(backup: Path) -> Backup:
    try:
        told = Backup.model_validate_json((backup / TOLD).read_text("utf-8"))
    except (OSError, ValidationError, json.JSONDecodeError) as error:
        raise BadBackup(f"{backup}: is no backup; name a folder that `positions backup` wrote") from error
    for name, digest in told.digests.items():
        if Path(name).name != name or not (backup / name).is_file() or _digest(backup / name) != digest:
            raise BadBackup(f"{backup / name}: is not what was backed up; take another backup")
    return told


def _thaw(working_file: Path) -> None:
    """Make a working file of a snapshot: its costly views, which it holds as tables, become views again."""
    with duckdb.connect() as plain:
        prepare(plain)
        found = plain.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        views = {name for (name,) in found}
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            if name in views:
                connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE warehouse_layout SET layout_key = 'restored'")
        prepare(connection)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
