"""CSV and TSV: a header that names the columns, then one article a row."""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.decode import guess_encoding
from flows.readers.entry import Entry
from flows.readers.listed import is_list_of_addresses, land_row, told_once
from flows.readers.record import Context, plain, reject
from flows.readers.rows import LARGEST_CELL, Header, Lines, rows_of
from schemas.article import Article, Rejection
from schemas.source import Columns

SEPARATORS = ",\t;|"
SAMPLE = 262_144
PREAMBLE = 20  # lines, of which the header may be the last
SEPARATOR = re.compile(r"^\ufeff?\"?sep=(.)\"?$", re.IGNORECASE)


def read_table(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection]:
    """One article or rejection a row; origin: path#row, the header being row 1."""
    buffered = io.BufferedReader(stream, SAMPLE) if not isinstance(stream, io.BufferedReader) else stream  # type: ignore[type-var]
    encoding = guess_encoding(buffered.peek(SAMPLE)[:SAMPLE])
    with io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline="") as text:
        yield from read_rows(text, context)


def read_rows(text: io.TextIOWrapper, context: Context) -> Iterator[Article | Entry | Rejection]:
    """The articles of the rows behind the header."""
    found = header_of(text, context.source.columns)
    if isinstance(found, str):
        yield reject(context.origin, "no_columns", found, found)
        return
    if told := told_once(found.names, context.origin, context):
        yield told
        return
    for number, row in rows_of(Lines(text), found, context):
        origin = context.at(number + found.lines - 1)
        if isinstance(row, str):
            yield reject(origin, "broken_row", row, str(number))
        elif any(cell.strip() for cell in row):
            yield read_row(found.names, row, origin, context)


def header_of(text: io.TextIOWrapper, columns: Columns) -> Header | str:
    """The header: the first line that names the columns needed, notes of who exported it aside; else why there is none.

    A first line such as sep=; names the separator, as spreadsheets write it.
    """
    fault, named = "", None
    for number in range(1, PREAMBLE + 1):
        line = text.readline(LARGEST_CELL)
        if not line:
            break
        if number == 1 and (declared := SEPARATOR.match(line.strip())):
            named = declared[1]
            continue
        separator = named or separator_of(line, columns)
        names = [name.strip() for name in cells(line, separator)]
        while names and not names[-1]:
            names.pop()
        missing = fault_of(names, columns)
        if not missing or is_list_of_addresses(names, columns):
            return Header(names, separator, number)
        fault = fault or missing
    return fault or "the file holds blank lines alone"


def read_row(header: list[str], row: list[str], origin: str, context: Context) -> Article | Entry | Rejection:
    """The article of one row; empty cells behind the last column are none."""
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) != len(header):
        detail = f"the row has {len(row)} cells; the header has {len(header)}"
        return reject(origin, "broken_row", detail, "\n".join(row))
    if any(has_undecoded(cell) for cell in row):
        detail = "the row holds bytes that are not in the encoding of the file; allowed is one encoding, best UTF-8"
        return reject(origin, "undecodable", detail, "\n".join(row))
    return land_row(dict(zip(header, row, strict=True)), origin, context)


def has_undecoded(cell: str) -> bool:
    """Whether bytes of the cell did not fit the encoding."""
    return not cell.isascii() and any("\ud800" <= letter <= "\udfff" for letter in cell)


def separator_of(header: str, columns: Columns) -> str:
    """The separator that finds most of the columns looked for."""
    return max(SEPARATORS, key=lambda separator: len(known(cells(header, separator), columns)))


def cells(header: str, separator: str) -> list[str]:
    """The names of the columns, cut at the separator."""
    return next(csv.reader([header], delimiter=separator), [])


def known(names: list[str], columns: Columns) -> set[str]:
    """The parts of an article that the columns hold."""
    there = set(map(plain, names))
    return {part for part, wanted in columns if there & set(map(plain, wanted))}


def fault_of(header: list[str], columns: Columns) -> str | None:
    """Why these columns cannot be read; None where they can."""
    lacking = {"text", "published"} - known(header, columns)
    if not lacking:
        return None
    wanted = "; ".join(f"{part}: {', '.join(getattr(columns, part))}" for part in sorted(lacking))
    there = ", ".join(name[:40] for name in header[:20]) or "nothing"
    return f"the header names {there}; it lacks a column for {wanted} (columns in sources.yaml maps others)"
