"""Corrections: a marked export comes back, line by line, and what it says outlives another rule set."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from schemas.correction import Change, Judgement, Verdict
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.corrections import UnreadableCorrections
from warehouse.export import export
from warehouse.precision import counted_of
from warehouse.query import connect_snapshot
from warehouse.store import Store

DEMAND = position(article(1).article_id, content="=cmd|' /C calc'!A0\nin two lines")
THREAT = position(article(2).article_id, stance="threat", target=None)
OFFER = position(article(3).article_id, stance="offer")
Rows = dict[str, dict[str, str]]


def filled(store: Store) -> Store:
    articles = [article(1), article(2), article(3)]
    store.save_ruleset(ruleset())
    store.save_articles(articles, [])
    store.save_tagged(batch(articles, [DEMAND, THREAT, OFFER]))
    return store


@pytest.fixture
def store(working_file: Path) -> Iterator[Store]:
    """A warehouse of its own, to be changed."""
    with Store.open(working_file) as opened:
        yield filled(opened)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Rows]]:
    """A warehouse that is only read, and the rows of a file exported from it, by position."""
    folder = tmp_path_factory.mktemp("shared")
    with Store.open(folder / "working.duckdb") as opened:
        yield filled(opened), exported(opened, folder)


@pytest.fixture
def reader(shared: tuple[Store, Rows]) -> Store:
    return shared[0]


@pytest.fixture
def rows(shared: tuple[Store, Rows]) -> Rows:
    """The exported rows, to be marked."""
    return {key: dict(row) for key, row in shared[1].items()}


def exported(store: Store, folder: Path) -> Rows:
    store.publish(folder / "positions.duckdb")
    (file,) = export(folder / "positions.duckdb", folder, ["review"])
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return {row["position_id"]: row for row in csv.DictReader(handle)}


def bring_back(rows: Rows, to: Path, delimiter: str = ",") -> Path:
    file = to / "marked.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, list(next(iter(rows.values()))), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows.values())
    return file


def shown(store: Store, snapshot: Path, columns: str = "position_id, stance, verdict") -> list[tuple[object, ...]]:
    store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        return connection.execute(f"SELECT {columns} FROM positions ORDER BY stance").fetchall()


def test_an_unmarked_file_says_nothing(reader: Store, rows: Rows, tmp_path: Path) -> None:
    marks = reader.read_marks(bring_back(rows, tmp_path))
    assert (marks.judgements, marks.refused, marks.unmarked) == ([], [], 3)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_marks_are_read_from_whatever_a_spreadsheet_saves(
    reader: Store, rows: Rows, tmp_path: Path, delimiter: str
) -> None:
    rows[THREAT.position_id] |= {"mark": "Wrong ", "reason": "a forecast; not a threat"}
    rows[DEMAND.position_id] |= {"mark": "corrected", "reason": "he refuses", "stance": "refusal", "target": ""}
    rows[OFFER.position_id] |= {"mark": "right"}
    marks = reader.read_marks(bring_back(rows, tmp_path, delimiter))
    assert marks.refused == []
    assert {judgement.position_id: judgement for judgement in marks.judgements} == {
        THREAT.position_id: Judgement(
            position_id=THREAT.position_id, verdict=Verdict.WRONG, reason="a forecast; not a threat"
        ),
        DEMAND.position_id: Judgement(
            position_id=DEMAND.position_id,
            verdict=Verdict.CORRECTED,
            reason="he refuses",
            changes=(Change(field="stance", value="refusal"), Change(field="target", value="")),
        ),
        OFFER.position_id: Judgement(position_id=OFFER.position_id, verdict=Verdict.RIGHT, reason=""),
    }


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        ({"mark": "wrogn"}, "mark 'wrogn' is none of right, wrong, corrected"),
        ({"mark": "wrong"}, "marked wrong without a reason"),
        ({"mark": "corrected", "reason": "x"}, "marked corrected, yet no cell differs"),
        ({"mark": "right", "stance": "offer"}, "marked right, yet stance differs"),
        ({"stance": "offer"}, "stance was changed, but mark is empty"),
        ({"mark": "corrected", "reason": "x", "actor": "ARLL"}, "actor 'ARLL' is not known; did you mean ARL?"),
        ({"mark": "corrected", "reason": "x", "actor": ""}, "actor '' is not known"),
        ({"mark": "corrected", "reason": "x", "issue": "sea"}, "issue 'sea' is not known"),
        ({"mark": "corrected", "reason": "x", "stance": "plea"}, "stance 'plea' is not known"),
        ({"mark": "corrected", "reason": "x", "stated_on": "4.3.2025"}, "write it as 2025-03-04"),
        (
            {"mark": "wrong", "reason": "x", "position_id": "p0", "evidence": "It rained."},
            "position p0 does not stand any more",
        ),
        (
            {"mark": "wrong", "reason": "x", "recorded_at": "2020-01-01T00:00:00Z", "content": "y"},
            "marked wrong, yet content differs",
        ),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_and_the_others_are_not(
    reader: Store, rows: Rows, tmp_path: Path, edit: dict[str, str], complaint: str
) -> None:
    rows[DEMAND.position_id] |= edit
    rows[THREAT.position_id] |= {"mark": "wrong", "reason": "a forecast"}
    marks = reader.read_marks(bring_back(rows, tmp_path))
    assert [judgement.position_id for judgement in marks.judgements] == [THREAT.position_id]
    (refused,) = marks.refused
    assert refused.startswith("marked.csv:")
    assert complaint in refused


def test_a_refusal_names_the_line_of_the_file(reader: Store, rows: Rows, tmp_path: Path) -> None:
    two_lines_first = {DEMAND.position_id: rows[DEMAND.position_id], THREAT.position_id: rows[THREAT.position_id]}
    two_lines_first[THREAT.position_id]["mark"] = "?"
    (refused,) = reader.read_marks(bring_back(two_lines_first, tmp_path)).refused
    assert refused.startswith("marked.csv:4: ")


def test_a_row_that_is_marked_twice_counts_once(reader: Store, rows: Rows, tmp_path: Path) -> None:
    rows[THREAT.position_id] |= {"mark": "wrong", "reason": "a forecast"}
    twice = {**rows, "again": {**rows[THREAT.position_id], "mark": "right"}}
    marks = reader.read_marks(bring_back(twice, tmp_path))
    assert len(marks.judgements) == 1
    assert "marked twice" in marks.refused[0]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "lacks position_id, recorded_at, mark, reason"),
        (b"position_id,mark\np1,wrong\n", "lacks recorded_at, reason"),
        ("position_id,recorded_at,mark,reason\np1,x,wrong,za\xf1ado\n".encode("cp1252"), "is not UTF-8"),
        (b'position_id,recorded_at,mark,reason\n"p1,x\n', "unexpected end of data"),
    ],
)
def test_a_file_that_is_no_marked_export_is_refused(
    reader: Store, tmp_path: Path, content: bytes, complaint: str
) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableCorrections, match=complaint):
        reader.read_marks(file)


def test_a_line_with_missing_cells_is_refused(reader: Store, tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("position_id,recorded_at,mark,reason\np1,x\n")
    assert reader.read_marks(file).refused == ["short.csv:2: has 2 cells; the first line names 4"]


def judge(verdict: Verdict, *changes: Change, of: str = DEMAND.position_id) -> Judgement:
    return Judgement(position_id=of, verdict=verdict, reason="because", changes=changes)


def test_corrections_show_in_the_views_and_outlive_tagging(store: Store, snapshot: Path) -> None:
    stance = Change(field="stance", value="refusal")
    target = Change(field="target", value="")
    day = date(2025, 4, 1)
    store.save_corrections([judge(Verdict.CORRECTED, stance, target)], "Ana", day)
    store.save_corrections([judge(Verdict.WRONG, of=THREAT.position_id)], "Ana", day)
    expected = [(OFFER.position_id, "offer", None), (DEMAND.position_id, "refusal", "corrected")]
    assert shown(store, snapshot) == expected
    assert shown(store, snapshot, "target, actor_name")[1] == (None, "Arland")
    articles = [article(1), article(2), article(3)]
    store.save_tagged(batch(articles, [OFFER], ruleset_version="v2"))
    assert shown(store, snapshot) == [(OFFER.position_id, "offer", None)]
    store.save_tagged(batch(articles, [DEMAND, THREAT, OFFER], ruleset_version="v3"))
    assert shown(store, snapshot) == expected


def test_judging_the_same_again_changes_nothing(store: Store) -> None:
    same = [judge(Verdict.CORRECTED, Change(field="stance", value="refusal"))]
    assert store.save_corrections(same, "Ana", date(2025, 4, 1)) == 2
    assert store.save_corrections(same, "Ben", date(2025, 4, 2)) == 0


def test_a_file_older_than_a_correction_does_not_undo_it(store: Store, tmp_path: Path) -> None:
    rows = exported(store, tmp_path)
    store.save_corrections([judge(Verdict.CORRECTED, Change(field="stance", value="refusal"))], "Ana", date(2025, 4, 1))
    rows[DEMAND.position_id] |= {"mark": "corrected", "reason": "the other side", "target": "CAS"}
    (judgement,) = store.read_marks(bring_back(rows, tmp_path)).judgements
    assert judgement.changes == (Change(field="target", value="CAS"),)


def test_a_correction_can_be_withdrawn_and_history_keeps_it(store: Store, snapshot: Path) -> None:
    store.save_corrections([judge(Verdict.WRONG)], "Ana", date(2025, 4, 1))
    assert len(shown(store, snapshot)) == 2
    with connect_snapshot(snapshot) as connection:
        before = connection.execute("SELECT now()").fetchall()[0][0]
    assert store.withdraw_corrections([DEMAND.position_id]) == 1
    assert store.withdraw_corrections([DEMAND.position_id]) == 0
    assert len(shown(store, snapshot)) == 3
    with connect_snapshot(snapshot) as connection:
        then = connection.execute("SELECT count(*) FROM positions_recorded_at($m)", {"m": before}).fetchall()
    assert then == [(2,)]


def test_judgements_measure_a_trigger(store: Store, snapshot: Path) -> None:
    content = Change(field="content", value="talks")
    stance = Change(field="stance", value="refusal")
    judgements = [
        judge(Verdict.CORRECTED, content),
        judge(Verdict.CORRECTED, stance, of=OFFER.position_id),
        judge(Verdict.RIGHT, of=THREAT.position_id),
    ]
    store.save_corrections(judgements, "Ana", date(2025, 4, 1))
    store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        measured = counted_of(connection, "trigger")
        told = connection.execute("SELECT field, value_before, value FROM corrected_position ORDER BY ALL").fetchall()
    assert measured == [("demand.ask.demand", 3, 3, 2, 2)]
    assert ("stance", "offer", "refusal") in told
    assert ("verdict", None, "right") in told


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """Another folder of the same articles, where one position has another target, and so another id, and a twin."""
    with Store.open(tmp_path / "elsewhere" / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        store.save_articles([article(1), article(2), article(3)], [])
        moved = THREAT.model_copy(update={"target": "CAS"})
        twin = OFFER.model_copy(update={"actor": "BOR", "actor_text": "Borland", "actor_start": 21, "actor_end": 28})
        store.save_tagged(batch([article(1), article(2), article(3)], [DEMAND, moved, OFFER, twin]))
        yield store


def test_corrections_find_their_positions_in_another_folder(rows: Rows, elsewhere: Store, tmp_path: Path) -> None:
    rows[DEMAND.position_id] |= {"mark": "corrected", "reason": "he refuses", "stance": "refusal"}
    rows[THREAT.position_id] |= {"mark": "corrected", "reason": "to nobody", "issue": "diplomacy.talks"}
    rows[OFFER.position_id] |= {"mark": "right", "position_id": "of an older version"}
    marks = elsewhere.read_marks(bring_back(rows, tmp_path))
    assert marks.refused == []
    elsewhere.save_corrections(marks.judgements, "ada", date(2025, 4, 1))
    snapshot = tmp_path / "elsewhere" / "positions.duckdb"
    assert sorted(shown(elsewhere, snapshot, "stance, actor, issue, coalesce(target, ''), verdict"), key=str) == [
        ("offer", "ARL", "territory.maritime", "BOR", "right"),
        ("offer", "BOR", "territory.maritime", "BOR", None),
        ("refusal", "ARL", "territory.maritime", "BOR", "corrected"),
        ("threat", "ARL", "diplomacy.talks", "", "corrected"),
    ]


def test_a_mark_that_may_mean_two_positions_of_another_folder_is_refused(
    rows: Rows, elsewhere: Store, tmp_path: Path
) -> None:
    rows[OFFER.position_id] |= {"mark": "wrong", "reason": "x", "position_id": "of old", "actor": "CAS"}
    (refused,) = elsewhere.read_marks(bring_back(rows, tmp_path)).refused
    assert "position of old does not stand any more" in refused
