"""Conditions in which analysts' files come: each is read, or told in one line with nothing else lost."""

import csv
import io
from datetime import date
from pathlib import Path

import brotli
import pytest

from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import BODY, articles_and_rejections, jsonl, page, record, response, table


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    """What a file holds."""
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


def warc(number: int, header: str, body: bytes) -> bytes:
    """A WARC record with another header, whether the body fits it or not."""
    plain = response(number, body=b"@")
    head, _, _ = plain.partition(b"\r\n\r\n")
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n\r\n".encode() + body
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, f"Content-Length: {len(http)}".encode()]) + b"\r\n\r\n" + http + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    parts = (body[at : at + 700] for at in range(0, len(body), 700))
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"


def test_01_a_header_that_lies_costs_no_record_of_a_warc(tmp_path: Path) -> None:
    pages = [page(number).encode() for number in range(7)]
    data = (
        warc(0, "Transfer-Encoding: chunked", pages[0])
        + warc(1, "Content-Encoding: gzip", pages[1])
        + warc(2, "Transfer-Encoding: chunked", chunked(pages[2]))
        + warc(3, "Content-Encoding: br", brotli.compress(pages[3]))
        + warc(4, "Transfer-Encoding: chunked\r\nContent-Encoding: br", chunked(brotli.compress(pages[4])))
        + warc(5, "Content-Encoding: br", b"\x01\x02 no brotli")
        + response(6)
    )
    articles, rejections = written(tmp_path, "a.warc", data)
    assert [article.title for article in articles] == [f"Talks {number}" for number in (0, 1, 2, 3, 4, 6)]
    assert [item.reason for item in rejections] == ["broken_body"]


def test_02_images_ahead_of_pages_are_counted_and_told_once(tmp_path: Path) -> None:
    images = response(1, kind="image/png", body=b"x") * 12_000 + response(2, "301 Moved", body=b"x")
    articles, rejections = written(tmp_path, "a.warc", images + response(3) + response(4))
    assert [article.title for article in articles] == ["Talks 3", "Talks 4"]
    (told,) = rejections
    assert told.reason == "no_pages"
    assert "12,001 are no pages" in told.detail
    assert "12,000 image/png, 1 a redirect" in told.detail


def test_03_one_bad_byte_costs_one_row(tmp_path: Path) -> None:
    rows = [record(number, text=f"Rencontre à Genève, n° {number}. {BODY}") for number in range(200)]
    data = table(rows).replace("n° 7.".encode(), b"n\xe9 7.")
    articles, rejections = written(tmp_path, "a.csv", data)
    assert len(articles) == 199
    assert [(item.origin, item.reason) for item in rejections] == [(f"{tmp_path}/a.csv#9", "undecodable")]
    assert "Genève" in articles[0].text


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_04_a_stray_quote_swallows_no_row(tmp_path: Path, separator: str) -> None:
    rows = "".join(
        separator.join([title, f"2022-01-2{n}", f"https://news.example/{n}", "Norland refused to talk."]) + "\n"
        for n, title in enumerate(["Round 1", '"Round 2', "Round 3", "Round 4", "Round 5"], 1)
    )
    header = separator.join(["title", "date", "url", "text"]) + "\n"
    articles, rejections = written(tmp_path, "a.csv", (header + rows).encode())
    assert not rejections
    assert [article.published.day for article in articles] == [21, 22, 23, 24, 25]
    assert [article.origin for article in articles] == [f"{tmp_path}/a.csv#{number}" for number in range(2, 7)]


def test_04_a_cell_of_many_lines_stays_one(tmp_path: Path) -> None:
    body = "First, he said.\nThen, on 2022-01-27, he left, alone, and\nnobody, nowhere, followed him, ever."
    articles, rejections = written(tmp_path, "a.csv", table([record(1, text=body), record(2)]))
    assert not rejections
    assert articles[0].text == body


