"""Workbooks of Excel and LibreOffice: rows of every sheet, days as days, and bombs that end in time."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import BODY, articles_and_rejections

HEADER = ("Headline", "Date", "Link", "Full text")
ROWS = (
    ("Norland rejects talks", datetime(2022, 1, 27), "https://news.example/1", BODY),
    ("Sudland offers talks", datetime(2022, 1, 28, 23, 30), "https://news.example/2", f"It offered talks.\n{BODY}"),
)


def xlsx(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook as Excel writes it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


MANIFEST = (
    "<?xml version='1.0'?><manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
    "<manifest:file-entry manifest:full-path='/' manifest:media-type='application/vnd.oasis.opendocument.spreadsheet'/>"
    "<manifest:file-entry manifest:full-path='content.xml' manifest:media-type='text/xml'/></manifest:manifest>"
)


def ods(rows: Sequence[Sequence[Any]], more: str = "") -> bytes:
    """A workbook as LibreOffice writes it."""
    told = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0'?><office:document-content{spaces} office:version='1.2'><office:body><office:spreadsheet>"
        f"<table:table table:name='Articles'>{told}{more}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", MANIFEST)
        file.writestr("content.xml", content)
    return data.getvalue()


def ods_cell(value: object) -> str:
    if isinstance(value, datetime):
        told = f"office:value-type='date' office:date-value='{value.isoformat()}'"
        return f"<table:table-cell {told}><text:p>{value}</text:p></table:table-cell>"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell office:value-type='string'>{paragraphs}</table:table-cell>"


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a"])
def test_each_row_is_an_article(tmp_path: Path, name: str) -> None:
    rows = [HEADER, *ROWS]
    articles, rejections = written(tmp_path, name, ods(rows) if name == "a.ods" else xlsx({"Articles": rows}))
    assert not rejections
    assert [(article.title, article.published) for article in articles] == [
        ("Norland rejects talks", date(2022, 1, 27)),
        ("Sudland offers talks", date(2022, 1, 28)),
    ]
    assert articles[0].text == BODY
    assert articles[1].origin == f"{tmp_path}/{name}#Articles!3"


def test_a_workbook_of_excel_before_2007(tmp_path: Path) -> None:
    data = (Path(__file__).parent / "samples" / "articles.xls").read_bytes()
    for name in ("a.xls", "a"):
        articles, rejections = written(tmp_path, name, data)
        assert not rejections
        assert [(article.title, article.published.day) for article in articles] == [
            ("Norland rejects talks", 27),
            ("Sudland offers talks", 28),
        ]


def test_sheets_notes_and_faults(tmp_path: Path) -> None:
    sheets = {
        "Notes": [["Collected in March"], ["by hand"]],
        "2022": [["Export of an archive"], [], [*HEADER, "", "Comment"], *ROWS, ["No day", "soon", "", BODY]],
        "Empty": [],
        "numbers": [["date", "title", "text"], [20220127, 2022, BODY], ["", "", ""], [20220129, "Last", ""]],
    }
    articles, rejections = written(tmp_path, "a.xlsx", xlsx(sheets))
    assert [article.title for article in articles] == ["Norland rejects talks", "Sudland offers talks", "2022"]
    place = f"{tmp_path}/a.xlsx#"
    assert [(item.origin.removeprefix(place), item.reason) for item in rejections] == [
        ("Notes", "no_columns"),
        ("2022!6", "bad_date"),
        ("numbers!4", "empty_body"),
    ]


def test_a_format_of_dates_is_for_those_that_are_texts(tmp_path: Path) -> None:
    rows = [HEADER, ROWS[0], ("Text", "03/02/2022", "", BODY)]
    (tmp_path / "a.xlsx").write_bytes(xlsx({"A": rows}))
    articles, _ = articles_and_rejections(Source(source=str(tmp_path / "a.xlsx"), date_format="%d/%m/%Y"))
    assert [article.published for article in articles] == [date(2022, 1, 27), date(2022, 2, 3)]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:300], lambda data: data.replace(b"sheet1", b"sheetX"), lambda _: b"PK\x03\x04xl/"]
)
def test_a_damaged_workbook_is_one_rejection(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    articles, rejections = written(tmp_path, "a.xlsx", damage(xlsx({"Articles": [HEADER, *ROWS]})))
    assert not articles
    assert [item.reason for item in rejections] == ["broken_sheet"]


def sparse() -> bytes:
    """Two cells in the far corners of a sheet, which hold two hundred milliards of cells between them."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")
    return data.getvalue()


ROW = "<table:table-row table:number-rows-repeated='1000000'>{}</table:table-row>"
CELL = "<table:table-cell {} office:value-type='string'><text:p>x</text:p></table:table-cell>"
MANY_CELLS = CELL.format("table:number-columns-repeated='16000'")


def test_bombs_end_within_the_limits(tmp_path: Path) -> None:
    articles, rejections = written(tmp_path, "sparse.xlsx", sparse())
    assert not articles
    assert [item.reason for item in rejections] == ["enormous"]
    assert "takes more than" in rejections[0].detail
    articles, rejections = written(tmp_path, "repeated.ods", ods([HEADER, *ROWS], ROW.format(MANY_CELLS)))
    assert not articles
    assert [item.reason for item in rejections] == ["broken_sheet"], "the library has a bound of its own"
