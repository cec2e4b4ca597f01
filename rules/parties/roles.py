"""What the words of a title tell of whoever holds it: the office, and whether it is a woman or a man."""

from collections.abc import Sequence
from typing import Literal

from rules.language import english
from rules.text.words import Words

# What opens the field of an office: 'Minister of Defence', 'rapporteur on torture', 'envoy to the Sahel'.
FIELD_OPENERS = english.words("field_openers")
LEADING_WORDS = english.words("words_before_offices")
TRAILING_WORDS = FIELD_OPENERS | {"the"}
TITLES_OF_WOMEN = english.words("titles_of_women")
TITLES_OF_MEN = english.words("titles_of_men")


def role_of(title: Sequence[str], words: Words) -> str:
    """An office without what led to it and on from it: 'to meet the foreign minister of' is 'foreign minister'."""
    first = next((n for n, word in enumerate(title) if word in words.offices), 0)
    opening = max((n + 1 for n, word in enumerate(title[:first]) if word in LEADING_WORDS), default=0)
    kept = list(title[opening:])
    while kept and kept[-1] in TRAILING_WORDS:
        kept.pop()
    return " ".join(kept or title)


def sex_of(title: str) -> Literal["m", "f"] | None:
    if any(word in title for word in TITLES_OF_WOMEN):
        return "f"
    if any(word in title for word in TITLES_OF_MEN):
        return "m"
    return None
