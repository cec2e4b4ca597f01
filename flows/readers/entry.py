"""An entry of a feed, before its page is fetched."""

import re
from dataclasses import dataclass

from flows.readers.walls import length_in_words
from schemas.article import PublishedBasis

SUMMARY = 10  # words of an entry that are worth reading
WHOLE = 120  # words from which on the content of an entry is taken for the whole article
CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[&#8230;\]|read more|continue reading)\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: where its page is, and what the feed itself says of it."""

    origin: str
    link: str | None
    title: str
    published: object
    text: str
    outlet: str | None
    is_dated_by_change: bool = False  # the feed tells the day of the last change alone

    @property
    def is_whole(self) -> bool:
        """Whether the feed holds the article itself, not a summary of it."""
        return length_in_words(self.text) >= WHOLE and not CUT_OFF.search(self.text[-80:])

    @property
    def is_summary(self) -> bool:
        """Whether the feed at least says in a sentence what the article says."""
        return length_in_words(self.text) >= SUMMARY

    @property
    def basis(self) -> PublishedBasis:
        """What its day is that of."""
        return "modified" if self.is_dated_by_change else "entry"