def test_04_many_stray_quotes_end_soon(tmp_path: Path) -> None:
    line = b'"T\t2022-01-27\thttps://news.example/\tNorland refused.\n'
    articles, rejections = written(tmp_path, "a.tsv", b"title\tdate\turl\ttext\n" + line * 20_000)
    assert len(articles) + len(rejections) == 20_000


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "NA"},
        {"url": "www."},
        {"url": "n/a", "outlet": "NaN"},
        {"url": {"raw": 1}},
        {"url": 17},
        {"outlet": 17},
        {"outlet": ["a", "b"]},
        {"language": {"code": "en"}},
    ],
)
def test_05_a_value_beside_the_article_never_costs_it(tmp_path: Path, changes: dict[str, object]) -> None:
    articles, rejections = written(tmp_path, "a.jsonl", jsonl([record(1, **changes)]))
    assert (len(articles), rejections) == (1, [])
    assert "url" not in changes or articles[0].url is None


def test_05_an_address_without_scheme_and_an_outlet_in_an_object(tmp_path: Path) -> None:
    rows = [record(1, url="www.news.example/a", source={"id": None, "name": "The Norland Post"})]
    (article,), _ = written(tmp_path, "a.jsonl", jsonl(rows))
    assert (article.url, article.outlet) == ("https://www.news.example/a", "The Norland Post")


@pytest.mark.parametrize("name", ["urn:contentItem:5XYZ-1", "doi:10.1000/182", "tag:post.example,2022:17", "ftp://a/b"])
def test_05_a_name_that_leads_to_no_page_costs_no_article(tmp_path: Path, name: str) -> None:
    articles, rejections = written(tmp_path, "a.jsonl", jsonl([record(1, url=name), record(2, url=name)]))
    assert [(len(articles), article.url) for article in articles] == [(2, None)] * 2
    assert not rejections


CODE_PAGES = {
    "cp1250": "Minister spraw zagranicznych odrzucił w środę propozycję rozmów i zażądał uwolnienia więźniów.",
    "cp1251": "Министр иностранных дел отказался от переговоров и потребовал освободить заключённых до пятницы.",
    "cp1252": "Le ministre des affaires étrangères a rejeté mercredi la proposition de négocier à Genève.",
    "cp1254": "Dışişleri bakanı çarşamba günü öneriyi reddetti ve mahkûmların bırakılmasını istedi.",
}


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
def test_19_code_pages_that_nobody_declares(tmp_path: Path, encoding: str, name: str) -> None:
    text = CODE_PAGES[encoding]
    data = {
        "a.txt": f"Title\n2022-01-27\n\n{text}\n",
        "a.csv": table([record(1, text=text)]).decode(),
        "a.html": page(1, "\n".join([text] * 4)).replace("<meta charset='utf-8'>", "").replace("© ", ""),
    }[name]
    (article,), _ = written(tmp_path, name, data.encode(encoding))
    assert text in article.text


def test_24_html_in_cells_is_read_as_html(tmp_path: Path) -> None:
    html = "<p>Norland &amp; Sudland met.</p><script>x()</script><p>They <b>refused</b> to talk.<br>All left.</p>"
    (one, two), _ = written(tmp_path, "a.jsonl", jsonl([record(1, text=html), record(2, text="if a < b and c > d")]))
    assert one.text == "Norland & Sudland met.\nThey refused to talk.\nAll left."
    assert two.text == "if a < b and c > d"
    (cell,), _ = written(tmp_path, "a.csv", table([record(1, text=html, title="<i>Talks</i> end")]))
    assert (cell.title, cell.text) == ("Talks end", one.text)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Talks end in Norland | The Norland Post", "Talks end in Norland"),
        ("Talks end in Norland - World - Norland Post", "Talks end in Norland - World"),
        ("Talks end in Norland — news.example", "Talks end in Norland"),
        ("Norland - Sudland talks end", "Norland - Sudland talks end"),
        ("The Norland Post", "The Norland Post"),
    ],
)
def test_25_names_of_papers_are_cut_from_titles(tmp_path: Path, title: str, told: str) -> None:
    (article,), _ = written(tmp_path, "a.jsonl", jsonl([record(1, title=title, outlet="The Norland Post")]))
    assert article.title == told


