"""What the pages tell, and that their addresses hold all they show."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from fastapi.testclient import TestClient

from tests.flows.page.sites import DEMAND, FIRST, asking, fill
from warehouse.ask import Asking


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    with asking(home) as asked:
        yield asked


def told(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def found(page: str) -> int:
    """How many positions a search page says it found."""
    total = re.search(r"<strong>([\d,]+) positions?</strong>", page)
    assert total
    return int(total[1].replace(",", ""))


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("", 5),
        ("q=STRAIT", 5),
        ("q=%22reopen+the+strait%22", 5),
        ("q=reopen+volcano", 0),
        ("q=100%25", 0),
        ("actor=ARL", 3),
        ("actor=ARL&actor=BOR", 4),
        ("actor=ARL&stance=offer", 1),
        ("issue=territory", 4),
        ("issue=territor", 0),
        ("since=2025-03-05", 1),
        ("until=2025-03-01", 1),
        ("least=0.9", 2),
        ("all=1", 6),
        ("scope=domestic", 1),
        ("outlet=%27+OR+true+--", 0),
        ("page=2", 5),
    ],
)
def test_search_finds_what_the_address_says(client: TestClient, query: str, positions: int) -> None:
    assert found(told(client, f"/search?{query}")) == positions


def test_facets_count_what_their_links_find(client: TestClient) -> None:
    page = told(client, "/search?all=1")
    facets = re.search(r"<aside.*?</aside>", page, re.DOTALL)
    assert facets
    links = re.findall(r'href="(/search[^"]*)"[^>]*>.*?</a> <span class="number">([\d,]+)', facets[0], re.DOTALL)
    assert len(links) > 15
    for link, number in links:
        assert found(told(client, unescape(link))) == int(number), link


def test_the_sql_to_copy_gives_the_same_rows(client: TestClient, home: Path, tmp_path: Path) -> None:
    copy = shutil.copy(home / "positions.duckdb", tmp_path / "copy.duckdb")  # the page has the other one open
    for query in ("actor=ARL&q=strait&since=2025-03-01", "issue=territory&least=0.7&stance=demand", "q=it%27s"):
        page = told(client, f"/search?{query}")
        sql = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
        assert sql
        with Asking(Path(copy)) as asking_it:
            assert len(list(asking_it.ask(unescape(sql[1])).rows)) == found(page)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet"])
def test_a_selection_is_taken_along_as_a_file(client: TestClient, file_format: str) -> None:
    answer = client.get(f"/download.{file_format}?actor=ARL")
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[file_format]
    frame = read(BytesIO(answer.content))
    assert list(frame["actor"]) == ["ARL"] * 3
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get("/download.exe").status_code == 400


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/search?since=yesterday", 400),
        ("/search?stance=wish", 400),
        ("/search?page=0", 400),
        ("/search?least=lots", 400),
        ("/search?least=nan", 400),
        (f"/search?q={'x' * 301}", 400),
        ("/?period=9", 400),
        ("/actor/NOBODY", 404),
        ("/issue/nothing", 404),
        ("/pair/ARL/NOBODY", 404),
        ("/article/none", 404),
        ("/position/none", 404),
        ("/actor/ARL?skip=-1", 400),
        ("/bench?overlay=/etc", 404),
        ("/docs", 404),
        ("/openapi.json", 404),
        ("/static/../app.py", 404),
    ],
)
def test_what_cannot_be_is_told_in_words(client: TestClient, address: str, code: int) -> None:
    answer = client.get(address)
    assert answer.status_code == code
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/?period=90",
        "/search?all=1",
        "/actors",
        "/issues",
        "/actor/ARL",
        "/issue/territory",
        "/pair/ARL/BOR",
        "/health",
    ],
)
def test_hostile_text_stays_text_on_every_page(client: TestClient, address: str) -> None:
    page = told(client, address)
    assert "<script>document" not in page
    assert "<img" not in page
    assert 'onclick="alert' not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_an_article_shows_its_evidence_and_why(client: TestClient) -> None:
    page = told(client, f"/article/{FIRST}")
    text = unescape(re.sub(r"<[^>]+>", "", page))
    assert "Arland demands that Borland reopen the strait." in text
    assert re.search(r'<span class="is-actor">Arland</span> <span class="is-trigger">demands</span>', page)
    assert f'id="p-{DEMAND.position_id}"' in page
    assert "demand.ask.demand" in page
    assert client.get(f"/position/{DEMAND.position_id}").headers["location"].endswith(f"#p-{DEMAND.position_id}")


def test_a_hostile_article_shows_as_text(client: TestClient) -> None:
    rows = re.findall(r"/article/(\w+)\?at", told(client, "/search?least=0.9&actor=ARL"))
    page = told(client, f"/article/{rows[0]}")
    assert "<script>document" not in page
    assert "<img" not in page
    assert "&lt;script&gt;document.title" in page
    assert 'href="javascript' not in page


def test_the_next_unsure_one_is_the_least_sure_that_was_not_passed(client: TestClient) -> None:
    first = client.get("/unsure").headers["location"]
    assert f"at={DEMAND.position_id}" in first
    second = client.get(f"/unsure?passed={DEMAND.position_id}").headers["location"]
    assert f"at={DEMAND.position_id}" not in second
    assert f"passed={DEMAND.position_id}" in second


def test_parties_show_standoffs_turns_and_who_answers_whom(client: TestClient) -> None:
    page = told(client, "/pair/ARL/BOR")
    for words in ("Standoffs", "Threads", "Who addresses whom", "Where they stand"):
        assert words in page, words
    charts = re.findall(r'hx-get="(/chart/[^"]+)"', page)
    assert [told(client, unescape(chart))[:4] for chart in charts] == ["<svg", "<svg"]
    outlets = re.search(r'href="(/search\?[^"]+&amp;outlet=[^"]+)"', page)
    assert outlets
    assert found(told(client, unescape(outlets[1]))) == 3
    thread = re.search(r'href="(/thread/[^"]+)"', page)
    assert thread
    assert "Borland" in told(client, thread[1])
    assert client.get("/thread/none").status_code == 404
    assert client.get("/chart/months").status_code == 404
    assert client.get("/chart/pie?actor=ARL").status_code == 404


def test_watches_stand_on_the_first_page(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "watches.yaml"
    file.write_text("watches:\n  - name: casland\n    actor: [CAS]\n  - name: lost\n    actor: [NOBODY]\n", "utf-8")
    mine = Path(shutil.copytree(home, tmp_path / "home"))
    with asking(mine, watches=file) as client:
        page = told(client, "/?period=90")
    assert "casland" in page
    assert "actor NOBODY is not known" in unescape(page)
    watched = re.search(r'aria-labelledby="watched".*?</section>', page, re.DOTALL)
    assert watched
    assert "/actor/CAS" in watched[0]
    assert "/actor/ARL" not in watched[0]
