"""The page in headless Chromium: by mouse and by key, without a complaint, and with no request off the machine."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.accessible import findings
from tests.flows.page.sites import DEMAND, FIRST, HOSTILE, fill, running
from tests.warehouse.browser import Browser, find_chromium

PAGES = ("/?period=90", "/search?all=1", "/actors", "/issues", "/actor/ARL", "/issue/territory", "/pair/ARL/BOR")
PAGES += ("/bench?text=Paris+rejected+calls+by+Rome+to+halt+exports.", "/health", "/nothing")
PAGES += (f"/article/{FIRST}?at={DEMAND.position_id}", f"/thread/{DEMAND.position_id}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("browsed")
    fill(home)
    with running(home) as printed:
        yield printed


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    program = find_chromium()
    if not program:
        pytest.skip("no Chromium is installed: the page is not looked at in a browser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Browser(program, Path(folder)) as opened:
        opened.visit(address)
        yield opened


def until(browser: Browser, script: str, seconds: float = 20) -> None:
    """Wait until a script in the page gives true."""
    end = time.monotonic() + seconds
    while not browser.run(script):
        assert time.monotonic() < end, (script, browser.run("document.documentElement.outerHTML.slice(0, 2000)"))
        time.sleep(0.1)


def test_every_page_opens_without_complaint_and_asks_only_this_machine(browser: Browser, address: str) -> None:
    base = address.partition("/?")[0]
    for width, dark in ((1400, False), (390, True)):
        browser.size(width, 900, dark=dark)
        for path in PAGES:
            browser.complaints.clear()
            browser.visit(base + path)
            complaints = [one for one in browser.complaints if path != "/nothing"]
            assert complaints == [], path
            assert [asked for asked in browser.asked if not asked.startswith((base, "data:"))] == []
            assert browser.run("document.documentElement.scrollWidth") <= width, path
            assert browser.run("document.title.endsWith('Diplomatic positions')")
            assert browser.run("document.querySelectorAll('main img, iframe, script:not([src])').length") == 0
            ground = browser.run("getComputedStyle(document.body).backgroundColor")
            assert ground == ("rgb(22, 24, 27)" if dark else "rgb(255, 255, 255)")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_that_keeps_people_out(browser: Browser, address: str, path: str) -> None:
    axe = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
    if not axe.exists():
        pytest.skip("axe-core is not there: `npm install --no-save axe-core` brings it")
    found = list(findings(browser, axe, address.partition("/?")[0] + path))
    assert [one for one in found if one.is_serious] == []
    browser.complaints.clear()


def test_charts_come_after_the_page(browser: Browser, address: str) -> None:
    browser.size(390, 900)
    browser.visit(f"{address.partition('/?')[0]}/pair/ARL/BOR")
    until(browser, "document.querySelectorAll('.chart svg, .network svg').length === 2")
    assert browser.run("(chart => chart.scrollLeft > 0)(document.querySelector('.chart'))")
    assert browser.complaints == []


def test_search_narrows_by_facet_and_its_address_opens_again(browser: Browser, address: str) -> None:
    base = address.partition("/?")[0]
    browser.size(1400, 900)
    browser.visit(f"{base}/search")
    browser.run("document.getElementById('q').value = 'strait'; document.getElementById('ask').requestSubmit()")
    until(browser, "location.search.includes('q=strait') && !!document.querySelector('.total')")
    link = "[...document.querySelectorAll('#facet-stance a')].find(a => a.textContent.includes('refusal'))"
    until(browser, f"!!{link}")
    browser.run(f"{link}.click()")
    until(browser, "location.search.includes('stance=refusal')")
    until(browser, "document.querySelector('.total').textContent.includes('1 position')")
    permalink = browser.run("location.href")
    shown = browser.run("document.querySelector('#search').innerText")
    browser.visit(f"{base}/health")
    browser.visit(permalink)
    assert browser.run("document.querySelector('#search').innerText") == shown
    assert browser.run("document.getElementById('q').value") == "strait"


def test_a_position_is_judged_by_key_and_seen_once_it_has_landed(browser: Browser, address: str) -> None:
    base = address.partition("/?")[0]
    browser.size(1400, 900)
    browser.complaints.clear()
    browser.visit(f"{base}/unsure")
    assert browser.run("document.activeElement.id") == f"p-{DEMAND.position_id}"
    browser.press("w")
    until(browser, "document.activeElement.name === 'reason'")
    browser.run("document.activeElement.value = 'a forecast'; document.activeElement.form.requestSubmit()")
    until(browser, "document.querySelector('.card.current').innerText.includes('Judged wrong')")
    until(browser, "document.querySelector('.card.current').innerText.includes('a forecast')", seconds=60)
    assert browser.run("document.getElementById('waiting').innerText.trim()") == ""
    browser.press("n")
    until(browser, f"location.href.includes('passed={DEMAND.position_id}')")
    browser.visit(f"{base}/health")
    assert "0.6 to 0.7" in browser.run("document.querySelector('main').innerText")
    assert browser.complaints == []


def test_an_article_titled_with_script_shows_as_text(browser: Browser, address: str) -> None:
    base = address.partition("/?")[0]
    browser.visit(f"{base}/search?least=0.9&actor=ARL")
    browser.run("document.querySelector('.said a').click()")
    until(browser, "location.pathname.startsWith('/article/')")
    until(browser, "!!document.querySelector('h1')")
    assert HOSTILE in browser.run("document.querySelector('h1').textContent")
    assert browser.run("document.querySelectorAll('main img').length") == 0
    assert browser.run("[...document.links].every(link => ['http:', 'https:'].includes(link.protocol))")


def test_a_page_of_another_origin_gets_nothing(browser: Browser, address: str) -> None:
    base = address.partition("/?")[0]
    browser.visit("data:text/html,<title>elsewhere</title>")
    reads = browser.run(f"fetch('{base}/search', {{credentials: 'include'}}).then(() => 'read', () => 'refused')")
    writes = browser.run(
        f"fetch('{base}/judge/{DEMAND.position_id}', {{method: 'POST', mode: 'no-cors', credentials: 'include', "
        "body: new URLSearchParams({mark: 'right'})}).then(answer => answer.type, () => 'refused')"
    )
    assert (reads, writes in ("opaque", "refused")) == ("refused", True)
    browser.visit(f"{base}/article/{FIRST}")
    assert "Judged right" not in browser.run("document.querySelector('main').innerText")
    browser.complaints.clear()
