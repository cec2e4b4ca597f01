"""Headlines without the name of the paper behind them."""

import re

from flows.normalise import host_of

SEPARATOR = re.compile(r"\s+[|\-–—·»:]+\s+")
END_OF_A_HOST = re.compile(r"\.(?:com|org|net|info|news|co|gov|int|[a-z]{2})(?:\.[a-z]{2})?$")
SHORTEST = 8  # characters of a headline, before what may be a paper's name


def without_outlet(title: str, outlet: str | None, url: str | None) -> str:
    """The headline without the outlet's name, or its host's, at its end: 'Talks end | The Norland Post'."""
    names = {bare(name) for name in (outlet, host_of(url)) if name}
    *_, last = (None, *SEPARATOR.finditer(title))
    if last is None or last.start() < SHORTEST or bare(title[last.end() :]) not in names:
        return title
    return title[: last.start()]


def bare(name: str) -> str:
    """A name of a paper as it is compared: without case, article, and the end of a host."""
    lowered = END_OF_A_HOST.sub("", name.casefold().strip())
    return "".join(letter for letter in lowered.removeprefix("www.").removeprefix("the ") if letter.isalnum())
