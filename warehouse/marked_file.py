"""Reads the cells of a marked export: CSV as spreadsheets save it, or a workbook."""

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.defuse import restored

if TYPE_CHECKING:
    from _csv import Reader

NEEDED = ("position_id", "recorded_at", "mark", "reason")
DELIMITERS = (",", ";", "\t")
# How the files of spreadsheets begin: those of today, packed, and those of before 2007.
PACKED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnreadableCorrections(ValueError):
    """The file as a whole is no marked export."""


@dataclass(frozen=True)
class Line:
    """One record of the file: the line on which it begins, and its cells by column."""

    number: int
    cells: dict[str, str]


def read_lines(file: Path) -> tuple[list[Line], list[str]]:
    """The records of a CSV file or of the first sheet of an XLSX file, and what is wrong with lines that are none.

    Raises UnreadableCorrections.
    """
    with file.open("rb") as stream:
        start = stream.read(len(PACKED))
    if start == OLD:
        raise UnreadableCorrections(f"{file}: is a workbook of before 2007; save it as XLSX or as CSV UTF-8")
    return _of_sheet(file) if start == PACKED else _of_csv(file)


def _of_csv(file: Path) -> tuple[list[Line], list[str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCorrections(f"{file}: is not UTF-8; save it as CSV UTF-8 or as XLSX") from error
    header_line = text.splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=header_line.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        header = _header(file, next(reader, []))
        return _sort_out(header, file.name, _records(reader))
    except csv.Error as error:
        raise UnreadableCorrections(f"{file}:{reader.line_num}: {error}") from error


def _records(reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    began = reader.line_num + 1
    for cells in reader:
        yield began, [restored(cell) for cell in cells]
        began = reader.line_num + 1


def _of_sheet(file: Path) -> tuple[list[Line], list[str]]:
    from openpyxl import load_workbook  # a tenth of a second that CSV need not take
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no cell depends on
            book = load_workbook(file.open("rb"), read_only=True, data_only=True)
            sheet = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, KeyError, ValueError, IndexError, SyntaxError, OSError, zipfile.BadZipFile) as error:
        raise UnreadableCorrections(f"{file}: is no workbook that can be read; save it as XLSX or CSV UTF-8") from error
    header = _header(file, sheet[0] if sheet else [])
    # A sheet ends where something was last written in it: what lies right of the columns, or below the rows, is empty.
    records = ((number, row[: len(header)]) for number, row in enumerate(sheet[1:], 2) if any(row))
    return _sort_out(header, file.name, records)


def _text(cell: object) -> str:
    """A cell as the CSV export has it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _header(file: Path, cells: Sequence[str]) -> list[str]:
    header = [name.strip() for name in cells]
    while header and not header[-1]:
        header.pop()
    if missing := [name for name in NEEDED if name not in header]:
        raise UnreadableCorrections(
            f"{file}:1: lacks {', '.join(missing)}; mark the file that `positions export review` writes"
        )
    return header


def _sort_out(header: list[str], name: str, records: Iterable[tuple[int, list[str]]]) -> tuple[list[Line], list[str]]:
    lines, refused = [], []
    for number, cells in records:
        if len(cells) == len(header):
            lines.append(Line(number, dict(zip(header, cells, strict=True))))
        elif cells:
            refused.append(f"{name}:{number}: has {len(cells)} cells; the first line names {len(header)}")
    return lines, refused
