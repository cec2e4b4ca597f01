"""Named lists of a rule set as sets of surface forms, inflected once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rules.text.lemmas import noun_forms, verb_forms


class WordLists:
    """Named lists of words. A name that no list has gives no words: a small rule set need not hold them all."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self.words = cache(self._words)
        self.verbs = cache(self._verbs)
        self.nouns = cache(self._nouns)
        self.phrases = cache(self._phrases)

    def __reduce__(self) -> tuple[Any, ...]:
        return WordLists, (dict(self._lists),)

    def _words(self, name: str) -> frozenset[str]:
        """The words of a list as they stand, lower case."""
        return frozenset(word.lower() for word in self._lists.get(name, ()))

    def _verbs(self, name: str) -> frozenset[str]:
        """All forms of the verbs of a list."""
        return frozenset(form for word in self._lists.get(name, ()) for form in verb_forms(word))

    def _nouns(self, name: str) -> frozenset[str]:
        """Singular and plural of the nouns of a list."""
        return frozenset(form for word in self._lists.get(name, ()) for form in noun_forms(word))

    def _phrases(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The phrases of a list, each as its words, longest first."""
        found = {tuple(phrase.lower().split()) for phrase in self._lists.get(name, ())}
        return tuple(sorted(found, key=lambda words: (-len(words), words)))
