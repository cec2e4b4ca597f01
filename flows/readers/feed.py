"""RSS, RDF and Atom feeds: entries that hold their article whole, and entries that lead to a page."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urljoin

import feedparser

from flows.addresses import expanded, is_address, shown_link
from flows.readers.decode import decode_page
from flows.readers.entry import Entry
from flows.readers.markup import too_much_xml
from flows.readers.plain import plain_text
from flows.readers.record import Context, Draft, land, reject
from schemas.article import Article, Rejection

LARGEST_FEED = 10_000_000  # bytes
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")  # it may name an encoding that has been undone


def read_feed(stream: BinaryIO, context: Context) -> Iterator[Article | Entry | Rejection]:
    """Articles for entries that hold them, entries whose page is to be fetched, and rejections; origin: path#entry."""
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        yield reject(context.origin, "enormous", f"the feed is larger than {LARGEST_FEED:,} bytes", data[:1000])
        return
    yield from entries_of(data, None, context)


def entries_of(
    data: bytes, address: str | None, context: Context, charset: str | None = None
) -> Iterator[Article | Entry | Rejection]:
    """The entries of a feed that was read from a file, or from an address."""
    decoded = XML_DECLARATION.sub("", decode_page(data, charset)).encode("utf-8", "replace")
    if fault := too_much_xml(decoded):
        yield reject(context.origin, "enormous", f"the feed has {fault}; larger ones are not read", data)
        return
    parsed = feedparser.parse(io.BytesIO(decoded), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        detail = f"{fault_of(parsed)}; allowed are RSS, RDF and Atom"
        yield reject(context.origin, "broken_feed", detail, data)
        return
    for number, raw in enumerate(parsed.entries, 1):
        entry = entry_of(raw, context.at(number), address or parsed.feed.get("link"), parsed.feed.get("title"))
        if entry.is_whole:
            yield land(draft_of(entry, context), context)
        elif entry.link:
            yield entry
        else:
            detail = "the entry holds neither a whole article nor a link to one"
            yield reject(entry.origin, "no_article", detail, entry.title + entry.text)
    if parsed.bozo:
        detail = f"{fault_of(parsed)}; entries behind this place may be lost"
        yield reject(context.origin, "broken_feed", detail, data)


def fault_of(parsed: Any) -> str:
    """Why feedparser found fault, with the line of the fault where it tells."""
    return str(parsed.get("bozo_exception", "no feed")).replace("<unknown>:", "line ")


def entry_of(raw: Any, origin: str, base: str | None, outlet: str | None) -> Entry:
    """What feedparser found in one entry."""
    contents = [str(content.get("value", "")) for content in raw.get("content", [])]
    longest = max([*contents, str(raw.get("summary", ""))], key=len)
    published = dict.get(raw, "published") or dict.get(raw, "created")  # raw.get itself warns of its future
    link = raw.get("feedburner_origlink") or raw.get("link") or ""
    return Entry(
        origin=origin,
        link=urljoin(base or "", link.strip()) if link.strip() else None,
        title=plain_text(str(raw.get("title", ""))),
        published=published or dict.get(raw, "updated"),
        is_dated_by_change=not published,
        text=plain_text(longest),
        outlet=outlet if not link else None,
    )


def draft_of(entry: Entry, context: Context) -> Draft:
    """The article of an entry that holds it whole, or as much of it as the entry holds."""
    source = context.source.source
    return Draft(
        origin=entry.origin,
        title=entry.title,
        published=entry.published,
        url=shown_link(entry.link, expanded(source)) if entry.link and is_address(source) else entry.link,
        text=entry.text,
        outlet=entry.outlet,
        published_basis="modified" if entry.is_dated_by_change else "stated",
        is_partial=not entry.is_whole,
    )
