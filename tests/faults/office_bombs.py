"""Documents, workbooks and exports made to exhaust a reader: each of about so many bytes, or of far fewer."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from tests.flows.readers.documents import assembled, docx
from tests.flows.readers.test_archives import zipped
from tests.flows.readers.test_sheets import HEADER, ROWS, sparse, xlsx


def swollen(data: bytes, name: str, before: bytes, filler: bytes) -> bytes:
    """A zipped document, one part of which holds a filler before a place."""
    whole = zipfile.ZipFile(io.BytesIO(data))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for part in whole.namelist():
            content = whole.read(part)
            file.writestr(part, content.replace(before, filler + before, 1) if part == name else content)
    return packed.getvalue()


def lying(data: bytes) -> bytes:
    """A ZIP archive that says of its one file that it is small."""
    directory = data.index(b"PK\x01\x02") + 24
    return data[:22] + b"\x0a\0\0\0" + data[26:directory] + b"\x0a\0\0\0" + data[directory + 4 :]


def tar_head(size: int, kind: bytes = b"x") -> bytes:
    """A file of a TAR archive that is of a kind of its own: x tells of the next one, 2 leads to another."""
    info = tarfile.TarInfo("a")
    info.size, info.type = size, kind
    return info.tobuf() + bytes(size + -size % 512)


def swollen_page(size: int) -> bytes:
    """A PDF file of one page that is a stream of spaces, packed."""
    stream = zlib.compress(b" " * size, 1)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content])


def circular_pages() -> bytes:
    """A PDF file whose pages are their own parents."""
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999 >>"])


BOMBS: dict[str, Callable[[int], bytes]] = {
    "many_files.zip": lambda n: zipped({f"{i}.txt": b"" for i in range(n // 100)}),
    "lies.zip": lambda n: lying(zipped({"a.jsonl": b"\n" * (60 * n)})),
    "head.tar.gz": lambda n: gzip.compress(tar_head(90 * n), 1),
    "links.tar": lambda n: tar_head(0, b"2") * (n // 512),
    "message.eml": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * (n // 14) + b"\n\na b",
    "parts.eml": lambda n: b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nb\n" * (n // 8),
    "address.eml": lambda n: b"From: " + b"(" * n + b"\nSubject: a\nDate: 27 Jan 2022 10:00:00 +0000\n\na b",
    "box.mbox": lambda n: b"From a Thu Jan 27 23:30:00 2022\n\n" * (n // 33),
    "records.arc": lambda n: b"filedesc://a 0 0 text/plain 0\n\n" * (n // 32),
    "sparse.xlsx": lambda _: sparse(),
    "text.xlsx": lambda n: swollen(xlsx({"A": [HEADER, *ROWS]}), "xl/sharedStrings.xml", b"</t>", b"x" * (50 * n)),
    "strings.xlsx": lambda n: swollen(
        xlsx({"A": [HEADER, *ROWS]}), "xl/sharedStrings.xml", b"</sst>", b"<si><t>x</t></si>" * (5 * n)
    ),
    "rows.xlsx": lambda n: swollen(
        xlsx({"A": [HEADER, *ROWS]}), "xl/worksheets/sheet1.xml", b"</sheetData>", b"<row><c><v>1</v></c></row>" * n
    ),
    "text.docx": lambda n: swollen(docx(["A"]), "word/document.xml", b"</w:t>", b"x" * (50 * n)),
    "paragraphs.docx": lambda n: swollen(
        docx(["A"]), "word/document.xml", b"<w:sectPr", b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * (n // 20)
    ),
    "nested.docx": lambda n: swollen(docx(["A"]), "word/document.xml", b"<w:sectPr", b"<w:p>" * n),
    "spaces.pdf": lambda n: swollen_page(50 * n),
    "circle.pdf": lambda _: circular_pages(),
    "noise.pdf": lambda n: b"%PDF-1.4\n" + b"1 0 obj << /Type " * (n // 17),
    "groups.rtf": lambda n: b"{\\rtf1 " + b"{" * n,
    "words.rtf": lambda n: b"{\\rtf1 " + b"\\par a" * (n // 6) + b"}",
    "spaces.txt": lambda n: b"1 of 2 DOCUMENTS\n" + b" " * n,
    "numbers.txt": lambda n: b"1 of 2 DOCUMENTS\n" * (n // 17),
    "ends.txt": lambda n: b"End of Document\n" * (n // 16),
    "fields.txt": lambda n: b"1 of 2 DOCUMENTS\nA\nJanuary 27, 2022\nLENGTH: 1 word\n" + b"TITLE: x\n" * (n // 9),
    "digits.txt": lambda n: b"news\xc2\xb720220127\xc2\xb7NP\xc2\xb71\n" + b"1 " * (n // 2) + b"\nnews\xc2\xb720220127",
    "records.json": lambda n: b"[" + b"{}," * (n // 3) + b"{}]",
    "nested.json": lambda n: b'{"a":' * (n // 5),
    "keys.json": lambda n: b'{"articles":[' + b'{"url":"u","title":"t"},' * (n // 24) + b"{}]}",
}  # fmt: skip
