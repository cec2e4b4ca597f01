"""Every example of every frame does what its author says."""

import pytest

from rules.proof.examples import ExampleResult, run_examples
from tests.rules.english import parser, ruleset

ENGLISH = ruleset()
CASES = [
    pytest.param(
        frame.id,
        kind,
        index,
        id=f"{frame.id}-{kind}-{index}",
        marks=pytest.mark.xfail(strict=True, reason="known miss") if kind == "known_miss" else (),
    )
    for frame in ENGLISH.frames
    for kind in ("match", "no_match", "known_miss")
    for index in range(len(getattr(frame.examples, kind)))
]


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str, int], ExampleResult]:
    return {(r.frame_id, r.kind, r.index): r for r in run_examples(ENGLISH, parser())}


@pytest.mark.parametrize(("frame_id", "kind", "index"), CASES)
def test_example(results: dict[tuple[str, str, int], ExampleResult], frame_id: str, kind: str, index: int) -> None:
    result = results[frame_id, kind, index]
    assert result.matched == (kind != "no_match"), f"{result.text}\n{result.detail}"
