"""Arrow tables, one column a database column, from the records that the store is handed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from schemas.article import Article, Rejection
from schemas.batch import NewParse, SentenceSpan
from schemas.position import Position
from schemas.ruleset import WORD_KINDS, RuleSet
from schemas.story import StorySignature

Item = TypeVar("Item")
TEXT, DAY, NUMBER, BYTES = pa.string(), pa.date32(), pa.int32(), pa.binary()
SHARE = pa.float64()
MOMENT = pa.timestamp("us", tz="UTC")

ARTICLE_COLUMNS: dict[str, pa.DataType] = {
    "article_id": TEXT,
    "title": TEXT,
    "published": DAY,
    "published_basis": TEXT,
    "url": TEXT,
    "text": TEXT,
    "outlet": TEXT,
    "language": TEXT,
    "origin": TEXT,
    "fetched_at": MOMENT,
    "issuer": TEXT,
    "is_partial": pa.bool_(),
    "stands_at": TEXT,
}
REJECTION_COLUMNS: dict[str, pa.DataType] = {
    "rejection_id": TEXT,
    "origin": TEXT,
    "reason": TEXT,
    "detail": TEXT,
    "digest": TEXT,
}
SENTENCE_COLUMNS: dict[str, pa.DataType] = {
    "article_id": TEXT,
    "section": TEXT,
    "sentence_start": NUMBER,
    "sentence_end": NUMBER,
    "sentence_key": TEXT,
}
PARSE_COLUMNS: dict[str, pa.DataType] = {"sentence_key": TEXT, "parse": BYTES}
SIGNATURE_COLUMNS: dict[str, pa.DataType] = {"article_id": TEXT, "published": DAY, "signature": BYTES, "bands": BYTES}
POSITION_COLUMNS: dict[str, pa.DataType] = {
    "position_id": TEXT,
    "article_id": TEXT,
    "section": TEXT,
    "sentence_start": NUMBER,
    "sentence_end": NUMBER,
    "actor": TEXT,
    "actor_text": TEXT,
    "actor_start": NUMBER,
    "actor_end": NUMBER,
    "speaker": TEXT,
    "speaker_role": TEXT,
    "stance": TEXT,
    "scope": TEXT,
    "issue": TEXT,
    "issue_basis": TEXT,
    "target": TEXT,
    "content": TEXT,
    "condition": TEXT,
    "stated_on": DAY,
    "stated_on_basis": TEXT,
    "stated_from": DAY,
    "stated_to": DAY,
    "trigger_id": TEXT,
    "trigger_start": NUMBER,
    "trigger_end": NUMBER,
    "cameo": TEXT,
    "confidence": SHARE,
}
NOT_OF_THE_UNRESOLVED = {
    "actor",
    "speaker",
    "speaker_role",
    "scope",
    "issue_basis",
    "condition",
    "stated_on",
    "stated_on_basis",
    "stated_from",
    "stated_to",
    "trigger_start",
    "trigger_end",
    "cameo",
    "confidence",
}
UNRESOLVED_COLUMNS = {n: t for n, t in POSITION_COLUMNS.items() if n not in NOT_OF_THE_UNRESOLVED}


def articles_frame(articles: Iterable[Article]) -> pa.Table:
    """One row an article."""
    return _frame(articles, ARTICLE_COLUMNS)


def rejections_frame(rejections: Iterable[Rejection]) -> pa.Table:
    """One row a rejection."""
    return _frame(rejections, REJECTION_COLUMNS)


def sentences_frame(sentences: Iterable[SentenceSpan]) -> pa.Table:
    """One row a sentence that can carry a position."""
    return _frame(sentences, SENTENCE_COLUMNS)


def parses_frame(parses: Iterable[NewParse], model_version: str) -> pa.Table:
    """One row a parse, with the version of the model that made it."""
    frame = _frame(parses, PARSE_COLUMNS)
    return frame.append_column("model_version", pa.array([model_version] * len(frame), TEXT))


def signatures_frame(signatures: Iterable[StorySignature]) -> pa.Table:
    """One row a signature."""
    return _frame(signatures, SIGNATURE_COLUMNS)


def positions_frame(positions: Iterable[Position], columns: dict[str, pa.DataType]) -> pa.Table:
    """One row a position id; of two positions with one id the first stays."""
    return _frame(first_of_each(positions, lambda p: p.position_id).values(), columns)


def first_of_each(records: Iterable[Item], key: Callable[[Item], str]) -> dict[str, Item]:
    """The records by key, in order; of several with one key the first."""
    found: dict[str, Item] = {}
    for record in records:
        found.setdefault(key(record), record)
    return found


def ids_frame(name: str, ids: Sequence[str]) -> pa.Table:
    """One column of ids, each once, in the order given."""
    return pa.table({name: pa.array(list(dict.fromkeys(ids)), TEXT)})


def ruleset_frame(ruleset: RuleSet) -> pa.Table:
    """One row: the rule set."""
    return _table(
        [ruleset],
        ruleset_version=lambda r: r.version,
        ruleset_id=lambda r: r.id,
        language=lambda r: r.language,
        description=lambda r: r.description,
        definition=lambda r: r.model_dump_json(exclude_defaults=True),
    )


def actors_frame(ruleset: RuleSet) -> pa.Table:
    """One row an actor id: where its names changed with time, the last entry tells how it is shown."""
    latest = {a.id: a for a in sorted(ruleset.actors, key=lambda a: (a.since is not None, a.since))}
    return _table(
        latest.values(),
        actor_id=lambda a: a.id,
        name=lambda a: a.name,
        kind=lambda a: a.kind,
        part_of=lambda a: a.part_of,
    )


def issues_frame(ruleset: RuleSet) -> pa.Table:
    """One row a node of the issue tree."""
    return _table(
        ruleset.issues,
        issue_id=lambda i: i.id,
        parent=lambda i: i.id.rpartition(".")[0] or None,
        name=lambda i: i.name,
        covers=lambda i: i.covers,
    )


def triggers_frame(ruleset: RuleSet) -> pa.Table:
    """One row a trigger, the words of its entries joined by semicolons: those that begin alike in a frame are one."""
    words: dict[tuple[str, str], list[str]] = {}
    for frame in ruleset.frames:
        for entry in frame.entries:
            own = [word for kind in WORD_KINDS if (word := getattr(entry, kind))]
            words.setdefault((frame.id, entry.name), []).extend(own)
    frames = {frame.id: frame for frame in ruleset.frames}
    return _table(
        words.items(),
        trigger_id=lambda t: ".".join(t[0]),
        stance=lambda t: frames[t[0][0]].stance.value,
        description=lambda t: frames[t[0][0]].description,
        wording=lambda t: "; ".join(dict.fromkeys(t[1])),
        cameo=lambda t: frames[t[0][0]].cameo,
    )


def _table(records: Iterable[Any], **columns: Callable[[Any], str | None]) -> pa.Table:
    rows = list(records)
    return pa.table({name: pa.array([cell(row) for row in rows], TEXT) for name, cell in columns.items()})


def _frame(records: Iterable[Any], columns: dict[str, pa.DataType]) -> pa.Table:
    rows = list(records)
    return pa.table({n: pa.array([getattr(r, n) for r in rows], t) for n, t in columns.items()})
