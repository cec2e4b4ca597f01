"""An article with the positions found in it, sentence by sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.query import Snapshot
from warehouse.telling import stance_told

COPIES = 30  # of a story, that are listed


@dataclass(frozen=True)
class Held:
    """A position as it stands in its article, what a person made of it included."""

    position_id: str
    section: str
    sentence_start: int
    sentence_end: int
    actor: str
    actor_text: str
    actor_start: int
    actor_end: int
    stance: str
    scope: str
    issue: str | None
    issue_basis: str | None
    target: str | None
    content: str | None
    condition: str | None
    speaker: str | None
    speaker_role: str | None
    stated_on: date
    stated_on_basis: str
    stated_from: date
    stated_to: date
    trigger_id: str
    trigger_start: int
    trigger_end: int
    cameo: str | None
    confidence: float | None
    recorded_at: str
    verdict: str | None
    reason: str | None
    author: str | None
    judged: dict[str, str]

    def value(self, name: str) -> str:
        """A field as it is shown: what a person gave, else what the rules gave; empty for none."""
        given = self.judged.get(name)
        return given if given is not None else str(getattr(self, name) or "")

    @property
    def words(self) -> str:
        """The stance as a verb."""
        return stance_told(self.value("stance"), bool(self.value("condition")))


@dataclass(frozen=True)
class Piece:
    """Some characters of a section, and what they are in a sentence that holds positions: actor, trigger, nothing."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Span:
    """Text between the sentences that hold positions, or such a sentence in pieces with its positions."""

    pieces: tuple[Piece, ...]
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in spans."""

    spans: tuple[Span, ...]

    @property
    def held(self) -> list[Held]:
        """The positions of its sentences."""
        return [held for span in self.spans for held in span.held]


@dataclass(frozen=True)
class Copy:
    """Another article of the same story."""

    article_id: str
    title: str
    outlet: str | None
    published: date


@dataclass(frozen=True)
class ReadArticle:
    """An article, cut up as it is shown."""

    article_id: str
    title: str
    published: date
    outlet: str | None
    url: str | None
    heading: Paragraph
    paragraphs: tuple[Paragraph, ...]
    copies: tuple[Copy, ...]

    @property
    def held(self) -> list[Held]:
        """All positions, in the order of the text."""
        return [*self.heading.held, *(held for paragraph in self.paragraphs for held in paragraph.held)]


HELD = """
    SELECT
        p.position_id, p.section, p.sentence_start, p.sentence_end, p.actor, p.actor_text, p.actor_start, p.actor_end,
        p.stance, p.scope, p.issue, p.issue_basis, p.target, p.content, p.condition, p.speaker, p.speaker_role,
        p.stated_on, p.stated_on_basis, p.stated_from, p.stated_to, p.trigger_id, p.trigger_start, p.trigger_end,
        p.cameo, p.confidence, p.recorded_at::VARCHAR AS recorded_at
    FROM position AS p
    WHERE p.article_id = ? AND p.retired_at IS NULL
    ORDER BY p.section DESC, p.sentence_start, p.trigger_start, p.stance, p.actor, p.issue, p.position_id
"""
JUDGED = """
    SELECT position_id, field, value, reason, author FROM correction
    WHERE retired_at IS NULL AND position_id IN (SELECT unnest(?::VARCHAR[]))
