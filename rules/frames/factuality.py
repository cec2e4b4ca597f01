"""Why a sentence may not say that anybody took a position: a question, a condition, a hedge, a denial."""

from rules.frames.polarity import opens_with_negation
from rules.frames.roles import find_role
from rules.frames.trigger_match import Candidate
from rules.syntax.grammar import (
    ancestors,
    dependents,
    is_circumstance,
    is_negated,
    is_noun,
    is_verb,
    modal_of,
    own_subject,
    span,
)
from rules.syntax.support_verbs import NAMING_VERBS
from rules.syntax.tree import Parse
from rules.text.lemmas import verb_forms
from rules.text.words import Words

HEDGING_MODALS = frozenset("may might could can should must ought shall need".split())
# Words above a trigger that leave open whether anybody took the position: 'is expected to reject', 'plans to offer'.
UNDECIDED = frozenset(
    "expected likely unlikely set poised due supposed bound sure certain scheduled seeking hoping trying tempted able "
    "unable plan plans planned planning intend intends intended hope hopes hoped want wants wanted tend tends try "
    "tries tried prepare prepares seem seems seemed appear appears appeared consider considers considered considering "
    "possible aim aims aimed wish wishes believed thought rumored rumoured about".split()
)
SEEMING = frozenset("seem seems seemed appear appears appeared look looks looked sound sounded".split())
OBLIGED = frozenset("need needs needed have has had ought".split())
UNREAL_NOUNS = frozenset(
    "claim claims rumour rumours rumor rumors allegation allegations accusation accusations suggestion "
    "suggestions charge charges speculation fear fears idea possibility chance risk notion belief hope hopes".split()
)
GIVEN_UP = frozenset(
    form for verb in "drop lift withdraw waive abandon retract relinquish".split() for form in verb_forms(verb)
)
DENYING = frozenset("deny denied denies dismiss dismissed dismisses rejected rejects reject".split())
DOUBTED = frozenset(
    "perceived alleged allegedly supposed supposedly apparent possible potential rumoured rumored purported "
    "purportedly expected".split()
)
FORMER = frozenset("previous former past".split())
CONDITIONAL_OPENERS = frozenset("if unless whether should lest provided providing assuming".split())
CONDITIONS = ("advcl", "csubj", "ccomp", "conj", "relcl", "acl", "ROOT", "pcomp", "prep")
GOVERNED = ("xcomp", "ccomp", "pcomp", "acl", "prep", "dobj")


def doubt_about(parse: Parse, candidate: Candidate, words: Words) -> str | None:
    """Why a sentence does not say that anybody took the position, None where it does."""
    reason = _doubt_at(parse, candidate) or _given_up(parse, candidate)
    if reason or _is_presupposed(parse, candidate):
        return reason
    return _doubt_of_verb(parse, candidate) or _doubt_above(parse, candidate, words)


def _doubt_at(parse: Parse, candidate: Candidate) -> str | None:
    """What the trigger itself and its sentence tell."""
    at = candidate.at
    if any(parse.lower[c] in DOUBTED for c in dependents(parse, at, "amod", "advmod")):
        return "doubted by an adjective or adverb"
    if any(parse.lower[c] in FORMER for c in dependents(parse, at, "amod")):
        return "held no longer"
    if parse.text.rstrip("\"”’' )").endswith("?"):
        return "asked, not stated"
    if _ends_as_question(parse, at):
        return "asked, not stated"
    if candidate.trigger.modals and _is_inverted(parse, candidate) and not opens_with_negation(parse, at):
        return "the modal stands before its subject: a question or a condition"
    return None


def _given_up(parse: Parse, candidate: Candidate) -> str | None:
    """'dropped its objections', 'withdrew the demand'."""
    verb = parse.heads[candidate.at]
    gone = candidate.trigger.nouns and parse.deps[candidate.at] == "dobj" and parse.lower[verb] in GIVEN_UP
    return f"given up ('{parse.lower[verb]}')" if gone else None


def _ends_as_question(parse: Parse, at: int) -> bool:
    """'"Do we ask anyone?" he said': the mark ends the clause before any other stop does."""
    stop = next((word for word in parse.words[at:] if word in ("?", ".", "!", ";", ":")), "")
    return stop == "?"


def _is_inverted(parse: Parse, candidate: Candidate) -> bool:
    subject = own_subject(parse, candidate.at)
    return subject is not None and candidate.first < subject


