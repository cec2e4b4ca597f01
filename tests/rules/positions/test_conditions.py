"""The condition of a position is told in the words of the sentence, and is no position of its own."""

import pytest

from tests.rules.english import only, positions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Iran will accept the ceasefire if Israel withdraws its troops.", "if Israel withdraws its troops"),
        ("If Israel withdraws its troops, Iran will accept the ceasefire.", "If Israel withdraws its troops"),
        (
            "Iran offered to halt enrichment in exchange for the lifting of sanctions.",
            "in exchange for the lifting of sanctions",
        ),
        (
            "Iran said it would return to the talks as long as sanctions are lifted.",
            "as long as sanctions are lifted",
        ),
        ("Russia refused to talk unless Ukraine withdraws.", "unless Ukraine withdraws"),
        ("Russia refused to hold talks.", None),
        ("Iran agreed to return to the talks as soon as possible.", None),
        ("Iran offered to halt enrichment, if necessary.", None),
        ("Iran offered to halt enrichment, providing most of the money.", None),
        (
            "Iran will accept the ceasefire provided that Israel withdraws its troops.",
            "provided that Israel withdraws its troops",
        ),
        ("Iran offered to halt enrichment once Israel withdraws its troops.", "once Israel withdraws its troops"),
        ("Iran will halt enrichment only if Israel withdraws its troops.", "only if Israel withdraws its troops"),
        ("Iran will not sign the deal until Israel withdraws its troops.", "until Israel withdraws its troops"),
        ("Iran offered to halt enrichment in return for loans.", "in return for loans"),
        ("Russia refused to hold talks even if Ukraine withdraws.", None),
    ],
)
def test_a_condition_is_told_in_its_own_words(text: str, condition: str | None) -> None:
    assert only(text).condition == condition


@pytest.mark.parametrize(
    "text",
    [
        "If Russia rejects the plan, the war will go on.",
        "Should Russia reject the plan, the war will go on.",
        "Had Russia rejected the plan, the war would have gone on.",
        "Analysts asked whether Russia rejects the plan.",
    ],
)
def test_what_stands_in_a_condition_is_no_position(text: str) -> None:
    assert not [p for p in positions(text) if p.actor == "RUS"]


def test_the_content_leaves_the_condition_out() -> None:
    content = only("Iran will accept the ceasefire if Israel withdraws its troops.").content
    assert content is not None
    assert "ceasefire" in content
    assert "Israel" not in content
