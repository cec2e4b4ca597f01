"""One record of any format, made into the article it stands for or into a rejection that says why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from flows.days import LAST, NotADay, day_of
from flows.normalise import host_of, tidy_body, tidy_title, tidy_url
from flows.readers.plain import is_markup, plain_text
from flows.readers.titles import without_outlet
from flows.readers.turns import with_turns
from schemas.article import Article, PublishedBasis, Rejection, content_key
from schemas.settings import Settings
from schemas.source import FileRead, Source

LONGEST_TITLE, LONGEST_ADDRESS = 5_000, 8_000  # characters
NOTHING = frozenset(("", "na", "n/a", "nan", "null", "none", "nil", "-", "--", "?", "unknown"))  # as tables write it
# Names and addresses of other kinds, 'urn:contentItem:1', 'ftp://…'; never what a browser would run.
ELSEWHERE = re.compile(r"(?!https?:|javascript:|vbscript:|data:)[a-z][a-z0-9+.-]+:\S+$", re.IGNORECASE)
AHEAD = 2  # days: somewhere it is tomorrow already, and papers are dated by the day they are sold


def none_known(_keys: Sequence[int]) -> set[int]:
    """Where nothing was read before."""
    return set()


@dataclass(frozen=True)
class Known:
    """What was read before: the files, by key, and those of some records, by theirs."""

    files: Mapping[str, FileRead] = field(default_factory=dict)
    records: Callable[[Sequence[int]], set[int]] = none_known


@dataclass(frozen=True)
class Context:
    """What every reader is told: the entry of the source, the settings, where the bytes lie, what was read before."""

    source: Source
    settings: Settings
    origin: str
    today: date = LAST  # what was published later than that is not read yet
    known: Known = Known()
    within: int = 0  # archives around it

    def read_as(self) -> tuple[str, ...]:
        """All that bears on what the same bytes are read as."""
        source = self.source.model_dump_json(exclude={"source", "follow"})
        return source, str(self.settings.max_article_bytes), version("diplomatic-positions")

    def at(self, record: object) -> str:
        """The origin of one record."""
        return f"{self.origin}#{record}"


@dataclass(frozen=True)
class Draft:
    """The parts of an article as a reader found them, before they are tidied and checked."""

    origin: str
    title: str
    published: object
    url: str | None
    text: str
    outlet: str | None = None
    language: str | None = None
    fetched_at: datetime | None = None
    published_basis: PublishedBasis = "stated"
    is_partial: bool = False
    stands_at: str | None = None


class Unfit(ValueError):
    """Why a record cannot become an article: the short name of the reason, and the detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def reject(origin: str, reason: str, detail: str, original: str | bytes = "") -> Rejection:
    """A rejection; `original` is what was rejected, of which the digest is kept."""
    text = original if isinstance(original, str) else original.decode("latin-1")
    return Rejection(origin=storable(origin), reason=reason, detail=storable(detail), digest=content_key(text))


