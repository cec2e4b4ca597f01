"""Workbooks of Excel and LibreOffice: the rows of each sheet."""

import io
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineWorkbook

from flows.apart.told import tell

DAY = "day"  # the key of a cell that holds a day or a time


def main() -> None:
    """Tell the rows of a workbook: the name of the sheet, the number of the row from one, and its cells."""
    tell(rows_of)


def rows_of(data: bytes) -> Iterator[tuple[str, int, list[object]]]:
    """The rows that hold anything."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        above, left = sheet.start or (0, 0)
        for number, row in enumerate(sheet.to_python(skip_empty_area=True), above + 1):
            cells = [cell_of(value) for value in row]
            if any(cell != "" for cell in cells):
                yield name, number, [""] * left + cells


def cell_of(value: object) -> object:
    """A cell as JSON can tell it: a text, or a day."""
    if isinstance(value, datetime | date):
        return {DAY: value.isoformat()}
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
