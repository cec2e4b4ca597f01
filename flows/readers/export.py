"""Exports of news databases and other documents (TXT, HTML, RTF, DOCX, PDF), each cut into its articles."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import BinaryIO

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from flows.readers.apart import read_apart, whole
from flows.readers.decode import decode_page
from flows.readers.houses import europresse, factiva, lexis, nexis, proquest
from flows.readers.houses.exported import Exported, names_a_day, paragraphs
from flows.readers.markup import MOST_MARKS
from flows.readers.plain import pieces
from flows.readers.record import Context, Draft, Unfit, land, reject
from schemas.article import Article, Rejection

HOUSES: tuple[ModuleType, ...] = (lexis, nexis, proquest, factiva, europresse)
# What no page of a newspaper has: the paper's name as Europresse marks it, an article as Factiva does.
IN_PAGES = re.compile(rb"class=[\"'](?:[^\"']{0,200}\bDocPublicationName\b|(?:[^\"']{0,200}\s)?article \w{2}Article\b)")
PAGE = re.compile(r"^\s*Page \d+ of \d+(?:\s+(?:©|\(c\)).*)?\s*$")
KNOWN = "allowed are exports of Nexis Uni, LexisNexis, Factiva, ProQuest and Europresse, and a title, a day and a body"


def is_export(start: bytes, name: str) -> bool:
    """Whether the beginning of a text or a page is that of an export of many articles."""
    if name == "html" or start.lstrip().startswith(b"<"):
        return IN_PAGES.search(start) is not None
    text = decode_page(start)
    return any(house.is_it(text) for house in HOUSES)


def read_export(stream: BinaryIO, context: Context) -> Iterator[Article | Rejection]:
    """One article or rejection for each article of the export; origin: path#article, counted from one."""
    number = 0
    try:
        for number, found in enumerate(exported(whole(stream, "export"), context), 1):
            yield landed(found, context.at(number), context)
    except Unfit as unfit:
        origin = context.at(number + 1) if number else context.origin
        yield reject(origin, unfit.reason, unfit.detail, unfit.detail)


def landed(found: Exported, origin: str, context: Context) -> Article | Rejection:
    """The article, or why it is none."""
    if found.fault:
        return reject(origin, "broken_export", f"{found.fault}; {KNOWN}", found.title + found.text)
    return land(Draft(origin, found.title, found.published, found.url, found.text, found.outlet), context)


def exported(data: bytes, context: Context) -> Iterator[Exported]:
    """What the export holds; raises Unfit."""
    start = data[:100].lstrip()
    if start.startswith((b"%PDF", b"{\\rtf", b"PK\x03\x04")):
        yield from of_document(data)
    elif start.startswith(b"<") or context.source.format == "html":
        yield from of_page(data)
    else:
        yield from cut(re.split(r"\r\n|\r|\n", decode_page(data)))


def of_document(data: bytes) -> Iterator[Exported]:
    """The articles of a document, as far as it can be read; raises Unfit behind them where that is not to its end."""
    lines: list[str] = []
    fault: Unfit | None = None
    try:
        lines.extend(map(str, read_apart("flows.apart.documents", data, "document")))
    except Unfit as unfit:
        fault = unfit
    try:
        yield from cut(lines)
    except Unfit as unfit:
        raise fault or unfit from None
    if fault:
        raise fault


def cut(lines: list[str]) -> Iterator[Exported]:
    """The articles of lines in the style of any house, or the one article that they are; raises Unfit."""
    lines = [line for line in lines if not PAGE.match(line)]
    text = "\n".join(lines)
    house = next((house for house in HOUSES if house.is_it(text)), None)
    if house is not None:
        yield from house.articles_in(lines)
        return
    there = [line.strip() for line in lines if line.strip()]
    if len(there) < 3 or not names_day_alone(there[1]):
        raise Unfit("unknown_export", f"the document has no articles that can be told apart; {KNOWN}")
    address = there[2] if there[2].startswith(("http://", "https://")) else None
    second = next(number for number, line in enumerate(lines) if line.strip() == there[1])
    body = lines[second + 1 :]
    if address:
        body = body[next(number for number, line in enumerate(body) if line.strip()) + 1 :]
    yield Exported(there[0], there[1], None, paragraphs(body), address)


def names_day_alone(line: str) -> bool:
    """Whether a line is a day, in words or as eight digits."""
    return names_a_day(line) or re.fullmatch(r"[12][0-9]{7}", line) is not None


def of_page(data: bytes) -> Iterator[Exported]:
    """The articles of an export as a page; raises Unfit."""
    text = decode_page(data)
    if text.count("<") > MOST_MARKS:
        raise Unfit("enormous", f"the page has more than {MOST_MARKS:,} tags; larger ones are not read")
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as error:
        raise Unfit("not_html", f"no HTML page is to be found here: {error}") from error
    if europresse.is_page(tree):
        yield from europresse.articles_on(tree)
    else:
        yield from cut(lines_of(tree))


def lines_of(tree: HtmlElement) -> list[str]:
    """The lines of a page: a block each, the cells of a row parted by a tab."""
    for unread in tree.xpath("//script | //style | //head"):
        unread.drop_tree()
    text = "".join(pieces(tree, tabs=True)).replace("\xa0", " ")
    return [line.strip(" ") for line in text.split("\n")]
