"""Which sentences can carry a position at all: those that hold what a frame's wording needs. Exact, and no parse."""

import re
from collections.abc import Mapping

from rules.frames.stances import Opening
from rules.language import english
from rules.syntax.clause import BEFORE_COMMAND
from rules.text.sentences import Sentence

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
PARTS = re.compile(r"['-]")
CLAUSE_MARKS = "\"“”'‘’`,.:;!–—-"
OPENS_CLAUSE = frozenset((*CLAUSE_MARKS, "and", "or", "please"))
WORD_OR_MARK = re.compile(rf"\w+|[{re.escape(CLAUSE_MARKS)}]")
CLOSING_MARKS = "\"”’' )"
TO = re.compile(r"\bto\b", re.IGNORECASE)
BEFORE_A_NOUN = re.compile(rf"\s+{english.pattern('determiners')}\b", re.IGNORECASE)
FINITE_HELPERS = english.words("finite_helpers")
CUT_OFF = ("n't", "nt", "not")  # tokenisers cut "don't", "dont" and "cannot" in two


class Gate:
    """Lets a sentence through when it holds the words of a wording, in whatever order they stand."""

    def __init__(self, openings: Mapping[str, tuple[Opening, ...]]) -> None:
        self._openings = openings
        self.first_words = frozenset(openings)

    def lets_through(self, sentence: Sentence) -> bool:
        """Whether a sentence can carry a position; what is asked is not stated."""
        return not sentence.text.rstrip(CLOSING_MARKS).endswith("?") and self.opens_for(sentence.text)

    def opens_for(self, text: str) -> bool:
        """Whether the words of a text are those of a wording."""
        words = words_of(text)
        first_words = words & self.first_words
        return any(
            _all_there(opening, words)
            and (not opening.commands or opens_a_clause(word, text))
            and (not opening.foretells or may_foretell(text))
            for word in first_words
            for opening in self._openings[word]
        )


def _all_there(opening: Opening, words: set[str]) -> bool:
    return opening.rest <= words and not any(some.isdisjoint(words) for some in opening.one_of)


def may_foretell(text: str) -> bool:
    """Whether 'to' can open the main verb, as in 'Oslo to send ships': no finite verb before it, or no full stop."""
    before, *after = TO.split(text)
    if all(BEFORE_A_NOUN.match(part) for part in after):
        return False
    return not text.rstrip(CLOSING_MARKS).endswith((".", "!", "…")) or FINITE_HELPERS.isdisjoint(words_of(before))


def opens_a_clause(word: str, text: str) -> bool:
    """Whether a word can be a command: at the start, after a mark, 'and' or 'please', a few words between at most."""
    first, before = PARTS.split(word)[0], 0
    for token in WORD_OR_MARK.findall(text.lower()):  # in one pass: looking back from each word is quadratic
        if token == first and before <= BEFORE_COMMAND:
            return True
        before = 0 if token in OPENS_CLAUSE else before + 1
    return False


def words_of(text: str) -> set[str]:
    """The words of a text, lower case, with whatever a tokeniser may cut out of them: "won't" → wo, n't, won, t, 't."""
    words = set(WORD.findall(text.lower().replace("’", "'")))
    for word in [word for word in words if not word.isalnum()]:
        words.update(PARTS.split(word), word.split("-"))
        words.update(f"'{part}" for part in word.split("'")[1:])
    for word in [word for word in words if word.endswith(CUT_OFF)]:
        words.update((word[:-3], word[:-2], "n't", "not"))
    return words