def test_26_more_usual_names_of_columns(tmp_path: Path) -> None:
    rows = [
        {"headline": "A", "publish_date": "2022-01-27", "maintext": BODY},
        {"headline": "B", "date_publish": "2022-01-27 10:00:00", "lead": "Norland refused.", "body": BODY},
        {"headline": "C", "date_publish": "2022-01-27", "lead": BODY[:200], "body": BODY},
    ]
    (a, b, c), rejections = written(tmp_path, "a.jsonl", jsonl(rows))
    assert not rejections
    assert (a.text, b.text, c.text) == (BODY, f"Norland refused.\n{BODY}", BODY)


@pytest.mark.parametrize("text", ["Thu Jan 27 23:30:00 2022", "2022-1-27", "27.01.2022", "2022-01-27 23:30 EDT"])
def test_27_dates_in_more_wordings(tmp_path: Path, text: str) -> None:
    (article,), _ = written(tmp_path, "a.jsonl", jsonl([record(1, date=text)]))
    assert (article.published, article.published_basis) == (date(2022, 1, 27), "stated")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.csv", "a", "a.txt"])
def test_28_utf16_without_its_mark(tmp_path: Path, encoding: str, name: str) -> None:
    text = f"Talks\n20220127\n\n{BODY}\n" if name == "a.txt" else table([record(1), record(2)]).decode()
    articles, rejections = written(tmp_path, name, text.encode(encoding))
    assert (len(articles), rejections) == (1 if name == "a.txt" else 2, [])


def as_cells(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


ROWS = [["title", "date", "text"], ["Talks end", "2022-01-27", BODY], ["Talks begin", "2022-01-28", BODY]]


@pytest.mark.parametrize(
    ("before", "rows", "separator"),
    [
        ("sep=;\n", ROWS, ";"),
        ("\ufeffsep=|\r\n", ROWS, "|"),
        ("Exported by an archive on 3 March 2022\n\nQuery: Norland AND talks\n", ROWS, ","),
        ("", [[*row, "", ""] for row in ROWS], ","),
        ("", [ROWS[0], *([*row, ""] for row in ROWS[1:])], ","),
    ],
    ids=["29 sep", "29 sep and mark", "30 preamble", "31 commas everywhere", "31 commas behind rows"],
)
def test_29_to_31_what_spreadsheets_put_around_tables(
    tmp_path: Path, before: str, rows: list[list[str]], separator: str
) -> None:
    articles, rejections = written(tmp_path, "a.csv", (before + as_cells(rows, separator)).encode())
    assert not rejections
    assert [article.title for article in articles] == ["Talks end", "Talks begin"]


def test_30_the_origin_counts_lines_of_the_file(tmp_path: Path) -> None:
    articles, _ = written(tmp_path, "a.csv", b"Exported\n" + table([record(1)]))
    assert articles[0].origin == f"{tmp_path}/a.csv#3"


def test_32_a_text_file_with_an_iso_date(tmp_path: Path) -> None:
    (article,), _ = written(tmp_path, "a.txt", f"Talks\n2022-01-27\n\n{BODY}\n".encode())
    assert article.published == date(2022, 1, 27)
    (unnamed,), _ = written(tmp_path, "a", f"Talks\n2022-01-27T10:00:00Z\n\n{BODY}\n".encode())
    assert unnamed.published == date(2022, 1, 27)


def test_an_issuer_of_the_list_is_that_of_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1)]))
    (article,), _ = articles_and_rejections(Source(source=str(tmp_path / "a.jsonl"), issuer="CHN"))
    assert article.issuer == "CHN"
