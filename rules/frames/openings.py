"""What a sentence must hold for a wording to be read in it, told by its words alone: what the gate asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rules.frames.complements import introducing
from rules.frames.constructions import Constructions
from rules.frames.content_classes import ContentClasses, letters_of
from rules.frames.factuality import Operators
from rules.frames.lexicon import POSSESSIVE, Wording
from rules.syntax.grammar import HOLDING, MADE_CLEAR
from rules.text.words import Words
from schemas.ruleset import RuleSet


@dataclass(frozen=True)
class Need:
    """One of these a sentence must hold: one of the words, content of one of the classes, or somebody who says it."""

    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    said: bool = False


@dataclass(frozen=True)
class Opening:
    """What must be there for a wording: all of `rest`, `then` somewhere after its first word, and what it needs."""

    rest: frozenset[str]
    needs: tuple[Need, ...] = ()
    then: str | None = None
    commands: bool = False  # it must open its clause
    foretells: bool = False  # it is the 'to' of headlines: 'Oslo to send ships'
    to_follows: bool = False  # 'to' stands a few words after it at most: 'has to', 'needs now to'


class Openings:
    """The openings of wordings, by the frames, operators and classes of a rule set."""

    def __init__(
        self, ruleset: RuleSet, constructions: Constructions, operators: Operators, classes: ContentClasses
    ) -> None:
        self._constructions, self._operators, self.classes = constructions, operators, classes
        self._words = Words(ruleset)
        self._commits = {row.id: row.commits for row in ruleset.polarity}
        counting = (row.id for row in ruleset.commitments if row.announced != "none")
        self._same: dict[Need, Need] = {}  # one object for equal ones: the gate tells them apart by it
        self._announced = Need(operators.negating_words, frozenset(counting))

    @cached_property
    def saying(self) -> frozenset[str]:
        """Of which a sentence holds one where it tells by itself who says something, as `report_of` finds it."""
        words = self._words
        reporting = words.reporting | words.quoting | words.saying_nouns
        return letters_of(reporting | HOLDING | MADE_CLEAR | {"according"})

    def of(self, wording: Wording) -> Opening:
        """What must be there for a wording to have a stance that is somebody's."""
        rest = letters_of(word for word in wording.rest if word != POSSESSIVE)
        asked = (self._about(wording), self._introducing(wording), *map(self._needed, wording.frame.needs))
        said = Need(said=True) if wording.frame.actor == ("speaker",) else None
        return Opening(
            rest,
            tuple(dict.fromkeys(self._same.setdefault(need, need) for need in (*asked, said) if need is not None)),
            next((word for word in wording.rest[:1] if word.isalpha()), None),
            "command" in wording.frame.needs,
            wording.kind == "modal" and wording.entry.modal == "to",
            wording.kind == "modal" and wording.rest == ("to",),
        )

    def _needed(self, need: str) -> Need | None:
        """What a sentence holds where a need of a frame is met; None where any sentence may."""
        found = self._by_need.get(need)
        return found() if found else None

    @cached_property
    def _by_need(self) -> dict[str, Callable[[], Need]]:
        negating, constructions = self._operators.negating_words, self._constructions
        return {
            "negated": lambda: Need(negating),
            "future": lambda: Need(constructions.future_words),
            "copula": lambda: Need(constructions.copulas),
            "set_aside": lambda: Need(constructions.setting_aside),
            "under_way": lambda: Need(constructions.copulas),
            "warned": lambda: Need(letters_of(constructions.warning_verbs)),
            "speaker": lambda: Need(said=True),
            "own_statement": lambda: Need(negating, said=True),  # 'Chile will not come' is its own, whoever says it
        }

    def _introducing(self, wording: Wording) -> Need | None:
        """The words that introduce the complements of a wording, where each that it takes has one."""
        if wording.kind in ("noun", "modal") or not wording.takes:
            return None  # a noun may stand without, and a modal stands before its verb
        found = [introducing(name) for name in wording.takes]
        return Need(frozenset(word for word in found if word)) if all(found) else None

    def _about(self, wording: Wording) -> Need | None:
        """What a wording must be about to have a stance; None where that may be anything."""
        about = wording.entry.about or wording.frame.about
        if about:
            return Need(classes=frozenset(about))
        return self._announced if self._commits[wording.frame.sense] == "announced" else None
