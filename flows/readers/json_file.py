"""JSON files: one list of articles, bare or within an object, or one article; JSON Feed is such a list."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.readers.apart import whole
from flows.readers.decode import decode_page
from flows.readers.entry import Entry
from flows.readers.listed import land_row, told_once
from flows.readers.record import Context, Unfit, by_path, finder, reject
from schemas.article import Article, Rejection

DEEPEST = 4  # levels at which a list of records is looked for
KEPT = 1_000  # characters of a record that is none, of which the digest is kept


def read_json(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection]:
    """One article or rejection a record; origin: path#record, counted from one."""
    try:
        records = records_of(parsed(whole(stream, "JSON file")), context)
    except Unfit as unfit:
        yield reject(context.origin, unfit.reason, unfit.detail, unfit.detail)
        return
    names = [str(name) for record in records[:100] if isinstance(record, dict) for name in record]
    if told := told_once(names, context.origin, context):
        yield told
        return
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            yield land_row(record, context.at(number), context)
        else:
            detail = f"the record is a {type(record).__name__}; allowed is an object"
            yield reject(context.at(number), "broken_json", detail, str(record)[:KEPT])


def parsed(data: bytes) -> object:
    """What the file holds; raises Unfit."""
    try:
        return json.loads(decode_page(data).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unfit("broken_json", f"{error}; allowed is one JSON array or object, or JSON lines") from error


def records_of(data: object, context: Context) -> list[Any]:
    """The list of records: where the source says it is, else the longest list of objects; raises Unfit."""
    path = context.source.records
    if path is not None:
        found = by_path(path, data)
        if not isinstance(found, list):
            raise Unfit("no_records", f"records: {path!r} in sources.yaml leads to no list of articles")
        return found
    if isinstance(data, list):
        return data
    if isinstance(data, dict) and "text" in parts_of(data, context):
        return [data]
    lists = [found for found in lists_in(data, DEEPEST) if is_of_records(found, context)]
    if lists:
        return max(lists, key=len)
    if isinstance(data, dict):
        return [data]
    raise Unfit("broken_json", f"the file holds a {type(data).__name__}; allowed is one JSON array or object")


def lists_in(data: object, depth: int) -> Iterator[list[Any]]:
    """The lists within objects, the outer ones first."""
    if not isinstance(data, dict) or depth == 0:
        return
    for value in data.values():
        if isinstance(value, list):
            yield value
    for value in data.values():
        yield from lists_in(value, depth - 1)


def is_of_records(found: list[Any], context: Context) -> bool:
    """Whether a list holds what could be articles: objects with a text, or an address, and a day or a title."""
    first = next((item for item in found if isinstance(item, dict)), None)
    has = parts_of(first, context) if first is not None else set()
    return bool(has & {"text", "url"}) and bool(has & {"published", "title"})


def parts_of(record: dict[str, Any], context: Context) -> set[str]:
    """The parts of an article that a record holds."""
    find = finder(record)
    return {part for part, names in context.source.columns if find(names) is not None}
