"""How often a trigger is negated in its sentence: on the word, on its copula, on its subject or its object."""

from rules.frames.trigger_match import Candidate
from rules.syntax.grammar import dependents, is_negated, is_noun, is_verb, own_subject, phrase_span
from rules.syntax.tree import Parse

NEGATED_WITH_THEIR_VERB = frozenset("acomp attr dobj oprd advmod prep nsubj nsubjpass pobj".split())
NEGATIONS = frozenset("not no never neither nor".split())


def negations_of(parse: Parse, candidate: Candidate) -> int:
    """How many negations bear on a trigger."""
    is_predicate = candidate.trigger.adjectives or candidate.trigger.nouns or not is_verb(parse, candidate.at)
    return _of_predicate(parse, candidate.at) if is_predicate else _of_verb(parse, candidate)


def _of_predicate(parse: Parse, at: int) -> int:
    """'is not ready', 'made no demand', 'not an offer'."""
    above = parse.heads[at]
    count = int(is_negated(parse, at))
    if parse.deps[at] in NEGATED_WITH_THEIR_VERB and is_verb(parse, above):
        count += is_negated(parse, above)
    subject = own_subject(parse, above) if is_verb(parse, above) else None
    if subject is not None and _is_of_nobody(parse, subject):
        count += 1
    first = phrase_span(parse, at)[0] if is_noun(parse, at) else at
    return count or int(not NEGATIONS.isdisjoint(parse.lower[max(0, first - 1) : at]))


def _of_verb(parse: Parse, candidate: Candidate) -> int:
    """'did not reject', 'no minister rejected', 'reject no plan', 'never will it reject'."""
    at = candidate.at
    subject = own_subject(parse, at)
    count = int(is_negated(parse, at)) or int(_is_going_nowhere(parse, candidate)) or int(_is_no_sign(parse, at))
    if subject is not None:
        count += _is_of_nobody(parse, subject)
    objects = dependents(parse, at, "dobj", "attr")
    count += any(_has_no(parse, i) or parse.lower[i] == "nothing" for i in objects)
    return count or int(opens_with_negation(parse, at))


def opens_with_negation(parse: Parse, verb: int) -> bool:
    """'Not until the siege ends will Doha talk', 'Under no circumstances will': the auxiliary before the subject."""
    subject = own_subject(parse, verb)
    auxiliaries = dependents(parse, verb, "aux")
    if subject is None or not auxiliaries or auxiliaries[0] > subject:
        return False
    if auxiliaries[0] > 0 and parse.lower[auxiliaries[0] - 1] in ("nor", "neither", "never"):
        return True
    opening = parse.lower[:4]
    return bool(opening) and (opening[0] in ("not", "never", "nor", "neither") or "no" in opening[:3])


def _is_of_nobody(parse: Parse, subject: int) -> bool:
    """'no minister', 'neither Oslo nor Bergen', 'none'."""
    neither = any(parse.lower[c] == "neither" for c in dependents(parse, subject, "preconj", "cc", "det", "advmod"))
    return neither or _has_no(parse, subject) or parse.lower[subject] in ("nobody", "neither", "none")


def _is_going_nowhere(parse: Parse, candidate: Candidate) -> bool:
    """'is not going to help': the negation stands on the words above the verb."""
    return (
        bool(candidate.trigger.modals)
        and candidate.first == parse.heads[candidate.at]
        and is_negated(parse, candidate.first)
    )


def _is_no_sign(parse: Parse, verb: int) -> bool:
    """'shows no sign of yielding'."""
    preposition = parse.heads[verb]
    noun = parse.heads[preposition]
    return (
        parse.deps[verb] == "pcomp" and parse.lower[noun] in ("sign", "signs", "hint", "hurry") and _has_no(parse, noun)
    )


def _has_no(parse: Parse, noun: int) -> bool:
    return any(parse.lower[c] in ("no", "neither") for c in dependents(parse, noun, "det"))
