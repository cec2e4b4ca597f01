"""Which format a file is in: its name tells, else its first bytes."""

import re
from pathlib import PurePath

from flows.readers.compressed import SUFFIXES
from flows.readers.decode import guess_encoding
from flows.readers.export import is_export
from flows.readers.table import fault_of, separator_of
from flows.readers.text import DAY as TEXT_DAY
from schemas.source import Columns, Format

BY_SUFFIX: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xls": "sheet",
    ".ods": "sheet",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "export",
    ".rtf": "export",
    ".pdf": "export",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".eml": "mail",
    ".mbox": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".zip": "archive",
    ".tar": "archive",
    ".tgz": "archive",
    ".tbz2": "archive",
    ".txz": "archive",
    ".wacz": "archive",
    ".arc": "arc",
    ".warc": "warc",
}
SNIFFED = 65_536  # bytes
FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|[a-z]+:feed)[\s>]")
HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body|article)[\s>]", re.IGNORECASE)
LINES_OF_OBJECTS = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")  # an object on a line, another on the next
ONE_LINE = re.compile(r"\{[^\n]*\s*$")
# Told at once of nearly all files; what this lets through is looked at closely.
MAY_BE_EXPORT = re.compile(rb"DOCUMENT|Document|Dokument|DocPublicationName|ProQuest|news\xc2?\xb7[0-9]{8}")
MESSAGE = re.compile(
    rb"From \S+ .*\d{4}\r?\n|(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|From|Date|Subject): "
    rb"[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z][\w-]*: ?[^\n]*\n)",
    re.IGNORECASE,
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # files of Office before 2007
ALLOWED = (
    "allowed are text articles (title, YYYYMMDD, address, body), JSON, JSON lines, CSV, TSV, workbooks, "
    "Parquet, HTML pages, RSS and Atom feeds, exports of news databases, mail, ZIP, TAR, WARC and ARC files, "
    "each also as gzip, zstd, bzip2 or xz"
)


def format_of(name: str, start: bytes, columns: Columns) -> Format | None:
    """The format that the name tells, else the first bytes; None where neither does."""
    named = by_name(name)
    if named == "json" and LINES_OF_OBJECTS.match(start.decode("utf-8", "replace").removeprefix("\ufeff")):
        return "jsonl"  # many call JSON lines so
    if named in (None, "text", "html") and is_document(start, named or ""):
        return "export"
    return named or by_content(start, columns)


def by_name(name: str) -> Format | None:
    """The format that a file name tells, compression aside."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in SUFFIXES:
        suffixes.pop()
    return BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def by_content(start: bytes, columns: Columns) -> Format | None:
    """The format that the first bytes show."""
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"WARC/"):
        return "warc"
    if is_sheet(start):
        return "sheet"
    if start.startswith(b"filedesc://"):
        return "arc"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")) or start[257:262] == b"ustar":
        return "archive"
    if MESSAGE.match(start):
        return "mail"
    if b"\0" in start[:1000] and not guess_encoding(start[:1000]).startswith(("utf-16", "utf-32")):
        return None
    return by_text(start.decode(guess_encoding(start), "replace").lstrip("\ufeff \t\r\n"), columns)


def is_document(start: bytes, named: str) -> bool:
    """Whether the first bytes are those of a document, or of an export of many articles as text or page."""
    if start.startswith((b"%PDF-", b"{\\rtf")) or (start.startswith(b"PK\x03\x04") and b"word/" in start):
        return not named
    return MAY_BE_EXPORT.search(start) is not None and is_export(start, named)


def is_sheet(start: bytes) -> bool:
    """Whether the first bytes are those of a workbook."""
    zipped = start.startswith(b"PK\x03\x04") and (b"xl/" in start or b"opendocument.spreadsheet" in start[:200])
    return zipped or (start.startswith(OLE) and "Workbook".encode("utf-16-le") in start)


def by_text(start: str, columns: Columns) -> Format | None:
    """The format that the first characters show."""
    if start.startswith(("{", "[")):
        return "jsonl" if LINES_OF_OBJECTS.match(start) or ONE_LINE.match(start) else "json"
    if start.startswith("<"):
        if FEED_ROOT.search(start):
            return "feed"
        return "html" if HTML_ROOT.search(start) else None
    lines = re.split(r"\r\n|\r|\n", start, maxsplit=3)
    if len(lines) >= 3 and TEXT_DAY.fullmatch(lines[1].strip()):
        return "text"
    header = lines[0].strip()
    names = header.split(separator_of(header, columns))
    return "table" if len(names) > 1 and not fault_of([name.strip('" ') for name in names], columns) else None
