"""Signs of a reading that its sentence tells, and of what stands between an actor and what it does."""

from rules.positions.signs import Signs
from rules.positions.signs_beside import signs_beside
from tests.rules.english import article, parse, tagger

DEMAND = "Norway urged Peru to lift its sanctions."


def signs(text: str) -> list[Signs]:
    """The signs of each position of an article."""
    given = article(text)
    return [found.signs for found in tagger().find(given, {s.key: parse(s.text) for s in tagger().candidates(given)})]


def test_a_long_name_and_a_clause_before_the_trigger_are_known() -> None:
    (plain,) = signs(DEMAND)
    assert (plain["words of the actor"], plain["clauses before the trigger"]) == ("one", "0")
    (long,) = signs("Norwegian Prime Minister Erna Solberg, who was in Lima, urged Peru to lift its sanctions.")
    assert (long["words of the actor"], long["clauses before the trigger"]) == ("many", "1")


def test_what_a_sentence_says_twice_is_told_from_what_it_says_once() -> None:
    given = article(f"{DEMAND}\nPeru rejected the demand.")
    candidates = tagger().candidates(given)
    demand, refusal = tagger().tag(given, {s.key: parse(s.text) for s in candidates})
    again = demand.model_copy(update={"issue": "economy.trade"})
    told = signs_beside([demand, again, refusal])
    assert [one["said in the sentence"] for one in told] == ["first of several", "again", "no"]
    assert [one["about"] for one in told] == [demand.issue or "none", "economy.trade", refusal.issue or "none"]


def test_every_position_has_a_confidence_of_its_signs() -> None:
    given = article(f"{DEMAND}\nPeru rejected the demand.")
    found = tagger().find(given, {s.key: parse(s.text) for s in tagger().candidates(given)})
    assert len(found) == 2
    for position, own in found:
        assert position.confidence == tagger().confidence.of(own)
