"""Writes the news of a watch as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from schemas.watch import News
from warehouse.formats import replace_whole
from warehouse.telling import web_address

ATOM = "http://www.w3.org/2005/Atom"
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
MOST = 200  # entries


def write_feed(file: Path, name: str, entries: Iterable[tuple[datetime, News]]) -> None:
    """Write the feed whole, the latest entry first. Raises CannotWrite."""
    listed = list(entries)[:MOST]
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", f"urn:positions:watch:{name}")
    _add(feed, "title", f"Diplomatic positions: {name}")
    _add(feed, "updated", _moment(max((when for when, _ in listed), default=datetime(2000, 1, 1, tzinfo=UTC))))
    _add(_add(feed, "author"), "name", "positions watch")
    for when, one in listed:
        _add_entry(feed, name, when, one)
    written = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    replace_whole(file, lambda part: part.write_bytes(written))


def headline(one: News) -> str:
    """A piece of news in a line."""
    to = f" → {one.target_name}" if one.target_name else ""
    about = f" on {one.issue_name}" if one.issue_name else ""
    return f"{one.kind}: {one.actor_name}{to}, {one.stance}{about}: {one.content or one.evidence}"


def _add_entry(feed: etree._Element, name: str, when: datetime, one: News) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:positions:watch:{name}:{one.key}")
    _add(entry, "title", headline(one))
    _add(entry, "updated", _moment(when))
    if address := web_address(one.url):
        _add(entry, "link").set("href", UNFIT.sub("", address))
    _add(entry, "category").set("term", one.kind)
    before = f"\nBefore: {one.before}" if one.before else ""
    _add(entry, "summary", f"{one.stated_on}: {one.evidence}{before}")


def _add(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{tag}")
    if text is not None:
        child.text = UNFIT.sub("", text)
    return child


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
