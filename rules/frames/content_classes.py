"""Which classes what is demanded, offered or announced belongs to: aid, troops, harm …"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache

from rules.language import english
from rules.language.languages import language_of
from rules.syntax.grammar import SUBJECTS, conjuncts, dependents
from rules.syntax.tree import Parse

# What must stand beside the head of a content: of each of these sets of words one.
Beside = tuple[frozenset[str], ...]
LETTERS = re.compile(r"[^\W\d_]+")


class ContentClasses:
    """The named classes of a rule set. A class holds words, several words that stand together, and [other classes]."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]], language: str = "en") -> None:
        self._classes, self._language = classes, language_of(language)
        self._by_head = cache(self._by_head_of)
        self._patterns = cache(self._patterns_of)
        self._forms = cache(self._forms_of)
        self._by_run = cache(self._by_run_of)
        self._letters = cache(lambda forms: tuple(map(letters_of, forms)))

    def fit(self, parse: Parse, i: int, names: tuple[str, ...]) -> int:
        """How many words the longest pattern of some classes has that the content at a token fits; else 0."""
        by_head, longest = self._by_head(names), 0
        for head, beside in parse.remembered(_heads, i):
            for others in by_head.get(head, ()):
                if len(others) >= longest and all(not some.isdisjoint(beside) for some in others):
                    longest = 1 + len(others)
        return longest

    def may_stand_in(self, words: Set[str], names: frozenset[str]) -> bool:
        """Whether the words of a sentence, cut into runs of letters, hold all those of a pattern of some classes."""
        by_run = self._by_run(names)
        asked = (others for run in words & by_run.keys() for others in by_run[run])
        return any(all(not some.isdisjoint(words) for some in others) for others in asked)

    def _by_run_of(self, names: frozenset[str]) -> dict[str, list[Beside]]:
        """The patterns of several classes under each run of letters in their heads."""
        found: dict[str, set[Beside]] = defaultdict(set)
        for head, patterns in (item for name in names for item in self._patterns(name).items()):
            for run in LETTERS.findall(head):
                found[run].update(map(self._letters, patterns))
        return {run: [()] if () in patterns else list(patterns) for run, patterns in found.items()}

    def heads(self, name: str) -> frozenset[str]:
        """Every word that can head a content of a class."""
        return frozenset(self._patterns(name))

    def _by_head_of(self, names: tuple[str, ...]) -> dict[str, list[Beside]]:
        """The patterns of several classes."""
        found: dict[str, list[Beside]] = defaultdict(list)
        for name in names:
            for head, some in self._patterns(name).items():
                found[head] += some
        return dict(found)

    def _patterns_of(self, name: str) -> dict[str, list[Beside]]:
        """The patterns of a class, or of a word that is no class: under each head what must stand beside it."""
        found: dict[str, list[Beside]] = defaultdict(list)
        for words in self._classes.get(name, (name,)):
            heads, *beside = (self._forms(word) for word in words.split())
            for head in heads:
                found[head].append(tuple(beside))
        return dict(found)

    def _forms_of(self, word: str) -> frozenset[str]:
        """The forms of a word, or of all single words of [a class]."""
        if not word.startswith("["):
            forms = self._language.verb_forms(word) | self._language.noun_forms(word)
            return self._language.read_all(forms)
        members = self._classes.get(word.strip("[]"), ())
        return frozenset(form for member in members if " " not in member for form in self._forms(member))


@lru_cache(maxsize=2)
def classes_of(listed: tuple[tuple[str, tuple[str, ...]], ...], language: str = "en") -> ContentClasses:
    """The classes with their words, made once for the rule sets that share them: before and after an edit."""
    return ContentClasses(dict(listed), language)


def letters_of(words: Iterable[str]) -> frozenset[str]:
    """The runs of letters in some words: what is left of them however they are cut into tokens."""
    return frozenset(run for word in words for run in LETTERS.findall(word))


def _heads(parse: Parse, i: int) -> list[tuple[str, frozenset[str]]]:
    """Each word that heads a content, coordinated ones too, with the words beside it: object, particle, modifier."""
    heads = [j for j in conjuncts(parse, i) if j == i or _is_joined(parse, j, i)]
    return [(parse.lower[j], frozenset(parse.lower[k] for k in _beside(parse, j))) for j in heads]


def _is_joined(parse: Parse, other: int, head: int) -> bool:
    """'not sign or join', but not 'will not join but is': a verb of its own form, helper or subject stands alone."""
    if parse.tags[head].startswith("VB"):
        return parse.tags[other] == parse.tags[head] and not dependents(parse, other, "aux", *SUBJECTS)
    return parse.tags[other][:2] == parse.tags[head][:2]


def _beside(parse: Parse, head: int) -> Iterator[int]:
    yield from dependents(parse, head, "compound", "amod", "nmod")
    close = dependents(
        parse,
        head,
        "dobj",
        "nsubjpass",
        "prt",
        "prep",
        "advmod",
        "acomp",
        "oprd",
        "attr",
        "xcomp",
        "ccomp",
        "dative",
        "agent",
    )
    yield from (word for word in close if parse.lower[word] in CIRCUMSTANTIAL and dependents(parse, word, "pobj"))
    for word in (w for w in close if parse.lower[w] not in CIRCUMSTANTIAL):
        for j in conjuncts(parse, word):
            yield j
            yield from dependents(parse, j, "compound", "amod", "nmod")
            for noun in dependents(parse, j, "pobj", "pcomp", "dobj"):
                yield from conjuncts(parse, noun)
                yield from dependents(parse, noun, "compound", "amod")
            if parse.deps[j] != "prep":
                for preposition in (c for c in dependents(parse, j, "prep") if parse.lower[c] not in CIRCUMSTANTIAL):
                    yield preposition
                    yield from dependents(parse, preposition, "pobj")


# What stands after these tells when and how, not what: of 'stand by Oslo' the preposition alone counts.
CIRCUMSTANTIAL = english.words("circumstantial")
