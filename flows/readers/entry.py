"""An entry of a feed, before its page is fetched."""

import re
from dataclasses import dataclass

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

    @property
    def is_whole(self) -> bool:
        """Whether the feed holds the article itself, not a summary of it."""
        return len(self.text.split()) >= WHOLE and not CUT_OFF.search(self.text[-80:])
