"""Reads the marks that a person made in an exported file, and says line by line what is wrong with them."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from schemas.correction import Change, Judgement, Verdict
from schemas.position import Stance
from warehouse.marked_file import Line, UnreadableCorrections, read_lines
from warehouse.query import Kind
from warehouse.rows import given

__all__ = ["Known", "Marks", "Refused", "UnreadableCorrections", "check", "ids_of", "judgement_rows", "read_marks"]

CORRECTABLE = (
    "actor",
    "stance",
    "issue",
    "target",
    "content",
    "condition",
    "speaker",
    "speaker_role",
    "stated_on",
)
COMPARED_UNMARKED = ("actor", "stance", "issue", "target")  # a spreadsheet never rewrites these by itself


Place = tuple[str, str, str]  # address of an article, or its title; a sentence; the trigger in it


class Refused(ValueError):
    """One line cannot be taken."""


@dataclass(frozen=True)
class Standing:
    """A position as it stands: what the rules gave, and what corrections make of it."""

    recorded_at: datetime
    tagged: dict[str, str]
    shown: dict[str, str]


@dataclass(frozen=True)
class Known:
    """What marks are checked against."""

    positions: dict[str, Standing]
    actors: frozenset[str]
    issues: frozenset[str]
    placed: dict[Place, list[str]] = field(default_factory=dict)


@dataclass
class Marks:
    """What a marked file says: judgements that can be taken, lines that cannot and why, rows without a mark."""

    judgements: list[Judgement] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unmarked: int = 0


def read_marks(connection: duckdb.DuckDBPyConnection, file: Path) -> Marks:
    """Read a marked export against the warehouse.

    Raises UnreadableCorrections where the file is neither CSV in UTF-8 nor XLSX, or lacks a needed column.
    """
    lines, refused = read_lines(file)
    marks = check_lines(connection, lines, file.name)
    marks.refused[:0] = refused
    return marks


def check_lines(connection: duckdb.DuckDBPyConnection, lines: Sequence[Line], name: str) -> Marks:
    """Check marked rows against the warehouse; `name` stands before the line in what is refused.

    A row needs the cells of NEEDED; of the correctable ones those that it has are compared.
    """
    known = _with_places(connection, lines, _known(connection, [line.cells["position_id"] for line in lines]))
    marks = Marks()
    seen: set[str] = set()
    for line in lines:
        try:
            judgement = _judgement(line, known)
            if judgement is None:
                marks.unmarked += 1
                continue
            if judgement.position_id in seen:
                raise Refused(f"position {judgement.position_id} is marked twice in this file")
            seen.add(judgement.position_id)
            marks.judgements.append(judgement)
        except Refused as error:
            marks.refused.append(f"{name}:{line.number}: {error}")
    return marks


def judgement_rows(judgements: Sequence[Judgement], author: str, made_on: date) -> pa.Table:
    """The rows of the table `correction`: a verdict each, and one row a changed field."""
    rows = [
        (j.position_id, name, value, j.reason)
        for j in judgements
        for name, value in [("verdict", j.verdict.value), *((c.field, c.value) for c in j.changes)]
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    names = ("position_id", "field", "value", "reason")
    frame = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
    frame = frame.append_column("author", pa.array([author] * len(rows), pa.string()))
    return frame.append_column("made_on", pa.array([made_on] * len(rows), pa.date32()))


def _known(connection: duckdb.DuckDBPyConnection, position_ids: Sequence[str]) -> Known:
    ids = pa.table({"position_id": pa.array(sorted(set(position_ids)), pa.string())})
    tagged = ", ".join(f"coalesce(p.{name}::VARCHAR, '')" for name in CORRECTABLE)
    shown = ", ".join(f"coalesce(c.{name}::VARCHAR, p.{name}::VARCHAR, '')" for name in CORRECTABLE)
    with given(connection, "asked", ids):
        rows = connection.execute(
            f"SELECT p.position_id, p.recorded_at, {tagged}, {shown} FROM position AS p SEMI JOIN asked "
            "USING (position_id) LEFT JOIN corrections_known('infinity') AS c USING (position_id) "
            "WHERE p.retired_at IS NULL"
        ).fetchall()
    width = len(CORRECTABLE)
    positions = {
        row[0]: Standing(
            row[1],
            dict(zip(CORRECTABLE, row[2 : 2 + width], strict=True)),
            dict(zip(CORRECTABLE, row[2 + width :], strict=True)),
        )
        for row in rows
    }
    return Known(positions, ids_of(connection, "actor"), ids_of(connection, "issue"))


def _with_places(connection: duckdb.DuckDBPyConnection, lines: Sequence[Line], known: Known) -> Known:
    """The same, with the positions where lines of other folders, whose ids are not known here, say that theirs lie."""
    places = {place for line in lines if line.cells["position_id"] not in known.positions and (place := _place(line))}
    if not places:
        return known
    articles = pa.table({"known_as": pa.array(sorted({place[0] for place in places}), pa.string())})
    with given(connection, "asked", articles):
        rows = connection.execute(
            "SELECT position_id, coalesce(url, title), evidence, trigger_id FROM positions_all "
            "WHERE coalesce(url, title) IN (FROM asked) ORDER BY position_id"
        ).fetchall()
    placed: dict[Place, list[str]] = {}
    for position_id, article, evidence, trigger_id in rows:
        place = (article, _plain(evidence), trigger_id)
        if place in places:
            placed.setdefault(place, []).append(position_id)
    found = _known(connection, [one for ids in placed.values() for one in ids])
    return replace(known, positions=known.positions | found.positions, placed=placed)


def _place(line: Line) -> Place | None:
    """Where a line says that its position lies; None where it does not say it."""
    cells = {name: line.cells.get(name, "").strip() for name in ("url", "title", "evidence", "trigger_id")}
    article = cells["url"] or cells["title"]
    if not article or not cells["evidence"] or not cells["trigger_id"]:
        return None
    return article, _plain(cells["evidence"]), cells["trigger_id"]


def _found(line: Line, known: Known) -> str | None:
    """The id of the position of a line: its own where it stands here, else that of the one at its place, if it is one.

    Of several at a place, the one of the same actor and stance is it.
    """
    own = line.cells["position_id"]
    place = None if own in known.positions else _place(line)
    ids = known.placed.get(place, []) if place else []
    alike = [
        one
        for one in ids
        if all(line.cells.get(name, "").strip() == known.positions[one].tagged[name] for name in ("actor", "stance"))
    ]
    candidates = alike or ids
    if place is None:
        return own if own in known.positions else None
    return candidates[0] if len(candidates) == 1 else None


def ids_of(connection: duckdb.DuckDBPyConnection, table: Kind) -> frozenset[str]:
    """The ids of all actors or issues that stand."""
    rows = connection.execute(f"SELECT {table}_id FROM {table} WHERE retired_at IS NULL").fetchall()
    return frozenset(row[0] for row in rows)


def _judgement(line: Line, known: Known) -> Judgement | None:
    """The judgement of one line; None where it is not marked. Raises Refused with what is wrong.

    The position may have been recorded anew, here or in another folder: what its cells say is what was judged.
    """
    cells = line.cells
    mark, reason = cells["mark"].strip().lower(), cells["reason"].strip()
    position_id = _found(line, known)
    standing = known.positions[position_id] if position_id else None
    if not mark:
        _refuse_changes_without_mark(cells, standing)
        return None
    if mark not in set(Verdict):
        raise Refused(f"mark '{mark}' is none of {', '.join(Verdict)}")
    if standing is None or position_id is None:
        raise Refused(
            f"position {cells['position_id']} does not stand any more, or never did, and no other one stands in its "
            "sentence; export again"
        )
    changes = tuple(_changes(cells, standing, known))
    if mark == Verdict.CORRECTED and not changes and standing.shown == standing.tagged:
        raise Refused(f"marked corrected, yet no cell differs; change one of {', '.join(CORRECTABLE)}")
    if mark != Verdict.CORRECTED and changes:
        raise Refused(f"marked {mark}, yet {changes[0].field} differs; mark it corrected or restore the cell")
    if mark != Verdict.RIGHT and not reason:
        raise Refused(f"marked {mark} without a reason")
    verdict = Verdict(mark)
    if verdict == Verdict.RIGHT and standing.shown != standing.tagged:
        verdict = Verdict.CORRECTED  # who finds a corrected row right confirms the correction
    return Judgement(position_id=position_id, verdict=verdict, reason=reason, changes=changes)


def _refuse_changes_without_mark(cells: dict[str, str], standing: Standing | None) -> None:
    if standing is None or not _same_moment(cells["recorded_at"], standing.recorded_at):
        return
    for name in COMPARED_UNMARKED:
        if name in cells and cells[name].strip() not in (standing.shown[name], standing.tagged[name]):
            raise Refused(f"{name} was changed, but mark is empty; write corrected, or restore the cell")


def _changes(cells: dict[str, str], standing: Standing, known: Known) -> Iterator[Change]:
    """The cells that differ from what is shown; one that holds what the rules gave is older than a correction."""
    for name in CORRECTABLE:
        if name not in cells:
            continue
        value = cells[name].strip()
        if _plain(value) not in (_plain(standing.shown[name]), _plain(standing.tagged[name])):
            check(name, value, known)
            yield Change(field=name, value=value)


def check(name: str, value: str, known: Known) -> None:
    """Raise Refused where a field cannot have this value."""
    allowed = {"actor": known.actors, "target": known.actors, "issue": known.issues, "stance": frozenset(Stance)}
    if name in allowed and value not in allowed[name] and (value or name in ("actor", "stance")):
        near = difflib.get_close_matches(value, sorted(allowed[name]), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise Refused(f"{name} '{value}' is not known{hint}")
    if name == "stated_on":
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise Refused(f"stated_on '{value}' is no day; write it as 2025-03-04") from error


def _same_moment(written: str, recorded_at: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return False
    return moment.astimezone(UTC) == recorded_at.astimezone(UTC)


def _plain(text: str) -> str:
    return " ".join(text.split())
