"""Grammar as plain functions: where the subject, the object or the clause of a word stands in a parse."""

from collections.abc import Iterator

from rules.language import english
from rules.syntax.tree import Parse
from rules.text.lemmas import listed_verb_forms, verb_forms

MODIFIERS = ("poss", "amod", "compound", "nmod", "nummod")
# Words after a preposition that make it a date and no object: 'agreed on Wednesday'.
CALENDAR = (
    english.words("weekdays")
    | english.words("months")
    | {short + end for short in english.listed("short_months") for end in ("", ".")}
    | english.words("times_of_day")
)
FULL_MODALS = english.pairs("short_modals")
PREPOSITIONAL = ("prep", "prt", "advmod")
FACTIVE = english.words("factive_openers")
MAKING = verb_forms("make")
MADE_CLEAR = english.words("made_clear")
HOLDING = listed_verb_forms("holding_verbs")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def is_verb(parse: Parse, i: int) -> bool:
    return parse.tags[i].startswith("VB") or parse.tags[i] == "MD"


def is_noun(parse: Parse, i: int) -> bool:
    return parse.tags[i].startswith("NN")


def dependents(parse: Parse, i: int, *deps: str) -> list[int]:
    """The dependents of a word in one of the given relations."""
    below = parse.children[i]
    if not below:  # as half of all words, and this is asked more often than anything
        return []
    relations = parse.deps
    return [child for child in below if relations[child] in deps]


def conjuncts(parse: Parse, i: int) -> list[int]:
    """The word and all that is coordinated with it: 'the U.S. and NATO'."""
    found = [i]
    for word in found:
        found.extend(dependents(parse, word, "conj"))
    return found


