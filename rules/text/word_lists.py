"""Named lists of a rule set as sets of surface forms, inflected once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rules.language.languages import language_of


class WordLists:
    """Named lists of words. A name that no list has gives no words: a small rule set need not hold them all."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], language: str = "en") -> None:
        self._lists = lists
        self._language = language_of(language)
        self.words = cache(self._words)
        self.verbs = cache(self._verbs)
        self.nouns = cache(self._nouns)
        self.phrases = cache(self._phrases)

    def __reduce__(self) -> tuple[Any, ...]:
        return WordLists, (dict(self._lists), self._language.code)

    def _words(self, name: str) -> frozenset[str]:
        """The words of a list as they stand, lower case."""
        return self._language.read_all(frozenset(word.lower() for word in self._lists.get(name, ())))

    def _verbs(self, name: str) -> frozenset[str]:
        """All forms of the verbs of a list."""
        forms = (form for word in self._lists.get(name, ()) for form in self._language.verb_forms(word))
        return self._language.read_all(frozenset(forms))

    def _nouns(self, name: str) -> frozenset[str]:
        """Singular and plural of the nouns of a list."""
        forms = (form for word in self._lists.get(name, ()) for form in self._language.noun_forms(word))
        return self._language.read_all(frozenset(forms))

    def _phrases(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The phrases of a list, each as its words, longest first."""
        found = {tuple(map(self._language.read, phrase.lower().split())) for phrase in self._lists.get(name, ())}
        return tuple(sorted(found, key=lambda words: (-len(words), words)))
