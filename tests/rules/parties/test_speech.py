"""Who says a clause: above it, after it, around it, or according to it."""

import pytest

from rules.parties.speech import report_of
from tests.rules.english import article, only, parse, positions, tagger

MUST = "Ukraine must withdraw its troops"


@pytest.mark.parametrize(
    "text",
    [
        f"Russia said {MUST}.",
        f"{MUST}, Russia said.",
        f"According to Russia, {MUST}.",
        f'"{MUST}," Russia\'s foreign ministry said.',
        f"{MUST}, said Sergey Lavrov.",
    ],
)
def test_a_reported_must_is_a_demand_of_who_reports(text: str) -> None:
    position = only(text)
    assert (position.actor, position.stance, position.target) == ("RUS", "demand", "UKR")


def test_a_must_that_nobody_says_is_no_demand() -> None:
    assert positions("Farmers must withdraw their cattle from the border.") == []


def test_what_was_not_said_is_no_demand() -> None:
    assert positions(f"Russia did not say that {MUST}.") == []


def test_a_report_of_somebody_else_is_not_the_actor() -> None:
    position = only("Sergey Lavrov said Ukraine rejected the plan.")
    assert (position.actor, position.speaker) == ("UKR", None)


def test_the_report_names_its_verb() -> None:
    text = f"Russia said {MUST}."
    given = article(text)
    sentence = tagger().candidates(given)[0]
    resolver = tagger().resolver(tagger().context_of(given), sentence, parse(text))
    report = report_of(resolver, resolver.parse.lower.index("withdraw"))
    assert report is not None
    assert report.verb == 1
    assert [party.actor for party in report.by] == ["RUS"]