"""


def read_article(snapshot: Snapshot, article_id: str) -> ReadArticle | None:
    """The article; None where there is none of that id."""
    rows = snapshot.execute(
        "SELECT title, published, outlet, url, text FROM article WHERE article_id = ?", [article_id]
    ).fetchall()
    if not rows:
        return None
    title, published, outlet, url, text = rows[0]
    held = held_in(snapshot, article_id)
    in_title, in_body = ([h for h in held if h.section == section] for section in ("title", "body"))
    return ReadArticle(
        article_id,
        title,
        published,
        outlet,
        url,
        _paragraph(title, 0, len(title), in_title),
        tuple(_paragraph(text, start, end, in_body) for start, end in _lines(text)),
        tuple(_copies(snapshot, article_id)),
    )


def held_in(snapshot: Snapshot, article_id: str) -> list[Held]:
    """The positions of an article, whatever their scope, confidence and verdict."""
    rows = snapshot.execute(HELD, [article_id]).fetchall()
    judged: dict[str, dict[str, tuple[str, str, str]]] = {}
    for position_id, name, *told in snapshot.execute(JUDGED, [[row[0] for row in rows]]).fetchall():
        judged.setdefault(position_id, {})[name] = (told[0], told[1], told[2])
    return [_held(row, judged.get(row[0], {})) for row in rows]


def _held(row: tuple[Any, ...], judged: dict[str, tuple[str, str, str]]) -> Held:
    verdict, reason, author = judged.get("verdict", (None, None, None))
    values = {name: told[0] for name, told in judged.items() if name != "verdict"}
    return Held(*(*row, verdict, reason, author, values))


def article_of(snapshot: Snapshot, position_id: str) -> str | None:
    """The article that holds a position; None where none does."""
    rows = snapshot.execute(
        "SELECT article_id FROM position WHERE position_id = ? AND retired_at IS NULL LIMIT 1", [position_id]
    ).fetchall()
    return rows[0][0] if rows else None


def next_unsure(snapshot: Snapshot, passed: list[str]) -> tuple[str, str] | None:
    """Article and id of the shown position that is least sure, of those that nobody judged and that were not passed."""
    rows = snapshot.execute(
        "SELECT article_id, position_id FROM positions WHERE verdict IS NULL AND confidence IS NOT NULL "
        "AND position_id NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY abs(confidence - 0.5), position_id LIMIT 1",
        [passed],
    ).fetchall()
    return (rows[0][0], rows[0][1]) if rows else None


def _lines(text: str) -> list[tuple[int, int]]:
    """First and last offset of each line that is not empty."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _paragraph(text: str, start: int, end: int, held: list[Held]) -> Paragraph:
    by_sentence: dict[tuple[int, int], list[Held]] = {}
    for one in held:
        if start <= one.sentence_start < end:
            by_sentence.setdefault((one.sentence_start, min(one.sentence_end, end)), []).append(one)
    spans, at = [], start
    for (first, last), those in sorted(by_sentence.items()):
        if first < at:  # a sentence within another: its positions are told with it
            continue
        if first > at:
            spans.append(Span((Piece(text[at:first]),)))
        inner = [one for place, some in by_sentence.items() if first < place[0] < last for one in some]
        spans.append(Span(_pieces(text, first, last, [*those, *inner]), (*those, *inner)))
        at = last
    if at < end:
        spans.append(Span((Piece(text[at:end]),)))
    return Paragraph(tuple(spans))


def _pieces(text: str, first: int, last: int, held: list[Held]) -> tuple[Piece, ...]:
    kinds = [""] * (last - first)
    for one in held:
        for kind, start, end in (
            ("actor", one.actor_start, one.actor_end),
            ("trigger", one.trigger_start, one.trigger_end),
        ):
            for place in range(max(start, first), min(end, last)):
                kinds[place - first] = kind
    pieces, start = [], 0
    for place in range(1, len(kinds) + 1):
        if place == len(kinds) or kinds[place] != kinds[start]:
            pieces.append(Piece(text[first + start : first + place], kinds[start]))
            start = place
    return tuple(pieces)


def _copies(snapshot: Snapshot, article_id: str) -> list[Copy]:
    rows = snapshot.execute(
        "SELECT article_id, title, outlet, published FROM article SEMI JOIN (SELECT article_id FROM story "
        "WHERE retired_at IS NULL AND article_id <> $id AND story_id = "
        "(SELECT max(story_id) FROM story WHERE retired_at IS NULL AND article_id = $id)) USING (article_id) "
        f"ORDER BY published, article_id LIMIT {COPIES}",
        {"id": article_id},
    ).fetchall()
    return [Copy(*row) for row in rows]
