"""WARC files of a news crawl: each response that holds a page is an article."""

from collections.abc import Iterator
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.readers.compressed import Broken, expand_body
from flows.readers.html import LARGEST_PAGE, Page, read_page
from flows.readers.record import Context, reject
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
    """One article or rejection a response; requests, metadata and revisits hold none. Origin: path#record."""
    number = 0
    try:
        for record in ArchiveIterator(cast(BinaryIO, Forward(stream)), auto_decode="transfer", stream_detect=False):
            number += 1
            if record.record_type & READ:
                yield read_record(record, context.at(number), context)
    except OSError as error:
        detail = f"{error}; what lies behind cannot be read"
        yield reject(context.at(number + 1), "broken_warc", detail, str(error))
    if number == 0:
        yield reject(context.origin, "broken_warc", "no WARC record is to be found here", b"")


def read_record(record: WarcRecord, origin: str, context: Context) -> Article | Rejection:
    """The article of one record."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    kind = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""
    status = record.http_headers.status_code if record.http_headers else 200
    if status != 200 or "html" not in kind.lower():
        answer = f"{url or 'an address that is not named'} answered {status} with {kind[:60] or 'no type'}"
        detail = f"{answer}; allowed is 200 with an HTML page"
        return reject(origin, "not_a_page", detail, detail)
    if record.content_length > LARGEST_PAGE:
        detail = f"the page is larger than {LARGEST_PAGE:,} bytes; larger ones are not read"
        return reject(origin, "enormous", detail, detail)
    encoding = record.http_headers.get("Content-Encoding") if record.http_headers else None
    promised = 0 if record.http_headers and record.http_headers.get("Transfer-Encoding") else record.content_length
    data = record.reader.read()
    if len(data) < promised:
        detail = f"{url}: the record is cut off after {len(data):,} of {promised:,} bytes"
        return reject(origin, "broken_warc", detail, data)
    try:
        data = expand_body(data, encoding, LARGEST_PAGE)
    except Broken as error:
        return reject(origin, "broken_body", str(error), str(url))
    page = Page(data, origin, url, record.http_charset, record.record_date)
    return read_page(page, context)
