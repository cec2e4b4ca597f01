"""The day on which the article of a page was published: what the page states, else the best that is to be had."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from lxml.html import HtmlElement

from flows.days import NotADay, checked, day_of, local_day, month_names, read_moment
from flows.readers.linked import Linked
from schemas.article import PublishedBasis
from schemas.source import Source

STATED = (
    "//meta[@property='article:published_time' or @property='og:article:published_time'"
    " or @property='article:published']/@content",
    "//meta[@name='article:published_time' or @name='parsely-pub-date' or @name='pubdate' or @name='sailthru.date'"
    " or @name='publishdate' or @name='publish-date' or @name='publication_date' or @name='DC.date.issued'"
    " or @name='dc.date.issued' or @name='dcterms.date' or @name='DC.Date' or @name='citation_publication_date'"
    " or @name='date']/@content",
    "//time[@pubdate]/@datetime",
)
MODIFIED = (
    "//meta[@property='article:modified_time' or @property='og:updated_time' or @property='article:modified']/@content",
    "//meta[@name='last-modified' or @name='lastmod' or @name='revised' or @http-equiv='last-modified']/@content",
    "//*[@itemprop='dateModified']/@content | //*[@itemprop='dateModified']/@datetime",
)
WITH_DAY = "//*[@itemprop='datePublished']"
IN_ADDRESS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:[/_.-]?)([01][0-9])(?:[/_.-]?)([0-3][0-9])(?![0-9])"
    r"|/((?:19|20)[0-9]{2})/([a-z]{3}|[0-9]{1,2})/([0-9]{1,2})(?:[/_.-]|$)"
)
OLDEST_PAGE = date(1993, 1, 1)
WRITTEN = re.compile(
    r"(?<![0-9])(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
    r"|[0-9]{1,2}(?:st|nd|rd|th|er)? [^\W\d_]{3,10}\.?,? [0-9]{4}|[^\W\d_]{3,10}\.? [0-9]{1,2},? [0-9]{4}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})(?![0-9])"
)
LONGEST_TEXT = 1_000_000  # characters in which a guessed day is looked for

Day = tuple[date, PublishedBasis]


def stated_day(tree: HtmlElement, own: Linked | None, url: str | None, source: Source) -> Day | None:
    """The day that the page states of its own article, in its linked data or metadata."""
    named = list(filter(None, [own.published if own else None, *values(tree, STATED), *marked_day(tree)]))
    moments = list(read(named, source))
    if not moments:
        return None
    shown = (str(value) for value in tree.xpath("//time/@datetime")[:200])  # beside the headline, often in local time
    return settled([*moments, *read(shown, source)], day_in(url), source), "stated"


def otherwise_day(
    tree: HtmlElement, own: Linked | None, url: str | None, entry: Day | None, source: Source
) -> Day | None:
    """The day where the page states none: that in its address, that of the entry, or that of its last change."""
    if found := day_in(url):
        return found, "address"
    if entry:
        return entry
    changed = next(read(filter(None, [own.modified if own else None, *values(tree, MODIFIED)]), source), None)
    return (local_day(changed, source), "modified") if changed else None


def values(tree: HtmlElement, queries: Iterable[str]) -> Iterator[str]:
    """What the page's metadata hold, the more telling first."""
    return (str(value) for query in queries for value in tree.xpath(query))


def marked_day(tree: HtmlElement) -> list[str]:
    """The days marked as those of publication, where they are the page's own: all the same, or beside its headline."""
    found: dict[str, bool] = {}
    for element in tree.xpath(WITH_DAY)[:200]:
        value = element.get("content") or element.get("datetime") or ""
        scopes = element.xpath("ancestor::*[@itemscope][1]")
        is_own = (element.tag == "meta" and not scopes) or any(scope.xpath(".//h1") for scope in scopes)
        found[value] = found.get(value, False) or bool(is_own)
    own = [value for value, is_own in found.items() if is_own and value]
    return own or ([*found] if len(found) == 1 else [])


def read(named: Iterable[str], source: Source) -> Iterator[datetime]:
    """The moments that can be read without guessing, and are of news."""
    for value in named:
        try:
            moment = read_moment(value.strip()[:100], source)
            checked(local_day(moment, source), source)
        except NotADay:
            continue  # the next one may be written readably
        yield moment


def settled(moments: list[datetime], in_address: date | None, source: Source) -> date:
    """The day of the first moment; where it is told in UTC alone, another zone's or the address may tell the local one.

    A paper in New York that publishes at eight in the evening tells the next day in UTC.
    """
    first = moments[0]
    day = local_day(first, source)
    if source.time_zone or first.utcoffset() != timedelta(0) or not (first.hour or first.minute):
        return day
    for other in moments[1:]:
        if other.utcoffset() and abs(other - first) < timedelta(minutes=2):
            return other.date()
    return in_address if in_address and abs((in_address - day).days) == 1 else day


def day_in(url: str | None) -> date | None:
    """The day that an address names, if it names one alone."""
    found: set[date] = set()
    for match in IN_ADDRESS.finditer(url or ""):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        try:
            number = int(month) if month.isdecimal() else month_names()[month]
            found.add(date(int(year), number, int(day)))
        except (ValueError, KeyError):
            continue  # digits of another kind
    (only,) = found if len(found) == 1 else (None,)
    return only if only and only >= OLDEST_PAGE else None


def guessed_day(guess: str | None, tree: HtmlElement, source: Source) -> Day | None:
    """A day that a library found in the page, where the page writes it without leaving a doubt; marked as a guess."""
    if not guess:
        return None
    text = " ".join(tree.itertext())[:LONGEST_TEXT]
    attributes = " ".join(str(value) for value in tree.xpath("//time/@datetime")[:200])
    for found in WRITTEN.finditer(f"{attributes} {text}"):
        if day_written(found[0], source) == guess:
            return date.fromisoformat(guess), "guess"
    return None


def day_written(text: str, source: Source) -> str | None:
    """The day that a text in a page names; None where it could be two."""
    parts = text.split("/")
    if len(parts) == 3 and len(parts[2]) == 4:
        one, other = int(parts[0]), int(parts[1])
        if one > 12 >= other or one == other:
            text = f"{parts[2]}-{other:02}-{one:02}"
        elif other > 12 >= one:
            text = f"{parts[2]}-{one:02}-{other:02}"
    try:
        return day_of(text, source.model_copy(update={"date_format": None})).isoformat()
    except NotADay:
        return None
