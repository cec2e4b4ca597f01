"""The report: one file, safe with hostile text, and whole in a browser, on a phone, in print and by keyboard."""

import re
import tempfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.benchmarks.generate import fill
from tests.warehouse.browser import Browser, find_chromium
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.query import connect_snapshot
from warehouse.report import CannotReport, counted, days, web_address, write_report
from warehouse.report_chart import months_svg, ticks
from warehouse.report_data import Choice
from warehouse.report_marks import read_timelines
from warehouse.store import Store

TALKS = "diplomacy.talks"
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
SENTENCE = f"Arland {HOSTILE} demands that Borland reopen the strait & “leave”."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with a standoff, a turn, a hostile article, an unknown actor and an issue of its own for talks."""
    folder = tmp_path_factory.mktemp("published")
    span = {"sentence_start": 0, "sentence_end": len(SENTENCE)}
    hostile = article(1, text=f"{SENTENCE}\n", title=HOSTILE, url="javascript:alert(1)", outlet=HOSTILE)
    more = [article(number, day=date(2025, 3, number)) for number in range(2, 7)]
    ids = [a.article_id for a in more]
    found = [
        position(hostile.article_id, speaker=HOSTILE, speaker_role='" onclick="alert(1)', **span),
        position(ids[0], stance="refusal", actor="BOR", target="ARL", stated_on=date(2025, 3, 2)),
        position(ids[1], stance="offer", actor="BOR", target="ARL", condition="if asked", stated_on=date(2025, 3, 6)),
        position(
            ids[2], stance="threat", actor="CAS", issue="diplomacy.talks", target=None, stated_on=date(2025, 3, 5)
        ),
    ]
    with Store.open(folder / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        store.save_articles([hostile, *more], [])
        store.save_tagged(batch([hostile, *more], found, [position(ids[3], actor=None, actor_text=HOSTILE)]))
        store.publish(folder / "positions.duckdb")
    return folder / "positions.duckdb"


@pytest.fixture(scope="module")
def report(published: Path) -> Path:
    return write_report(published, published.with_name("report.html"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if not program:
        pytest.skip("no Chromium is installed: the report is not looked at in a browser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Browser(program, Path(folder)) as opened:
        yield opened


def test_the_file_refers_to_nothing_outside_and_runs_only_its_own_script(report: Path) -> None:
    html = report.read_text("utf-8")
    assert re.findall(r"<(?:link|img|iframe|object|embed|base)\b", html) == []
    assert re.findall(r"<[a-z][^>]*\ssrc\s*=", html) == []
    assert html.count("<script>") == 1
    assert "default-src 'none'" in unescape(html)
    assert "unsafe" not in html
    assert set(re.findall(r'href="(\w+):', html)) <= {"http", "https"}


def test_hostile_text_stays_text(report: Path) -> None:
    html = report.read_text("utf-8")
    assert "<img src=x" not in html
    assert "&lt;script&gt;document.title" in html
    assert 'onclick="alert' not in html


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://news.example/1", True),
        ("HTTP://news.example/1", True),
        (" https://news.example/1", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/1", False),
        ("https://", False),
        ("https://[broken", False),
        ("file:///etc/passwd", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str | None, linked: bool) -> None:
    assert (web_address(address) is not None) == linked


def test_the_report_tells_what_the_warehouse_holds(report: Path) -> None:
    html = report.read_text("utf-8")
    for words in ("4 positions from 6 articles", "1 standoffs: 1 open", "softened", "offers, if", "Sea and straits"):
        assert words in html, words


def test_a_choice_narrows_the_report(published: Path, tmp_path: Path) -> None:
    talks = write_report(published, tmp_path / "talks.html", issues=["diplomacy"]).read_text("utf-8")
    assert "1 position from" in talks
    assert "Sea and straits" not in talks
    casland = write_report(published, tmp_path / "casland.html", actors=["CAS"]).read_text("utf-8")
    assert "1 position from" in casland
    with pytest.raises(CannotReport, match=r"actor CASS is not known; did you mean CAS\?"):
        write_report(published, tmp_path / "x.html", actors=["CASS"])
    with pytest.raises(CannotReport, match=r"issue diplomacy\.talk is not known; did you mean diplomacy\.talks\?"):
        write_report(published, tmp_path / "x.html", issues=["diplomacy.talk"])
    assert not (tmp_path / "x.html").exists()


def test_numbers_agree_with_what_they_count_and_a_single_day_stands_once() -> None:
    assert (counted(1, "article"), counted(1_200, "story", "stories")) == ("1 article", "1,200 stories")
    first = date(2020, 1, 31)
    assert (days(first, first), days(first, date(2020, 2, 1))) == ("2020-01-31", "2020-01-31 to 2020-02-01")


def test_no_half_articles_stand_on_the_axis() -> None:
    for articles, steps in ((1, ["0", "1"]), (3, ["0", "1", "2", "3"]), (1_234, ["0", "500", "1,000"])):
        months = months_svg([(date(2020, 1, 1), articles, 1), (date(2020, 2, 1), 1, 1)])
        assert re.findall(r">([\d,]+)</text>", months) == steps


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 9, 1), date(2024, 9, 1)),
        (date(2024, 9, 1), date(2024, 9, 5)),
        (date(2024, 8, 25), date(2024, 10, 30)),
        (date(2024, 1, 31), date(2024, 12, 30)),
        (date(2021, 11, 3), date(2024, 10, 2)),
        (date(1987, 2, 26), date(2025, 5, 19)),
        (date(1500, 1, 1), date(2025, 5, 19)),
    ],
)
def test_an_axis_marks_few_days_that_look_different(first: date, last: date) -> None:
    marked, written = ticks(first, last)
    labels = [day.strftime(written) for day in marked]
    assert 1 <= len(labels) <= 8
    assert len(set(labels)) == len(labels)
    assert all(first <= day <= last for day in marked)


def test_the_report_opens_with_what_changed_and_shows_commands_as_such(report: Path) -> None:
    html = report.read_text("utf-8")
    places = [html.index(f'<section id="{name}"') for name in ("changes", "standoffs", "matrix", "issues", "coverage")]
    assert places == sorted(places)
    assert "`" not in html.partition("<script>")[0]


def test_an_empty_warehouse_gives_an_empty_report(working_file: Path, snapshot: Path, tmp_path: Path) -> None:
    with Store.open(working_file) as store:
        store.publish(snapshot)
    html = write_report(snapshot, tmp_path / "empty.html").read_text("utf-8")
    assert "No position names an issue yet." in html


def test_the_page_opens_without_complaint_or_request(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    assert browser.complaints == []
    assert browser.asked == [report.as_uri()]
    assert browser.run("document.title").startswith("Diplomatic positions")


def test_what_scrolls_is_reached_by_keyboard(browser: Browser, report: Path) -> None:
    browser.size(390, 844)
    browser.open(report)
    unreached = browser.run(
        "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth && "
        "one.tabIndex < 0 && !one.querySelector('a, [tabindex=\"0\"]')).map(one => one.ariaLabel)"
    )
    assert unreached == []


def test_an_article_titled_with_script_shows_as_text(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    assert HOSTILE in browser.run("document.body.textContent")
    assert browser.run("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert browser.run("document.querySelectorAll('script').length") == 1
    assert browser.run("[...document.querySelectorAll('*')].filter(e => e.getAttribute('onclick')).length") == 0
    assert browser.run("document.title").startswith("Diplomatic positions")
    links = browser.run("[...document.links].map(link => link.protocol).filter(kind => kind != 'file:')")
    assert set(links) == {"https:"}
    assert browser.asked == [report.as_uri()]


def test_the_policy_stops_what_escaping_would_have_missed(browser: Browser, report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    html = report.read_text("utf-8")
    hole = "<script>document.title='owned'</script><img src='https://a.example/x' onerror=\"document.title='owned'\">"
    broken.write_text(html.replace("</main>", f"{hole}</main>"), "utf-8")
    browser.size(1280, 900)
    browser.complaints.clear()
    browser.open(broken)
    assert browser.run("document.title").startswith("Diplomatic positions")
    assert any("Content Security Policy" in complaint for complaint in browser.complaints)
    browser.complaints.clear()


def choosing(what: str, value: str) -> str:
    """Script that chooses an issue or actor as a person does."""
    return f"{what}.value = '{value}'; {what}.dispatchEvent(new Event('change'))"


def test_the_filter_chooses_rows_and_marks(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    shown = "[...document.querySelectorAll('article:not([hidden]) .chart a:not([hidden])')].length"
    visible = "[...document.querySelectorAll('article')].filter(part => !part.hidden).length"
    assert (browser.run(shown), browser.run(visible)) == (4, 2)
    browser.run(choosing("actor", "CAS"))
    assert (browser.run(shown), browser.run(visible)) == (1, 1)
    assert browser.run("document.querySelector('#standoffs .sift').hidden") is True
    assert browser.run("document.getElementById('told').textContent") == "1 mark fits"
    browser.run("document.getElementById('all').click()")
    assert (browser.run(shown), browser.run(visible)) == (4, 2)
    browser.run(choosing("issue", TALKS))
    assert (browser.run(shown), browser.run(visible)) == (1, 1)
    assert browser.complaints == []


def test_numbers_follow_the_filter_and_the_address_keeps_it(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    list_of = "document.querySelector('article:not([hidden]) .marks summary').textContent"
    sum_of = "document.querySelector('#standoffs .sum').textContent"
    whole = (browser.run(list_of), browser.run(sum_of))
    browser.run(choosing("actor", "BOR"))
    assert browser.run(sum_of) == "1 of the 1 shown fits what is chosen."
    browser.run(choosing("actor", "CAS"))
    assert browser.run(list_of) == "The 1 mark as a list"
    kept = browser.run("location.href")
    assert kept.endswith("#actor=CAS")
    browser.visit("about:blank")
    browser.visit(kept)
    assert (browser.run("actor.value"), browser.run("told.textContent")) == ("CAS", "1 mark fits")
    browser.run("document.getElementById('all').click()")
    assert (browser.run(list_of), browser.run(sum_of)) == whole
    assert browser.complaints == []


def test_a_cell_leads_to_its_sentence(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    links = browser.run("[...document.querySelectorAll('.matrix a')].map(a => a.hash.slice(1))")
    assert len(links) == 3
    assert browser.run(f"{links}.every(id => document.getElementById(id).textContent.includes('Borland'))")
    browser.run("document.querySelector('.matrix a').click()")
    assert "demands that Borland" in browser.run("document.getElementById('note').textContent")


def test_an_issue_prints_on_two_pages(browser: Browser, published: Path, tmp_path: Path) -> None:
    browser.open(write_report(published, tmp_path / "talks.html", issues=["territory"]))
    browser.pdf(tmp_path / "talks.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "talks.pdf").read_bytes())) <= 2


def test_a_mark_shows_its_sentence_to_mouse_and_keyboard(browser: Browser, report: Path) -> None:
    browser.size(1280, 900)
    browser.open(report)
    note = "document.getElementById('note').hidden ? '' : document.getElementById('note').textContent"
    later = "new Promise(done => setTimeout(done, 200))"
    labels = browser.run("[...document.querySelectorAll('.chart a')].map(mark => mark.getAttribute('aria-label'))")
    assert "Arland demands → Borland, 2025-03-04" in labels
    browser.run(f"document.querySelector('.chart a[tabindex=\"0\"]').focus(); {later}")
    first = browser.run(note)
    assert "Arland" in first or "Borland" in first or "Casland" in first
    browser.run("document.querySelectorAll('article')[1].querySelector('a[tabindex=\"0\"]').focus()")
    browser.press("ArrowRight")
    browser.run(later)
    assert browser.run(note) not in ("", first)
    browser.press("Escape")
    assert browser.run(note) == ""
    browser.run(
        "document.querySelector('.chart a').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    assert "Close" in browser.run(note)
    assert browser.run("document.title").startswith("Diplomatic positions")


def test_everything_is_named_for_a_screen_reader(browser: Browser, report: Path) -> None:
    browser.open(report)
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = ("link", "button", "combobox", "table", "heading")
    nameless = [
        node["role"]["value"]
        for node in tree
        if not node.get("ignored") and node["role"]["value"] in named and not node.get("name", {}).get("value")
    ]
    assert [role for role in nameless if role != "table"] == []
    assert browser.run("document.querySelectorAll('th:not([scope])').length") == 0


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_nothing_sticks_out_and_words_can_be_read(browser: Browser, report: Path, width: int, dark: bool) -> None:
    browser.size(width, 800, dark=dark)
    browser.open(report)
    assert browser.run("document.documentElement.scrollWidth") <= width
    colours = browser.run("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    light, ground = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert (light > ground) == dark
    assert abs(light - ground) > 500


def test_a_hundred_thousand_positions_stay_small_and_open_fast(browser: Browser, tmp_path: Path) -> None:
    fill(tmp_path / "working.duckdb", 100_000)
    with Store.open(tmp_path / "working.duckdb") as store:
        store.publish(tmp_path / "positions.duckdb")
    report = write_report(tmp_path / "positions.duckdb", tmp_path / "report.html")
    assert report.stat().st_size < 5_000_000
    assert "100,000 positions" in report.read_text("utf-8")
    with connect_snapshot(tmp_path / "positions.duckdb") as connection:
        timelines = read_timelines(connection, Choice())
        (named,) = connection.execute("SELECT count(*) FROM positions WHERE issue IS NOT NULL").fetchall()
    assert sum(mark.positions for timeline in timelines for mark in timeline.marks) == named[0]
    browser.size(1280, 900)
    assert min(browser.open(report) for _ in range(3)) < 2
    assert browser.complaints == []
