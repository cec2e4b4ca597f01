"""What a page says of its article as linked data (JSON-LD, https://schema.org/Article)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

LONGEST = 2_000_000  # characters of linked data; more is no news, and takes long
DEEPEST, MOST = 6, 2_000  # levels and objects that are looked at
OTHERS = frozenset({"BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting"})
SHORTEST = 8  # letters of a headline that may stand within another
# Where an object that is an article is the page's own; lists, teasers and updates of a live blog lie elsewhere.
LEADS_TO_OWN = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True)
class Linked:
    """What an object says: its days as they are written, and whether it can be read without paying."""

    published: str | None
    modified: str | None
    headline: str
    addresses: tuple[str, ...]
    publisher: str | None
    is_free: bool | None


def own_article(tree: HtmlElement, addresses: tuple[str, ...], titles: tuple[str, ...]) -> Linked | None:
    """The page's own article, told by its address or headline; one alone that contradicts neither; else None."""
    found = list(articles_in(tree))
    places, names = set(map(path_of, filter(None, addresses))), [bare(title) for title in titles if title]
    own = [one for one in found if places & set(map(path_of, one.addresses)) or is_named(one.headline, names)]
    if own:
        return next((one for one in own if one.published), own[0])
    silent = [one for one in found if not one.addresses and not one.headline]
    if silent:
        return silent[0]
    return found[0] if len(found) == 1 and not (places or names) else None


def articles_in(tree: HtmlElement) -> Iterator[Linked]:
    """The articles among the linked data of a page, those aside that are parts of lists."""
    scripts = [str(text) for text in tree.xpath("//script[contains(@type, 'ld+json')]/text()")]
    left = LONGEST
    for script in scripts:
        left -= len(script)
        if left < 0:
            return
        try:
            data = json.loads(script.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n"), strict=False)
        except (ValueError, RecursionError):
            continue  # damaged; the page's metadata may tell the same
        for item in objects_of(data):
            if is_article(item):
                yield linked(item)


def objects_of(data: object) -> Iterator[dict[str, object]]:
    """The objects that stand for the page or its parts, each once."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    looked_at = 0
    while waiting and looked_at < MOST:
        item, depth = waiting.pop(0)
        looked_at += 1
        if depth > DEEPEST:
            continue
        if isinstance(item, list):
            waiting += [(one, depth + 1) for one in item[:MOST]]
        elif isinstance(item, dict):
            yield item
            waiting += [(item[name], depth + 1) for name in LEADS_TO_OWN if isinstance(item.get(name), dict | list)]


def is_article(item: dict[str, object]) -> bool:
    """Whether an object is an article; one without a type may be."""
    kinds = several(item.get("@type"))
    if not kinds:
        return "datePublished" in item
    return any(kind.rpartition("/")[2].endswith("Article") or kind in OTHERS for kind in kinds)


def linked(item: dict[str, object]) -> Linked:
    """What an object says."""
    addresses = [address for name in ("url", "@id", "mainEntityOfPage") for address in several(item.get(name))]
    return Linked(
        published=first(item.get("datePublished")) or first(item.get("coverageStartTime")),
        modified=first(item.get("dateModified")),
        headline=first(item.get("headline")) or first(item.get("name")) or "",
        addresses=tuple(address for address in addresses if "//" in address or address.startswith("/")),
        publisher=first(item.get("publisher")),
        is_free=is_free(item),
    )


def is_free(item: dict[str, object]) -> bool | None:
    """Whether all of an article can be read without paying; None where nothing tells it of it or its parts."""
    parts = item.get("hasPart")
    inside = [part for part in (parts if isinstance(parts, list) else [parts])[:20] if isinstance(part, dict)]
    told = [text for one in (item, *inside) for text in several(one.get("isAccessibleForFree"))[:1]]
    return all(text.rpartition("/")[2].casefold() != "false" for text in told) if told else None


def several(value: object) -> list[str]:
    """The texts of a value: itself, those of a list, or the address or name of an object."""
    if isinstance(value, list):
        return [text for one in value[:20] if not isinstance(one, list) for text in several(one)]
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url") or value.get("name")
    return [str(value)] if isinstance(value, str | bool | int) else []


def first(value: object) -> str | None:
    """The first text of a value; of an object its name."""
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])
    return next(iter(several(value)), None)


def path_of(address: str) -> str:
    """The part of an address that tells one article of a paper from another."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.path.rstrip('/').removesuffix('.amp').removesuffix('/amp')}?{parts.query}"


def bare(text: str) -> str:
    """The letters of a text, as headlines are compared."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def is_named(headline: str, names: list[str]) -> bool:
    """Whether a headline is one of the page's, or the beginning of one that ends in the paper's name."""
    own = bare(headline)
    if own in names:
        return own != ""
    return len(own) >= SHORTEST and any(own in name or (len(name) >= SHORTEST and name in own) for name in names)
