"""ARC files, as crawls wrote them before WARC: each response that holds a page is an article."""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from flows.readers.html import LARGEST_PAGE
from flows.readers.record import Context, reject
from flows.readers.responses import Response, no_page, read_response, told_once
from schemas.article import Article, Rejection


def read_arc(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a response that is a page; origin: path#record."""
    number = 0
    passed_over = Counter[str]()
    try:
        for number, record in enumerate(ArchiveIterator(stream, arc2warc=True), 1):
            if record.rec_type != "response":
                continue
            response = response_of(record)
            if kind := no_page(response):
                passed_over[kind] += 1
            else:
                yield read_response(response, context.at(number), context)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        detail = f"{error}; what lies behind cannot be read"
        yield reject(context.at(number + 1), "broken_arc", detail, str(error))
    if number == 0:
        yield reject(context.origin, "broken_arc", "no ARC record is to be found here")
    if passed_over:
        yield told_once(passed_over, number, context)


def response_of(record: ArcWarcRecord) -> Response:
    """What a record says of its response."""
    headers = record.http_headers
    status = (headers.get_statuscode() if headers else None) or "200"
    return Response(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(status) if status.isdecimal() else 0,
        kind=header(headers, "Content-Type") or record.rec_headers.get_header("Content-Type") or "",
        length=0,  # the library tells that of headers and body together; one cut off is told by the next record
        body=lambda: bytes(record.raw_stream.read(LARGEST_PAGE + 1)),
        encoding=header(headers, "Content-Encoding"),
        is_chunked="chunked" in (header(headers, "Transfer-Encoding") or "").lower(),
    )


def header(headers: StatusAndHeaders | None, name: str) -> str | None:
    """A header of the answer, where it has any."""
    return headers.get_header(name) if headers else None
