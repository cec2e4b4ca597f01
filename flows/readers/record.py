"""One record of any format, made into the article it stands for or into a rejection that says why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version

from flows.days import LAST, NotADay, day_of
from flows.normalise import host_of, tidy_body, tidy_title, tidy_url
from schemas.article import Article, Rejection, content_key
from schemas.settings import Settings
from schemas.source import FileRead, Source

LONGEST_TITLE, LONGEST_ADDRESS = 5_000, 8_000  # characters
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
    return Article(
        title=tidy_title(draft.title),
        published=checked_day(draft.published, context),
        url=url,
        text=checked_body(draft.text, context.settings),
        outlet=context.source.outlet or tidy_title(draft.outlet or "") or host_of(url),
        language=language_code(draft.language) or context.source.language or "en",
        origin=storable(draft.origin),
        fetched_at=draft.fetched_at,
    )


def checked_url(url: str | None) -> str | None:
    """The tidied address, or None where there is none; raises Unfit."""
    if url and len(url) > LONGEST_ADDRESS:
        raise Unfit("bad_url", f"the address has {len(url):,} characters; allowed are {LONGEST_ADDRESS:,}")
    try:
        return tidy_url(url) if url and url.strip() else None
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
    columns = context.source.columns
    values = {plain(str(name)): value for name, value in record.items()}
    try:
        draft = Draft(
            origin=origin,
            title=words(pick(values, columns.title), "title"),
            published=pick(values, columns.published),
            url=words(pick(values, columns.url), "url"),
            text=words(pick(values, columns.text), "text"),
            outlet=words(pick(values, columns.outlet), "outlet") or None,
            language=words(pick(values, columns.language), "language") or None,
        )
        if not draft.text.strip():
            raise Unfit("empty_body", missing("text", columns.text, record))
        if draft.published is None:
            raise Unfit("no_date", missing("date", columns.published, record))
        return finished(draft, context)
    except Unfit as unfit:
        return reject(origin, unfit.reason, unfit.detail, repr(record))


def missing(part: str, names: tuple[str, ...], record: Mapping[str, object]) -> str:
    """What to tell about a record in which a column is missing or empty."""
    there = ", ".join(str(name)[:40] for name in list(record)[:20]) or "nothing"
    return f"no {part}: it is looked for under {', '.join(names)}; the record has {there}"


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A column name without case, underscores, hyphens and spaces."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def pick(values: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The first of the named values that is there and not empty."""
    for name in names:
        value = values.get(plain(name))
        if value is not None and value != "":
            return value
    return None


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
