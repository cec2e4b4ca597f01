"""The file formats of exports: each writes the temporary table `exported` into a file."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from warehouse.defuse import defused_column
from warehouse.graphml import write_graphml
from warehouse.rows import single_value
from warehouse.writing import writing

PART, BARE = ".part", ".bare"  # how the names of files end that are being written
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the local code page
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
SHEET_ROWS, CELL_CHARACTERS = 1_048_576, 32_767
FIRST_DAY_OF_A_SHEET = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was


class CannotExport(ValueError):
    """What was asked for cannot be exported."""


class DoesNotFit(CannotExport):
    """More than the format can hold."""


def replace_whole(file: Path, write: Callable[[Path], object]) -> None:
    """Put a file in place in one step: whoever looks sees the old one, or the whole new one.

    Two programs that write the same file at once do not meet: the later one's file stays. Raises CannotWrite where
    the place cannot be written, or is full.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}{PART}")
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(file)
        try:
            write(part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _remove_left_behind(file: Path) -> None:
    """Remove the parts of this file that belong to programs which were killed."""
    part = re.compile(rf"\.{re.escape(file.name)}\.(\d+){re.escape(PART)}(?:{re.escape(BARE)})?")
    for found in file.parent.iterdir():
        of = part.fullmatch(found.name)
        if of and not _runs(int(of[1])):
            found.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether a process of this machine has this number; True where that cannot be told."""
    if os.name != "posix":
        return True  # there, asking would end it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def write_csv(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """CSV in UTF-8 with a byte order mark, ISO dates, and no text that a spreadsheet would run."""
    bare = file.with_name(f"{file.name}{BARE}")
    columns = ", ".join(
        defused_column(name) if kind == "VARCHAR" else f'"{name}"' for name, kind in _columns(connection)
    )
    try:
        connection.execute(
            f"COPY (SELECT {columns} FROM exported) TO '{_quoted(bare)}' "
            f"(FORMAT csv, HEADER, TIMESTAMPFORMAT '{MOMENT_FORMAT}')"
        )
        with file.open("wb") as target, bare.open("rb") as source:
            target.write(BYTE_ORDER_MARK)
            shutil.copyfileobj(source, target)
    finally:
        bare.unlink(missing_ok=True)


def write_parquet(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Parquet with the types of the database."""
    connection.execute(f"COPY exported TO '{_quoted(file)}' (FORMAT parquet, COMPRESSION zstd)")


def write_xlsx(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """A workbook of one sheet: text is text, days are days, moments are ISO text in UTC.

    Raises DoesNotFit for more rows than a sheet has, or a text longer than a cell holds.
    """
    rows = single_value(connection, "SELECT count(*) FROM exported")
    if rows >= SHEET_ROWS:
        raise DoesNotFit(f"{rows} rows: a sheet holds {SHEET_ROWS - 1}; choose fewer, or another format")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(file), options) as book:
        # the same rows give the same bytes: no clock in the file
        book.set_properties({"created": datetime(2000, 1, 1)})
        _fill(book, connection, rows)


def _fill(book: Any, connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    sheet = book.add_worksheet()
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    names = [name for name, _ in _columns(connection)]
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(names) - 1)
    sheet.set_column(0, len(names) - 1, 16)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
    cursor = connection.execute("FROM exported")
    number = 0
    while batch := cursor.fetchmany(10_000):
        for row in batch:
            number += 1
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, day)


def _write_cell(sheet: Any, row: int, column: int, value: object, day: object) -> None:
    if isinstance(value, datetime):
        sheet.write_string(row, column, value.strftime(MOMENT_FORMAT))
    elif isinstance(value, date):
        if value >= FIRST_DAY_OF_A_SHEET:
            sheet.write_datetime(row, column, value, day)
        else:
            sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = str(value)
        if len(text) > CELL_CHARACTERS:
            raise DoesNotFit(
                f"row {row + 1}: a text of {len(text)} characters; a cell holds {CELL_CHARACTERS}; "
                "choose another format"
            )
        sheet.write_string(row, column, text)


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'exported' ORDER BY column_index"
    ).fetchall()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


FORMATS: dict[str, Callable[[duckdb.DuckDBPyConnection, Path], None]] = {
    "csv": write_csv,
    "graphml": write_graphml,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