def span(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of the subtree of a word."""
    tokens = subtree(parse, i)
    return tokens[0], tokens[-1]


def subtree(parse: Parse, i: int) -> list[int]:
    """All tokens below a word and the word itself, in the order of the text."""
    found = [i]
    for word in found:
        found.extend(parse.children[word])
    return sorted(found)


def prepositional_objects(parse: Parse, i: int, preposition: str) -> list[int]:
    """What stands after a preposition that hangs from a word: 'a call on Iran' → Iran."""
    found = [noun for child in parse.children[i] for noun in _objects_at(parse, i, child, preposition)]
    return [noun for noun in found if parse.lower[noun] not in CALENDAR]


def _objects_at(parse: Parse, i: int, child: int, preposition: str) -> list[int]:
    """What one dependent of a word contributes."""
    word, dep = parse.lower[child], parse.deps[child]
    inner = dependents(parse, child, "prep")
    if word == preposition and dep in (*PREPOSITIONAL, "dative", "agent"):  # also 'up to', 'out of'
        return [noun for place in (child, *inner) for noun in dependents(parse, place, "pobj", "pcomp")]
    if dep in PREPOSITIONAL:  # 'pulled out of the talks' asked for its 'of'
        fitting = [place for place in inner if parse.lower[place] == preposition]
        return [noun for place in fitting for noun in dependents(parse, place, "pobj", "pcomp")]
    if dep == "xcomp" and is_noun(parse, child):  # 'yielded to demands' read as a verb
        mark = "aux"
    elif dep in ("advcl", "ccomp", "xcomp") and preposition == "for" and child > i:  # 'called for the fleet to leave'
        mark = "mark"
    else:
        return []
    return [child] if any(parse.lower[c] == preposition for c in dependents(parse, child, mark)) else []


def ancestors(parse: Parse, i: int) -> Iterator[int]:
    """The heads above a word, nearest first."""
    while parse.heads[i] != i:
        i = parse.heads[i]
        yield i


def governing_clause(parse: Parse, i: int) -> int | None:
    """The verb of the clause that a word stands in."""
    for above in ancestors(parse, i):
        if is_verb(parse, above):
            return above
    return None


def opens_with_that(parse: Parse, clause: int) -> bool:
    """Whether 'that' opens a clause without being its subject or object."""
    return any(parse.lower[c] == "that" and parse.deps[c] == "mark" for c in parse.children[clause])


def makes_clear(parse: Parse, i: int) -> bool:
    """'makes clear that', 'made it clear that'."""
    clear = [c for c in parse.children[i] if parse.lower[c] in MADE_CLEAR]
    return parse.lower[i] in MAKING and bool(clear)


def holds(parse: Parse, i: int) -> bool:
    """'Oslo believes that', but not 'we believe that', which only states."""
    subjects = dependents(parse, i, "nsubj")
    return (
        parse.lower[i] in HOLDING and bool(subjects) and parse.tags[subjects[0]] != "PRP" and not is_negated(parse, i)
    )


def own_subject(parse: Parse, verb: int) -> int | None:
    """The subject that hangs from a verb itself, or from its auxiliary as the model has it; 'there' is none."""
    helpers = dependents(parse, verb, "aux", "auxpass")
    found = (i for place in (verb, *helpers) for i in dependents(parse, place, *SUBJECTS))
    return next((i for i in found if parse.lower[i] != "there"), None)


def is_negated(parse: Parse, i: int) -> bool:
    """Whether a negation hangs from a verb, its auxiliary or its determiner: 'did not', 'never', 'no demand'."""
    return any(
        _negates(parse, child) or (parse.deps[child] in ("aux", "auxpass") and is_negated(parse, child))
        for child in parse.children[i]
    )


def _negates(parse: Parse, child: int) -> bool:
    word, dep = parse.lower[child], parse.deps[child]
    if dep == "neg" or word in ("never", "neither", "nor"):
        return True
    if word == "longer" and dep == "advmod":
        return any(parse.lower[c] == "no" for c in parse.children[child])
    return (word == "no" and dep in ("det", "preconj", "cc", "advmod")) or (word == "hardly" and dep == "advmod")


def modal_of(parse: Parse, verb: int) -> str | None:
    """The modal word of a verb: will, would, must …; for coordinated verbs the one they share."""
    for child in dependents(parse, verb, "aux"):
        if parse.tags[child] == "MD":
            return FULL_MODALS.get(parse.lower[child], parse.lower[child])
    if parse.deps[verb] == "conj" and own_subject(parse, verb) is None and parse.tags[verb] == "VB":
        return modal_of(parse, parse.heads[verb]) if is_verb(parse, parse.heads[verb]) else None
    return None


def words_of(parse: Parse, first: int, last: int) -> str:
    """The text from one token through another."""
    return parse.text[parse.starts[first] : parse.ends[last]]


def is_circumstance(parse: Parse, i: int) -> bool:
    """Whether a clause tells, as a fact, what happened besides: 'after Israel submitted a plan', 'as talks began'."""
    if parse.deps[i] != "advcl" or (parse.tags[i] in ("VB", "VBG", "VBN") and not dependents(parse, i, "aux")):
        return False
    opened = any(parse.lower[c] in FACTIVE and parse.deps[c] in ("mark", "advmod") for c in parse.children[i])
    return opened and own_subject(parse, i) is not None


def subtree_without_circumstances(parse: Parse, i: int) -> list[int]:
    """All tokens below a word but those of clauses that tell of other events."""
    found = [i]
    for word in found:
        found.extend(child for child in parse.children[word] if not is_circumstance(parse, child))
    return sorted(found)


def phrase_span(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of a noun with what stands close around it: modifiers before, 'of …' after."""
    first = last = i
    for child in parse.children[i]:
        dep, word = parse.deps[child], parse.lower[child]
        if child < i and dep in (*MODIFIERS, "det", "case", "predet", "advmod", "quantmod"):
            first = min(first, span(parse, child)[0])
        elif child > i and (dep == "appos" or (dep in ("prep", "case") and word in ("of", "for", "'s"))):
            last = max(last, span(parse, child)[1])
    return first, last
