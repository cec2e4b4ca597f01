"""What operators say of a match: whether anybody took the position, and how often it is negated."""

from dataclasses import dataclass
from functools import cached_property

from rules.frames.trigger_match import HAVING, TriggerMatch
from rules.language import english
from rules.syntax.grammar import (
    ancestors,
    dependents,
    holds,
    is_circumstance,
    is_negated,
    is_noun,
    is_verb,
    modal_of,
    own_subject,
    phrase_span,
    span,
)
from rules.syntax.tree import Parse
from rules.text.word_lists import WordLists
from schemas.position import Stance

# Relations in which what stands above a word bears on it.
CONDITIONS = ("advcl", "csubj", "ccomp", "conj", "relcl", "acl", "ROOT", "pcomp", "prep")
GOVERNED = ("xcomp", "ccomp", "pcomp", "acl", "prep", "dobj", "advcl")
NEGATED_WITH_THEIR_VERB = ("acomp", "attr", "dobj", "oprd", "advmod", "prep", "nsubj", "nsubjpass", "pobj")


@dataclass(frozen=True)
class Factuality:
    """Why nobody took the position, if so; how many negations bear on it; whether it was given up or meant,
    and whether it stands in a clause that only describes something."""

    doubt: str | None = None
    negations: int = 0
    given_up: bool = False
    intended: bool = False
    embedded: bool = False


