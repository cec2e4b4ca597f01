"""WARC files of a news crawl: each response that holds a page is an article."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.readers.compressed import Broken, expand_body
from flows.readers.html import LARGEST_PAGE, Page, read_page
from flows.readers.record import Context, reject
from schemas.article import Article, Rejection

CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")
READ = WarcRecordType.response | WarcRecordType.resource


class Forward:
    """A stream that is only read on; fastwarc asks where it stands, which an expanded stream cannot tell."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position


def read_warc(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a response that is a page; origin: path#record.

    Requests, metadata and revisits hold none; answers that are no page are counted, and told once for the file.
    """
    number = 0
    passed_over = Counter[str]()
    try:
        for record in ArchiveIterator(cast(BinaryIO, Forward(stream)), auto_decode="none", stream_detect=False):
            number += 1
            if not record.record_type & READ:
                continue
            if kind := no_page(record):
                passed_over[kind] += 1
            else:
                yield read_record(record, context.at(number), context)
    except OSError as error:
        detail = f"{error}; what lies behind cannot be read"
        yield reject(context.at(number + 1), "broken_warc", detail, str(error))
    if number == 0:
        yield reject(context.origin, "broken_warc", "no WARC record is to be found here", b"")
    if passed_over:
        yield told_once(passed_over, number, context)


def no_page(record: WarcRecord) -> str | None:
    """What an answer is that was never meant to be a page: an image, a redirect; None where it may be one."""
    status, kind = status_of(record), kind_of(record).lower()
    if 300 <= status < 400:
        return "a redirect"
    return None if "html" in kind or not kind or status != 200 else kind.split(";")[0][:60]


def told_once(passed_over: Counter[str], number: int, context: Context) -> Rejection:
    """The one rejection that stands for all answers of a file that are no pages."""
    kinds = ", ".join(f"{times:,} {kind}" for kind, times in passed_over.most_common(5))
    detail = f"of {number:,} records {passed_over.total():,} are no pages and were passed over: {kinds}"
    return reject(context.origin, "no_pages", detail, detail)


def kind_of(record: WarcRecord) -> str:
    """The media type of what a record holds."""
    return (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""


def status_of(record: WarcRecord) -> int:
    """The status that the server answered with; that of a record without one is success."""
    return (record.http_headers.status_code or 0) if record.http_headers else 200


def read_record(record: WarcRecord, origin: str, context: Context) -> Article | Rejection:
    """The article of one record."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    kind, status = kind_of(record), status_of(record)
    if status != 200 or "html" not in kind.lower():
        answer = f"{url or 'an address that is not named'} answered {status} with {kind[:60] or 'no type'}"
        detail = f"{answer}; allowed is 200 with an HTML page"
        return reject(origin, "not_a_page", detail, detail)
    if record.content_length > LARGEST_PAGE:
        detail = f"the page is larger than {LARGEST_PAGE:,} bytes; larger ones are not read"
        return reject(origin, "enormous", detail, detail)
    data = record.reader.read()
    if len(data) < record.content_length:
        detail = f"{url}: the record is cut off after {len(data):,} of {record.content_length:,} bytes"
        return reject(origin, "broken_warc", detail, data)
    headers = record.http_headers
    if headers and "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = without_chunks(data)
    try:
        data = expand_body(data, headers.get("Content-Encoding") if headers else None, LARGEST_PAGE, may_be_plain=True)
    except Broken as error:
        return reject(origin, "broken_body", str(error), str(url))
    page = Page(data, origin, url, record.http_charset, record.record_date)
    return read_page(page, context)


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
