"""What stays at home and what is history is kept, and marked."""

import pytest

from schemas.position import Position, Scope
from tests.rules.english import article, parse, positions, tagger


def all_positions(text: str) -> list[Position]:
    given = article(text)
    candidates = tagger().candidates(given)
    return tagger().tag_all(given, {s.key: parse(s.text) for s in candidates}, candidates)


AT_HOME = (
    "France has a new budget. The French parliament debated it in Paris. French unions met in France. "
    "Many in France were there. The French government refused to raise the tax on fuel."
)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Kenya urged its citizens to leave.", Scope.DOMESTIC),
        (AT_HOME, Scope.DOMESTIC),
        (AT_HOME.replace("the tax on fuel", "its tariffs for Peru"), Scope.FOREIGN),
        ("Kenya refused to raise the tax on fuel.", Scope.FOREIGN),
        ("In 1956 Egypt demanded that Britain withdraw its troops.", Scope.BACKGROUND),
        ("Egypt demanded that Britain withdraw its troops.", Scope.FOREIGN),
    ],
)
def test_scope(text: str, scope: Scope) -> None:
    assert [p.scope for p in all_positions(text)] == [scope]
    assert bool(positions(text)) == (scope is Scope.FOREIGN)
