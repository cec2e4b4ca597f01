"""Pieces of HTML, from a feed or a cell of a table, made into plain paragraphs."""

import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement

from flows.readers.markup import too_much_html

TAG = re.compile(r"<[^<>]{0,1000}>")
BLOCKS = ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "dt", "dd"]
CELLS = ("td", "th")
# A text that holds one of these is a piece of HTML; "<" alone is not, nor is an address in angle brackets.
KNOWN_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|figure|img|table|tr|td|section|article|html|body)"
    r"(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)


def is_markup(text: str) -> bool:
    """Whether a text is a piece of HTML."""
    return "<" in text and KNOWN_TAG.search(text) is not None


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, a paragraph a line."""
    if "<" not in markup:
        return markup.strip()
    if too_much_html(markup):
        return TAG.sub(" ", markup).strip()
    try:
        tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (ParserError, ValueError):
        return TAG.sub(" ", markup).strip()
    for unread in tree.xpath("//script | //style | //figure | //comment()"):
        unread.drop_tree()
    text = "".join(pieces(tree))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def pieces(tree: HtmlElement, *, tabs: bool = False) -> Iterator[str]:
    """The texts of a tree, with a newline where a block begins or ends, and a tab behind a cell where these count."""
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in BLOCKS:
            yield "\n"
        elif tabs and event == "end" and element.tag in CELLS:
            yield "\t"
        yield (element.text if event == "start" else element.tail) or ""
