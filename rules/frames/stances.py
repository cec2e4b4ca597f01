"""Finds the triggers of a parsed sentence, and says for each whether its stance stands, turns or falls."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from rules.frames.factuality import doubt_about
from rules.frames.polarity import negations_of
from rules.frames.roles import find_role
from rules.frames.trigger_match import Candidate, Entry, Wording, commands, entries_of, letters_of, longest_only, match
from rules.syntax.grammar import dependents, is_negated
from rules.syntax.tree import Parse
from rules.text.words import Words
from schemas.position import Stance
from schemas.ruleset import RuleSet

# Needs that are checked when the speech around a clause is known.
WHOLE_SENTENCE_NEEDS = ("speaker", "own_statement", "unreported", "known_target", "known_actor", "names_another")


@dataclass(frozen=True)
class Verdict:
    """What becomes of a candidate: its stance, or the reason for which it has none."""

    candidate: Candidate
    stance: Stance | None
    reason: str


class StanceFinder:
    """All triggers of a rule set, looked up by the surface form of their first word."""

    def __init__(self, ruleset: RuleSet, words: Words) -> None:
        self._words = words
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._with: dict[str, frozenset[str]] = {}
        self._without: dict[str, frozenset[str]] = {}
        for trigger in ruleset.triggers:
            self._with[trigger.id] = words.forms(trigger.with_words)
            self._without[trigger.id] = words.forms(trigger.without_words)
            for first, entry in entries_of(trigger):
                self._entries[first].append(entry)

    @cached_property
    def wordings(self) -> dict[str, tuple[Wording, ...]]:
        """Every surface form that a trigger can begin with, and what else must be there: what the gate looks for."""
        partners = {name: _partners(forms) for name, forms in self._with.items()}

        def wording(entry: Entry) -> Wording:
            return Wording(letters_of(entry.rest), partners[entry.trigger.id], commands(entry.trigger))

        return {first: tuple({wording(entry) for entry in entries}) for first, entries in self._entries.items()}

    def candidates(self, parse: Parse) -> list[Candidate]:
        """All places where the words of a trigger stand in the right part of speech, in the order of the text."""
        entries = ((i, entry) for i, word in enumerate(parse.lower) for entry in self._entries.get(word, ()))
        matches = (match(parse, i, entry) for i, entry in entries)
        return longest_only([candidate for candidate in matches if candidate is not None])

    def judge(self, parse: Parse, candidate: Candidate) -> Verdict:
        """Whether the trigger's stance stands in this sentence."""
        reason = (
            _lacks_role(parse, candidate)
            or self._unfit_content(parse, candidate)
            or doubt_about(parse, candidate, self._words)
        )
        if reason:
            return Verdict(candidate, None, reason)
        if candidate.trigger.content_negated != "keep" and _negates_content(parse, candidate):
            return _turned_by_content(candidate)
        return _turned_by_negation(candidate, negations_of(parse, candidate))

    def _unfit_content(self, parse: Parse, candidate: Candidate) -> str | None:
        """Why the content is not of the kind that the trigger asks for."""
        with_words, without_words = self._with[candidate.trigger.id], self._without[candidate.trigger.id]
        if not with_words and not without_words:
            return None
        content = _content_words(parse, candidate)
        if with_words and with_words.isdisjoint(content | _objects_of_modal(parse, candidate)):
            return "its content has none of the words it goes with"
        return None if without_words.isdisjoint(content) else "its content has a word that it does not go with"


def _partners(forms: frozenset[str]) -> frozenset[str]:
    """The last words of the forms of which the content must hold one; none where it need not."""
    partners = [letters_of([form]) for form in forms]
    return frozenset(min(letters) for letters in partners) if all(partners) else frozenset()


def _lacks_role(parse: Parse, candidate: Candidate) -> str | None:
    needs = [role for role in candidate.trigger.needs if role not in WHOLE_SENTENCE_NEEDS]
    if not needs or any(find_role(parse, candidate.at, role) for role in needs):
        return None
    return f"needs one of: {', '.join(candidate.trigger.needs)}"


def _content_words(parse: Parse, candidate: Candidate) -> set[str]:
    """The heads of the content, with their particles, compounds and what is coordinated with them."""
    at = candidate.at
    if candidate.trigger.modals:
        subjects = {f"{parse.lower[i]} {parse.lower[at]}" for i in dependents(parse, at, "nsubj", "nsubjpass")}
        return {parse.lower[at], *_with_particle(parse, at), *subjects}
    found: set[str] = set()
    for i in (i for role in candidate.trigger.content for i in find_role(parse, at, role)):
        found |= {parse.lower[i], *_with_particle(parse, i)}
        found |= {parse.lower[c] for c in dependents(parse, i, "conj")}
        if i > 0 and parse.deps[i - 1] in ("compound", "amod"):
            found.add(f"{parse.lower[i - 1]} {parse.lower[i]}")
    return found


def _with_particle(parse: Parse, i: int) -> set[str]:
    """A verb with what goes with it: 'pull out', 'withdraw from', 'return to talks', 'make pay', 'return something'."""
    particles = dependents(parse, i, "prt", "prep", "advmod", "dobj", "acomp", "ccomp")
    found = {f"{parse.lower[i]} {parse.lower[c]}" for c in particles}
    for preposition in dependents(parse, i, "prep"):
        nouns = dependents(parse, preposition, "pobj")
        found |= {f"{parse.lower[i]} {parse.lower[preposition]} {parse.lower[noun]}" for noun in nouns}
    return found | {f"{parse.lower[i]} something"} if dependents(parse, i, "dobj") else found


def _objects_of_modal(parse: Parse, candidate: Candidate) -> set[str]:
    """What the verb under a modal is done to: 'will impose sanctions', 'there will be consequences'."""
    if not candidate.trigger.modals:
        return set()
    nouns = dependents(parse, candidate.at, "dobj", "attr", "xcomp")
    return {parse.lower[i] for noun in nouns for i in (noun, *dependents(parse, noun, "compound", "conj"))}


def _negates_content(parse: Parse, candidate: Candidate) -> bool:
    """'promised not to attack'."""
    return any(is_negated(parse, i) for i in find_role(parse, candidate.at, "infinitive"))


def _turned_by_content(candidate: Candidate) -> Verdict:
    turned = candidate.trigger.content_negated
    if turned == "drop":
        return Verdict(candidate, None, "its content is negated")
    return Verdict(candidate, Stance(turned), f"its negated content turns it into {turned}")


def _turned_by_negation(candidate: Candidate, negations: int) -> Verdict:
    trigger = candidate.trigger
    negated = negations % 2 == 1
    if trigger.negated == "only":
        if negated:
            return Verdict(candidate, trigger.stance, "negated, as it must be")
        return Verdict(candidate, None, "not negated")
    if not negated or trigger.negated == "keep":
        return Verdict(candidate, trigger.stance, "stated")
    if trigger.negated == "drop":
        return Verdict(candidate, None, "negated")
    return Verdict(candidate, Stance(trigger.negated), f"negation turns it into {trigger.negated}")
