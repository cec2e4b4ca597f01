"""Feeds and pages at an address: a feed's entries lead to pages, each fetched once."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO
from urllib.parse import urlsplit

from flows.addresses import expanded, is_address, joined, shown, shown_link
from flows.days import NotADay, day_of
from flows.fetch import Answer, Fetcher, FetchFailed
from flows.readers.entry import Entry
from flows.readers.feed import draft_of, entries_of
from flows.readers.files import Items
from flows.readers.formats import SNIFFED, format_of
from flows.readers.html import Page, read_page
from flows.readers.page_day import Day
from flows.readers.record import Context, land, reject
from schemas.article import Article, Rejection

HOLDS_NONE_NOW = frozenset({"wall", "front_page", "another_page", "no_article", "not_html"})


def read_address(context: Context, fetcher: Fetcher, read_stream: Callable[[BinaryIO, str, Context], Items]) -> Items:
    """What an address holds: a feed, a page, or a file in any format; nothing where it has not changed."""
    url = context.source.source
    try:
        answer = fetcher.fetch(url, expanded(url))
    except FetchFailed as failure:
        yield not_fetched(url, failure)
        return
    if answer is None:
        return
    answer = replace(answer, url=shown(answer.url))
    found = context.source.format or format_of(urlsplit(answer.url).path, answer.data[:SNIFFED], context.source.columns)
    if found == "feed":
        yield from entries_of(answer.data, answer.url, context, answer.charset)
    elif found == "html" or "html" in answer.kind:
        yield read_page(page_of(answer, url), context)
    else:
        yield from read_stream(io.BytesIO(answer.data), urlsplit(answer.url).path, context)


def follow(entry: Entry, context: Context, fetcher: Fetcher) -> Iterator[Article | Rejection]:
    """The article of the page that the entry leads to, unless an earlier run fetched it."""
    if not entry.link:
        return
    link = shown_link(entry.link, whole(context))
    if fetcher.remembered.is_due(link):
        yield from fetch_entry(entry, link, context, fetcher)
    else:
        fetcher.remembered.still_listed(link)


def whole(context: Context) -> str:
    """The source with its password and keys, if it is an address that has some."""
    source = context.source.source
    return expanded(source) if is_address(source) else ""


def fetch_entry(entry: Entry, link: str, context: Context, fetcher: Fetcher) -> Iterator[Article | Rejection]:
    """The article of the page that an entry leads to; where it cannot be had, why, and what the entry says of it."""
    item = page_of_entry(entry, link, context, fetcher)
    yield item
    if isinstance(item, Rejection):
        if item.reason in HOLDS_NONE_NOW:
            fetcher.remembered.failed(link, may_pass=False)  # asked again later: a wall may fall
        if entry.is_summary and isinstance(partial := land(draft_of(entry, context), context), Article):
            yield partial


def page_of_entry(entry: Entry, link: str, context: Context, fetcher: Fetcher) -> Article | Rejection:
    """The article of the page that an entry leads to."""
    try:
        answer = fetcher.fetch(link, sent_for(entry.link or link, context))
    except FetchFailed as failure:
        fetcher.remembered.failed(link, failure.may_pass)
        if failure.may_pass:
            fetcher.remembered.drop(context.source.source)  # so that the next run is told of the entry again
        return not_fetched(link, failure)
    if answer is None:
        return reject(
            link, "not_modified", f"{link}: the server says that it has not changed, but it was never fetched"
        )
    answer = replace(answer, url=shown_link(answer.url, whole(context)))
    expected = f"{entry.title} {entry.text}"
    page = replace(
        page_of(answer, link), title=entry.title, day=day_of_entry(entry, context), expected=expected, asked=link
    )
    return read_page(page, context)


def day_of_entry(entry: Entry, context: Context) -> Day | None:
    """The day that the feed gives the article, if it can be read."""
    try:
        return day_of(entry.published, context.source), entry.basis
    except NotADay:
        return None  # the page may name one


def sent_for(link: str, context: Context) -> str:
    """The link as it is to be fetched: with the password of the source where it leads to the same place."""
    try:
        return joined(whole(context), link) if is_address(context.source.source) else link
    except ValueError:
        return link  # fetching it says what is wrong


def page_of(answer: Answer, origin: str) -> Page:
    """The page that an answer holds."""
    return Page(answer.data, origin, answer.url, answer.charset, answer.fetched_at)


def not_fetched(url: str, failure: FetchFailed) -> Rejection:
    """The rejection of an address that could not be fetched; the same fault is recorded once."""
    return reject(url, failure.reason, failure.detail)
