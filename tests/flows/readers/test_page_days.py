"""The day of a page: two hundred pages in the patterns that papers use, right or marked as a guess."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from flows.readers.html import Page, read_page
from flows.readers.record import Context
from schemas.article import Article
from schemas.source import Source
from tests.flows.readers.builders import PARAGRAPHS, SETTINGS

TITLE = "Norland rejects talks on the island"
URL = "https://post.example/world/norland-rejects-talks"
DAYS = (date(2022, 1, 27), date(2019, 12, 31), date(2015, 3, 4), date(2008, 11, 9), date(2021, 10, 12))


@dataclass(frozen=True)
class Dated:
    """A page as text that says how it is dated."""

    head: str = ""
    above: str = ""  # between headline and body
    below: str = ""
    url: str = URL


def linked(**told: object) -> str:
    """Linked data of the page's own article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **told}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def metadata(name: str, value: str) -> str:
    return f"<meta {'property' if ':' in name else 'name'}='{name}' content='{value}'>"


def others(day: date) -> str:
    """Teasers of other articles with days of their own, which come first in the page."""
    teasers = [
        {"@type": "NewsArticle", "headline": f"Another story, number {n}", "datePublished": f"{day + timedelta(n)}"}
        for n in (3, 40, 400)
    ]
    listed = {"@type": "ItemList", "itemListElement": teasers}
    state = json.dumps({"state": {"datePublished": f"{day - timedelta(9)}"}})
    return f"<script type='application/ld+json'>{json.dumps(listed)}</script><script>window.s = {state}</script>"


