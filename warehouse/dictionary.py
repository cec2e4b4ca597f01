"""The data dictionary: what every table, view, macro and column means, from the comments in the database itself."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.layout import FIRST_DESCRIBED, prepare
from warehouse.rows import single_value
from warehouse.under_line import under_line_of

PUBLISHED_AT = "SELECT max(published_at) FROM publication"
QUESTIONS = Path(__file__).parent / "questions"
HEAD = """# Data dictionary

Written by `positions dictionary`: change the comments in `warehouse/*.sql` or the questions in
`warehouse/questions/`, not this file.

A row of a table that carries `recorded_at` and `retired_at` held for that time; `retired_at` is empty while it
holds. The views show what holds now. In the published snapshot the costly views are tables, for speed.
"""


def questions() -> dict[str, tuple[str, str]]:
    """The worked questions by file name: the question, and its SQL."""
    found = {}
    for file in sorted(QUESTIONS.glob("*.sql")):
        first, _, sql = file.read_text("utf-8").strip().partition("\n")
        found[file.name] = (first.removeprefix("--").strip(), sql.strip())
    return found


def dictionary() -> str:
    """The whole dictionary as Markdown: tables, views, macros, and the worked questions."""
    with duckdb.connect() as connection:
        prepare(connection)
        parts = [HEAD, "## Views\n", *_relations(connection, "duckdb_views()", "view_name")]
        parts += ["## Macros\n", _macros(connection)]
        parts += ["## Tables\n", *_relations(connection, "duckdb_tables()", "table_name")]
    parts.append("## Questions and their SQL\n")
    parts += [
        f"{number}. {question}\n\n```sql\n{sql}\n```\n" for number, (question, sql) in enumerate(_asked(), start=1)
    ]
    return "\n".join(parts)


def export_dictionary(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, tuple[str, str]], chosen: Mapping[str, object]
) -> str:
    """The dictionary that travels with exported files, given each file's description and query."""
    moment = single_value(connection, PUBLISHED_AT)
    parts = [
        "# Data dictionary of these files\n",
        exported_from(connection, chosen),
        f"Positions: {under_line_of(connection)}. `review` holds those under it, too; other files do not.\n",
        f"Later rules change positions; `FROM positions_recorded_at('{moment:%Y-%m-%d %H:%M:%S.%f+00}')` gives these",
        "ones again. In CSV files an apostrophe stands before text that a spreadsheet might run as a formula.\n",
    ]
    for name, (told, query) in files.items():
        columns = connection.execute(f"DESCRIBE {_without_parameters(connection, query)}").fetchall()
        meanings = {**_meanings(connection, name.partition(".")[0]), **_own_meanings(query)}
        rows = [(column, kind, meanings.get(column, "")) for column, kind, *_ in columns]
        parts += [f"## {name}\n", f"{told}\n", _table(rows)]
    return "\n".join(parts)


def exported_from(connection: duckdb.DuckDBPyConnection, chosen: Mapping[str, object]) -> str:
    """The line that tells of which snapshot files are an export, and which of its rows they hold."""
    moment = single_value(connection, PUBLISHED_AT)
    filters = ", ".join(f"{name} {value}" for name, value in chosen.items() if value is not None) or "all rows"
    return f"Exported from the snapshot published at {moment:%Y-%m-%dT%H:%M:%S.%fZ}: {filters}.\n"


def _asked() -> list[tuple[str, str]]:
    return list(questions().values())


def _relations(connection: duckdb.DuckDBPyConnection, catalogue: str, name: str) -> list[str]:
    relations = connection.execute(
        f"SELECT {name}, comment FROM {catalogue} WHERE NOT internal ORDER BY {name}"
    ).fetchall()
    parts = []
    for relation, comment in relations:
        columns = connection.execute(
            "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [relation],
        ).fetchall()
        parts += [f"### {relation}\n", f"{comment}.\n", _table(columns)]
    return parts


def _macros(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        "SELECT function_name || '(' || array_to_string(parameters, ', ') || ')', comment FROM duckdb_functions() "
        "WHERE NOT internal ORDER BY function_name"
    ).fetchall()
    return "\n".join(f"- `{name}`: {comment}" for name, comment in rows) + "\n"


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| {column} | {kind} | {meaning.replace('|', '&#124;')} |" for column, kind, meaning in rows]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *lines]) + "\n"


def _meanings(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """What a column of this name means: in the view of the export's name, else wherever it is described first."""
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL"
    ).fetchall()
    order = {relation: place for place, relation in enumerate((name, *FIRST_DESCRIBED))}
    rows.sort(key=lambda row: order.get(row[0], len(order)), reverse=True)
    return {column: comment for _, column, comment in rows}


def _own_meanings(query: str) -> dict[str, str]:
    """Meanings that the query itself gives, in comments such as `-- mark: to be filled in`."""
    lines = [line.removeprefix("-- ") for line in query.splitlines()[1:] if line.startswith("-- ")]
    return {column: meaning for column, _, meaning in (line.partition(": ") for line in lines) if meaning}


def _without_parameters(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    (statement,) = connection.extract_statements(query)
    for name in sorted(statement.named_parameters, key=len, reverse=True):
        query = query.replace(f"${name}", "NULL")
    return query
