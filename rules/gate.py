"""Which sentences can carry a position at all: those with a word that a trigger begins with. Exact, and no parse."""

import re

from rules.sentences import Sentence

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Gate:
    """Lets a sentence through when one of its words, or a part of a joined word, begins a trigger."""

    def __init__(self, first_words: frozenset[str]) -> None:
        self._first_words = first_words

    def lets_through(self, sentence: Sentence) -> bool:
        # Whatever the tokeniser may cut out of a joined word ("won't" → "wo", "nonstarters-in-chief") counts too.
        text = sentence.text.lower().replace("’", "'")
        return any(word in self._first_words or _parts_match(word, self._first_words) for word in WORD.findall(text))


def _parts_match(word: str, first_words: frozenset[str]) -> bool:
    if "'" in word:
        head, _, tail = word.partition("'")
        return head in first_words or f"'{tail}" in first_words or word.endswith("n't") and word[:-3] in first_words
    return "-" in word and any(part in first_words for part in word.split("-"))
