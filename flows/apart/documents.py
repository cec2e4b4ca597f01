"""Documents of word processors and PDF files: their paragraphs or lines, without headers and footers."""

import io
import logging
from collections.abc import Iterator

from flows.apart.told import tell


def main() -> None:
    """Tell the lines of a document, each a text."""
    logging.disable(logging.CRITICAL)  # pypdf tells every small fault of a file
    tell(lines_of)


def lines_of(data: bytes) -> Iterator[str]:
    """The lines."""
    if data.startswith(b"%PDF"):
        return of_pdf(data)
    return of_rtf(data) if data.startswith(b"{\\rtf") else of_docx(data)


def of_pdf(data: bytes) -> Iterator[str]:
    """The lines of a PDF file as they stand on its pages."""
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(data)).pages:
        yield from (line for line in page.extract_text().split("\n") if line.strip())  # blank ones mean nothing there
        page.clear()  # what was read of it need not stay


def of_rtf(data: bytes) -> Iterator[str]:
    """The paragraphs of a rich text."""
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    yield from text.replace("\xa0", " ").split("\n")


def of_docx(data: bytes) -> Iterator[str]:
    """The paragraphs of a Word document, those in tables included."""
    from docx import Document
    from docx.table import Table

    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield from block.text.split("\n")
