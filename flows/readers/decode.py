"""Bytes into text: what declares the encoding is believed as far as the bytes bear it out."""

import codecs
import re

from charset_normalizer import from_bytes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})""")
DECLARED_WITHIN = 4096
MOSTLY_LATIN = 0.2  # share of bytes above ASCII below which a text is in Latin letters


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of an HTML page or a feed; `declared` is the charset of its HTTP header."""
    for name in (declared, byte_order_mark(data), in_markup(data), "utf-8"):
        if (text := decoded(data, name)) is not None:
            return text
    return data.decode(guess_encoding(data), "replace")


def decoded(data: bytes, name: str | None) -> str | None:
    """The data in the named encoding; None where there is no such encoding or it does not fit."""
    if not name or name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        name = "cp1252" if name else None  # as every browser reads these names
    try:
        return data.decode(name) if name else None
    except (UnicodeError, LookupError, ValueError):
        return None


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that the first bytes tell."""
    return next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def in_markup(data: bytes) -> str | None:
    """The encoding that the page itself declares near its beginning."""
    start = data[:DECLARED_WITHIN]
    found = XML_ENCODING.search(start) or META_CHARSET.search(start)
    name = found[1].decode("ascii", "replace") if found else None
    return None if name and name.lower().startswith("utf-16") else name  # it was read as ASCII, so it is not


def guess_encoding(sample: bytes) -> str:
    """The encoding of a file from its beginning, where nothing declares it."""
    marked = byte_order_mark(sample)
    if marked or is_utf8(sample):
        return marked or "utf-8"
    above_ascii = sum(byte > 0x7F for byte in sample[:20_000])
    if above_ascii < MOSTLY_LATIN * min(len(sample), 20_000):
        return "cp1252"  # charset-normalizer takes cp1252 for its rarer neighbours
    best = from_bytes(sample[:20_000]).best()
    return best.encoding if best else "utf-8"


def is_utf8(sample: bytes) -> bool:
    """Whether the sample is UTF-8, a last character that is cut off aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
