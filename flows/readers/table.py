"""CSV and TSV: a header that names the columns, then one article a row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.decode import guess_encoding
from flows.readers.record import Context, land_record, plain, reject
from schemas.article import Article, Rejection
from schemas.source import Columns

SEPARATORS = ",\t;|"
LARGEST_CELL = 16_000_000  # characters; a quote that is never closed swallows no more than this
SAMPLE = 262_144

csv.field_size_limit(LARGEST_CELL)  # the module has one limit for all, far too small for articles


def read_table(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a row; origin: path#row, the header being row 1."""
    buffered = io.BufferedReader(stream, SAMPLE) if not isinstance(stream, io.BufferedReader) else stream  # type: ignore[type-var]
    encoding = guess_encoding(buffered.peek(SAMPLE)[:SAMPLE])
    with io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline="") as text:
        yield from read_rows(text, context)


def read_rows(text: io.TextIOWrapper, context: Context) -> Iterator[Article | Rejection]:
    """The articles of the rows behind the header."""
    first = text.readline(LARGEST_CELL)
    separator = separator_of(first, context.source.columns)
    header = next(csv.reader([first], delimiter=separator), [])
    fault = fault_of(header, context.source.columns)
    if fault:
        yield reject(context.origin, "no_columns", fault, first)
        return
    rows = csv.reader(text, delimiter=separator, strict=False)
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield reject(context.at(number), "broken_row", f"{error}; is a quote left open?", str(number))
            continue
        if any(cell.strip() for cell in row):
            yield read_row(header, row, context.at(number), context)


def read_row(header: list[str], row: list[str], origin: str, context: Context) -> Article | Rejection:
    """The article of one row."""
    if len(row) != len(header):
        detail = f"the row has {len(row)} cells; the header has {len(header)}"
        return reject(origin, "broken_row", detail, "\n".join(row))
    if any(has_undecoded(cell) for cell in row):
        detail = "the row holds bytes that are not in the encoding of the file; allowed is one encoding, best UTF-8"
        return reject(origin, "undecodable", detail, "\n".join(row))
    return land_record(dict(zip(header, row, strict=True)), origin, context)


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
