"""Exports of news databases: each style and format gives its articles, whole, and what is broken costs itself alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.readers.record import Unfit
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers import exports
from tests.flows.readers.builders import articles_and_rejections, page
from tests.flows.readers.documents import docx, pdf, rtf
from tests.flows.readers.exports import ONE, TITLES, TWO


def written(folder: Path, name: str, data: bytes, **of_source: str) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(Source.model_validate({"source": str(path), **of_source}))


def on_pages(lines: list[str], page: int = 12) -> list[list[str]]:
    """Lines of an export as a PDF file has them: wrapped, with a line of its own above each page."""
    wrapped = [part for line in lines for part in exports.wrapped(line, 80)]
    pages = [wrapped[at : at + page] for at in range(0, len(wrapped), page)]
    return [[f"Page {number} of {len(pages)}", *lines] for number, lines in enumerate(pages, 1)]


EXPORTS: dict[str, Callable[[], bytes]] = {
    "nexis.docx": lambda: docx(exports.nexis()),
    "nexis.rtf": lambda: rtf(exports.nexis()),
    "nexis.pdf": lambda: pdf(on_pages(exports.nexis())),
    "lexis.txt": lambda: exports.lexis().encode(),
    "lexis.rtf": lambda: rtf(exports.lexis().split("\n")),
    "lexis.docx": lambda: docx(exports.lexis().split("\n")),
    "factiva_coded.txt": lambda: exports.factiva_coded().encode(),
    "factiva_coded.rtf": lambda: rtf(exports.factiva_coded().split("\n")),
    "factiva_coded.html": lambda: exports.factiva_coded_page().encode(),
    "factiva.html": lambda: exports.factiva_page().encode(),
    "factiva.rtf": lambda: rtf(exports.factiva_lines()),
    "factiva.docx": lambda: docx(exports.factiva_lines()),
    "factiva.pdf": lambda: pdf(on_pages(exports.factiva_lines(), 14)),
    "proquest.txt": lambda: exports.proquest().encode(),
    "proquest.docx": lambda: docx(exports.proquest().split("\n")),
    "proquest.rtf": lambda: rtf(exports.proquest().split("\n")),
    "proquest.pdf": lambda: pdf(on_pages(exports.proquest().split("\n"), 40)),
    "europresse.html": lambda: exports.europresse_page().encode(),
    "europresse.rtf": lambda: rtf(exports.europresse_lines()),
    "europresse.pdf": lambda: pdf(on_pages(exports.europresse_lines(), 20)),
    "europresse.txt": lambda: "\n".join(exports.europresse_lines()).encode(),
    "europresse.docx": lambda: docx(exports.europresse_lines()),
}


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("is_named", [True, False], ids=["named", "unnamed"])
def test_every_style_and_format_gives_its_articles(tmp_path: Path, name: str, is_named: bool) -> None:
    articles, rejections = written(tmp_path, name if is_named else "export", EXPORTS[name]())
    assert [article.title for article in articles] == list(TITLES)
    years = (2022, 1998) if name.startswith("lexis") else (2022, 2022)
    assert [article.published.isoformat() for article in articles] == [f"{years[0]}-01-27", f"{years[1]}-01-28"]
    assert [article.outlet for article in articles] == ["The Norland Post", "Sudland Times"]
    assert [article.text.split("\n") for article in articles] == [list(ONE), list(TWO)]
    assert articles[1].origin is not None
    assert articles[1].origin.endswith("#2")
    lacking = ["broken_export"] if name.startswith("proquest") else []  # its third article has no text
    assert [item.reason for item in rejections] == lacking


def test_what_stands_before_a_fault_of_a_document_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*_: object) -> Iterator[str]:
        yield from exports.nexis()[:-6]
        raise Unfit("broken_document", "the last page is damaged")

    monkeypatch.setattr("flows.readers.export.read_apart", breaks_off)
    (article,), rejections = written(tmp_path, "a.pdf", b"%PDF-")
    assert article.title == TITLES[0]
    assert [item.reason for item in rejections] == ["broken_export", "broken_document"]


def test_the_title_at_the_top_of_a_page_is_no_paragraph(tmp_path: Path) -> None:
    lines = exports.nexis()
    place = lines.index(ONE[1])
    pages = [lines[:place], ["Page 2 of 3", TITLES[0], *lines[place:]]]
    (one, _), _ = written(tmp_path, "a.pdf", pdf(on_lines(pages)))
    assert one.text.split("\n") == list(ONE)


def on_lines(pages: list[list[str]]) -> list[list[str]]:
    return [[part for line in lines for part in exports.wrapped(line, 80)] for lines in pages]


def without(text: str, parts: tuple[str, ...]) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


CUT_OFF: dict[str, tuple[Callable[[], bytes], str]] = {
    "nexis.docx": (lambda: docx(exports.nexis()[:-6]), "broken_export"),
    "factiva.rtf": (lambda: rtf(exports.factiva_lines()[:-3]), "broken_export"),
    "factiva_coded.txt": (lambda: exports.factiva_coded().encode()[:-60], "broken_export"),
    "lexis.txt": (lambda: exports.lexis().partition(" " * 29 + "January 28")[0].encode(), "broken_export"),
    "proquest.txt": (lambda: exports.proquest().replace("28 Jan 2022.", "no day").encode(), "no_date"),
    "europresse.html": (lambda: without(exports.europresse_page(), TWO).encode(), "empty_body"),
}


@pytest.mark.parametrize("name", CUT_OFF)
def test_an_article_cut_off_costs_itself_alone(tmp_path: Path, name: str) -> None:
    make, reason = CUT_OFF[name]
    (article,), rejections = written(tmp_path, name, make())
    assert article.title == TITLES[0]
    assert rejections[0].reason == reason
    assert rejections[0].origin == f"{tmp_path}/{name}#2"
    assert rejections[0].detail


def test_the_address_of_an_article_is_that_of_the_database(tmp_path: Path) -> None:
    (one, two), _ = written(tmp_path, "a.txt", exports.proquest().encode())
    assert one.url == "https://search.proquest.example/docview/123456?accountid=1"
    assert two.url is None


@pytest.mark.parametrize("make", [docx, rtf, lambda lines: pdf([lines])], ids=["docx", "rtf", "pdf"])
@pytest.mark.parametrize("day", ["20220127", "2022-01-27", "27 January 2022"])
def test_a_document_of_one_article(tmp_path: Path, make: Callable[[list[str]], bytes], day: str) -> None:
    data = make([TITLES[0], day, "https://post.example/7", "", *ONE])
    (article,), rejections = written(tmp_path, "a", data)
    assert not rejections
    assert (article.title, article.published.isoformat()) == (TITLES[0], "2022-01-27")
    assert (article.url, article.text) == ("https://post.example/7", "\n".join(ONE))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04word/ and no more", "broken_document"),
        ("a.pdf", b"%PDF-1.7\nnothing", "broken_document"),
        ("a.rtf", b"{\\rtf1 Only a sentence.}", "unknown_export"),
        ("a.docx", docx(["Only a title"]), "unknown_export"),
        ("a.pdf", pdf([[]]), "unknown_export"),
    ],
    ids=["docx", "pdf", "rtf", "a title", "no text"],
)
def test_a_document_that_holds_none_is_one_rejection(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    articles, rejections = written(tmp_path, name, data)
    assert not articles
    assert [item.reason for item in rejections] == [reason]


@pytest.mark.parametrize("name", ["titreArticle", "myArticle", "DocPublicationNames"])
def test_pages_of_papers_with_like_names_of_classes_stay_pages(tmp_path: Path, name: str) -> None:
    content = page(7).replace("<article>", f"<article class='{name}'>").replace("<h1>", f"<h1 class='{name}'>")
    (article,), _ = written(tmp_path, "a.html", content.encode())
    assert article.title == "Talks 7"


def test_texts_that_only_speak_of_documents_stay_texts(tmp_path: Path) -> None:
    text = f"Talks\n20220127\n\nDocument 7 of 12 was shown.\nProQuest has it.\n{ONE[0]}\n"
    (article,), _ = written(tmp_path, "a.txt", text.encode())
    assert article.title == "Talks"
    assert "Document 7 of 12" in article.text
