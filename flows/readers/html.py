"""A saved or fetched HTML page: title, day, canonical address and body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from flows.days import NotADay, day_of
from flows.readers.decode import decode_page
from flows.readers.markup import too_much_html
from flows.readers.record import Context, Draft, land, reject
from schemas.article import Article, Rejection
from schemas.source import Source

LARGEST_PAGE = 10_000_000  # bytes
FEWEST_WORDS = 20  # a page with less body is a front page, a wall or an error
DATE_QUERIES = (
    "//meta[@property='article:published_time' or @property='og:article:published_time']/@content",
    "//meta[@name='article:published_time' or @name='parsely-pub-date' or @name='pubdate'"
    " or @name='publishdate' or @name='DC.date.issued' or @name='dc.date.issued' or @name='date']/@content",
    "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
)
JSON_LD_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{8,40})"')


@dataclass(frozen=True)
class Page:
    """The bytes of a page, and what came with them when they were fetched."""

    data: bytes
    origin: str
    url: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    title: str = ""
    published: object = None


def read_html(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """The one article of a saved page, or a rejection; origin: path."""
    yield read_page(Page(stream.read(LARGEST_PAGE + 1), context.origin), context)


def read_page(page: Page, context: Context) -> Article | Rejection:
    """The article of a page."""
    if len(page.data) > LARGEST_PAGE:
        detail = f"the page is larger than {LARGEST_PAGE:,} bytes; larger ones are not read"
        return reject(page.origin, "enormous", detail, page.data[:1000])
    text = decode_page(page.data, page.charset)
    if fault := too_much_html(text):
        return reject(page.origin, "enormous", f"the page has {fault}; larger ones are not read", page.data)
    tree = trafilatura.load_html(text)
    if tree is None:
        return reject(page.origin, "not_html", "no HTML page is to be found here", page.data)
    published = day_in(tree, text, context.source) or page.published
    document = trafilatura.bare_extraction(
        tree,
        url=page.url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or len((document.text or "").split()) < FEWEST_WORDS:
        detail = f"the page holds no article of {FEWEST_WORDS} words or more; is it a front page or a wall?"
        return reject(page.origin, "no_article", detail, page.data)
    return land(draft_of(document, page, published or document.date), context)


def draft_of(document: Document, page: Page, published: object) -> Draft:
    """The parts of the article that the page holds."""
    title = document.title or page.title
    body = (document.text or "").split("\n")
    if body[0].strip() == title.strip():
        body = body[1:]  # the headline, which trafilatura counts to the body
    return Draft(
        origin=page.origin,
        title=title,
        published=published,
        url=canonical(document.url, page.url),
        text="\n".join(body),
        outlet=document.sitename if not page.url else None,
        fetched_at=page.fetched_at,
    )


def canonical(named: str | None, fetched: str | None) -> str | None:
    """The address that the page names as its own, else the one it was fetched from.

    A front page is never an article's own address: sites that name it on every page would seem to have one article.
    """
    try:
        own = urlsplit(urljoin(fetched or "", named or ""))
    except ValueError:
        return fetched
    is_an_article = own.scheme in ("http", "https") and (own.path.strip("/") or own.query)
    return own.geturl() if is_an_article else fetched


def day_in(tree: HtmlElement, text: str, source: Source) -> object:
    """The day that the page's own metadata names; None where it names none that can be read."""
    named = [str(value) for query in DATE_QUERIES for value in tree.xpath(query)]
    named[1:1] = JSON_LD_DATE.findall(text)[:1]
    for value in named:
        try:
            return day_of(value, source)
        except NotADay:
            continue  # the next element may name it readably
    return None
