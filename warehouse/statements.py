"""Tells statements that only read from all others, by what they are parsed to."""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

ONLY = "only reading is allowed: SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SHOW, SUMMARIZE, and EXPLAIN of these"
# Since version 2 the name before AS may stand for a COPY or DELETE, and the whole still counts as a SELECT.
READING_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
RUNS_TEXT = frozenset({"query", "json_execute_serialized_sql"})  # functions that run what only they take apart
WORDS, LITERAL = re.compile(r"\w+"), re.compile(r"'((?:[^']|'')*)'")
EXPLAINED = re.compile(r"EXPLAIN\b\s*(?:ANALYZE\b|\([^()]*\))?", re.IGNORECASE)


class BadQuery(ValueError):
    """A query that the snapshot cannot answer, with what the database says of it."""


def reading_statements(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The statements of a query, in a form that cannot do anything but read. Raises BadQuery."""
    try:
        return [_reading(connection, statement) for statement in connection.extract_statements(query)]
    except duckdb.Error as error:
        raise BadQuery(str(error)) from error


def refuse_writing_to(connection: duckdb.DuckDBPyConnection, query: str, kept: Collection[Path]) -> None:
    """Raise BadQuery where a statement that does not only read names one of the files."""
    try:
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        raise BadQuery(str(error)) from error
    for statement in statements:
        named = [Path(literal.replace("''", "'")) for literal in LITERAL.findall(statement.query)]
        told = next((path for path in named if path.resolve() in kept), None)
        if told and not (statement.type == duckdb.StatementType.SELECT and _only_reads(connection, statement.query)):
            raise BadQuery(f"{_named(statement.query)} …: {told} is the snapshot, which is only read")


def _reading(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> str:
    text = statement.query.strip().rstrip(";")
    if statement.type == duckdb.StatementType.SELECT:
        if _only_reads(connection, text):
            return text
    elif statement.type == duckdb.StatementType.EXPLAIN:
        head = EXPLAINED.match(text)
        inner = connection.extract_statements(text[head.end() :]) if head else []
        if head and [one.type for one in inner] == [duckdb.StatementType.SELECT]:
            return f"{head.group()} {_reading(connection, inner[0])}"
    elif statement.type == duckdb.StatementType.MULTI and not RUNS_TEXT & set(WORDS.findall(text.lower())):
        return _nested(connection, text)
    raise BadQuery(f"{_named(text)} …: {ONLY}")


def _only_reads(connection: duckdb.DuckDBPyConnection, select: str) -> bool:
    """Whether every part of the statement reads; False where the database cannot take it apart."""
    rows = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [select]).fetchall()
    parsed = json.loads(rows[0][0])
    if parsed["error"]:
        return False
    parts = list(_parts(parsed))
    nodes = {kind for part in parts if isinstance(kind := part.get("type"), str) and kind.endswith("_NODE")}
    return nodes <= READING_NODES and not any(str(part.get("function_name")).lower() in RUNS_TEXT for part in parts)


def _parts(parsed: object) -> Iterator[dict[str, object]]:
    """All objects in it, at any depth."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _nested(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """A PIVOT over values that are yet to be found, as a subquery: there, nothing that writes can be bound."""
    nested = f"SELECT * FROM (\n{text}\n)"
    try:
        parsed = connection.extract_statements(nested)
    except duckdb.Error:
        parsed = []
    if [one.type for one in parsed] == [duckdb.StatementType.MULTI]:
        return nested
    raise BadQuery(f"{_named(text)} …: {ONLY}")


def _named(text: str) -> str:
    """How the statement begins."""
    return " ".join(text.split()[:2])[:40]
