"""Each position of a sentence stands once, however many words say it."""

from rules.positions.deduplicate import each_said_once
from schemas.position import Position
from tests.warehouse.samples import position


def told(content: str | None, **fields: object) -> Position:
    return position("a", content=content, **fields)


def test_two_frames_of_the_same_words_give_one_position_even_where_their_contents_differ() -> None:
    of_one, of_other = told("that they leave", trigger_id="demand.a.ask"), told("the envoys", trigger_id="demand.b.ask")
    assert of_one.position_id == of_other.position_id
    assert each_said_once([of_one, of_other]) == [of_one]
    assert each_said_once([of_other, of_one]) == [of_one]


def test_of_two_words_that_say_the_same_the_one_that_says_most_stands() -> None:
    long, short = told("that they leave the port"), told("leave the port", trigger_start=20, trigger_end=25)
    assert each_said_once([short, long]) == [long]


def test_other_parties_stances_and_contents_stand_beside_each_other() -> None:
    rows = [
        told("that they leave"),
        told("that they leave", actor="BOR"),
        told("that they leave", stance="refusal"),
        told("a truce", trigger_start=20, trigger_end=25),
    ]
    assert len(each_said_once(rows)) == 4
