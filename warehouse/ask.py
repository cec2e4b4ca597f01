"""Answers a query on the published snapshot, for programs that know no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.query import connect_snapshot

AT_ONCE = 1000  # rows


class BadQuery(ValueError):
    """A query that the snapshot cannot answer, with what the database says of it."""


@dataclass(frozen=True)
class Answer:
    """The columns of an answer, and its rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Asking:
    """An open snapshot that answers queries, with `outside` on other files and addresses, too.

    Use it as a context manager. Raises NoSnapshot.
    """

    def __init__(self, snapshot: Path, outside: bool = False) -> None:
        self._connection = connect_snapshot(snapshot, outside=outside)

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, query: str) -> Answer:
        """The answer to a query in SQL, of the last one where there are several. Raises BadQuery."""
        try:
            cursor = self._connection.execute(query)
        except duckdb.Error as error:
            raise BadQuery(str(error)) from error
        return Answer(tuple(column[0] for column in cursor.description or ()), _rows(cursor))


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
    except duckdb.Error as error:
        raise BadQuery(str(error)) from error
