"""Which classes what is demanded, offered or announced belongs to: aid, troops, harm …"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from rules.syntax.grammar import conjuncts, dependents
from rules.syntax.tree import Parse
from rules.text.lemmas import noun_forms, verb_forms

# What must stand beside the head of a content: of each of these sets of words one.
Beside = tuple[frozenset[str], ...]


class ContentClasses:
    """The named classes of a rule set. A class holds words, several words that stand together, and [other classes]."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self.by_head = cache(self._by_head)

    def fit(self, parse: Parse, i: int, names: tuple[str, ...]) -> int:
        """How many words the longest pattern of some classes has that the content at a token fits; else 0."""
        heads, beside = parse.remembered(_words_around, i)
        by_head, longest = self.by_head(names), 0
        for head in heads:
            for others in by_head.get(head, ()):
                if len(others) >= longest and all(not some.isdisjoint(beside) for some in others):
                    longest = 1 + len(others)
        return longest

    def partners(self, names: tuple[str, ...]) -> frozenset[str]:
        """Every word that can head a content of some classes."""
        return frozenset(self.by_head(names))

    def _by_head(self, names: tuple[str, ...]) -> dict[str, list[Beside]]:
        """The patterns of classes, or of words that are no class: under each head what must stand beside it."""
        found: dict[str, list[Beside]] = defaultdict(list)
        for words in (words for name in names for words in self._classes.get(name, (name,))):
            heads, *beside = (self._forms(word) for word in words.split())
            for head in heads:
                found[head].append(tuple(beside))
        return dict(found)

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