def patterns(day: date) -> dict[str, Dated]:
    """The ways in which pages are dated."""
    iso, changed, later = day.isoformat(), (day + timedelta(2)).isoformat(), (day + timedelta(5)).isoformat()
    local, next_in_utc = f"{iso}T20:30:00-05:00", f"{day + timedelta(1)}T01:30:00Z"
    path = f"https://post.example/{day:%Y/%m/%d}/norland-rejects-talks"
    words = f"{day.day} {day:%B} {day.year}"
    graph = [{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": TITLE, "datePublished": local}]
    return {
        "linked data": Dated(linked(datePublished=f"{iso}T08:00:00+01:00", dateModified=changed)),
        "linked data in a graph": Dated(
            f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
        ),
        "linked data in a list": Dated(
            f"<script type='application/ld+json'>{json.dumps([{'@type': 'WebSite'}, graph[1]])}</script>"
        ),
        "linked data of several types": Dated(linked(**{"@type": ["NewsArticle", "Report"]}, datePublished=iso)),
        "linked data with an address": Dated(linked(headline="", mainEntityOfPage=URL, datePublished=iso)),
        "teasers ahead of the article's own": Dated(others(day) + linked(datePublished=iso)),
        "teasers ahead of metadata": Dated(others(day) + metadata("article:published_time", iso)),
        "a live blog": Dated(
            linked(
                **{"@type": "LiveBlogPosting"},
                coverageStartTime=f"{iso}T06:00:00+00:00",
                liveBlogUpdate=[{"@type": "BlogPosting", "headline": "Later", "datePublished": later}],
            )
        ),
        "damaged linked data and metadata": Dated(
            f"<script type='application/ld+json'>{{'datePublished': {later}</script>"
            + metadata("article:published_time", local)
        ),
        "article:published_time": Dated(metadata("article:published_time", local)),
        "og:article:published_time": Dated(metadata("og:article:published_time", local)),
        "UTC and an address": Dated(metadata("article:published_time", next_in_utc), url=path),
        "UTC and a local time": Dated(
            linked(datePublished=next_in_utc) + metadata("article:published_time", local)
        ),
        "pubdate": Dated(metadata("pubdate", f"{day:%Y%m%d}")),
        "sailthru.date": Dated(metadata("sailthru.date", f"{day:%a, %d %b %Y} 10:00:00 +0000")),
        "parsely-pub-date": Dated(metadata("parsely-pub-date", f"{iso}T10:00:00Z")),
        "DC.date.issued": Dated(metadata("DC.date.issued", iso)),
        "dcterms.date": Dated(metadata("dcterms.date", f"{iso}T10:00")),
        "citation_publication_date": Dated(metadata("citation_publication_date", f"{day:%Y/%m/%d}")),
        "date": Dated(metadata("date", f"{day:%B} {day.day}, {day.year}")),
        "date with points": Dated(metadata("date", f"{day:%d.%m.%Y}")),
        "itemprop in a meta": Dated(f"<meta itemprop='datePublished' content='{iso}T10:00:00'>"),
        "itemprop in a time": Dated(above=f"<time itemprop='datePublished' datetime='{iso}'>some days ago</time>"),
        "itemprop of the article and of teasers": Dated(
            above=f"<time itemprop='datePublished' datetime='{iso}'>then</time>",
            below=f"<div itemscope itemtype='http://schema.org/NewsArticle'><h3>Another</h3>"
            f"<time itemprop='datePublished' datetime='{later}'>later</time></div>",
        ),
        "time with pubdate": Dated(above=f"<time pubdate datetime='{iso}T10:00'>Today</time>"),
        "an address by days": Dated(url=path),
        "an address by months in letters": Dated(
            url=f"https://post.example/{day:%Y}/{day:%b}/{day:%d}/norland-talks".lower()
        ),
        "an address with a stamp": Dated(url=f"https://post.example/world/{day:%Y%m%d}-norland-talks.html"),
        "an address with hyphens": Dated(url=f"https://post.example/world/norland-talks-{iso}"),
        "published and changed": Dated(
            metadata("article:modified_time", changed) + metadata("article:published_time", iso)
        ),
        "changed alone": Dated(metadata("article:modified_time", f"{iso}T10:00:00+01:00")),
        "changed alone, linked": Dated(linked(dateModified=iso)),
        "changed, and an address": Dated(metadata("og:updated_time", changed), url=path),
        "a time element": Dated(above=f"<time datetime='{iso}T10:00:00+01:00'>{words}</time>"),
        "words above the body": Dated(above=f"<p class='date'>Published on {words}</p>"),
        "words of an American paper": Dated(above=f"<div class='byline'>{day:%B} {day.day}, {day.year}</div>"),
        "a French page": Dated(metadata("date", f"{day.day} {FRENCH[day.month]} {day.year}")),
        "a day in brackets of Java": Dated(metadata("article:published_time", f"{iso}T10:00:00Z[UTC]")),
        "seconds since 1970": Dated(metadata("pubdate", str(seconds(day)))),
        "text of long ago in the body": Dated(
            metadata("article:published_time", iso), above="<p>The pact was signed on 3 March 1998.</p>"
        ),
    }  # fmt: skip


FRENCH = {1: "janvier", 3: "mars", 10: "octobre", 11: "novembre", 12: "décembre"}


def seconds(day: date) -> int:
    """Noon in UTC."""
    return (day - date(1970, 1, 1)).days * 86_400 + 43_200


def read(dated: Dated, **of_source: str) -> Article | None:
    """The article of such a page."""
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    content = (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title>{dated.head}</head><body>"
        f"<article itemscope itemtype='http://schema.org/NewsArticle'><h1>{TITLE}</h1>{dated.above}{body}</article>"
        f"{dated.below}<footer>© 2010-2026 The Norland Post</footer></body></html>"
    )
    context = Context(Source.model_validate({"source": "a.html", **of_source}), SETTINGS, "a.html")
    item = read_page(Page(content.encode(), "a.html", dated.url), context)
    return item if isinstance(item, Article) else None


def test_two_hundred_pages() -> None:
    right, wrong, guesses = 0, [], 0
    for day in DAYS:
        for name, dated in patterns(day).items():
            article = read(dated)
            guesses += article is not None and article.published_basis == "guess"
            right += article is not None and article.published == day
            if article and article.published != day and article.published_basis != "guess":
                wrong.append(f"{name}: {article.published} ({article.published_basis}) is {day}")
    pages = len(DAYS) * len(patterns(DAYS[0]))
    print(f"{right} of {pages} days right, {guesses} of them or of others marked as guesses")
    assert pages == 200
    assert not wrong
    assert right >= 0.95 * pages


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("linked data", "stated"),
        ("pubdate", "stated"),
        ("an address by days", "address"),
        ("changed, and an address", "address"),
        ("changed alone", "modified"),
        ("changed alone, linked", "modified"),
        ("words above the body", "guess"),
    ],
)
def test_what_gave_the_day_is_told(name: str, basis: str) -> None:
    article = read(patterns(DAYS[0])[name])
    assert article is not None
    assert (article.published, article.published_basis) == (DAYS[0], basis)


@pytest.mark.parametrize(
    "dated",
    [
        Dated(above="<p>01/02/2022</p>"),
        Dated(metadata("date", "01/02/2022")),
        Dated(metadata("article:published_time", "۱۳۹۹-۰۱-۲۷")),
        Dated(url="https://post.example/world/20229999-norland"),
        Dated(metadata("pubdate", "1066-10-14")),
    ],
    ids=["text of two readings", "metadata of two readings", "another calendar", "digits", "long ago"],
)
def test_what_leaves_a_doubt_gives_no_day(dated: Dated) -> None:
    assert read(dated) is None


def test_a_zone_of_the_list_gives_the_day() -> None:
    utc = Dated(metadata("article:published_time", "2022-01-28T01:30:00Z"))
    in_utc, in_new_york = read(utc), read(utc, time_zone="America/New_York")
    assert in_utc is not None
    assert in_new_york is not None
    assert (in_utc.published, in_new_york.published) == (date(2022, 1, 28), date(2022, 1, 27))
