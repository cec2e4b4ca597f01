"""Europresse (HTML, and TXT, RTF, DOCX, PDF): each article has a number such as news·20220127·LM·0123456."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from flows.readers.houses.exported import Exported, names_a_day, paragraphs, words

NUMBER = re.compile(r"\bnews[·•.]([0-9]{8})[·•.]\w{1,6}[·•.][\w·•.-]+")
DAY = re.compile(r"\b(\d{1,2}(?:er)?\.? [^\W\d_]{3,10}\.? \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})")
LENGTH = re.compile(r"\b\d[\d ]{0,8} (?:mots|words)\b")
HAS_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
TITLES = f"self::*[{HAS_CLASS.format('titreArticle')} or {HAS_CLASS.format('rdp__articletitle')}]"
PAPERS = f"self::*[{HAS_CLASS.format('DocPublicationName')} or {HAS_CLASS.format('rdp__DocPublicationName')}]"
BODIES = f"self::*[{HAS_CLASS.format('docOcurrContainer')} or {HAS_CLASS.format('DocText')}]"
HEADS = f"self::*[{HAS_CLASS.format('DocHeader')}]"


def is_it(text: str) -> bool:
    """Whether a text is such an export."""
    return NUMBER.search(text) is not None


def is_page(tree: HtmlElement) -> bool:
    """Whether a page is such an export."""
    return bool(tree.xpath(f"//article//*[{PAPERS}]"))


def articles_on(tree: HtmlElement) -> Iterator[Exported]:
    """The articles of a page."""
    for article in tree.xpath("//article"):
        head, number = text_in(article, HEADS), NUMBER.search(article.text_content())
        dated = DAY.search(head)
        body = article.xpath(f".//*[{BODIES}]")
        lines = [" ".join(part.text_content().split()) for part in (body[0].xpath(".//p") or body)] if body else []
        yield Exported(
            text_in(article, TITLES),
            dated[1] if dated else (number[1] if number else ""),
            text_in(article, PAPERS) or None,
            "\n".join(filter(None, lines)),
        )


def text_in(article: HtmlElement, query: str) -> str:
    """The text of the first element, on one line."""
    found = article.xpath(f".//*[{query}]")
    return " ".join(found[0].text_content().split()) if found else ""


def articles_in(lines: list[str]) -> Iterator[Exported]:
    """The articles, each up to the line with its number."""
    own: list[str] = []
    for line in lines:
        if number := NUMBER.search(line):
            yield article_of(own, number[1])
            own = []
        else:
            own.append(line.strip())


def article_of(lines: list[str], day: str) -> Exported:
    """The article of lines: a line with the day, one with the paper and the length, the title, then the body."""
    length = next((number for number, line in enumerate(lines) if LENGTH.search(line)), None)
    if length is None:
        return Exported(fault="it has no line that tells its length in words, below which the title stands")
    behind = words("europresse")["behind"]
    below = lines[length + 1 :]
    end = next((n for n, line in enumerate(below) if any(part in line.lower() for part in behind)), len(below))
    title = next((number for number, line in enumerate(below[:end]) if line), end)
    dated = next((line for line in reversed(lines[: length + 1]) if names_a_day(line)), day)
    paper = re.split(r"\s*[•,;|]|\s{2,}", lines[length])[0].strip()
    return Exported(below[title] if title < end else "", dated, paper or None, paragraphs(below[title + 1 : end]))
