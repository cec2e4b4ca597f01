"""JSON lines: one object a line, each an article."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.lines import Line, TooLong, lines_of
from flows.readers.record import Context, land_record, reject
from schemas.article import Article, Rejection


def read_jsonl(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a line that is not blank; origin: path#line."""
    for line in lines_of(stream, 4 * context.settings.max_article_bytes):
        if isinstance(line, TooLong):
            yield reject(context.at(line.number), "enormous", line.detail, line.beginning)
        elif line.data.strip():
            yield read_line(line, context)


def read_line(line: Line, context: Context) -> Article | Rejection:
    """The article of one line."""
    origin = context.at(line.number)
    try:
        record = json.loads(line.data)
    except UnicodeDecodeError as error:
        return reject(
            origin,
            "undecodable",
            f"the line is not UTF-8 (byte {error.start + 1}); JSON lines are UTF-8",
            line.data,
        )
    except (ValueError, RecursionError) as error:
        return reject(origin, "broken_json", f"{error}; a line holds one JSON object", line.data)
    if not isinstance(record, dict):
        return reject(
            origin,
            "broken_json",
            f"the line holds a {type(record).__name__}; allowed is one JSON object",
            line.data,
        )
    return land_record(record, origin, context)
