"""Languages: how the words of each inflect, and what its closed classes are in the words that grammar is read by.

Grammar (rules/syntax and all that builds on it) names closed classes by English words: 'of', 'that', 'not'. English
reads its words as they stand; every other language has a folder of this one, named by its code, that says which of its
words stand for which. Rule sets of the language are written in its own words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from rules.language import english
from rules.text.lemmas import noun_forms, verb_forms

HERE = Path(__file__).parent
# What the endings of verbs tell, where English has words: 'will', 'would'.
IMPLIED = frozenset({"will", "would"})


class Language:
    """English: words are read as they stand."""

    code = "en"

    def verb_forms(self, lemma: str) -> frozenset[str]:
        """All forms of a verb, lower case; of several words the first is the verb."""
        return verb_forms(lemma)

    def noun_forms(self, lemma: str) -> frozenset[str]:
        """Singular and plural of a noun, lower case."""
        return noun_forms(lemma)

    def any_forms(self, phrase: str) -> frozenset[str]:
        """The forms of a phrase whose head may be a verb or a noun, and the phrase itself."""
        return self.verb_forms(phrase) | self.noun_forms(phrase) | {phrase.lower()}

    def read(self, word: str) -> str:
        """The word by which grammar reads a word in small letters."""
        return word

    def read_all(self, words: frozenset[str]) -> frozenset[str]:
        """The same for each."""
        return words

    def written(self, word: str) -> frozenset[str] | None:
        """How a text may write what grammar reads as a word; None where the form of another word tells it."""
        return frozenset({word})

    @property
    def gates_by_all_words(self) -> bool:
        """Whether a sentence must hold every word of a wording; else its first is enough to be looked at."""
        return True

    @property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """All that is known of the language, for versions."""
        return english.tables()


@dataclass(frozen=True)
class OtherLanguage(Language):
    """A language whose folder says how it is read: its words, tags and endings."""

    code: str

    @cached_property
    def lists(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The lists of its folder by table and name; a table that is one list has it under its own name."""
        found: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for file in sorted((HERE / self.code).glob("*.yaml")):
            for table, value in yaml.load(file.read_text("utf-8"), english.LOADER).items():
                lists = value if isinstance(value, dict) else {table: value}
                found[table] = {name: tuple(words) for name, words in lists.items()}
        return found

    def listed(self, table: str) -> tuple[str, ...]:
        """The words of a table that is one list."""
        return self.lists[table][table]

    @property
    def pipeline(self) -> str:
        """The spaCy pipeline that parses it."""
        return self.listed("model")[0]

    @cached_property
    def symbols(self) -> dict[str, str]:
        """The word that grammar reads, by the word of the language."""
        return {word: symbol for symbol, words in self.lists["words"].items() for word in words}

    @cached_property
    def modals(self) -> dict[str, str]:
        """The modal that grammar reads, by the form of the language."""
        return {word: symbol for symbol, words in self.lists["modals"].items() for word in words}

    @cached_property
    def _irregular(self) -> dict[str, frozenset[str]]:
        verbs = (line.split() for line in self.listed("irregular_verbs"))
        return {forms[0]: frozenset(forms) for forms in verbs}

    @cached_property
    def _changes(self) -> list[tuple[re.Pattern[str], str]]:
        pairs = (line.split(" ") for line in self.listed("stem_changes"))
        return [(re.compile(pattern), changed) for pattern, changed in pairs]

    def verb_forms(self, lemma: str) -> frozenset[str]:
        head, _, rest = lemma.lower().partition(" ")
        forms = self._irregular.get(head) or self._regular(head)
        return frozenset(f"{form} {rest}" for form in forms) if rest else forms

    def _regular(self, verb: str) -> frozenset[str]:
        for end, endings in self.lists["verb_endings"].items():
            if verb.endswith(end):
                stem = verb.removesuffix(end)
                stems = {stem, *(pattern.sub(changed, stem) for pattern, changed in self._changes)}
                return frozenset({verb, *(one + ending for one in stems for ending in endings)})
        return frozenset({verb})

    def noun_forms(self, lemma: str) -> frozenset[str]:
        """The same; of several words the first is the noun, with the last or alone in the plural."""
        head, _, rest = lemma.lower().partition(" ")
        pairs = (line.split() for line in self.listed("plural_endings"))
        plural = next((head.removesuffix(one) + several for one, several in pairs if head.endswith(one)), None)
        forms = {head, plural or head + self.listed("plural")[0]}
        return frozenset(f"{form} {rest}" for form in forms) if rest else frozenset(forms)

    def read(self, word: str) -> str:
        return self.symbols.get(word, word)

    def read_all(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset(" ".join(map(self.read, word.split())) for word in words)

    def written(self, word: str) -> frozenset[str] | None:
        if word in IMPLIED:
            return None
        closed = {form for table in (self.symbols, self.modals) for form, symbol in table.items() if symbol == word}
        return frozenset(closed or {word})

    @property
    def gates_by_all_words(self) -> bool:
        return False

    @property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        own = {
            f"{self.code}.{table}.{name}": words for table, found in self.lists.items() for name, words in found.items()
        }
        return {**english.tables(), **own}


@cache
def language_of(code: str) -> Language:
    """The language of a code of ISO 639-1. Raises ValueError with those that there are."""
    others = sorted(folder.name for folder in HERE.iterdir() if (folder / "reading.yaml").is_file())
    if code != "en" and code not in others:
        raise ValueError(f"no language {code!r} can be read; allowed are en, {', '.join(others)}")
    return Language() if code == "en" else OtherLanguage(code)
