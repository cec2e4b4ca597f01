"""JSON lines, tables and Parquet: columns are found, mapped and checked the same way."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.settings import Settings
from schemas.source import Columns, Source
from tests.flows.readers.builders import BODY, articles_and_rejections, jsonl, record, table


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": ""}, "empty_body"),
        ({"text": "— 1 —"}, "empty_body"),
        ({"text": None}, "empty_body"),
        ({"text": {"html": "x"}}, "wrong_type"),
        ({"title": 7}, "wrong_type"),
        ({"date": None}, "no_date"),
        ({"date": ""}, "no_date"),
        ({"date": "27/01/2022"}, "bad_date"),
        ({"date": "2022-02-30"}, "bad_date"),
        ({"date": "0000-01-01"}, "bad_date"),
        ({"date": True}, "bad_date"),
        ({"url": "a path"}, "bad_url"),
        ({"url": "javascript:alert(1)"}, "bad_url"),
        ({"text": "word " * 1000}, "enormous"),
    ],
)
def test_a_broken_record_is_rejected_with_its_reason(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    path = write(tmp_path, "a.jsonl", jsonl([record(1), record(2, **changes), record(3)]))
    articles, rejections = articles_and_rejections(path, Settings(max_article_bytes=2000))
    assert len(articles) == 2
    assert [(item.origin, item.reason) for item in rejections] == [(f"{path}#2", reason)]
    assert rejections[0].detail


def test_lines_that_are_no_json(tmp_path: Path) -> None:
    lines = [b'{"a": 1', b'"text"', b"[" * 100_000, b'{"text": "\xe9"}', b"null", b'{"n": 1' + b"0" * 5000 + b"}"]
    path = write(tmp_path, "a.jsonl", b"\n".join(lines) + b"\n" + jsonl([record(1)]))
    articles, rejections = articles_and_rejections(path)
    assert len(articles) == 1
    reasons = ["broken_json", "broken_json", "broken_json", "undecodable", "broken_json", "broken_json"]
    assert [item.reason for item in rejections] == reasons


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", jsonl([record(1), record(2, text="x " * 100_000), record(3)]))
    articles, rejections = articles_and_rejections(path, Settings(max_article_bytes=10_000))
    assert [article.url for article in articles] == [record(1)["url"], record(3)["url"]]
    assert [item.reason for item in rejections] == ["enormous"]


@pytest.mark.parametrize(
    "names", [("headline", "pubDate", "link", "content"), ("Title", "Published_At", "URL", "BODY")]
)
def test_usual_column_names_need_no_mapping(tmp_path: Path, names: tuple[str, ...]) -> None:
    values = list(record(1).values())
    path = write(tmp_path, "a.csv", table([dict(zip(names, values, strict=True))]))
    articles, rejections = articles_and_rejections(path)
    assert not rejections
    assert articles[0].title == record(1)["title"]
    assert articles[0].url == record(1)["url"]


def test_columns_are_mapped_as_the_source_says(tmp_path: Path) -> None:
    rows = [{"Schlagzeile": "Talks end", "Tag": "27.01.2022", "Inhalt": BODY, "text": "not this"}]
    path = write(tmp_path, "a.csv", table(rows, ";"))
    columns = Columns(title=("Schlagzeile",), published=("Tag",), text=("Inhalt",))
    source = Source(source=str(path), columns=columns, date_format="%d.%m.%Y", outlet="Zeitung")
    articles, rejections = articles_and_rejections(source)
    assert not rejections
    assert (articles[0].title, articles[0].published, articles[0].text) == ("Talks end", date(2022, 1, 27), BODY)
    assert articles[0].outlet == "Zeitung"


def test_a_table_without_the_needed_columns_says_which(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"title,when\nTalks,2022-01-27\n")
    articles, rejections = articles_and_rejections(path)
    assert not articles
    assert [item.reason for item in rejections] == ["no_columns"]
    assert "published: date" in rejections[0].detail
    assert "text: text, body, content" in rejections[0].detail


def test_rows_may_hold_quotes_and_newlines(tmp_path: Path) -> None:
    body = 'He said: "No, never, and again no."\n\nThen he left; nobody followed.'
    path = write(tmp_path, "a.csv", table([record(1, text=body), record(2)]))
    articles, _ = articles_and_rejections(path)
    assert articles[0].text == body.replace("\n\n", "\n")
    assert [article.origin for article in articles] == [f"{path}#2", f"{path}#3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Der Außenminister lehnt den Vorschlag ab. „Nein“, sagte er in Köln, und reiste nach Zürich weiter."
    path = write(tmp_path, "a.csv", table([record(1, text=text)]).decode().encode(encoding))
    articles, rejections = articles_and_rejections(path)
    assert not rejections
    assert articles[0].text == text


def test_a_table_in_cyrillic(tmp_path: Path) -> None:
    text = "Министр иностранных дел отказался от переговоров и потребовал освободить заключённых до пятницы. " * 3
    path = write(tmp_path, "a.csv", table([record(1, text=text)]).decode().encode("cp1251"))
    articles, _ = articles_and_rejections(path)
    assert articles[0].text == text.strip()


def test_a_row_in_another_encoding_than_the_rest(tmp_path: Path) -> None:
    many = table([record(number) for number in range(2000)])
    odd = table([record(1, text="Köln, Zürich, Genf")]).split(b"\r\n", 1)[1].decode().encode("latin-1")
    path = write(tmp_path, "a.csv", many + odd)
    articles, rejections = articles_and_rejections(path)
    assert len(articles) == 2000
    assert [item.reason for item in rejections] == ["undecodable"]


def test_a_quote_left_open_costs_no_more_than_its_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", table([record(1)]) + b'Title,2022-01-27,,"open\n' + b"x" * 100)
    articles, rejections = articles_and_rejections(path)
    assert len(articles) + len(rejections) == 2


def test_parquet_types(tmp_path: Path) -> None:
    night = datetime(2022, 1, 27, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    table_ = pa.table(
        {
            "title": ["day", "naive", "zoned", "none"],
            "date": pa.array([None, None, None, None], pa.timestamp("us", "America/New_York")),
            "text": [BODY] * 4,
            "unread": [[1], [2], [3], [4]],
        }
    )
    moments = pa.array([night, night, night, None], pa.timestamp("us", "America/New_York"))
    pq.write_table(table_.set_column(1, "date", moments), tmp_path / "a.parquet")
    articles, rejections = articles_and_rejections(tmp_path / "a.parquet")
    assert [article.published for article in articles] == [date(2022, 1, 27)] * 3
    assert [item.reason for item in rejections] == ["no_date"]
    in_utc = Source(source=str(tmp_path / "a.parquet"), time_zone="UTC")
    assert {article.published for article in articles_and_rejections(in_utc)[0]} == {date(2022, 1, 28)}


def test_parquet_with_binary_text_and_dates(tmp_path: Path) -> None:
    rows = pa.table({"text": [BODY.encode(), b"\xff\xfe\xfa"], "published": [date(2022, 1, 27)] * 2})
    pq.write_table(rows, tmp_path / "a.parquet")
    articles, rejections = articles_and_rejections(tmp_path / "a.parquet")
    assert articles[0].text == BODY
    assert [item.reason for item in rejections] == ["undecodable"]


def test_records_without_address_are_told_apart_by_content(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", jsonl([record(1, url=None), record(2, url=""), record(1, url=None)]))
    articles, _ = articles_and_rejections(path)
    assert len({article.article_id for article in articles}) == 2


def test_tracking_and_fragments_do_not_make_another_article(tmp_path: Path) -> None:
    plain = "https://news.example/a?id=7"
    path = write(tmp_path, "a.jsonl", jsonl([record(1, url=plain), record(1, url=f"{plain}&utm_source=x#top")]))
    articles, _ = articles_and_rejections(path)
    assert {article.url for article in articles} == {plain}


def test_a_settled_moment_is_utc_where_only_seconds_are_given(tmp_path: Path) -> None:
    moment = datetime(2022, 1, 27, 23, 59, tzinfo=UTC)
    path = write(tmp_path, "a.jsonl", jsonl([record(1, date=moment.timestamp()), record(2, date=20220127)]))
    assert {article.published for article in articles_and_rejections(path)[0]} == {date(2022, 1, 27)}
