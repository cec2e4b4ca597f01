"""Opens the published snapshot for reading, and tells in numbers what it holds."""

import os
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import duckdb
from pydantic import BaseModel, ConfigDict, Field

from warehouse.under_line import UnderLine, under_line_of

Kind = Literal["actor", "issue"]

Snapshot = duckdb.DuckDBPyConnection  # an open one


class NoSnapshot(FileNotFoundError):
    """There is no published snapshot at the place where one is looked for."""


class Unknown(ValueError):
    """No actor, or no issue, has this id or name."""


class Record(BaseModel):
    """What the records of a status share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunRecord(Record):
    """One run that changed something."""

    name: str = Field(description="What the run did: ingest, tag, track …")
    status: str = Field(description="running, finished, failed, or killed")
    started_at: datetime = Field(description="When it began")
    finished_at: datetime | None = Field(description="When it ended; null while running or when killed")
    articles_new: int = Field(description="Articles stored for the first time")
    articles_known: int = Field(description="Articles stored before, or twice in the batch")
    rejected_new: int = Field(description="Rejections recorded for the first time")
    rejected_known: int = Field(description="Rejections recorded before, or twice in the batch")
    positions_added: int = Field(description="Positions recorded")
    positions_retired: int = Field(description="Positions that the rule set no longer yields")


class Status(Record):
    """What a snapshot holds."""

    published_at: datetime | None = Field(description="When the snapshot was published")
    ruleset_version: str | None = Field(description="Version of the rule set in use")
    articles: int = Field(description="Articles collected")
    first_published: date | None = Field(description="Day of publication of the earliest article")
    last_published: date | None = Field(description="Day of publication of the latest article")
    stories: int = Field(description="Stories that the articles tell, near-duplicates counted once")
    outlets: int = Field(description="Outlets that published them")
    pending: int = Field(description="Articles not yet tagged with the rule set in use")
    unread: int = Field(description="Articles in languages that the rule set in use does not read")
    rejected: dict[str, int] = Field(description="Rejected inputs by reason, most frequent first")
    positions: dict[str, int] = Field(description="Standing positions by stance")
    under_line: UnderLine = Field(description="Line of confidence, and positions on its two sides")
    retired: int = Field(description="Positions that later rule sets no longer yield")
    unresolved: dict[str, int] = Field(
        description="Most frequent words for actors that nobody knows, with the number of their clauses"
    )
    unresolved_total: int = Field(description="Clauses with a stance whose actor nobody knows")
    last_runs: tuple[RunRecord, ...] = Field(description="Last runs that changed something, latest first")


def connect_snapshot(
    snapshot: Path,
    may_write: Path | None = None,
    outside: bool = False,
    first: Mapping[str, str] | None = None,
) -> duckdb.DuckDBPyConnection:
    """A read-only connection that reaches no network and no other file, save to write into `may_write`.

    With `outside` it reaches what the user reaches. `first` are settings of the database. The database takes the file
    that it has open, and the log beside it, for files that may be reached: who runs queries of others must let only
    those through that read. Raises NoSnapshot where there is none, or it cannot be opened.
    """
    connection = _opened(snapshot)
    for name, value in (first or {}).items():
        connection.execute(f"SET {name} = ?", [value])
    connection.execute("SET TimeZone = 'UTC'")
    if may_write:
        connection.execute("SET allowed_directories = [?]", [f"{may_write.resolve()}/"])
    connection.execute("SET python_enable_replacements = false")  # a name is a table, never a variable of this program
    if not outside:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")  # where logs are written is a setting, too
    return connection


def _opened(snapshot: Path) -> duckdb.DuckDBPyConnection:
    """The snapshot, open; NoSnapshot tells what to do where it is not there, closed to the user, taken, or damaged."""
    try:
        there = snapshot.is_file()
    except PermissionError:
        there = True
    if not there:
        raise NoSnapshot(f"{snapshot}: no snapshot is published here; run `positions track` first")
    if not os.access(snapshot, os.R_OK):
        raise NoSnapshot(f"{snapshot}: you may not read it; ask its owner for the permission")
    try:
        return duckdb.connect(str(snapshot), read_only=True)
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            told = "memory ran out while it was opened; free some, and try again"
        elif "Could not set lock" in str(error):
            told = "another program has it open for writing; close it there, or try again once it has ended"
        elif log_of(snapshot).exists():
            told = (
                f"{log_of(snapshot).name} beside it is of a program that wrote into it; `positions track` clears it up"
            )
        else:
            told = "is no snapshot, or is damaged; `positions track` publishes it anew"
        raise NoSnapshot(f"{snapshot}: {told}") from error


def log_of(database: Path) -> Path:
    """Where a program that writes into a database keeps what it has not yet put into the file."""
    return database.with_name(f"{database.name}.wal")


def id_of(connection: duckdb.DuckDBPyConnection, what: Kind, one: str) -> str:
    """The id of the actor, the issue or the branch of issues that an id or a name means, capitals aside.

    Raises Unknown, with the nearest id or name.
    """
    rows = connection.execute(f"SELECT {what}_id, name FROM {what} WHERE retired_at IS NULL ORDER BY ALL").fetchall()
    names = {str(key): str(name) for key, name in rows}
    known = [*names, *sorted({key.rpartition(".")[0] for key in names if "." in key} - names.keys())]
    if one in known:
        return one
    meant = one.casefold()
    found = [key for key in known if key.casefold() == meant]
    found = found or [key for key, name in names.items() if name.casefold() == meant]
    if len(found) == 1:
        return found[0]
    if found:
        raise Unknown(f"{what} {one} may be {' or '.join(found)}; name one of them")
    told = {key.casefold(): key for key in known}
    told |= {name.casefold(): f"{name} ({key})" for key, name in names.items() if name.casefold() not in told}
    near = get_close_matches(meant, sorted(told), n=1)
    raise Unknown(f"{what} {one} is not known" + (f"; did you mean {told[near[0]]}?" if near else ""))


def status(snapshot: Path, runs: int = 5, names: int = 10) -> Status:
    """What the snapshot holds, with the last `runs` runs and the `names` most frequent unknown actors."""
    with connect_snapshot(snapshot) as connection:
        return status_of(connection, runs, names)


def under_line(snapshot: Path) -> UnderLine:
    """What the views of a published snapshot show, and what they leave out. Raises NoSnapshot."""
    with connect_snapshot(snapshot) as connection:
        return under_line_of(connection)


def status_of(connection: duckdb.DuckDBPyConnection, runs: int = 5, names: int = 10) -> Status:
    """The same for a snapshot that is open."""
    return Status(
        **_single_numbers(connection),
        rejected=_counts(connection, "SELECT reason, count(*) FROM rejected_article GROUP BY 1 ORDER BY 2 DESC, 1"),
        positions=_counts(
            connection,
            "SELECT stance, count(*) FROM position WHERE retired_at IS NULL GROUP BY 1 ORDER BY 1",
        ),
        under_line=under_line_of(connection),
        unresolved=_counts(
            connection,
            "SELECT actor_text, count(*) FROM unresolved_actor WHERE retired_at IS NULL "
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {names:d}",
        ),
        last_runs=_last_runs(connection, runs),
    )


def _single_numbers(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    cursor = connection.execute("""
        SELECT
            (SELECT max(published_at) FROM publication) AS published_at,
            (SELECT max(ruleset_version) FROM ruleset WHERE retired_at IS NULL) AS ruleset_version,
            count(*) AS articles,
            min(published) AS first_published,
            max(published) AS last_published,
            count(DISTINCT coalesce(story.story_id, article.article_id)) AS stories,
            count(DISTINCT outlet) AS outlets,
            count(*) FILTER (
                tagging.article_id IS NULL
                AND article.article_id NOT IN (SELECT article_id FROM pruned_article)
                AND article.language IN (SELECT language FROM ruleset WHERE retired_at IS NULL)
            ) AS pending,
            count(*) FILTER (
                article.language NOT IN (SELECT language FROM ruleset WHERE retired_at IS NULL)
            ) AS unread,
            (SELECT count(*) FROM position WHERE retired_at IS NOT NULL) AS retired,
            (SELECT count(*) FROM unresolved_actor WHERE retired_at IS NULL) AS unresolved_total
        FROM article
        LEFT JOIN story ON story.article_id = article.article_id AND story.retired_at IS NULL
        LEFT JOIN tagging
            ON tagging.article_id = article.article_id
            AND tagging.ruleset_version IN (SELECT ruleset_version FROM ruleset WHERE retired_at IS NULL)
        """)
    names = [column[0] for column in cursor.description or ()]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    return {str(name): int(number) for name, number in connection.execute(query).fetchall()}


def _last_runs(connection: duckdb.DuckDBPyConnection, runs: int) -> tuple[RunRecord, ...]:
    fields = list(RunRecord.model_fields)
    rows = connection.execute(f"SELECT {', '.join(fields)} FROM run ORDER BY started_at DESC LIMIT {runs:d}").fetchall()
    return tuple(RunRecord(**dict(zip(fields, row, strict=True))) for row in rows)
