"""Bytes into text: what declares the encoding is believed as far as the bytes bear it out."""

import codecs
import re

import webencodings
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
DECLARED_WITHIN = 200_000  # bytes, of a head that is full of scripts; nothing behind the head is looked at
MARKUP = re.compile(rb"<(?:script|style)\b.{0,100000}?</(?:script|style)>|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL)
MOSTLY_LATIN = 0.2  # share of bytes above ASCII below which a text is in Latin letters
FEW_BAD = 0.02  # share of the characters above ASCII that may be no UTF-8 where UTF-8 is declared
SAMPLE = 20_000  # bytes by which an encoding is guessed
# What is written in the code pages of Windows in Latin letters; the commonest first.
LATIN: dict[str, frozenset[str]] = {
    "cp1252": frozenset("af ca da de en es eu fi fr gl id is it ms nb nl nn no pt sv sw tl".split()),
    "cp1250": frozenset("bs cs hr hu pl ro sk sl sq sr".split()),
    "cp1254": frozenset("az tr".split()),
    "cp1257": frozenset("et lt lv".split()),
}
TOLD_APART = 0.8  # how sure the language must be that tells two code pages apart


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of an HTML page or a feed; `declared` is the charset of its HTTP header."""
    names = (declared, byte_order_mark(data), in_markup(data), "utf-8")
    for name in names:
        if (text := decoded(data, name)) is not None:
            return text
    if (text := nearly_utf8(data)) is not None:
        return text
    return data.decode(guess_encoding(MARKUP.sub(b" ", data[:1_000_000])), "replace")


def decoded(data: bytes, label: str | None) -> str | None:
    """The data in the encoding that browsers take a label for; None where there is no such encoding or it does not fit.

    Labels: https://encoding.spec.whatwg.org/#names-and-labels (gb2312 is gb18030, iso-8859-9 is windows-1254).
    """
    encoding = webencodings.lookup(label) if label else None
    if encoding is None or encoding.name == "x-user-defined":
        return decoded_by_name(data, label)
    name = "gb18030" if encoding.name == "gbk" else encoding.codec_info.name
    return decoded_by_name(data, name)


def decoded_by_name(data: bytes, name: str | None) -> str | None:
    """The data in the encoding that Python knows by a name; None where there is none or it does not fit."""
    try:
        return data.decode(name) if name else None
    except (UnicodeError, LookupError, ValueError):
        return None


def nearly_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 but for very few, which are replaced; None where more are not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(map(str.isascii, text)) if bad < 1000 else 0
    return text if 0 < bad <= max(FEW_BAD * good, min(2, good / 3)) else None


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that the first bytes tell."""
    return next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def in_markup(data: bytes) -> str | None:
    """The encoding that the page itself declares in its head."""
    head, _, _ = data[:DECLARED_WITHIN].partition(b"<body")
    found = XML_ENCODING.search(data[:1000]) or META_CHARSET.search(head)
    name = found[1].decode("ascii", "replace") if found else None
    return None if name and name.lower().startswith("utf-16") else name  # it was read as ASCII, so it is not


def guess_encoding(sample: bytes) -> str:
    """The encoding of a file from its beginning, where nothing declares it."""
    marked = byte_order_mark(sample)
    if marked or is_utf8(sample):
        return marked or unmarked_utf16(sample) or "utf-8"
    if (wide := unmarked_utf16(sample)) or nearly_utf8(sample) is not None:
        return wide or "utf-8"
    sample = sample[:SAMPLE]
    above_ascii = sum(byte > 0x7F for byte in sample)
    if above_ascii < MOSTLY_LATIN * len(sample):
        return latin_code_page(sample)
    best = from_bytes(sample).best()
    return best.encoding if best else "utf-8"


def latin_code_page(sample: bytes) -> str:
    """The code page of a text in Latin letters, by its language: the letters above ASCII of one that is not its own
    are few enough to leave the language as it is.
    """
    from flows.language import identifier  # reads its model when it is first asked

    spoken, sure = identifier().classify(sample.decode("cp1252", "replace"))
    named = (page for page, languages in LATIN.items() if sure >= TOLD_APART and spoken in languages)
    return next(named, "cp1252")  # charset-normalizer takes cp1252 for its rarer neighbours


def unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of what is mostly ASCII is zero."""
    half = len(sample[:SAMPLE]) // 2
    if half < 8:
        return None
    even, odd = sample[: 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 2 < half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def is_utf8(sample: bytes) -> bool:
    """Whether the sample is UTF-8, a last character that is cut off aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