class Operators:
    """The operators of a rule set, and where in a sentence each is read."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def read(self, match: TriggerMatch) -> Factuality:
        """What the operators around a match say of it."""
        doubt, intended = self._doubt_at(match), False
        if doubt is None and not self._is_presupposed(match):
            intended = self._is_intended(match)
            doubt = self._doubt_of_verb(match) or self._doubt_above(match)
        if doubt:
            return Factuality(doubt)
        embedded = self._is_embedded(match)
        return Factuality(None, self.negations_of(match), self._is_given_up(match), intended, embedded)

    @cached_property
    def negating_words(self) -> frozenset[str]:
        """Of which every negated clause holds one; of a phrase without any other one, its longest: 'yet to'."""
        names = ("negations", "near_negations", "nobody")
        single = english.words("negation_tokens").union(*map(self._lists.words, names))
        phrases = [phrase for phrase in self._lists.phrases("negating_phrases") if single.isdisjoint(phrase)]
        return single | {max(phrase, key=len) for phrase in phrases}

    def negations_of(self, match: TriggerMatch) -> int:
        """How many negations bear on a match: on the word, on its copula, on its subject or its object."""
        is_predicate = match.wording.is_predicate or not is_verb(match.parse, match.at)
        if is_predicate:
            is_presupposed = match.frame.stance is Stance.DEMAND and self._is_presupposed(match)
            return self._of_predicate(match.parse, match.at, is_presupposed)
        return self._of_verb(match)

    def _of_predicate(self, parse: Parse, at: int, is_presupposed: bool) -> int:
        """'is not ready', 'made no demand', 'not an offer', 'has shown no readiness'.

        'did not accept our demand' denies no demand.
        """
        above = parse.heads[at]
        count = int(self.is_negated(parse, at))
        if parse.deps[at] in NEGATED_WITH_THEIR_VERB and is_verb(parse, above) and not is_presupposed:
            count += self.is_negated(parse, above)
        subject = own_subject(parse, above) if is_verb(parse, above) else None
        if subject is not None and not is_presupposed and self._is_of_nobody(parse, subject):
            count += 1
        first = phrase_span(parse, at)[0] if is_noun(parse, at) else at
        return count or int(not self._lists.words("negations").isdisjoint(parse.lower[max(0, first - 1) : at]))

    def _of_verb(self, match: TriggerMatch) -> int:
        """'did not reject', 'no minister rejected', 'reject no plan', 'never will it reject'."""
        parse, at = match.parse, match.at
        subject = own_subject(parse, at)
        count = int(self.is_negated(parse, at) or self._is_negated_before(parse, at) or self._is_negated_above(match))
        if subject is not None:
            count += self._is_of_nobody(parse, subject)
        objects = [i for i in dependents(parse, at, "dobj", "attr") if i not in range(match.first, match.last + 1)]
        count += any(_has_no(parse, i) or parse.lower[i] == "nothing" for i in objects)
        return count or int(self.opens_with_negation(parse, at))

    def _is_negated_before(self, parse: Parse, verb: int) -> bool:
        """'has not urged Oslo to leave or asked it to stay': what 'or' joins shares the negation."""
        above = parse.heads[verb]
        if parse.deps[verb] != "conj" or not is_verb(parse, above) or dependents(parse, verb, "nsubj", "aux", "mark"):
            return False
        joined = any(parse.lower[c] in ("or", "nor") for c in dependents(parse, above, "cc"))
        return joined and self.is_negated(parse, above)

    def is_negated(self, parse: Parse, i: int) -> bool:
        """Whether a negation hangs from a word: 'not', 'never', 'hardly', 'under no circumstances'."""
        if is_negated(parse, i):
            return True
        for child in dependents(parse, i, "advmod", "prep", "npadvmod"):
            if parse.lower[child] in self._lists.words("near_negations"):
                return True
            for phrase in self._lists.phrases("negating_phrases"):
                first = child if parse.lower[child] == phrase[0] else child - len(phrase) + 1
                if first >= 0 and parse.lower[first : first + len(phrase)] == phrase:
                    return True
        return False

    def opens_with_negation(self, parse: Parse, verb: int) -> bool:
        """'Not until the siege ends will Doha talk': the auxiliary before the subject."""
        subject = own_subject(parse, verb)
        auxiliaries = dependents(parse, verb, "aux")
        if subject is None or not auxiliaries or auxiliaries[0] > subject:
            return False
        negations = self._lists.words("negations")
        if auxiliaries[0] > 0 and parse.lower[auxiliaries[0] - 1] in negations:
            return True
        opening = parse.lower[:4]
        return bool(opening) and (opening[0] in negations | {"not"} or "no" in opening[:3])

    def _is_of_nobody(self, parse: Parse, subject: int) -> bool:
        """'no minister', 'neither Oslo nor Bergen', 'none'."""
        neither = any(parse.lower[c] == "neither" for c in dependents(parse, subject, "preconj", "cc", "det", "advmod"))
        return neither or _has_no(parse, subject) or parse.lower[subject] in self._lists.words("nobody")

    def _is_negated_above(self, match: TriggerMatch) -> bool:
        """The negation stands on words that pass it down: 'is not going to help', 'shows no sign of yielding'."""
        parse, below = match.parse, match.at
        for above in ancestors(parse, match.at):
            if parse.deps[below] not in ("xcomp", "pcomp", "prep", "acl", "pobj"):
                return False
            passes = parse.lower[above] in self._lists.words("pass_negation_down")
            if not passes and parse.deps[below] not in ("pcomp", "pobj"):
                return False
            if passes and (self.is_negated(parse, above) or _has_no(parse, above)):
                return True
            below = above
        return False

    def _is_given_up(self, match: TriggerMatch) -> bool:
        """'dropped its objections', 'withdrew the demand'."""
        parse, at = match.parse, match.at
        if match.kind != "noun" or parse.deps[at] not in ("dobj", "nsubjpass"):
            return False
        return parse.lower[parse.heads[at]] in self._lists.verbs("giving_up")

    def _doubt_at(self, match: TriggerMatch) -> str | None:
        """What the match itself and its sentence tell."""
        parse, at = match.parse, match.at
        modifiers = [parse.lower[c] for c in dependents(parse, at, "amod", "advmod")]
        if any(word in self._lists.words("doubting_modifiers") for word in modifiers):
            return "doubted by an adjective or adverb"
        if any(word in self._lists.words("former_modifiers") for word in modifiers):
            return "held no longer"
        carrier = parse.lower[parse.heads[at]]
        if match.kind == "noun" and parse.deps[at] == "dobj" and carrier in self._lists.verbs("foretelling"):
            return f"not stated but under '{carrier}'"
        if parse.text.rstrip("\"”’' )").endswith("?") or _ends_as_question(parse, at):
            return "asked, not stated"
        if is_verb(parse, at) and self._is_asked_below(parse, at):
            return "asked within another clause"
        pending = [parse.lower[c] for c in dependents(parse, at, "mark", "prep") if c < at]
        if match.kind == "modal" and not self._lists.words("pending_openers").isdisjoint(pending):
            return "not before something else"
        if match.kind == "modal" and _is_inverted(match) and not self.opens_with_negation(parse, at):
            return "the modal stands before its subject: a question or a condition"
        return None

    def _is_asked_below(self, parse: Parse, verb: int) -> bool:
        """'how Mali should vote', 'what form it will take'"""
        opening = [c for c in parse.children[verb] if c < verb and parse.deps[c] in ("advmod", "dobj", "attr", "pobj")]
        opening += [j for c in opening for j in dependents(parse, c, "det", "advmod", "amod")]
        asking = self._lists.words("question_words")
        if parse.deps[verb] == "relcl":
            asking -= self._lists.words("relating_words")
        if parse.deps[verb] == "csubj" and dependents(parse, parse.heads[verb], "attr"):
            return False  # 'what we need is a truce'
        return parse.deps[verb] != "ROOT" and any(parse.lower[c] in asking for c in opening)

    def _is_presupposed(self, match: TriggerMatch) -> bool:
        """'Moscow's demand that …' takes it for granted that Moscow demands it, whatever stands above."""
        return match.kind == "noun" and bool(match.clause.owners)

    def _doubt_of_verb(self, match: TriggerMatch) -> str | None:
        parse, at = match.parse, match.at
        if not is_verb(parse, at):
            return None
        modal = modal_of(parse, at)
        if modal is not None and any(parse.lower[c] == "have" for c in dependents(parse, at, "aux")):
            return f"never came about ('{modal} have')"
        if match.kind == "modal":
            return None
        if _is_short_of(parse, at):
            return "left undone ('short of')"
        if self._is_pending(parse, at):
            return "not so far"
        return f"hedged by '{modal}'" if modal in self._lists.words("hedging_modals") else None

    def _is_pending(self, parse: Parse, verb: int) -> bool:
        """'has not yet accepted': nothing is said of what comes."""
        beside = [parse.lower[c] for c in dependents(parse, verb, "advmod", "aux")]
        is_perfect = not HAVING.isdisjoint(beside)
        return is_perfect and is_negated(parse, verb) and not self._lists.words("so_far").isdisjoint(beside)

    def _doubt_above(self, match: TriggerMatch) -> str | None:
        """What the words above the match tell, the nearest first."""
        parse, below = match.parse, match.at
        for above in (match.at, *ancestors(parse, match.at)):
            if above != below and not match.first <= above <= match.last:
                is_held = match.kind == "modal" and match.frame.stance is Stance.DEMAND and holds(parse, above)
                is_stated = is_held or self._is_named_by(match, above)
                reason = None if is_stated else self._doubt_from(parse, above, below)
                if reason:
                    return reason
                if is_verb(parse, above) and _is_short_of(parse, above):
                    return "left undone ('short of')"
            if self._is_hypothetical(parse, above):
                return "inside a condition"
            if is_circumstance(parse, above) or _stands_alone(parse, above):
                return None
            below = above
        return None

    def _is_named_by(self, match: TriggerMatch, verb: int) -> bool:
        """'considers the border unacceptable' names it so, and supposes nothing."""
        return "namer" in match.frame.actor and match.parse.lower[verb] in self._lists.verbs("naming_verbs")

    def _doubt_from(self, parse: Parse, above: int, below: int) -> str | None:
        """What a word tells of the clause that hangs from it."""
        word, dep = parse.lower[above], parse.deps[below]
        if dep in GOVERNED and is_verb(parse, above):
            reason = self._doubt_from_verb(parse, above, below)
            if reason:
                return reason
        if dep in ("acl", "ccomp", "pcomp", "prep") and is_noun(parse, above):
            denied = word in ("report", "reports") and parse.lower[parse.heads[above]] in self._lists.verbs("denying")
            if (dep in ("acl", "ccomp") and word in self._lists.nouns("unreal_nouns")) or denied:
                return f"no more than a '{word}'"
        if dep == "prep" and parse.lower[below] in ("of", "to", "for", "in") and is_verb_below(parse, below):
            return f"no more than a '{word}'" if word in self._lists.nouns("unreal_nouns") else None
        if dep == "acl" and parse.deps[above] == "dobj":
            carrier = parse.lower[parse.heads[above]]
            if carrier in self._lists.verbs("undoing"):
                return f"undone by '{carrier}'"
        seems = dep in ("acomp", "oprd") and word in self._lists.verbs("seeming")
        left_open = dep in ("xcomp", "ccomp") and word in self._lists.words("undecided")
        return f"left open by '{word}'" if seems or left_open else None

    def _doubt_from_verb(self, parse: Parse, verb: int, below: int) -> str | None:
        word, modal, dep = parse.lower[verb], modal_of(parse, verb), parse.deps[below]
        if dep == "advcl":
            return None
        is_own = any(parse.lower[c] in ("i", "we") for c in dependents(parse, verb, "nsubj"))
        if is_own and word in self._lists.verbs("stating_of_oneself"):
            return None
        if word in self._lists.verbs("unreal_verbs"):
            return f"not stated but under '{word}'"
        if dep == "xcomp" and word == "used" and not dependents(parse, verb, "dobj"):
            return "done no longer ('used to')"
        if dep == "xcomp" and word in self._lists.words("obliged"):
            return f"hedged by '{word} to'"
        if dep == "xcomp" and (word in self._lists.words("undecided") or word in self._lists.verbs("undoing")):
            return f"left undone or open by '{word}'"
        if dep in ("ccomp", "xcomp") and word in self._lists.verbs("reporting") and is_negated(parse, verb):
            return f"not said ('{word}' is negated)"
        return f"hedged by '{modal}'" if dep == "ccomp" and modal in ("may", "might", "could") else None

    def _is_embedded(self, match: TriggerMatch) -> bool:
        """'elections, which should help', 'how Mali should vote', 'because it must eat': said of a thing beside."""
        parse, openers = match.parse, self._lists.words("embedding_openers")
        for above in (match.at, *ancestors(parse, match.at)):
            if parse.deps[above] == "relcl":
                return True
            opening = [
                c for c in parse.children[above] if c < above and parse.deps[c] in ("mark", "advmod", "nsubj", "dobj")
            ]
            if any(parse.lower[c] in openers for c in opening):
                return True
            if parse.deps[above] not in ("xcomp", "conj", "acl", "advcl", "pcomp"):
                return False
        return False

    def _is_intended(self, match: TriggerMatch) -> bool:
        """'tried to agree', 'efforts to reach', 'in order to reach', 'flew to Oslo to sign'."""
        parse, below = match.parse, match.at
        for above in ancestors(parse, match.at):
            dep, word = parse.deps[below], parse.lower[above]
            if match.first <= above <= match.last:
                below = above
                continue
            if dep == "advcl" and is_verb(parse, above) and _is_to_infinitive(parse, below):
                return True
            if dep == "acl" and parse.tags[below] == "VBN" and below == match.at:
                return False  # 'talks needed on the border'
            tried_by = dep == "prep" and is_verb_below(parse, below)  # 'obstacles to reaching', 'close to sealing'
            if (dep in ("xcomp", "acl", "pcomp", "conj") or tried_by) and (
                word in self._lists.words("intending")
                or (is_noun(parse, above) and word in self._lists.nouns("attempts"))
            ):
                return True
            if dep not in ("xcomp", "acl", "pcomp", "prep", "conj", "relcl"):
                return False
            below = above
        return False

    def _is_hypothetical(self, parse: Parse, i: int) -> bool:
        """Whether a clause is a condition: 'if it rejects', 'whether to accept', 'should Iran refuse'."""
        if parse.deps[i] not in CONDITIONS:
            return False
        first = span(parse, i)[0] if parse.deps[i] == "advcl" else i
        if parse.lower[first : first + 3] in (("as", "long", "as"), ("so", "long", "as")):
            return True
        if parse.lower[parse.heads[i]] == "long" and parse.deps[parse.heads[i]] == "advmod":  # 'as long as it rejects'
            return True
        openers = self._lists.words("conditional_openers")
        if parse.tags[i] in ("VBZ", "VBP"):
            openers |= self._lists.words("awaiting_openers")
        return _opens_by_inversion(parse, i) or any(
            child < i and parse.deps[child] in ("mark", "advmod", "prep") and parse.lower[child] in openers
            for child in parse.children[i]
        )


