"""Which sentences can carry a position at all: those that hold what a frame's wording needs. Exact, and no parse."""

import re
from collections.abc import Mapping
from functools import cached_property

from rules.frames.content_classes import ContentClasses
from rules.frames.openings import Need, Opening
from rules.frames.stances import StanceFinder
from rules.frames.trigger_match import CLOSING_MARKS, STOPS, TO_FOLLOWS
from rules.language import english
from rules.syntax.clause import BEFORE_COMMAND
from rules.text.sentences import Sentence

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
PARTS = re.compile(r"['-]")
CLAUSE_MARKS = "\"“”'‘’`,.:;!–—-"
OPENS_CLAUSE = frozenset((*CLAUSE_MARKS, "and", "or", "please"))
WORD_OR_MARK = re.compile(rf"\w+|[{re.escape(CLAUSE_MARKS)}]")
TO = re.compile(r"\bto\b", re.IGNORECASE)
BEFORE_A_NOUN = re.compile(rf"\s+{english.pattern('determiners')}\b", re.IGNORECASE)
CUT_OFF = ("n't", "nt", "not")  # tokenisers cut "don't", "dont" and "cannot" in two


class Gate:
    """Lets a sentence through when it holds what a wording needs, as far as words tell.

    `saying` are the words of which a sentence holds one that tells who says something.
    """

    def __init__(
        self,
        openings: Mapping[str, tuple[Opening, ...]],
        classes: ContentClasses | None = None,
        saying: frozenset[str] = frozenset(),
    ) -> None:
        self._openings = openings
        self._classes = classes or ContentClasses({})
        self._saying = saying
        self.first_words = frozenset(openings)

    @staticmethod
    def of(stances: StanceFinder) -> "Gate":
        """The gate of a rule set."""
        needs = (need for some in stances.openings.values() for opening in some for need in opening.needs)
        # Rules of which none asks who says it need not have the lists of words that tell it.
        saying = stances.needs.saying if any(need.said for need in needs) else frozenset[str]()
        return Gate(stances.openings, stances.classes, saying)

    def lets_through(self, sentence: Sentence) -> bool:
        """Whether a sentence can carry a position; what is asked is not stated."""
        if sentence.text.rstrip(CLOSING_MARKS).endswith("?"):
            return False
        return self.opens_for(sentence.text, sentence.is_in_speech)

    def opens_for(self, text: str, is_in_speech: bool = True) -> bool:
        """Whether a text holds what a wording needs; `is_in_speech` as of a sentence."""
        held = Held(text, is_in_speech, self._classes, self._saying)
        words = held.words
        return any(
            opening.rest <= words and held.all_of(word, opening)
            for word in words & self.first_words
            for opening in self._openings[word]
        )


class Held:
    """What a text holds, each thing looked for once."""

    def __init__(self, text: str, is_in_speech: bool, classes: ContentClasses, saying: frozenset[str]) -> None:
        self.text, self.words = text, words_of(text)
        self._is_in_speech, self._classes, self._saying = is_in_speech, classes, saying
        self._met: dict[int, bool] = {}

    def all_of(self, word: str, opening: Opening) -> bool:
        """Whether all else is there that a wording with this first word needs."""
        for need in opening.needs:
            if not self._is_met(need):
                return False
        return (
            (opening.then is None or self._lower.rfind(opening.then) > self._lower.find(word))
            and (not opening.commands or opens_a_clause(word, self.text))
            and (not opening.foretells or may_foretell(self.text))
            and (not opening.to_follows or self.to_follows(word))
        )

    @cached_property
    def _lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @cached_property
    def _is_said(self) -> bool:
        return self._is_in_speech or not self._saying.isdisjoint(self.words)

    def _is_met(self, need: Need) -> bool:
        place = id(need)  # which lives as long as the gate, and takes no time to look up
        found = self._met.get(place)
        if found is None:
            found = (need.said and self._is_said) or not need.words.isdisjoint(self.words)
            found = found or (bool(need.classes) and self._classes.may_stand_in(self.words, need.classes))
            self._met[place] = found
        return found

    def to_follows(self, word: str) -> bool:
        """Whether 'to' stands a few words after a word; what spaces part is one token or more."""
        parts = self._lower.split()
        after = [i for i, part in enumerate(parts) if word in part]
        return any("to" in part for i in after for part in parts[i : i + TO_FOLLOWS + 1])


def may_foretell(text: str) -> bool:
    """Whether 'to' can be the main verb's, as in 'Oslo to send ships': of a headline, which no full stop ends."""
    if text.rstrip(CLOSING_MARKS).endswith(STOPS):
        return False
    return not all(BEFORE_A_NOUN.match(part) for part in TO.split(text)[1:])


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
