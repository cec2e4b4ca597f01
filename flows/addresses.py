"""Addresses that carry a password or a key: sent as they are, shown and stored without."""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Names, without hyphens and underscores, of what proves to a server who asks.
SECRET = re.compile(
    "(?:x|api|access|app|auth|client|subscription|private|secret)*(?:key|token|secret|password|passwd|pwd|pass|sig|signature)"
    "|auth|authorization|credentials?"
)
NAMED = re.compile(r"\$\{(\w+)\}")
KEPT = "POSITIONS_ADDRESS_"  # begins the names of variables that hand addresses to processes of the same run


class UnknownName(ValueError):
    """An address names a variable of the environment that is not set."""


class Alike(ValueError):
    """Two addresses cannot be told apart without their passwords or keys."""


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.lower().startswith(("http://", "https://"))


def shown(address: str) -> str:
    """The address without user, password and keys; of what cannot be read as an address, the scheme alone."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # a password with a slash, a colon or a sign such as # in it makes this none
    except ValueError:
        return f"{address.partition('//')[0]}//…" if "@" in address else address
    if not is_secret(parts):
        return address
    pairs = [pair for pair in parts.query.split("&") if not names_secret(pair)]
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="&".join(pairs)))


def is_secret(parts: SplitResult) -> bool:
    """Whether the address holds a user, a password or a key."""
    return "@" in parts.netloc or any(map(names_secret, parts.query.split("&")))


def names_secret(pair: str) -> bool:
    """Whether a part of a query gives a password or a key."""
    name = pair.partition("=")[0].casefold()
    return bool(SECRET.fullmatch(re.sub("[-_.]|%5[bdBD]", "", name)))


def expanded(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """The address to be sent, with ${NAME} replaced by what the environment holds. Raises UnknownName."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in environment:
            raise UnknownName(f"{shown(address)}: no variable {found[1]} is set in the environment")
        return environment[found[1]]

    return NAMED.sub(value, environment.get(kept_under(address), address))


def without_secrets(sources: Iterable[str]) -> list[str]:
    """The sources as they may be shown and stored; what they lack is kept in the environment of this process.

    There `expanded` finds it, also in processes that this one starts. Raises Alike.
    """
    told: dict[str, str] = {}
    clean = []
    for source in sources:
        place = shown(source) if is_address(source) else source
        clean.append(place)
        if told.setdefault(place, source) != source:
            raise Alike(f"{place}: two addresses differ in a password or key alone; name one of them")
        if place != source:
            os.environ[kept_under(place)] = source
    return clean


def shown_link(link: str, source: str) -> str:
    """A link as it may be shown and stored, that was found at a source: without user and password, and its keys."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return shown(link)
    own = {pair for pair in urlsplit(source).query.split("&") if names_secret(pair)}
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if pair not in own]
    if "@" not in parts.netloc and len(kept) == len(pairs):
        return link
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="&".join(kept)))


def joined(address: str, link: str) -> str:
    """Where a link leads from an address; user and password are for the place that they were given for alone.

    Raises ValueError where it is no address.
    """
    place = urlsplit(urljoin(address, link))
    bare = place.netloc.rpartition("@")[2]
    if (user := urlsplit(address).netloc.rpartition("@")[0]) and origin(address) == origin(place.geturl()):
        bare = f"{user}@{bare}"
    return urlunsplit(place._replace(netloc=bare))


def origin(address: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of an address. Raises ValueError."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual


def kept_under(address: str) -> str:
    """The variable that holds the whole of an address that is shown like this."""
    return f"{KEPT}{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:16].upper()}"
