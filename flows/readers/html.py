"""A saved or fetched HTML page: title, day, canonical address and body."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from flows.readers.decode import decode_page
from flows.readers.linked import own_article
from flows.readers.markup import too_much_html
from flows.readers.page_day import Day, guessed_day, otherwise_day, stated_day
from flows.readers.record import Context, Draft, Unfit, finished, reject
from flows.readers.titles import without_outlet
from flows.readers.walls import before_wall, is_another_matter, length_in_words, wall_in
from schemas.article import Article, Rejection

LARGEST_PAGE = 10_000_000  # bytes
FEWEST_WORDS = 20  # a page with less body is a front page, a wall or an error
NO_ARTICLE = "is it a front page or a wall?"
# The start page of a site, also of its edition in a language: '/', '/index.html', '/en/'.
FRONT = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/?(?:(?:index|default|home)(?:\.[a-z]{3,5})?)?/?", re.IGNORECASE)
BEHIND_A_HEADING = re.compile(r"\s*[|\-–—·»:]\s")


@dataclass(frozen=True)
class Page:
    """The bytes of a page, and what came with them when they were fetched."""

    data: bytes
    origin: str
    url: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    title: str = ""
    day: Day | None = None  # that of the entry that leads to it
    expected: str = ""  # headline and summary of that entry
    asked: str | None = None  # the address that was asked for, which may have led on to another


def read_html(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """The one article of a saved page, or a rejection; origin: path."""
    yield read_page(Page(stream.read(LARGEST_PAGE + 1), context.origin), context)


def read_page(page: Page, context: Context) -> Article | Rejection:
    """The article of a page, or why it holds none."""
    try:
        return finished(draft_of(page, context), context)
    except Unfit as unfit:
        return reject(page.origin, unfit.reason, unfit.detail, page.data)


def draft_of(page: Page, context: Context) -> Draft:
    """The parts of the article that the page holds; raises Unfit."""
    tree = tree_of(page)
    named = canonical_in(tree)
    own = own_article(tree, (page.url or "", named), titles_in(tree))
    heading = only_heading(tree)
    url = canonical(named, page.url)
    told = stated_day(tree, own, url or page.url, context.source)
    told = told or otherwise_day(tree, own, url or page.url, page.day, context.source)
    guessable = None if told else copy.deepcopy(tree)  # what extracts the text takes the rest away
    document = trafilatura.bare_extraction(
        tree,
        url=page.url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or length_in_words(document.text or "") < FEWEST_WORDS:
        raise Unfit("no_article", f"the page holds no article of {FEWEST_WORDS} words or more; {NO_ARTICLE}")
    if guessable is not None:
        told = guessed_day(document.date, guessable, context.source)
    title = without_rest(document.title or page.title, heading)
    text = checked_text(title, without_headline(document.text or "", title), page)
    cut = before_wall(text)
    published, basis = told or (None, "stated")
    return Draft(
        origin=page.origin,
        title=without_outlet(title, document.sitename or (own.publisher if own else None), url),
        published=published,
        url=canonical(document.url, page.url),
        text=cut or text,
        outlet=document.sitename if not page.url else None,
        fetched_at=page.fetched_at,
        published_basis=basis,
        is_partial=cut is not None or (own is not None and own.is_free is False),
        stands_at=page.asked,
    )


def tree_of(page: Page) -> HtmlElement:
    """The page as a tree; raises Unfit where it is too large, or none."""
    if len(page.data) > LARGEST_PAGE:
        raise Unfit("enormous", f"the page is larger than {LARGEST_PAGE:,} bytes; larger ones are not read")
    text = decode_page(page.data, page.charset)
    if fault := too_much_html(text):
        raise Unfit("enormous", f"the page has {fault}; larger ones are not read")
    tree = trafilatura.load_html(text)
    if tree is None:
        raise Unfit("not_html", "no HTML page is to be found here")
    return tree


def checked_text(title: str, text: str, page: Page) -> str:
    """The text, where it is that of an article, and of the one that was expected; raises Unfit."""
    if kind := wall_in(title, text):
        raise Unfit(
            "wall", f"the page is no article but a wall ({kind}): {' '.join(text.split())[:80]!r}; {NO_ARTICLE}"
        )
    if page.url and is_front_page(page.url):
        raise Unfit("front_page", f"{page.url} is a front page; an article has an address of its own")
    if is_another_matter(page.expected, f"{title} {text}"):
        raise Unfit("another_page", f"the page has nothing of {page.expected[:80]!r}, which leads to it; {NO_ARTICLE}")
    return text


def titles_in(tree: HtmlElement) -> tuple[str, ...]:
    """The names that the page gives its article."""
    found = tree.xpath("//meta[@property='og:title']/@content | //title/text() | //h1//text()")
    return tuple(str(title) for title in found[:20])


def canonical_in(tree: HtmlElement) -> str:
    """The address that the page names as its own; empty where it names none."""
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(found[0]) if found else ""


def only_heading(tree: HtmlElement) -> str:
    """The page's one main heading; empty where it has several or none."""
    found = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h1")[:20]]
    return found[0] if len(found) == 1 else ""


def without_rest(title: str, heading: str) -> str:
    """The title without what stands behind the page's heading in it: a section, a paper."""
    rest = title[len(heading) :] if len(heading) >= 15 and title.startswith(heading) else ""
    return heading if BEHIND_A_HEADING.match(rest) else title


def without_headline(text: str, title: str) -> str:
    """The body without the headline above it, which trafilatura counts to it."""
    first, _, rest = text.partition("\n")
    return rest if first.strip() == title.strip() else text


def is_front_page(url: str) -> bool:
    """Whether an address is that of a site, not of something on it."""
    parts = urlsplit(url)
    return FRONT.fullmatch(parts.path) is not None and not parts.query


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