def storable(text: str) -> str:
    """The text with bytes that are no text written out, such as those of a file name in another encoding."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def land(draft: Draft, context: Context) -> Article | Rejection:
    """The article of a draft, tidied and checked."""
    try:
        return finished(draft, context)
    except Unfit as unfit:
        original = content_key(draft.title, repr(draft.published), draft.url or "", draft.text)
        return reject(draft.origin, unfit.reason, unfit.detail, original)


def finished(draft: Draft, context: Context) -> Article:
    """The article of a draft; raises Unfit."""
    url = checked_url(draft.url)
    if len(draft.title) > LONGEST_TITLE:
        raise Unfit("enormous", f"the title has {len(draft.title):,} characters; allowed are {LONGEST_TITLE:,}")
    text = checked_body(draft.text, context.settings)
    outlet = context.source.outlet or tidy_title(draft.outlet or "") or host_of(url)
    return Article(
        title=without_outlet(tidy_title(draft.title), outlet, url),
        published=checked_day(draft.published, context),
        published_basis=draft.published_basis,
        url=url,
        text=with_turns(text) if context.source.issuer else text,
        outlet=outlet,
        language=language_code(draft.language) or context.source.language or "en",
        origin=storable(draft.origin),
        fetched_at=draft.fetched_at,
        issuer=context.source.issuer,
        is_partial=draft.is_partial,
        stands_at=draft.stands_at if draft.stands_at != url else None,
    )


def checked_url(url: str | None) -> str | None:
    """The tidied address, or None where there is none, or one that leads to no page; raises Unfit."""
    if url and len(url) > LONGEST_ADDRESS:
        raise Unfit("bad_url", f"the address has {len(url):,} characters; allowed are {LONGEST_ADDRESS:,}")
    bare = (url or "").strip()
    if bare.casefold() in NOTHING or not bare.casefold().removeprefix("www.") or ELSEWHERE.match(bare):
        return None
    try:
        return tidy_url(f"https://{bare}" if bare.casefold().startswith("www.") else bare)
    except ValueError as error:
        raise Unfit("bad_url", str(error)) from None


def checked_day(published: object, context: Context) -> date:
    """The day of publication; raises Unfit."""
    if published is None or published == "":
        raise Unfit("no_date", "the date of publication is missing; every article needs one")
    try:
        day = day_of(published, context.source)
    except NotADay as error:
        raise Unfit("bad_date", str(error)) from None
    if (day - context.today).days > AHEAD:
        raise Unfit("future_date", f"{day} is more than {AHEAD} days after today, {context.today}; it is read by then")
    return day


def checked_body(text: str, settings: Settings) -> str:
    """The tidied body; raises Unfit where nothing is left of it, or far too much is there."""
    if len(text) > settings.max_article_bytes:
        raise Unfit(
            "enormous",
            f"the body has {len(text):,} characters; allowed are {settings.max_article_bytes:,} "
            "(POSITIONS_MAX_ARTICLE_BYTES)",
        )
    body = tidy_body(text)
    if not any(character.isalpha() for character in body):
        raise Unfit("empty_body", "the body holds no words; every article needs some")
    return body


def language_code(code: str | None) -> str | None:
    """ISO 639-1 code of a code such as en-US; None where it is none."""
    first = (code or "").strip().lower().replace("_", "-").split("-")[0]
    return first if len(first) == 2 and first.isascii() and first.isalpha() else None


def land_record(record: Mapping[str, object], origin: str, context: Context) -> Article | Rejection:
    """The article of a record whose columns the source names."""
    try:
        return finished(drafted(record, origin, context), context)
    except Unfit as unfit:
        return reject(origin, unfit.reason, unfit.detail, repr(record))


def drafted(record: Mapping[str, object], origin: str, context: Context) -> Draft:
    """The parts of the article that a record holds; raises Unfit where text or date are missing."""
    columns = context.source.columns
    find = finder(record)
    text = prose(find(columns.text), "text")
    lead = prose(find(columns.lead), "lead")
    if lead and not text.startswith(lead[:60]):
        text = f"{lead}\n{text}"
    if not text.strip():
        raise Unfit("empty_body", missing("text", columns.text, record))
    published = find(columns.published)
    if published is None or (isinstance(published, str) and published.strip().casefold() in NOTHING):
        raise Unfit("no_date", missing("date", columns.published, record))
    return Draft(
        origin=origin,
        title=prose(find(columns.title), "title").replace("\n", " "),
        published=published,
        url=beside(find(columns.url)),
        text=text,
        outlet=beside(find(columns.outlet)),
        language=beside(find(columns.language)),
    )


def finder(record: Mapping[str, object]) -> Callable[[tuple[str, ...]], object]:
    """What gives the first of several named values of a record that is there and not empty."""
    values = {plain(str(name)): value for name, value in record.items()}

    def find(names: tuple[str, ...]) -> object:
        for name in names:
            value = values.get(plain(name))
            if value is None and not name.isidentifier():
                value = by_path(name, record)
            if value is not None and value != "":
                return value
        return None

    return find


def by_path(path: str, record: object) -> object:
    """What a path (https://jmespath.org) leads to; None where it leads nowhere, or is a name that is no path."""
    expression = compiled(path)
    if expression is None:
        return None
    try:
        return expression.search(record)
    except (JMESPathError, RecursionError):
        return None


@lru_cache(maxsize=256)
def compiled(path: str) -> ParsedResult | None:
    """The path ready for use; None where a column's name is no path."""
    try:
        return jmespath.compile(path)
    except (JMESPathError, RecursionError):
        return None


def prose(value: object, part: str) -> str:
    """The text of a value, read as HTML where it is; raises Unfit."""
    text = words(value, part)
    return plain_text(text) if is_markup(text) else text


def beside(value: object) -> str | None:
    """A value beside title, day and text, as far as it can be one: nobody loses an article for another kind."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("name", "title", "href", "url", "id") if name in value), None)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str) or value.strip().casefold() in NOTHING:
        return None
    return value


def missing(part: str, names: tuple[str, ...], record: Mapping[str, object]) -> str:
    """What to tell about a record in which a column is missing or empty."""
    there = ", ".join(str(name)[:40] for name in list(record)[:20]) or "nothing"
    return f"no {part}: it is looked for under {', '.join(names)}; the record has {there}"


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A column name without case, underscores, hyphens and spaces."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def words(value: object, part: str) -> str:
    """A text, or paragraphs in a list; raises Unfit for anything else."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, bytes):
        return utf8(value, part)
    if not isinstance(value, str):
        raise Unfit("wrong_type", f"the {part} is a {type(value).__name__}; allowed is a text")
    return value


def utf8(value: bytes, part: str) -> str:
    """The text of bytes in a column that does not say it holds text; raises Unfit."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise Unfit("undecodable", f"the {part} is not UTF-8; allowed is UTF-8") from None
