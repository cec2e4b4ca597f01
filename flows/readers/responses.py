"""What crawls keep of servers' answers: which are pages, and the article of one that is."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows.readers.compressed import Broken, expand_body
from flows.readers.html import LARGEST_PAGE, Page, read_page
from flows.readers.record import Context, reject
from schemas.article import Article, Rejection

CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")


@dataclass(frozen=True)
class Response:
    """An answer: what its headers say, and what gives its body as it came."""

    url: str | None
    status: int
    kind: str
    length: int  # bytes of the body that the archive promises
    body: Callable[[], bytes]
    encoding: str | None = None
    is_chunked: bool = False
    charset: str | None = None
    moment: datetime | None = None


def no_page(response: Response) -> str | None:
    """What an answer is that was never meant to be a page: an image, a redirect; None where it may be one."""
    kind = response.kind.lower()
    if 300 <= response.status < 400:
        return "a redirect"
    return None if "html" in kind or not kind or response.status != 200 else kind.split(";")[0][:60]


def told_once(passed_over: Counter[str], number: int, context: Context) -> Rejection:
    """The one rejection that stands for all answers of a file that are no pages."""
    kinds = ", ".join(f"{times:,} {kind}" for kind, times in passed_over.most_common(5))
    detail = f"of {number:,} records {passed_over.total():,} are no pages and were passed over: {kinds}"
    return reject(context.origin, "no_pages", detail, detail)


def read_response(response: Response, origin: str, context: Context) -> Article | Rejection:
    """The article of an answer."""
    if response.status != 200 or "html" not in response.kind.lower():
        answer = f"{response.url or 'an address that is not named'} answered {response.status}"
        detail = f"{answer} with {response.kind[:60] or 'no type'}; allowed is 200 with an HTML page"
        return reject(origin, "not_a_page", detail, detail)
    if response.length > LARGEST_PAGE:
        detail = f"the page is larger than {LARGEST_PAGE:,} bytes; larger ones are not read"
        return reject(origin, "enormous", detail, detail)
    data = response.body()
    if len(data) < response.length:
        detail = f"{response.url}: the record is cut off after {len(data):,} of {response.length:,} bytes"
        return reject(origin, "broken_warc", detail, data)
    try:
        data = without_chunks(data) if response.is_chunked else data
        data = expand_body(data, response.encoding, LARGEST_PAGE, may_be_plain=True)
    except Broken as error:
        return reject(origin, "broken_body", str(error), str(response.url))
    return read_page(Page(data, origin, response.url, response.charset, response.moment), context)


def without_chunks(data: bytes) -> bytes:
    """A body without the sizes of its chunks; a body that has none, whatever its header says, as it is."""
    parts: list[bytes] = []
    at = 0
    while found := CHUNK.match(data, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[found.end() : found.end() + size])
        at = found.end() + size
    return b"".join(parts) if parts else data