def _stands_alone(parse: Parse, clause: int) -> bool:
    """A relative clause, or one that 'and' joins with a subject of its own: what is doubted above is not said in it."""
    joined = parse.deps[clause] == "conj" and is_verb(parse, clause) and own_subject(parse, clause) is not None
    return parse.deps[clause] == "relcl" or joined


def is_verb_below(parse: Parse, preposition: int) -> bool:
    """Whether a preposition takes an -ing form: 'the idea of signing'."""
    return bool(dependents(parse, preposition, "pcomp"))


def _is_to_infinitive(parse: Parse, verb: int) -> bool:
    return parse.tags[verb] == "VB" and any(parse.lower[c] == "to" for c in dependents(parse, verb, "aux"))


def _ends_as_question(parse: Parse, at: int) -> bool:
    """'"Do we ask anyone?" he said': the mark ends the clause before any other stop does."""
    stop = next((word for word in parse.words[at:] if word in ("?", ".", "!", ";", ":")), "")
    return stop == "?"


def _is_inverted(match: TriggerMatch) -> bool:
    subject = own_subject(match.parse, match.at)
    return subject is not None and match.first < subject


def _is_short_of(parse: Parse, verb: int) -> bool:
    """'stopped short of demanding', 'fell short of rejecting'."""
    preposition = parse.heads[verb]
    is_object = parse.deps[verb] == "pcomp" and parse.lower[preposition] == "of"
    return is_object and "short" in (parse.lower[parse.heads[preposition]], parse.lower[preposition - 1])


def _opens_by_inversion(parse: Parse, i: int) -> bool:
    """'Had Iraq accepted', 'Were China to demand', 'Should Iran refuse'."""
    subject = own_subject(parse, i)
    if subject is None:
        return False
    if parse.lower[i] == "were" and parse.deps[i] == "advcl" and i < subject:
        return True
    for word in (c for c in parse.children[i] if c < subject):
        opens_clause = word == 0 or parse.lower[word - 1] in (",", "and", "but")
        if parse.deps[word] == "aux" and parse.lower[word] in ("had", "were", "should") and opens_clause:
            return True
        if parse.lower[word] == "should" and parse.deps[i] == "advcl":
            return True
    return False


def _has_no(parse: Parse, noun: int) -> bool:
    return any(parse.lower[c] in ("no", "neither") for c in dependents(parse, noun, "det"))
