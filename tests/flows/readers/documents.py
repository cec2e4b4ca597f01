"""Documents of word processors and PDF files, built of lines for the tests that read them."""

import io
from collections.abc import Sequence

from docx import Document


def docx(lines: Sequence[str]) -> bytes:
    """A Word document of these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def rtf(lines: Sequence[str]) -> bytes:
    """A rich text of these paragraphs, in code page 1252 with other letters as numbers."""
    told = "\\par\n".join("".join(map(rtf_letter, line)) for line in lines)
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\header Page 1}\f0 "
    return f"{head}{told}\\par}}".encode("ascii")


def rtf_letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if letter.isascii():
        return letter
    encoded = letter.encode("cp1252", "ignore")
    return f"\\'{encoded[0]:02x}" if encoded else f"\\u{ord(letter)}?"


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF file with these lines on its pages."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids: list[int] = []
    for lines in pages:
        shown = "".join(f"({pdf_text(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 10 Tf 12 TL 50 800 Td\n{shown}ET".encode("cp1252", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {resources} /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(len(objects))
    told = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{told}] /Count {len(kids)} >>".encode()
    return assembled(objects)


def pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF file of these objects, the first of which is its root."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)
