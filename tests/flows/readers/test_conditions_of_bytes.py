"""Bytes as they come: labels of encodings, few bad bytes, compression of every kind, and values deep in records."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.readers.compressed import Broken, expand_body
from schemas.article import Article, Rejection
from schemas.source import Columns, Source
from tests.flows.readers.builders import BODY, articles_and_rejections, jsonl, page, record, rss, table, whole_entry

CHINESE = "诺兰外交部长星期二拒绝了将会谈移至该岛的提议，并要求在星期五之前释放囚犯。镕、喆两位代表未出席。"
TURKISH = "Dışişleri bakanı çarşamba günü öneriyi reddetti ve mahkûmların bırakılmasını istedi. Görüşmeler sürüyor."
POLISH = "Minister spraw zagranicznych odrzucił w środę propozycję rozmów i zażądał uwolnienia więźniów."


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    """What a file holds."""
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("gb2312", "gb18030", CHINESE),
        ("x-gbk", "gb18030", CHINESE),
        ("iso-8859-9", "cp1254", f"“Hayır,” dedi. {TURKISH}"),
        (
            "latin1",
            "cp1252",
            "“No,” said the minister – and left Genève at once for the talks on the island’s borders.",
        ),
        ("ascii", "cp1252", "The minister said “no” and left the talks on the island’s borders at once, with a note."),
        ("windows-1250", "cp1250", POLISH),
        ("x-cp1251", "cp1251", "Министр иностранных дел отказался от переговоров и потребовал освободить заключённых."),
        (
            "shift_jis",
            "cp932",
            "ノーランドの外相は火曜日、島での協議の提案を拒否した。①捕虜の解放まで参加しないと語った。",
        ),
    ],
)
def test_20_labels_mean_what_browsers_take_them_for(tmp_path: Path, label: str, encoding: str, text: str) -> None:
    content = page(1, "\n".join([text] * 4)).replace("'utf-8'", f"'{label}'").replace("©", "")
    (article,), _ = written(tmp_path, "a.html", content.encode(encoding))
    assert text.replace("①", "1") in article.text.replace("①", "1")


@pytest.mark.parametrize("name", ["a.html", "a.rss"])
def test_21_declared_utf8_with_a_bad_byte_loses_no_more_than_that(tmp_path: Path, name: str) -> None:
    good = (
        page(1, f"Der Außenminister sprach in Zürich über Köln.\n{BODY}") if name == "a.html" else rss([whole_entry(1)])
    )
    data = good.replace("Round 1", "Ründe 1").encode().replace(b"island", b"isl\xe4nd", 1)
    (article,), rejections = written(tmp_path, name, data)
    assert not rejections
    assert "isl\ufffdnd" in article.text or "isländ" in article.text
    assert name == "a.rss" or "Außenminister sprach in Zürich über Köln" in article.text


def test_22_a_charset_named_late_in_the_head_is_believed(tmp_path: Path) -> None:
    scripts = "<script>" + "var a = 1; " * 5_000 + "</script>"
    content = page(1, "\n".join([POLISH] * 4)).replace("<meta charset='utf-8'>", f"{scripts}<meta charset='cp1250'>")
    (article,), _ = written(tmp_path, "a.html", content.replace("©", "").encode("cp1250"))
    assert POLISH in article.text


def test_22_a_charset_named_in_the_body_is_not(tmp_path: Path) -> None:
    told = f"Der Außenminister sagte in Zürich ab.\n{BODY}\nThe page ends in <meta charset=cp1251> and he left."
    content = page(1, told).replace("<meta charset='utf-8'>", "").replace("©", "")
    (article,), _ = written(tmp_path, "a.html", content.encode("cp1252"))
    assert "Außenminister sagte in Zürich ab" in article.text


PACKED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKED)
def test_33_compressed_files_are_read_through_in_several_members(tmp_path: Path, suffix: str) -> None:
    pack = PACKED[suffix]
    data = pack(jsonl([record(1), record(2)])) + pack(jsonl([record(3)]))
    articles, rejections = written(tmp_path, f"a.jsonl{suffix}", data)
    assert (len(articles), rejections) == (3, [])
    unnamed, _ = written(tmp_path, "a", data)
    assert len(unnamed) == 3, "the first bytes tell"


@pytest.mark.parametrize("suffix", PACKED)
def test_33_a_compressed_file_cut_off_keeps_what_came_before(tmp_path: Path, suffix: str) -> None:
    pack = PACKED[suffix]
    whole = pack(jsonl([record(number) for number in range(50)]))
    articles, rejections = written(tmp_path, f"a.jsonl{suffix}", whole + whole[:-40])
    assert 50 <= len(articles) < 100
    assert [item.reason for item in rejections if item.reason != "broken_json"] == ["broken_compression"]


@pytest.mark.parametrize("suffix", PACKED)
def test_33_a_bomb_is_told(tmp_path: Path, suffix: str) -> None:
    data = PACKED[suffix](b"\n" * 30_000_000)
    articles, rejections = written(tmp_path, f"a.jsonl{suffix}", data)
    assert not articles
    assert [item.reason for item in rejections] == ["broken_compression"]
    assert "expands more than 100 times" in rejections[0].detail


def test_34_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(Broken, match="allowed are gzip, deflate, br, zstd"):
        expand_body(b"x", "compress", 100)


def test_35_columns_may_be_paths_into_records(tmp_path: Path) -> None:
    rows = [
        {
            "meta": {"headline": "Talks end", "dates": {"first-published": "2022-01-27"}},
            "parts": [{"text": BODY.split("\n")[0]}, {"text": BODY.split("\n")[1]}],
            "site": {"name": "The Norland Post"},
            "links": [
                {"rel": "self", "href": "https://api.example/1"},
                {"rel": "page", "href": "https://post.example/1"},
            ],
        }
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl(rows))
    columns = Columns(
        title=("meta.headline",),
        published=('meta.dates."first-published"',),
        text=("parts[].text",),
        url=("links[?rel=='page'].href | [0]",),
        outlet=("site.name",),
    )
    (article,), rejections = articles_and_rejections(Source(source=str(path), columns=columns))
    assert not rejections
    assert (article.title, article.url, article.outlet) == ("Talks end", "https://post.example/1", "The Norland Post")
    assert article.text == "\n".join(BODY.split("\n")[:2])


@pytest.mark.parametrize("path", ["meta.nothing", "meta[", "to_number('x')"])
def test_35_a_path_that_leads_nowhere_costs_no_other_name(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1)]))
    columns = Columns(title=(path, "title"))
    (article,), _ = articles_and_rejections(Source(source=str(tmp_path / "a.jsonl"), columns=columns))
    assert article.title == record(1)["title"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_36_a_text_file_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Treffen in Zürich\n20220127\n\nDer Außenminister lehnte den Vorschlag in Köln ab und reiste weiter.\n"
    (article,), rejections = written(tmp_path, "a.txt", text.encode(encoding))
    assert not rejections
    assert (article.title, article.published.isoformat()) == ("Treffen in Zürich", "2022-01-27")


def test_36_a_table_of_several_faults_loses_their_rows_alone(tmp_path: Path) -> None:
    rows = table([record(number) for number in range(1, 7)]).decode().split("\r\n")
    rows[2] = rows[2] + ",one cell more"
    rows[4] = rows[4].replace("2022-01-27", "01/02/2022")
    articles, rejections = written(tmp_path, "a.csv", "\r\n".join(rows).encode())
    broken = {item.origin.rpartition("#")[2]: item.reason for item in rejections}
    assert len(articles) + len(rejections) == 6
    assert set(broken.values()) == {"broken_row", "bad_date"}