def _is_presupposed(parse: Parse, candidate: Candidate) -> bool:
    """'Moscow's demand that …' takes it for granted that Moscow demands it, whatever stands above."""
    return bool(candidate.trigger.nouns and find_role(parse, candidate.at, "possessive"))


def _doubt_of_verb(parse: Parse, candidate: Candidate) -> str | None:
    if candidate.trigger.modals or not is_verb(parse, candidate.at):
        return None
    modal = modal_of(parse, candidate.at)
    if modal == "would" and any(parse.lower[c] == "have" for c in dependents(parse, candidate.at, "aux")):
        return "never came about ('would have')"
    if _is_short_of(parse, candidate.at):
        return "left undone ('short of')"
    return f"hedged by '{modal}'" if modal in HEDGING_MODALS else None


def _is_short_of(parse: Parse, verb: int) -> bool:
    """'stopped short of demanding', 'fell short of rejecting'."""
    preposition = parse.heads[verb]
    is_object = parse.deps[verb] == "pcomp" and parse.lower[preposition] == "of"
    return is_object and "short" in (parse.lower[parse.heads[preposition]], parse.lower[preposition - 1])


def _doubt_above(parse: Parse, candidate: Candidate, words: Words) -> str | None:
    """What the words above the trigger tell, the nearest first."""
    below = candidate.at
    for above in (candidate.at, *ancestors(parse, candidate.at)):
        if above != below and not candidate.first <= above <= candidate.last:
            reason = None if _is_named_by(parse, candidate, above) else _doubt_from(parse, above, below, words)
            if reason:
                return reason
        if _is_hypothetical(parse, above):
            return "inside a condition"
        if is_circumstance(parse, above):
            return None
        below = above
    return None


def _is_named_by(parse: Parse, candidate: Candidate, verb: int) -> bool:
    """'considers the border unacceptable' names it so, and supposes nothing."""
    return "namer" in candidate.trigger.actor and parse.lower[verb] in NAMING_VERBS


def _doubt_from(parse: Parse, above: int, below: int, words: Words) -> str | None:
    """What a word tells of the clause that hangs from it."""
    word, dep = parse.lower[above], parse.deps[below]
    reason = _doubt_from_verb(parse, above, dep, words) if dep in GOVERNED and is_verb(parse, above) else None
    if reason:
        return reason
    if dep in ("acl", "ccomp") and is_noun(parse, above):
        denied = word in ("report", "reports") and parse.lower[parse.heads[above]] in DENYING
        if word in UNREAL_NOUNS or denied:
            return f"no more than a '{word}'"
    if dep == "acl" and parse.deps[above] == "dobj" and parse.lower[parse.heads[above]] in words.undoing:
        return f"undone by '{parse.lower[parse.heads[above]]}'"
    seems = dep in ("acomp", "oprd") and word in SEEMING
    left_open = dep in ("xcomp", "ccomp") and word in UNDECIDED
    return f"left open by '{word}'" if seems or left_open else None


def _doubt_from_verb(parse: Parse, verb: int, dep: str, words: Words) -> str | None:
    word, modal = parse.lower[verb], modal_of(parse, verb)
    if word in words.unreal:
        return f"not stated but under '{word}'"
    if dep == "xcomp" and word == "used" and not dependents(parse, verb, "dobj"):
        return "done no longer ('used to')"
    if dep == "xcomp" and word in OBLIGED:
        return f"hedged by '{word} to'"
    if dep == "xcomp" and (word in UNDECIDED or word in words.undoing):
        return f"left undone or open by '{word}'"
    if dep in ("ccomp", "xcomp") and word in words.reporting and is_negated(parse, verb):
        return f"not said ('{word}' is negated)"
    return f"hedged by '{modal}'" if dep == "ccomp" and modal in ("may", "might", "could") else None


def _is_hypothetical(parse: Parse, i: int) -> bool:
    """Whether a clause is a condition: 'if it rejects', 'whether to accept', 'should Iran refuse'."""
    if parse.deps[i] not in CONDITIONS:
        return False
    first = span(parse, i)[0] if parse.deps[i] == "advcl" else i
    if parse.lower[first : first + 3] in (("as", "long", "as"), ("so", "long", "as")):
        return True
    return _opens_by_inversion(parse, i) or any(
        child < i and parse.deps[child] in ("mark", "advmod", "prep") and parse.lower[child] in CONDITIONAL_OPENERS
        for child in parse.children[i]
    )


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
