"""Every word of every frame is tried in every construction, and what is not read is told."""

import os

import pytest

from rules.proof.matrix import Cell, matrix, matrix_page
from schemas.ruleset import FrameEntry
from tests.rules.english import parser, ruleset

ENGLISH = ruleset()
LEAST = 0.95


def cells_of(frame_id: str, *entries: FrameEntry, **fields: object) -> dict[tuple[str, str], Cell]:
    """The cells of a frame, by kind of word and construction, with entries and other fields in place of its own."""
    frame = next(frame for frame in ENGLISH.frames if frame.id == frame_id)
    changed = ENGLISH.model_copy(update={"frames": (frame.model_copy(update={"entries": entries, **fields}),)})
    return {(cell.kind, cell.construction): cell for cell in matrix(changed, parser())}


def test_a_verb_and_its_noun_are_tried_where_english_allows_them() -> None:
    cells = cells_of(
        "refusal.reject", FrameEntry(verb="reject", noun="rejection", takes=("thing",), noun_takes=("of thing",))
    )
    assert {("verb", "passive"), ("verb", "relative"), ("verb", "headline"), ("noun", "by")} <= cells.keys()
    assert not any(kind not in ("verb", "noun") for kind, _ in cells)
    assert cells["verb", "passive"].sentences[0] == "The proposal was rejected by Oman."
    assert cells["noun", "possessor"].sentences[0] == "Oman's rejection of the proposal was repeated on Monday."
    assert [cell for cell in cells.values() if cell.read is None] == []


def test_a_construction_is_limited_to_its_complements() -> None:
    cells = cells_of("demand.ask", FrameEntry(verb="urge", takes=("party to",)))
    assert ("verb", "active") in cells
    assert ("verb", "passive") not in cells


def test_a_word_that_cannot_be_read_is_told_with_a_sentence() -> None:
    cells = cells_of("refusal.reject", FrameEntry(verb="reject", takes=("thing",)), needs=("warned",))
    assert cells
    assert all(cell.read is None for cell in cells.values())
    page = matrix_page(list(cells.values()))
    assert "refusal.reject.reject" in page
    assert "Oman rejected the proposal." in page
    assert page.splitlines()[-1] == f"0 of {len(cells)} cells are read: 0.000"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_nearly_every_cell_of_the_english_rules_is_read() -> None:
    """Of every fourth frame; POSITIONS_FAULTS asks for all of them."""
    step = 1 if "POSITIONS_FAULTS" in os.environ else 4
    cells = matrix(ENGLISH, parser(), [frame.id for frame in ENGLISH.frames[::step]])
    read = [cell for cell in cells if cell.read is not None]
    assert len(cells) > 3_000 / step
    assert len(read) >= LEAST * len(cells), matrix_page(cells)
