"""The words of all frames, looked up by the surface form of their first word."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rules.language.languages import Language, language_of
from rules.syntax.grammar import FULL_MODALS
from rules.text.word_lists import WordLists
from schemas.ruleset import WORD_KINDS, Frame, FrameEntry, RuleSet

# What may stand for whoever's it is: 'drag one's feet'.
POSSESSIVE = "one's"


@dataclass(frozen=True)
class Wording:
    """One kind of word of an entry: its words after the first, and the preposition by which it takes its object.

    `needed` are words without which it stands in no sentence.
    """

    frame: Frame
    entry: FrameEntry
    kind: str
    rest: tuple[str, ...]
    by: str | None
    needed: frozenset[str]

    @property
    def trigger_id(self) -> str:
        return f"{self.frame.id}.{self.entry.name}"

    @property
    def is_predicate(self) -> bool:
        """Whether it is a noun or an adjective, which another word carries."""
        return self.kind in ("noun", "adjective", "phrase")

    @property
    def takes(self) -> tuple[str, ...]:
        return self.entry.noun_takes if self.kind == "noun" else self.entry.takes


class Lexicon:
    """The wordings of a rule set, by every surface form that each can begin with."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._language = language_of(ruleset.language)
        self._prepositions = WordLists(ruleset.constructions, ruleset.language).words("prepositions")
        self.by_form: dict[str, list[Wording]] = defaultdict(list)
        for frame in ruleset.frames:
            for entry in frame.entries:
                for form, wording in self._wordings(frame, entry):
                    self.by_form[form].append(wording)

    def _wordings(self, frame: Frame, entry: FrameEntry) -> Iterator[tuple[str, Wording]]:
        for kind in WORD_KINDS:
            words = getattr(entry, kind)
            if words is None:
                continue
            first, *others = words.lower().split()
            rest = [self._language.read(word) for word in others]
            by = (
                rest[-1] if rest and rest[-1] in self._prepositions and kind in ("verb", "adjective", "idiom") else None
            )
            needed = frozenset(rest) - {POSSESSIVE} if kind != "modal" else frozenset()
            wording = Wording(frame, entry, kind, tuple(rest), by, needed)
            for form in sorted(first_forms(frame, kind, first, bool(rest), self._language)):
                yield form, wording

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(self.by_form)


def first_forms(frame: Frame, kind: str, first: str, goes_on: bool, language: Language) -> frozenset[str]:
    """The surface forms of the first word of a wording."""
    if "command" in frame.needs:
        return frozenset({first})
    if kind in ("verb", "idiom") or (kind == "modal" and goes_on):
        return language.verb_forms(first)
    if kind == "noun" and not goes_on:
        return language.noun_forms(first)
    return frozenset({first, *(short for short, full in FULL_MODALS.items() if kind == "modal" and full == first)})
