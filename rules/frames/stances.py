"""Finds the frames of a parsed sentence, and says for each match whether its stance stands, turns or falls."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rules.frames.complements import Complements, complements_of
from rules.frames.constructions import Constructions
from rules.frames.content_classes import classes_of, letters_of
from rules.frames.factuality import Factuality, Operators
from rules.frames.lexicon import Lexicon
from rules.frames.openings import Opening, Openings
from rules.frames.trigger_match import TriggerMatch, matches_in
from rules.language.languages import language_of
from rules.syntax.clause import says_what_must_be
from rules.syntax.grammar import dependents, is_noun, is_verb, modal_of, opens_with_that
from rules.syntax.subjects import is_passive
from rules.syntax.tree import Parse
from rules.text.word_lists import WordLists
from schemas.position import Stance
from schemas.ruleset import Commitment, Outcome, RuleSet

# A need, what is said where it is not met, and whether it is, by the match and its content.
Check = tuple[str, str, Callable[[TriggerMatch, Sequence[int]], bool]]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a match: its stance, or why it has none; the heads of its content; whether it is negated."""

    match: TriggerMatch
    stance: Stance | None
    reason: str
    content: tuple[int, ...] = ()
    complements: frozenset[str] = frozenset()
    negated: bool = False
    fits: bool = True  # whether its complements and its content are those of the wording


