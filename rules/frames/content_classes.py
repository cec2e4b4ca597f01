"""Which classes what is demanded, offered or announced belongs to: aid, troops, harm …"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rules.syntax.grammar import conjuncts, dependents
from rules.syntax.tree import Parse
from rules.text.lemmas import noun_forms, verb_forms


@dataclass(frozen=True)
class Pattern:
    """Words that stand together: the head of the content, and what each of the others must be beside it."""

    head: frozenset[str]
    beside: tuple[frozenset[str], ...]


class ContentClasses:
    """The named classes of a rule set. A class holds words, several words that stand together, and [other classes]."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self.patterns = cache(self._patterns)

    def fit(self, parse: Parse, i: int, names: tuple[str, ...]) -> int:
        """How many words the longest pattern of some classes has that the content at a token fits; else 0."""
        heads, beside = _words_around(parse, i)
        found = (
            1 + len(pattern.beside)
            for pattern in self.patterns(names)
            if not pattern.head.isdisjoint(heads) and all(not some.isdisjoint(beside) for some in pattern.beside)
        )
        return max(found, default=0)

    def partners(self, names: tuple[str, ...]) -> frozenset[str]:
        """Every word that can head a content of some classes."""
        return frozenset(form for pattern in self.patterns(names) for form in pattern.head)

    def _patterns(self, names: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The patterns of classes, or of words that are no class."""
        return tuple(self._pattern(words) for name in names for words in self._classes.get(name, (name,)))

    def _pattern(self, words: str) -> Pattern:
        head, *beside = (self._forms(word) for word in words.split())
        return Pattern(head, tuple(beside))

    def _forms(self, word: str) -> frozenset[str]:
        """The forms of a word, or of all single words of [a class]."""
        if not word.startswith("["):
            return verb_forms(word) | noun_forms(word)
        members = self._classes.get(word.strip("[]"), ())
        return frozenset(form for member in members if " " not in member for form in self._forms(member))


def _words_around(parse: Parse, i: int) -> tuple[set[str], set[str]]:
    """The words that head a content, and those that stand beside them: object, particle, preposition, modifier."""
    heads = [j for j in conjuncts(parse, i) if j == i or parse.tags[j][:2] == parse.tags[i][:2]]
    beside = [j for head in heads for j in _beside(parse, head)]
    return {parse.lower[j] for j in heads}, {parse.lower[j] for j in beside}


def _beside(parse: Parse, head: int) -> Iterable[int]:
    close = dependents(
        parse, head, "dobj", "nsubjpass", "prt", "prep", "advmod", "acomp", "oprd", "attr", "xcomp", "dative", "agent"
    )
    modifiers = dependents(parse, head, "compound", "amod", "nmod")
    yield from modifiers
    for word in close:
        for j in conjuncts(parse, word):
            yield j
            yield from dependents(parse, j, "compound", "amod", "nmod")
            for noun in dependents(parse, j, "pobj", "pcomp", "dobj"):
                yield from conjuncts(parse, noun)
                yield from dependents(parse, noun, "compound", "amod")
            if parse.deps[j] != "prep":
                for preposition in dependents(parse, j, "prep"):
                    yield from dependents(parse, preposition, "pobj")
