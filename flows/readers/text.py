"""Text articles: title, date as YYYYMMDD or YYYY-MM-DD, address, then the body, one paragraph a line."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from flows.readers.decode import byte_order_mark, decoded_by_name, guess_encoding, nearly_utf8
from flows.readers.record import Context, Draft, Unfit, land, reject
from schemas.article import Article, Rejection

HEADER = "line 1 is the title, line 2 the date as YYYYMMDD or YYYY-MM-DD, line 3 the address, then the body"
DAY = re.compile(r"[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{4,15}(?:Z|[+-][0-9:]{4,5})?)?")


def read_text(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """The one article of a text file, or a rejection; origin: path."""
    limit = context.settings.max_article_bytes
    data = stream.read(limit + 1)
    try:
        if len(data) > limit:
            raise Unfit("enormous", f"larger than {limit:,} bytes (POSITIONS_MAX_ARTICLE_BYTES)")
        yield land(draft_of(decoded(data), context), context)
    except Unfit as unfit:
        yield reject(context.origin, unfit.reason, unfit.detail, data)


def decoded(data: bytes) -> str:
    """The text of the file, in whatever encoding leaves no doubt; raises Unfit."""
    for name in (byte_order_mark(data), "utf-8", guess_encoding(data)):
        text = decoded_by_name(data, name)
        if text is not None and "\0" not in text:
            return text.removeprefix("\ufeff")
    if (text := nearly_utf8(data)) is not None:
        return text
    raise Unfit("undecodable", "the file is in no encoding that can be told; allowed is any usual one, best UTF-8")


def draft_of(text: str, context: Context) -> Draft:
    """The parts of the article; raises Unfit where the header is not one."""
    lines = re.split(r"\r\n|\r|\n", text)
    if len(lines) < 3:
        raise Unfit("no_header", f"the file ends on line {len(lines)}; {HEADER}")
    title, day, url = (line.strip() for line in lines[:3])
    if not title:
        raise Unfit("no_header", f"line 1 is empty; {HEADER}")
    if not DAY.fullmatch(day):
        raise Unfit("no_header", f"line 2 is {day[:40]!r}; {HEADER}")
    return Draft(context.origin, title, day, url or None, "\n".join(lines[3:]))
