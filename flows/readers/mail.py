"""Mail: newsletters as single messages (EML) or boxes of them (MBOX), and pages that a browser saved (MHTML)."""

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice
from typing import BinaryIO

from flows.readers.decode import decode_page
from flows.readers.houses.exported import paragraphs
from flows.readers.html import LARGEST_PAGE, Page, read_page
from flows.readers.lines import Line, lines_of
from flows.readers.plain import plain_text
from flows.readers.record import Context, Draft, land, reject
from flows.readers.walls import length_in_words
from schemas.article import Article, Rejection

LARGEST_MESSAGE = 20_000_000  # bytes
LONGEST_LINE = 1_000_000  # bytes
MOST_PARTS = 500  # that are looked at
MOST_ENDS = 10_000  # lines that may end a part; the parser takes long over each
BEGIN = re.compile(rb"^From \S+.*\d{4}")  # the line above each message of a box
QUOTED = re.compile(rb"^>+From ")
ENOUGH = 0.5  # share of the words of the page that the plain text must have to be taken


def read_mail(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection a message; origin: path, of a box path#message."""
    for number, message in enumerate(messages_of(stream), 1):
        origin = context.at(number) if message.is_of_box else context.origin
        if message.is_enormous:
            detail = f"the message is larger than {LARGEST_MESSAGE:,} bytes, or has more than {MOST_ENDS:,} parts"
            yield reject(origin, "enormous", detail, message.data[:1000])
        else:
            yield read_message(message.data, origin, context)


class Raw:
    """The bytes of a message, as far as they are kept."""

    def __init__(self, is_of_box: bool) -> None:
        self.is_of_box = is_of_box
        self.is_enormous = False
        self._lines: list[bytes] = []
        self._size = 0
        self._ends = 0

    def add(self, line: bytes) -> None:
        """Add a line, unless there are too many."""
        self._size += len(line)
        self._ends += line.startswith(b"--")
        self.is_enormous = self.is_enormous or self._size > LARGEST_MESSAGE or self._ends > MOST_ENDS
        if not self.is_enormous:
            self._lines.append(line)

    @property
    def data(self) -> bytes:
        """The bytes."""
        return b"".join(self._lines)


def messages_of(stream: BinaryIO) -> Iterator[Raw]:
    """The messages of a box, each below a line "From …" behind a blank one; else the one message there is."""
    raw: Raw | None = None
    blank = True
    for line in lines_of(stream, LONGEST_LINE):
        data = line.data
        if isinstance(line, Line) and blank and BEGIN.match(data):
            if raw is not None:
                yield raw
            raw = Raw(is_of_box=True)
            continue
        raw = raw or Raw(is_of_box=False)
        raw.add(data[1:] if raw.is_of_box and QUOTED.match(data) else data)
        blank = not data.strip()
    if raw is not None:
        yield raw


def read_message(data: bytes, origin: str, context: Context) -> Article | Rejection:
    """The article of a message, or of the page that it is."""
    try:
        message = email.message_from_bytes(data)
        parts = [part for part in islice(message.walk(), MOST_PARTS) if not part.is_multipart()]
        address = header(message, "Snapshot-Content-Location")
        if address or message.get_content_type() == "multipart/related":
            return read_saved_page(parts, address, origin, context)
        return land(draft_of(message, parts, origin), context)
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        return reject(origin, "broken_mail", f"{type(error).__name__}: {error}; allowed is a message (RFC 5322)", data)


def read_saved_page(parts: list["Message"], address: str | None, origin: str, context: Context) -> Article | Rejection:
    """The article of the page that a browser saved with all that belongs to it."""
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        return reject(origin, "no_article", "the message holds no page")
    url = address or header(page, "Content-Location")
    charset = page.get_content_charset()
    return read_page(
        Page(body_of(page)[: LARGEST_PAGE + 1], origin, url if url and "//" in url else None, charset), context
    )


def draft_of(message: "Message", parts: list["Message"], origin: str) -> Draft:
    """The article of a newsletter: its subject, day, sender and text."""
    sender, address = parseaddr(header(message, "From") or "")
    return Draft(
        origin=origin,
        title=header(message, "Subject") or "",
        published=header(message, "Date"),
        url=(header(message, "Archived-At") or "").strip("<> ") or None,
        text=text_of(parts),
        outlet=sender or address.partition("@")[2] or None,
    )


def text_of(parts: list["Message"]) -> str:
    """The text of a message: the plain one, unless it only points to the page beside it."""
    shown = [part for part in parts if "attachment" not in str(part.get("Content-Disposition", "")).lower()]
    texts = [decoded(part) for part in shown if part.get_content_type() == "text/plain"]
    pages = [plain_text(decoded(part)) for part in shown if part.get_content_type() == "text/html"]
    plain, page = paragraphs("\n".join(texts).split("\n")), "\n".join(pages)
    return plain if length_in_words(plain) > ENOUGH * length_in_words(page) else page


def decoded(part: "Message") -> str:
    """The text of a part."""
    return decode_page(body_of(part), part.get_content_charset())


def body_of(part: "Message") -> bytes:
    """The bytes of a part without their transfer encoding."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def header(message: "Message", name: str) -> str | None:
    """A header as text; None where there is none, or one that cannot be decoded."""
    value = message.get(name)
    if value is None:
        return None
    try:
        return " ".join(str(make_header(decode_header(str(value)[:2000]))).split())
    except (LookupError, ValueError, MessageError):
        return " ".join(str(value).split())
