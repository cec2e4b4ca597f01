"""Workbooks (XLSX, XLS, ODS): in each sheet a header that names the columns, then one article a row."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, BinaryIO, cast

from flows.apart.sheets import DAY
from flows.readers.apart import read_apart, whole
from flows.readers.entry import Entry
from flows.readers.listed import is_list_of_addresses, land_row, told_once
from flows.readers.record import Context, Unfit, reject
from flows.readers.table import PREAMBLE, fault_of
from schemas.article import Article, Rejection

Row = tuple[str, int, list[Any]]


def read_sheet(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection]:
    """One article or rejection a row; origin: path#sheet!row, as the program counts rows."""
    try:
        rows = cast(Iterator[Row], read_apart("flows.apart.sheets", whole(stream, "sheet"), "sheet"))
        found = False
        for name, of_sheet in groupby(rows, key=lambda row: row[0]):
            found = True
            yield from read_rows(name, of_sheet, context)
        if not found:
            yield reject(context.origin, "empty_file", "no sheet of the workbook holds anything")
    except Unfit as unfit:
        yield reject(context.origin, unfit.reason, unfit.detail, unfit.detail)


def read_rows(name: str, rows: Iterator[Row], context: Context) -> Iterator[Article | Entry | Rejection]:
    """The articles of the rows behind the header, which may stand below some lines of notes."""
    fault = ""
    for _, (_, _, cells) in zip(range(PREAMBLE), rows, strict=False):
        header = [str(text_of(cell)).strip() for cell in cells]
        missing = fault_of([name for name in header if name], context.source.columns)
        if not missing or is_list_of_addresses(header, context.source.columns):
            yield from read_body(name, header, rows, context)
            return
        fault = fault or missing
    yield reject(context.at(name), "no_columns", fault, fault)


def read_body(
    name: str, header: list[str], rows: Iterator[Row], context: Context
) -> Iterator[Article | Entry | Rejection]:
    """The articles of the rows, whose cells lie below the names of the header."""
    if told := told_once(header, context.at(name), context):
        yield told
        return
    for _, number, cells in rows:
        there = zip(header, map(text_of, cells), strict=False)
        record = {name: value for name, value in there if name and value != ""}
        yield land_row(record, context.at(f"{name}!{number}"), context)


def text_of(cell: object) -> date | str:
    """What a cell holds."""
    if isinstance(cell, dict):
        moment = datetime.fromisoformat(str(cell[DAY]))
        return moment if moment.time().replace(microsecond=0) else moment.date()
    return str(cell)
