"""Records that name articles without holding them: lists of addresses, such as news indexes export, to be fetched."""

from collections.abc import Mapping, Sequence

from flows.readers.entry import Entry
from flows.readers.plain import plain_text
from flows.readers.record import Context, beside, finder, land_record, plain, prose, reject
from schemas.article import Article, Rejection
from schemas.source import Columns

UNTOLD = (
    "it holds addresses of articles and no column of their text; fetch: true in sources.yaml fetches their pages, "
    "columns maps a column that holds it"
)


def is_list_of_addresses(names: Sequence[str], columns: Columns) -> bool:
    """Whether the columns name articles by address and by title or day, and hold no text."""
    there = set(map(plain, names))
    has = {part for part, wanted in columns if there & set(map(plain, wanted))}
    return "url" in has and bool(has & {"title", "published"}) and "text" not in has


def told_once(names: Sequence[str], origin: str, context: Context) -> Rejection | None:
    """The one rejection of a list whose pages are not to be fetched; None where there is something to be read."""
    if context.source.fetch or not is_list_of_addresses(names, context.source.columns):
        return None
    return reject(origin, "not_fetched", UNTOLD, UNTOLD)


def land_row(record: Mapping[str, object], origin: str, context: Context) -> Article | Entry | Rejection:
    """The article of a record; of one without a text the entry that leads to its page, where pages are fetched."""
    columns = context.source.columns
    find = finder(record)
    link = beside(find(columns.url))
    if not context.source.fetch or find(columns.text) is not None or not link:
        return land_record(record, origin, context)
    return Entry(
        origin=origin,
        link=link.strip(),
        title=plain_text(prose(find(columns.title), "title")) if isinstance(find(columns.title), str) else "",
        published=find(columns.published),
        text="",
        outlet=beside(find(columns.outlet)),
    )