class StanceFinder:
    """All frames of a rule set, made ready to judge sentences. Holds nothing that changes."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.lexicon = Lexicon(ruleset)
        lists = WordLists({**ruleset.constructions, **ruleset.operators}, ruleset.language)
        self._language = language_of(ruleset.language)
        self.constructions = Constructions(lists)
        self.operators = Operators(lists)
        self.classes = classes_of(tuple(ruleset.classes.items()), ruleset.language)
        self._polarity = {row.id: row for row in ruleset.polarity}
        self._commitments = ruleset.commitments
        self.needs = Openings(ruleset, self.constructions, self.operators, self.classes)

    @cached_property
    def openings(self) -> dict[str, tuple[Opening, ...]]:
        """Every surface form that a wording can begin with, and what else must be there: what the gate looks for."""
        if not self._language.gates_by_all_words:
            return {word: (Opening(frozenset()),) for form in self.lexicon.by_form for word in self._written(form)}
        of = cache(self.needs.of)  # a wording has many forms
        return {form: tuple({of(w) for w in some}) for form, some in self.lexicon.by_form.items()}

    def _written(self, form: str) -> frozenset[str]:
        """The words of which a text holds one where wordings begin with a form; of a bare ending what they are about.

        Raises ValueError for an ending that any verb may have.
        """
        written = self._language.written(form)
        if written is not None:
            return written
        wordings = self.lexicon.by_form[form]
        about = {wording.trigger_id: wording.entry.about or wording.frame.about for wording in wordings}
        if anything := [trigger_id for trigger_id, classes in about.items() if not classes]:
            raise ValueError(f"{anything[0]}: {form!r} is no word in {self._language.code!r}; it needs 'about'")
        return letters_of(word for classes in about.values() for name in classes for word in self.classes.heads(name))

    def verdicts(self, parse: Parse) -> list[Verdict]:
        """What becomes of every match in a sentence, in the order of the text.

        Of wordings that begin with one word and fit, those with the most words stand: 'call off' beats 'call'.
        """
        found = [self.judge(match) for match in matches_in(parse, self.lexicon)]
        longest: dict[tuple[int, bool], int] = defaultdict(int)
        for verdict in found:
            place = (verdict.match.first, verdict.match.kind == "modal")
            longest[place] = max(longest[place], len(verdict.match.wording.rest)) if verdict.fits else longest[place]
        return [
            verdict
            for verdict in found
            if len(verdict.match.wording.rest) >= longest[verdict.match.first, verdict.match.kind == "modal"]
        ]

    def judge(self, match: TriggerMatch) -> Verdict:
        """Whether the stance of a match stands in this sentence."""
        complements = complements_of(match, self.constructions)
        if complements is None:
            return Verdict(match, None, f"takes one of: {', '.join(match.wording.takes)}", fits=False)
        reason = self._lacks(match, complements) or self._unfit_content(match, complements)
        if reason:
            return Verdict(match, None, reason, fits=False)
        factuality = self.operators.read(match)
        if factuality.doubt:
            return Verdict(match, None, factuality.doubt)
        if "negated" in match.frame.needs and factuality.negations % 2 == 0:
            return Verdict(match, None, "not negated", fits=False)
        outcome, reason = self._outcome(match, complements, factuality)
        stance = None if outcome == "none" else match.frame.stance if outcome == "same" else Stance(outcome)
        return Verdict(match, stance, reason, complements.content, complements.found, factuality.negations % 2 == 1)

    def of_another(self, verdict: Verdict) -> Verdict:
        """The same verdict where another party is to do what the content says: what is proposed then is a demand."""
        outcome = self._polarity[verdict.match.frame.sense].other_doer
        if outcome == "same" or verdict.stance is not verdict.match.frame.stance:
            return verdict
        return replace(verdict, stance=Stance(outcome), reason="another is to do it")

    def _lacks(self, match: TriggerMatch, complements: Complements) -> str | None:
        """What the frame needs of the clause, and is not there."""
        needs = match.frame.needs
        return next(
            (why for need, why, is_met in self._checks if need in needs and not is_met(match, complements.content)),
            None,
        )

    @cached_property
    def _checks(self) -> tuple[Check, ...]:
        """What is looked at for each need that the clause itself tells, and what is said where it is not met."""
        built = self.constructions
        return (
            ("command", "no command", lambda m, _: bool(m.clause.commands)),
            ("copula", "no copula", lambda m, _: built.is_copula(m.parse, m.at)),
            ("occasion", "not the occasion of what is done", lambda m, _: built.is_occasion(m.parse, m.at)),
            ("inclusive", "not said of us", lambda m, _: any(m.parse.lower[i] == "we" for i in m.clause.subject)),
            ("collective", "not said of all together", lambda m, _: built.is_collective(m.parse, m.at)),
            ("future", "not in the future", lambda m, _: built.is_future(m.parse, m.at)),
            ("under_way", "not under way", lambda m, _: built.is_under_way(m.parse, m.at)),
            ("set_aside", "not set aside", lambda m, _: built.is_set_aside(m.parse, m.at)),
            ("passive", "no passive", lambda m, _: is_passive(m.parse, m.at)),
            ("active", "a passive", lambda m, _: not is_passive(m.parse, m.at) or self._is_negated_without_agent(m)),
            ("content", "no content", lambda _, content: bool(content)),
            ("unclaimed", "denies a claim", lambda m, content: not any(_claims(m.parse, i) for i in content)),
            ("ahead", "of what is so already", lambda m, content: _are_ahead(m.parse, content)),
        )

    def _is_negated_without_agent(self, match: TriggerMatch) -> bool:
        """'is not supported', which says who does not support it no more than it says who does."""
        return not dependents(match.parse, match.at, "agent") and bool(self.operators.negations_of(match))

    def _unfit_content(self, match: TriggerMatch, complements: Complements) -> str | None:
        """Why the content is not of the kind that the entry or its frame asks for."""
        entry, frame, content = match.wording.entry, match.frame, complements.content or (match.at,)
        about, not_about = entry.about or frame.about, (*frame.not_about, *entry.not_about)
        content = tuple(self.constructions.acted(match.parse, i) for i in content)
        fit = max((self.classes.fit(match.parse, i, about) for i in content), default=0) if about else 1
        if not fit:
            return f"not about: {', '.join(about)}"
        unfit = max((self.classes.fit(match.parse, i, not_about) for i in content), default=0) if not_about else 0
        return f"about one of: {', '.join(not_about)}" if unfit and unfit >= fit else None

    def _outcome(self, match: TriggerMatch, complements: Complements, factuality: Factuality) -> tuple[Outcome, str]:
        """What polarity makes of the stance, and why."""
        row = self._polarity[match.frame.sense]
        negated = factuality.negations % 2 == 1
        if "negated" in match.frame.needs:
            return "same", "negated, as it must be"
        if factuality.given_up:
            return row.given_up, "given up"
        if factuality.intended and row.intended == "none":
            return "none", "meant or tried, not done"
        if factuality.embedded and row.embedded == "none":
            return "none", "in a clause that only describes"
        content_negated = any(self.operators.is_negated(match.parse, i) for i in complements.content if i != match.at)
        if negated and row.negated != "content":
            return row.negated, "negated"
        if row.commits:
            column = f"{row.commits}_negated" if content_negated else "announced_negated" if negated else row.commits
            column = str(row.commits) if negated and content_negated else column
            return self._committed(match, complements, column)
        if content_negated and row.content_negated != "same":
            return row.content_negated, "its content is negated"
        return "same", "stated"

    def _committed(self, match: TriggerMatch, complements: Complements, column: str) -> tuple[Outcome, str]:
        """What a commitment is, by the class of what is committed to."""
        commitment = self.class_of(match.parse, complements.content)
        outcome: Outcome = getattr(commitment, column)
        return outcome, f"{column.replace('_', ', ')}: {commitment.id}"

    def class_of(self, parse: Parse, content: tuple[int, ...]) -> Commitment:
        """The row whose class fits the content by the most words; of equal ones the first by precedence."""
        acts = [self.constructions.acted(parse, i) for i in content]
        fits = {
            row.id: max((self.classes.fit(parse, i, (row.id,)) for i in acts), default=0) for row in self._commitments
        }
        other = next(row for row in self._commitments if row.id == "other")
        fitting = [row for row in self._commitments if fits[row.id]]
        return min(fitting, key=lambda row: (-fits[row.id], row.precedence), default=other)


def _claims(parse: Parse, noun: int) -> bool:
    """'the idea that the war had caused it', 'suggestions that it was wrong': what the noun holds is so, or is not."""
    clauses = dependents(parse, noun, "acl", "ccomp") if is_noun(parse, noun) else []
    return any(opens_with_that(parse, i) and not (is_ahead(parse, i) or says_what_must_be(parse, i)) for i in clauses)


def _are_ahead(parse: Parse, content: Sequence[int]) -> bool:
    return all(is_ahead(parse, i) for i in content if is_verb(parse, i))


def is_ahead(parse: Parse, verb: int) -> bool:
    """Whether a clause says what is to be: by a modal, a bare form or an infinitive below 'is', 'has' or 'needs'."""
    if modal_of(parse, verb) is not None or parse.tags[verb] in ("VB", "VBG"):
        return True
    below = dependents(parse, verb, "xcomp", "ccomp", "acomp", "attr")
    below += [i for word in below for i in dependents(parse, word, "xcomp", "acl")]
    return any(parse.tags[i] == "VB" for i in below)
