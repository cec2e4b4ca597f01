"""Threads: what is one matter, what is not, and that nothing changes hands when more comes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.said import SEA, STRAIT, TALKS, Ask, told
from warehouse.layout import prepare
from warehouse.matter import stem, telling_words
from warehouse.threads import assign_threads

FIRST = told(4, "ARL", "demand", "BOR")
THREADS = "SELECT thread_id FROM positions ORDER BY stated_on, article_id"


@pytest.mark.parametrize(
    "other",
    [
        told(6, "BOR", "refusal", "ARL", content="to reopen the strait"),
        told(6, "BOR", "refusal", None, content="reopening of the strait"),
        told(6, "ARL", "threat", "BOR", issue=STRAIT, content="to reopen the strait by force"),
        told(6, "CAS", "demand", "BOR", content="that the strait be reopened"),
        told(6, "BOR", "refusal", "ARL", content="to reopen the strait", on=date(2025, 6, 30)),
    ],
    ids=["an answer", "to nobody named", "on the issue below", "a third party", "four months later"],
)
def test_one_matter_is_one_thread(ask: Callable[..., Ask], other: Any) -> None:
    assert len(set(ask(FIRST, other)(THREADS))) == 1


@pytest.mark.parametrize(
    "other",
    [
        told(6, "BOR", "refusal", "ARL", content="an invitation to the regatta"),
        told(6, "CAS", "demand", "DOR", content="that Dorland reopen the strait"),
        told(6, "BOR", "refusal", "ARL", content="to reopen the strait", on=date(2026, 1, 1)),
        told(6, "BOR", "refusal", "ARL", content="to talk before the strait is cleared of mines", issue=TALKS),
        told(6, "BOR", "refusal", "ARL", content="to do so"),
    ],
    ids=["of something else", "between others", "a year later", "on another issue", "in words that tell nothing"],
)
def test_another_matter_is_another_thread(ask: Callable[..., Ask], other: Any) -> None:
    assert len(set(ask(FIRST, other)(THREADS))) == 2


def test_in_the_same_story_an_answer_needs_no_telling_word(ask: Callable[..., Ask]) -> None:
    answer = ask(FIRST, told(4, "BOR", "refusal", "ARL", content="to do so"), stories=[{0, 1}])
    assert len(set(answer(THREADS))) == 1


def test_a_thread_keeps_its_id_and_its_positions_when_more_comes(ask: Callable[..., Ask]) -> None:
    answer = ask(FIRST, told(6, "BOR", "refusal", "ARL"))
    ids = "SELECT position_id, thread_id, recorded_at FROM thread_member ORDER BY ALL"
    before = answer(ids)
    ask(told(2, "ARL", "demand", "BOR"), told(9, "BOR", "offer", "ARL"), told(9, "CAS", "offer", None, issue=TALKS))
    assert [row for row in answer(ids) if row in before] == before
    assert answer("SELECT positions FROM thread ORDER BY positions") == [(1,), (4,)]
    assert answer("SELECT thread_id FROM thread WHERE positions = 4") == [(before[0][1],)]


def test_all_at_once_or_day_by_day_is_the_same_where_days_come_in_order(ask: Callable[..., Ask]) -> None:
    """Each position joins the thread of the one before that it is most like, however many come together."""
    said = [told(day, *who) for day in (1, 3, 5) for who in (("ARL", "demand", "BOR"), ("BOR", "refusal", "ARL"))]
    for one in said:
        answer = ask(one)
    by_day = answer("SELECT position_id, thread_id FROM thread_member ORDER BY ALL")
    answer("DELETE FROM thread_member")
    ask()
    assert answer("SELECT position_id, thread_id FROM thread_member ORDER BY ALL") == by_day


def test_what_a_person_corrected_is_given_a_thread_anew_and_history_is_kept(ask: Callable[..., Ask]) -> None:
    answer = ask(FIRST, told(6, "BOR", "refusal", "ARL"))
    moment = answer("SELECT max(recorded_at) + INTERVAL 1 SECOND FROM thread_member")[0][0]
    answer(
        "INSERT INTO correction SELECT position_id, 'content', 'a visit to the regatta', 'read', 'me', stated_on, "
        f"TIMESTAMPTZ '{moment}', NULL FROM position WHERE stance = 'refusal'"
    )
    ask()
    assert len(set(answer(THREADS))) == 2
    assert answer("SELECT count(*) FROM thread_member WHERE retired_at IS NOT NULL") == [(1,)]


def test_a_position_that_later_rules_read_otherwise_stays_in_the_thread(ask: Callable[..., Ask]) -> None:
    answer = ask(FIRST)
    answer("UPDATE position SET retired_at = recorded_at + INTERVAL 1 SECOND")
    ask(told(4, "ARL", "threat", "BOR"))
    assert answer("SELECT thread_id = position_id FROM positions") == [(False,)]


def test_telling_words_are_stems_without_common_words_and_parties() -> None:
    words, names = telling_words(
        "that the Iranian government withdraws its troops from the Golan",
        "The Israeli minister said Iran must withdraw its troops from the Golan under the Astana accord.",
        ["Iran", "Israel"],
    )
    assert words == ["golan", "troop", "withdraw"]
    assert names == ["astana"]
    assert stem("negotiations") == stem("negotiate")


def test_a_file_of_an_earlier_version_gets_its_threads(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "working.duckdb")) as connection:
        prepare(connection)
        connection.execute("DROP VIEW said CASCADE")
        connection.execute("DROP TABLE thread_member")
        connection.execute("DELETE FROM warehouse_layout")
        prepare(connection)
        assert assign_threads(connection) == 0


def test_a_thread_tells_its_parties_days_and_stories(ask: Callable[..., Ask]) -> None:
    answer = ask(FIRST, told(5, "ARL", "demand", "BOR"), told(6, "BOR", "refusal", "ARL"), stories=[{0, 1}])
    columns = "issue, parties, since, last_confirmed, stances, positions, stories, outlets"
    ((issue, parties, since, last, stances, *counts),) = answer(f"SELECT {columns} FROM thread")
    assert (issue, parties, stances) == (SEA, ["ARL", "BOR"], ["demand", "refusal"])
    assert (since, last, counts) == (date(2025, 3, 4), date(2025, 3, 6), [3, 2, 3])
