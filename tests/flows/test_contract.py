"""The JSON lines of `positions extract`."""

import json
from datetime import date

import pytest

from flows.contract import BadLine, read_line, written
from schemas.position import Position, Scope, Stance, StatedOnBasis

GOOD = {"id": "a1", "title": "T", "published": "2024-03-12", "url": "https://x.example", "text": "One.\nTwo."}


def test_a_line_becomes_an_article() -> None:
    line = read_line(json.dumps(GOOD))
    assert line.id == "a1"
    assert (line.article.title, line.article.text) == ("T", "One.\nTwo.")
    assert line.article.published == date(2024, 3, 12)


def test_ids_may_be_numbers_and_all_but_id_day_and_text_may_be_absent() -> None:
    line = read_line('{"id": 0, "published": "2024-03-12", "text": "x", "title": null, "more": [1]}')
    assert line.id == 0
    assert (line.article.title, line.article.url) == ("", None)


def test_half_a_character_is_replaced_without_moving_offsets() -> None:
    line = read_line(json.dumps({**GOOD, "text": "a\ud800b"}))
    assert line.article.text == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "not JSON"),
        ("[]", "a JSON list"),
        (json.dumps({**GOOD, "id": None}), "no id"),
        (json.dumps({**GOOD, "text": None}), "text is missing"),
        (json.dumps({**GOOD, "text": 3}), "text is int"),
        (json.dumps({**GOOD, "published": "12 March 2024"}), "published is '12 March 2024'"),
        (json.dumps({**GOOD, "published": "20240312"}), "published is"),
        (json.dumps({**GOOD, "published": "2024-02-30"}), "published is"),
    ],
)
def test_a_line_that_is_no_article_is_refused_with_what_is_allowed(text: str, told: str) -> None:
    with pytest.raises(BadLine, match="allowed is") as refused:
        read_line(text)
    assert told in str(refused.value)


def test_positions_are_written_with_every_field_of_the_contract_in_order() -> None:
    position = Position(
        article_id="hidden",
        section="body",
        sentence_start=0,
        sentence_end=9,
        actor=None,
        actor_text="Ålesund",
        actor_start=0,
        actor_end=7,
        stance=Stance.DEMAND,
        stated_on=date(2024, 3, 11),
        stated_on_basis=StatedOnBasis.WEEKDAY,
        trigger_id="demand.thing.demand",
        trigger_start=8,
        trigger_end=9,
    )
    (text,) = written("a1", [position])
    assert "Ålesund" in text
    row = json.loads(text)
    assert " ".join(row) == (
        "id section sentence_start sentence_end actor actor_text actor_start actor_end speaker speaker_role stance "
        "scope issue issue_basis target content condition stated_on stated_on_basis stated_from stated_to "
        "trigger_id trigger_start trigger_end cameo confidence"
    )
    assert (row["id"], row["actor"], row["stance"], row["stated_on"]) == ("a1", None, "demand", "2024-03-11")
    assert (row["scope"], row["stated_from"], row["stated_to"]) == ("foreign", "2024-03-11", "2024-03-11")
    background = position.model_copy(update={"scope": Scope.BACKGROUND})
    assert list(written("a1", [background])) == []
    assert len(list(written("a1", [background], show_all=True))) == 1
