"""Draws the positions that a person is to judge from the published snapshot."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from warehouse.corrections import Known, ids_of
from warehouse.query import Unknown, connect_snapshot, id_of
from warehouse.under_line import UnderLine, under_line_of

BEFORE = 300  # characters of the text before the evidence that a person may need


class CannotReview(ValueError):
    """What was asked for cannot be drawn."""


@dataclass(frozen=True)
class Drawing:
    """Which positions are drawn: a sample of so many, with the share of each `by`, or all, the least sure first."""

    sample: int | None = None
    by: str | None = None
    actor: str | None = None
    issue: str | None = None
    frame: str | None = None

    def parameters(self) -> dict[str, object]:
        """The values of the parameters of the query."""
        return vars(self)


@dataclass(frozen=True)
class ToJudge:
    """A position as a person sees it who judges it. `trigger_start` counts from the beginning of the evidence."""

    position_id: str
    frame: str
    actor: str
    actor_name: str
    actor_text: str
    stance: str
    issue: str | None
    target: str | None
    target_name: str | None
    content: str | None
    condition: str | None
    speaker: str | None
    stated_on: date
    stated_on_basis: str
    confidence: float | None
    before: str
    evidence: str
    trigger_start: int
    trigger_end: int
    title: str
    outlet: str | None
    published: date
    url: str | None


@dataclass(frozen=True)
class Queue:
    """The positions to be judged, in their order; how many of those drawn were judged before; what values may be."""

    rows: tuple[ToJudge, ...]
    judged: int
    line: UnderLine
    known: Known


DRAWN = "positions_drawn($sample, $by, NULL, NULL, $actor, $issue, $frame)"
ROWS = f"""
    SELECT
        position_id, judged.frame, p.actor, p.actor_name, p.actor_text, p.stance, p.issue, p.target, p.target_name,
        p.content, p.condition, p.speaker, p.stated_on, p.stated_on_basis, p.confidence,
        substring(article.text, greatest(1, p.sentence_start + 1 - {BEFORE}), least({BEFORE}, p.sentence_start)),
        p.evidence, p.trigger_start - p.sentence_start, p.trigger_end - p.sentence_start,
        p.title, p.outlet, p.published, p.url
    FROM positions_all AS p
    SEMI JOIN {DRAWN} USING (position_id)
    JOIN position_judged AS judged USING (position_id)
    JOIN article ON article.article_id = p.article_id
    WHERE judged.verdict IS NULL
    ORDER BY CASE WHEN $sample IS NULL THEN coalesce(p.confidence, 0) END, md5(position_id)
"""
JUDGED = f"SELECT count(verdict) FROM position_judged SEMI JOIN {DRAWN} USING (position_id)"


def queue(snapshot: Path, drawing: Drawing) -> Queue:
    """The positions of the snapshot that are drawn and not judged yet.

    Raises NoSnapshot, and CannotReview for an actor, issue or frame that nobody knows.
    """
    with connect_snapshot(snapshot) as connection:
        drawing = _known(connection, drawing)
        rows = connection.execute(ROWS, drawing.parameters()).fetchall()
        ((judged,),) = connection.execute(JUDGED, drawing.parameters()).fetchall()
        found = tuple(replace(one, before=_own_paragraph(one.before)) for one in (ToJudge(*row) for row in rows))
        known = Known({}, ids_of(connection, "actor"), ids_of(connection, "issue"))
        return Queue(found, judged, under_line_of(connection), known)


def _own_paragraph(before: str) -> str:
    """What stands before the evidence, from the beginning of its paragraph or of a word on."""
    words = before.rpartition("\n")[2] if "\n" in before.rstrip() else before
    return words.partition(" ")[2].strip() if len(words) == BEFORE else words.strip()


def _known(connection: duckdb.DuckDBPyConnection, drawing: Drawing) -> Drawing:
    """The drawing with ids where names were given. Raises CannotReview for what nobody knows."""
    if drawing.by and drawing.sample is None:
        raise CannotReview(f"--by {drawing.by} tells how --sample draws; say how many with --sample")
    try:
        actor = drawing.actor and id_of(connection, "actor", drawing.actor)
        issue = drawing.issue and id_of(connection, "issue", drawing.issue)
    except Unknown as error:
        raise CannotReview(str(error)) from error
    known = {row[0] for row in connection.execute("SELECT DISTINCT frame FROM position_judged").fetchall()}
    if drawing.frame and drawing.frame not in known:
        raise CannotReview(f"no position is of frame {drawing.frame}; `positions rules precision` lists them")
    return replace(drawing, actor=actor, issue=issue)
