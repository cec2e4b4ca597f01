"""Tells pages and feeds whose markup would take for ever to read, by the parsers that read them, in one quick pass."""

from xml.parsers import expat

from lxml import etree

MOST_ELEMENTS = 25_000  # newspapers have some thousands; extraction takes time that grows faster than their number
MOST_ATTRIBUTES = 1_000  # of an element, which have some; both parsers take time that grows with their square
MOST_MARKS = 500_000  # < and & in a feed; a feed with a hundred whole articles has some ten thousand


class TooMuch(Exception):
    """There is more of something than any page of news has."""


class Counter:
    """Counts elements as a parser meets them; raises TooMuch."""

    def __init__(self, most_elements: int) -> None:
        self._most_elements = most_elements
        self._elements = 0

    def start(self, _name: str, attributes: object) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > self._most_elements:
            raise TooMuch(f"more than {self._most_elements:,} elements")
        if len(attributes) > MOST_ATTRIBUTES:  # type: ignore[arg-type]  # a mapping, or a list of names
            raise TooMuch(f"an element with more than {MOST_ATTRIBUTES:,} attributes")

    def close(self) -> None:
        """The page has ended."""


def too_much_html(text: str) -> str | None:
    """What a page has too much of; None where it can be read."""
    try:
        etree.HTML(text, parser=etree.HTMLParser(target=Counter(MOST_ELEMENTS), huge_tree=True))
    except TooMuch as error:
        return str(error)
    except (etree.LxmlError, ValueError, AssertionError):
        return None  # no page at all, which reading it tells
    return None


def too_much_xml(data: bytes) -> str | None:
    """What a feed has too much of; None where it can be read. What breaks the parser is read by another, slower one."""
    if data.count(b"<") + data.count(b"&") > MOST_MARKS:
        return f"more than {MOST_MARKS:,} marks of markup"
    parser = expat.ParserCreate()
    parser.StartElementHandler = Counter(MOST_MARKS).start
    try:
        parser.Parse(data, True)
    except TooMuch as error:
        return str(error)
    except expat.ExpatError:
        return None
    return None
