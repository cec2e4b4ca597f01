"""JSON lines: one object a line, each an article."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import BinaryIO

from flows.lots import in_lots
from flows.readers.entry import Entry
from flows.readers.lines import Line, TooLong, lines_of
from flows.readers.listed import land_row
from flows.readers.record import Context, reject
from schemas.article import Article, Rejection
from schemas.source import RecordsRead

LINES_AT_ONCE = 1000  # that are looked up among those read before
BYTES_AT_ONCE = 10_000_000  # of them, beyond which fewer are


def read_jsonl(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection | RecordsRead]:
    """One article or rejection a line that is not blank; origin: path#line. Of lines that are known, their number."""
    key_of = keys_of_lines(context)
    lines = lines_of(stream, 4 * context.settings.max_article_bytes)
    for lot in in_lots(lines, LINES_AT_ONCE, lambda line: len(line.data), BYTES_AT_ONCE):
        keys = {line.number: key_of(line.data) for line in lot if isinstance(line, Line)}
        known = context.known.records(list(keys.values()))
        read: list[int] = []
        passed_over = 0
        for line in lot:
            if isinstance(line, TooLong):
                yield reject(context.at(line.number), "enormous", line.detail, line.data)
            elif keys[line.number] in known:
                passed_over += 1
            elif line.data.strip():
                item = read_line(line, context)
                read += [keys[line.number]] if isinstance(item, Article) else []
                yield item
        if read or passed_over:
            yield RecordsRead(keys=tuple(read), known=passed_over)


def keys_of_lines(context: Context) -> Callable[[bytes], int]:
    """What gives the key of a line: a number below 2**64, the same for the same bytes read in the same way."""
    read_as = hashlib.sha256("\0".join(("line", *context.read_as())).encode())

    def key_of(data: bytes) -> int:
        digest = read_as.copy()
        digest.update(data.rstrip(b"\r\n"))
        return int.from_bytes(digest.digest()[:8], "big")

    return key_of


def read_line(line: Line, context: Context) -> Article | Entry | Rejection:
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
    return land_row(record, origin, context)
