"""The views, on positions so few that a person sees the answer: Arland and Borland quarrel over a strait."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.said import SEA, STRAIT, TALKS, Ask, march, told
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.query import connect_snapshot
from warehouse.store import Store


def test_positions_resolve_names_and_show_the_sentence(ask: Callable[..., Ask]) -> None:
    answer = ask(told(4, "ARL", "demand", "BOR"))
    assert answer("SELECT actor_name, issue_name, target_name, evidence FROM positions") == [
        ("Arland", "Sea and straits", "Borland", "Arland demands that Borland reopen the strait.")
    ]


def test_what_is_domestic_or_background_stands_in_positions_all_alone(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(4, "ARL", "demand", "CAS", scope="domestic"),
        told(5, "BOR", "refusal", "ARL", scope="background"),
    )
    assert answer("SELECT scope FROM positions_all ORDER BY 1") == [("background",), ("domestic",), ("foreign",)]
    for relation in ("positions", "current_position", "position_daily"):
        assert answer(f"SELECT actor, target FROM {relation}") == [("ARL", "BOR")]
    assert answer("FROM standoff") == []


@pytest.mark.parametrize("relation", ["positions", "positions_all", "positions_recorded_at(now())"])
def test_a_limit_holds(ask: Callable[..., Ask], relation: str) -> None:
    answer = ask(*(told(day, "ARL", "demand", "BOR") for day in range(1, 6)))
    answer("INSERT INTO publication VALUES (now())")
    assert len(answer(f"FROM {relation} LIMIT 2")) == 2
    assert len(answer(f"SELECT actor FROM {relation} WHERE stance = 'demand' LIMIT 1")) == 1


def test_the_period_of_a_position_is_told_and_gives_way_to_a_corrected_day(ask: Callable[..., Ask]) -> None:
    answer = ask(told(20, "ARL", "demand", "BOR", stated_from=march(10), stated_to=march(16), issue_basis="content"))
    assert answer("SELECT stated_on, stated_from, stated_to, issue_basis FROM positions") == [
        (march(20), march(10), march(16), "content")
    ]
    answer(
        "INSERT INTO correction SELECT position_id, 'stated_on', '2025-03-12', 'read', 'me', stated_on, recorded_at, "
        "NULL FROM position"
    )
    assert answer("SELECT stated_on, stated_from, stated_to FROM positions") == [(march(12), march(12), march(12))]


def test_the_latest_position_is_current_with_its_first_day_and_its_stories(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "offer", "BOR"),
        told(3, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR", outlet="paper2.example"),
        told(9, "ARL", "demand", "BOR"),
        told(2, "ARL", "demand", None),
        stories=[{2, 3}],
    )
    current = answer(
        "SELECT target, stance, since, stated_on, positions, stories, outlets FROM current_position ORDER BY 1"
    )
    assert current == [
        ("BOR", "demand", march(3), march(9), 4, 3, 3),
        (None, "demand", march(2), march(2), 1, 1, 1),
    ]


def test_the_stance_that_weighs_most_stands_in_place_of_the_latest_and_says_what_speaks_against_it(
    ask: Callable[..., Ask],
) -> None:
    answer = ask(
        told(1, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR", outlet="paper0.example"),
        told(9, "ARL", "offer", "BOR"),
        told(20, "CAS", "offer", "BOR", issue=TALKS),
    )
    columns = "stance, last_confirmed, age_days, fresh, stories, outlets, latest_stance, latest_on"
    assert answer(
        f"SELECT {columns}, stories_otherwise, outlets_otherwise, share FROM current_position WHERE actor = 'ARL'"
    ) == [("demand", march(5), 15, True, 2, 1, "offer", march(9), 1, 1, 0.64)]


def test_a_stance_gives_way_where_the_new_one_outweighs_it_by_half_lives(ask: Callable[..., Ask]) -> None:
    long_before = date(2024, 12, 20)
    answer = ask(
        told(1, "ARL", "demand", "BOR", on=long_before),
        told(5, "ARL", "demand", "BOR", on=long_before),
        told(9, "ARL", "offer", "BOR"),
    )
    assert answer("SELECT stance, since, share > 0.7 FROM current_position") == [("offer", march(9), True)]


def test_what_was_said_years_ago_is_not_fresh_and_does_not_count_against_today(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "demand", "BOR", on=date(2006, 3, 1)),
        told(1, "CAS", "demand", "BOR", on=date(2006, 3, 1)),
        told(9, "ARL", "offer", "BOR"),
    )
    columns = "actor, stance, fresh, age_days, stories_otherwise"
    assert answer(f"SELECT {columns} FROM current_position ORDER BY actor") == [
        ("ARL", "offer", True, 0, 0),
        ("CAS", "demand", False, 6948, 0),
    ]


def test_a_lone_story_breaks_no_run_and_what_is_shown_says_what(ask: Callable[..., Ask]) -> None:
    answer = ask(
        *(told(day, "ARL", "demand", "BOR") for day in (1, 2, 4, 5, 6)),
        told(3, "ARL", "offer", "BOR"),
        told(9, "ARL", "demand", "BOR", content="the strait"),
    )
    assert answer("SELECT since, last_confirmed, content FROM current_position") == [
        (march(1), march(9), "that Borland reopen the strait")
    ]
    assert answer("SELECT content FROM thread_play WHERE stance = 'demand'") == [("that Borland reopen the strait",)]


def test_a_story_that_many_papers_retell_does_not_outvote_on_its_own(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "offer", "BOR"),
        told(5, "ARL", "offer", "BOR"),
        stories=[{0, 1, 2}],
    )
    assert answer("SELECT stance, stances_that_day FROM current_position") == [("offer", "demand, offer")]


def test_daily_counts_stories_beside_articles(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR", outlet="paper0.example"),
        told(6, "ARL", "demand", "BOR"),
        stories=[{0, 1}],
    )
    daily = "SELECT stated_on, positions, articles, stories, outlets FROM position_daily ORDER BY 1"
    assert answer(daily) == [(march(5), 2, 2, 1, 1), (march(6), 1, 1, 1, 1)]


def test_where_each_side_stood_on_a_day(ask: Callable[..., Ask]) -> None:
    answer = ask(told(1, "ARL", "demand", "BOR"), told(5, "ARL", "demand", "BOR"), told(9, "ARL", "offer", "BOR"))
    as_of = "SELECT stance, since, stated_on, positions FROM positions_as_of('2025-03-{:02}')"
    assert answer(as_of.format(4)) == [("demand", march(1), march(1), 1)]
    assert answer(as_of.format(8)) == [("demand", march(1), march(5), 2)]
    assert answer(as_of.format(9)) == [("demand", march(1), march(5), 2)]
    assert answer("SELECT * FROM positions_as_of('2025-02-28')") == []


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (("refusal", None), ("offer", None), "softened"),
        (("offer", None), ("threat", None), "hardened"),
        (("demand", None), ("threat", None), "hardened"),
        (("offer", "if they leave"), ("offer", None), "softened"),
        (("offer", None), ("offer", "if they leave"), "hardened"),
        (("offer", None), ("acceptance", None), "softened"),
    ],
)
def test_a_stance_that_turned(
    ask: Callable[..., Ask], before: tuple[str, str | None], after: tuple[str, str | None], turn: str
) -> None:
    answer = ask(
        told(1, "ARL", before[0], "BOR", condition=before[1]),
        told(3, "ARL", before[0], "BOR", condition=before[1]),
        told(8, "ARL", after[0], "BOR", condition=after[1]),
    )
    changes = answer(
        "SELECT stated_on_before, stated_on, stance_before, stance, turn, evidence_before IS NOT NULL, "
        "evidence IS NOT NULL FROM position_change"
    )
    assert changes == [(march(3), march(8), before[0], after[0], turn, True, True)]


def test_repetition_and_other_targets_are_no_change(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "demand", "BOR"),
        told(2, "ARL", "demand", "BOR", condition="if asked"),
        told(3, "ARL", "refusal", "CAS"),
        told(4, "ARL", "refusal", "BOR", issue=TALKS),
    )
    assert answer("SELECT * FROM position_change") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("offer", "to send grain to the port"), ("refusal", "an inspection of its fleet")),
        (("offer", "that it not enter the strait again"), ("refusal", "to enter the strait again")),
        (("demand", "that Borland reopen the strait"), ("refusal", "to reopen the strait")),
        (("threat", "to close the strait"), ("demand", "to close the strait")),
        (("offer", "talks"), ("refusal", "inspections")),
    ],
    ids=[
        "another thing",
        "not to do it is to refuse it",
        "what is wanted and what is given",
        "a threat eased",
        "short",
    ],
)
def test_a_different_matter_is_no_change(
    ask: Callable[..., Ask], before: tuple[str, str], after: tuple[str, str]
) -> None:
    answer = ask(told(1, "ARL", before[0], "BOR", content=before[1]), told(8, "ARL", after[0], "BOR", content=after[1]))
    assert answer("SELECT stance_before, stance FROM position_change") == []


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (
            ("threat", "to close the strait to tankers"),
            ("offer", "to lift the closure of the strait to tankers"),
            "softened",
        ),
        (
            ("acceptance", "to hold off the closure of the strait"),
            ("threat", "a closure of the strait at once"),
            "hardened",
        ),
        (("refusal", "to reopen the strait"), ("acceptance", "a partial reopening of the port"), "softened"),
    ],
    ids=["a threat taken back", "a harm held off and threatened", "a refusal given up within two weeks"],
)
def test_a_harm_that_is_taken_back_or_a_refusal_given_up_is_a_turn(
    ask: Callable[..., Ask], before: tuple[str, str], after: tuple[str, str], turn: str
) -> None:
    answer = ask(told(1, "ARL", before[0], "BOR", content=before[1]), told(8, "ARL", after[0], "BOR", content=after[1]))
    assert answer("SELECT turn FROM position_change") == [(turn,)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ("threat", "to close the strait to tankers"),
            told(8, "ARL", "offer", "BOR", content="to close the strait to tankers"),
        ),
        (
            ("offer", "to reopen the strait"),
            told(8, "ARL", "refusal", "BOR", content="calls to reopen the strait wider"),
        ),
        (("acceptance", "to reopen the strait"), told(8, "ARL", "offer", "BOR", content="to reopen the strait")),
        (("offer", "a pact on the strait"), told(8, "ARL", "acceptance", content="a pact on the strait")),
        (
            ("refusal", "to reopen the strait"),
            told(8, "ARL", "offer", "BOR", sentence="Arland had earlier offered to reopen the strait."),
        ),
        (
            ("offer", "to reopen the strait"),
            told(8, "ARL", "refusal", "BOR", sentence="Arland still refuses to reopen the strait."),
        ),
        (
            ("refusal", "to reopen the strait"),
            told(8, "ARL", "acceptance", on=date(2025, 4, 20), content="a partial reopening of the port"),
        ),
    ],
    ids=[
        "the same harm",
        "what is asked beyond an offer",
        "what was agreed is offered",
        "a pact with somebody else",
        "told of before",
        "standing firm",
        "alike in little, weeks later",
    ],
)
def test_what_is_no_turn(ask: Callable[..., Ask], before: tuple[str, str], after: Any) -> None:
    answer = ask(told(1, "ARL", before[0], "BOR", content=before[1]), after)
    assert answer("SELECT stance_before, stance FROM position_change") == []


def test_a_condition_kept_is_no_turn(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "offer", "BOR", sentence="Arland would reopen the strait if the fleet left."),
        told(8, "ARL", "refusal", "BOR", sentence="Arland will not reopen the strait until the fleet leaves."),
    )
    assert answer("FROM position_change") == []


def test_what_shares_two_telling_words_within_a_month_may_turn_beside_its_thread(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "refusal", None, content="pilots for convoys through minefields north of lighthouse rock"),
        told(4, "CAS", "refusal", "DOR", content="salmon quotas"),
        told(8, "ARL", "offer", "BOR", content="convoys under escort of pilots"),
    )
    assert answer("SELECT turn, stated_on_before FROM position_change") == [("softened", march(1))]


def test_a_stance_that_was_held_on_the_last_day_before_is_no_change(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(1, "ARL", "refusal", "BOR"),
        told(3, "ARL", "offer", "BOR"),
        told(5, "ARL", "offer", "BOR"),
        told(5, "ARL", "refusal", "BOR"),
        told(9, "ARL", "offer", "BOR"),
    )
    turns = answer("SELECT stated_on, stance, turn FROM position_change ORDER BY stated_on")
    assert turns == [(march(3), "offer", "softened"), (march(5), "refusal", "hardened")]


STANDOFF = "SELECT issue, demander, refuser, status, demanded_since, refused_last, closed_on FROM standoff"


@pytest.mark.parametrize(
    "refusal",
    [
        told(6, "BOR", "refusal", "ARL"),
        told(6, "BOR", "refusal", None),
        told(6, "BOR", "refusal", "ARL", issue=STRAIT),
    ],
    ids=["to the demander", "to nobody named", "on the issue below"],
)
def test_a_refusal_answers_a_demand(ask: Callable[..., Ask], refusal: Any) -> None:
    answer = ask(told(4, "ARL", "demand", "BOR"), refusal)
    assert answer(STANDOFF) == [(SEA, "ARL", "BOR", "open", march(4), march(6), None)]


@pytest.mark.parametrize(
    "refusal",
    [
        told(6, "BOR", "refusal", "CAS"),
        told(6, "CAS", "refusal", "ARL"),
        told(6, "BOR", "refusal", "ARL", issue=TALKS),
        told(6, "BOR", "demand", "ARL"),
    ],
    ids=["to another", "by another", "on another issue", "a counter-demand"],
)
def test_what_is_no_answer_makes_no_standoff(ask: Callable[..., Ask], refusal: Any) -> None:
    assert ask(told(4, "ARL", "demand", "BOR"), refusal)(STANDOFF) == []


def test_a_demand_that_names_nobody_stands_against_nobody(ask: Callable[..., Ask]) -> None:
    answer = ask(told(4, "ARL", "demand", None), told(6, "BOR", "refusal", "ARL"), told(6, "BOR", "refusal", None))
    assert answer(STANDOFF) == []


def test_a_refusal_years_later_answers_nothing(ask: Callable[..., Ask]) -> None:
    answer = ask(told(4, "ARL", "demand", "BOR", on=date(2007, 3, 4)), told(6, "BOR", "refusal", "ARL"))
    assert answer(STANDOFF) == []


def test_a_refusal_of_something_else_answers_nothing(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR", content="that Borland reopen the strait"),
        told(6, "BOR", "refusal", "ARL", content="an invitation to the regatta"),
    )
    assert answer(STANDOFF) == []


def test_an_acceptance_of_something_else_closes_nothing(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(6, "BOR", "refusal", "ARL"),
        told(8, "BOR", "acceptance", "ARL", content="an invitation to the strait's regatta"),
    )
    assert [row[3] for row in answer(STANDOFF)] == ["open"]


def test_a_refusal_may_come_before_the_demand_by_the_window(ask: Callable[..., Ask]) -> None:
    answer = ask(told(6, "BOR", "refusal", "ARL"), told(20, "ARL", "demand", "BOR"))
    assert len(answer(STANDOFF)) == 1
    assert len(answer("SELECT * FROM standoffs(13)")) == 0


def test_an_acceptance_closes_a_standoff_and_a_later_demand_opens_another(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(6, "BOR", "refusal", "ARL"),
        told(9, "BOR", "acceptance", "ARL"),
        told(12, "ARL", "demand", "BOR"),
        told(13, "BOR", "refusal", "ARL"),
    )
    assert answer(f"{STANDOFF} ORDER BY demanded_since") == [
        (SEA, "ARL", "BOR", "closed", march(4), march(6), march(9)),
        (SEA, "ARL", "BOR", "open", march(12), march(13), None),
    ]


def test_a_refusal_that_was_settled_does_not_answer_the_next_demand(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(6, "BOR", "refusal", "ARL"),
        told(9, "BOR", "acceptance", "ARL"),
        told(12, "ARL", "demand", "BOR"),
    )
    assert answer(STANDOFF) == [(SEA, "ARL", "BOR", "closed", march(4), march(6), march(9))]


@pytest.mark.parametrize(
    ("acceptance", "status"),
    [
        (told(9, "BOR", "acceptance", "ARL", condition="if all leave"), "open"),
        (told(9, "BOR", "acceptance", "CAS"), "open"),
        (told(3, "BOR", "acceptance", "ARL"), "open"),
        (told(9, "ARL", "acceptance", "BOR"), "closed"),
        (told(9, "ARL", "acceptance", None), "open"),
        (told(9, "BOR", "acceptance", None), "closed"),
    ],
    ids=["on a condition", "towards another", "before", "by the demander", "of what?", "by the refuser"],
)
def test_only_an_acceptance_between_the_two_closes(ask: Callable[..., Ask], acceptance: Any, status: str) -> None:
    answer = ask(told(4, "ARL", "demand", "BOR"), told(6, "BOR", "refusal", "ARL"), acceptance)
    assert [row[3] for row in answer(STANDOFF)] == [status]


def test_the_state_of_play_has_a_line_for_each_side(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(6, "BOR", "refusal", "ARL"),
        told(7, "CAS", "offer", "ARL", condition="if asked"),
        told(8, "CAS", "threat", None, issue=TALKS),
    )
    columns = "issue, stance, rank, actor_name, target_name, conditional, content, last_confirmed, more"
    content = "that Borland reopen the strait"
    assert answer(f"SELECT {columns} FROM state_of_play ORDER BY issue DESC, stance") == [
        (SEA, "demand", 1, "Arland", "Borland", False, content, march(4), 0),
        (SEA, "offer", 1, "Casland", "Arland", True, content, march(7), 0),
        (SEA, "refusal", 1, "Borland", "Arland", False, content, march(6), 0),
        (TALKS, "threat", 1, "Casland", None, False, content, march(8), 0),
    ]
    assert len(answer("FROM state_of_play_as_of('2025-03-05')")) == 1


def test_a_side_of_the_state_of_play_has_ten_lines_the_weightiest_first(ask: Callable[..., Ask]) -> None:
    many = [told(4, f"X{number:02}", "demand", "BOR", content="a" * 99) for number in range(13)]
    answer = ask(*many, told(5, "ARL", "demand", "BOR"), told(6, "ARL", "demand", "BOR"))
    lines = answer("SELECT rank, actor, length(content), more FROM state_of_play ORDER BY rank")
    assert len(lines) == 10
    assert lines[:2] == [(1, "ARL", 30, 4), (2, "X00", 60, 4)]
    in_threads = answer("SELECT thread_id, stance, count(*), max(more) FROM thread_play GROUP BY ALL ORDER BY 3 DESC")
    assert in_threads[0][2:] == (10, 3)


def test_an_earlier_snapshot_is_reproduced_row_for_row(working_file: Path, snapshot: Path) -> None:
    """Rules, names, stories and judgements change after the first publication; what it showed stays to be had."""
    one, two = article(1), article(2)
    kept, dropped = position(one.article_id), position(two.article_id, stance="threat")
    shown: list[tuple[datetime, list[tuple[Any, ...]]]] = []

    def publish_and_look(store: Store) -> None:
        store.publish(snapshot)
        with connect_snapshot(snapshot) as reader:
            (moment,) = reader.execute("SELECT now()").fetchall()
            shown.append((moment[0], reader.execute("FROM positions ORDER BY ALL").fetchall()))

    with Store.open(working_file) as store:
        store.save_ruleset(ruleset("v1"))
        store.save_articles([one, two], [])
        store.save_tagged(batch([one, two], [kept, dropped], ruleset_version="v1"))
        publish_and_look(store)
        store.save_ruleset(ruleset("v2", arland="Republic of Arland"))
        store.save_tagged(batch([one, two], [kept], ruleset_version="v2"))
        store.save_stories({one.article_id: "s1", two.article_id: "s1"})
        publish_and_look(store)
        store.save_tagged(batch([one, two], [kept, dropped], ruleset_version="v1"))
        publish_and_look(store)
    assert [len(rows) for _, rows in shown] == [2, 1, 2]
    assert len({str(rows) for _, rows in shown}) == 3
    with connect_snapshot(snapshot) as reader:
        for moment, rows in shown:
            again = reader.execute(
                "SELECT * FROM positions_recorded_at($moment) ORDER BY ALL", {"moment": moment}
            ).fetchall()
            assert again == rows
        assert reader.execute("SELECT * FROM positions_recorded_at('2001-01-01')").fetchall() == []
