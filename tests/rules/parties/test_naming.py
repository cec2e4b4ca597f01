"""The kinds of naming that the how-to for rule authors tells are resolved as it says."""

import re
from datetime import date

import pytest

from rules.ruleset.load import ENGLISH
from tests.rules.english import THURSDAY, positions

TEXT = (ENGLISH.parent / "README.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## Whose position it is")[2].partition("\n## ")[0]
KINDS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", SECTION, re.M)[1:]
DAY = re.compile(r"\((\d{4}-\d\d-\d\d)\)$")


@pytest.mark.parametrize(("kind", "text", "whose"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_a_party_is_known_however_it_is_named(kind: str, text: str, whose: str) -> None:
    day = DAY.search(kind)
    found = positions(text.replace(" ¶ ", "\n"), date.fromisoformat(day.group(1)) if day else THURSDAY)
    assert {p.actor for p in found} == (set() if whose == "nobody" else set(whose.split("; ")))


def test_an_attribution_after_officials_makes_nobody_one_of_them() -> None:
    found = positions("The board will meet Peruvian officials, Tali added. Tali rejected the ceasefire plan.", THURSDAY)
    assert [p.actor for p in found] == [None]


def test_there_are_more_than_forty_kinds() -> None:
    assert len(KINDS) >= 40
    assert len({kind for kind, _, _ in KINDS}) == len(KINDS)
