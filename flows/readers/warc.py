"""WARC files of a news crawl: each response that holds a page is an article."""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.readers.record import Context, reject
from flows.readers.responses import Response, no_page, read_response, told_once
from schemas.article import Article, Rejection

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
            response = response_of(record)
            if kind := no_page(response):
                passed_over[kind] += 1
            else:
                yield read_response(response, context.at(number), context)
    except OSError as error:
        detail = f"{error}; what lies behind cannot be read"
        yield reject(context.at(number + 1), "broken_warc", detail, str(error))
    if number == 0:
        yield reject(context.origin, "broken_warc", "no WARC record is to be found here", b"")
    if passed_over:
        yield told_once(passed_over, number, context)


def response_of(record: WarcRecord) -> Response:
    """What a record says of its response; one without a status is a success."""
    headers = record.http_headers
    return Response(
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
        status=(headers.status_code or 0) if headers else 200,
        kind=(record.http_content_type if record.is_http else record.headers.get("Content-Type")) or "",
        length=record.content_length,
        body=record.reader.read,
        encoding=headers.get("Content-Encoding") if headers else None,
        is_chunked=bool(headers) and "chunked" in (headers.get("Transfer-Encoding") or "").lower(),
        charset=record.http_charset,
        moment=record.record_date,
    )
