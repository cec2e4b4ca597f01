"""Who does what a verb says: its subject, found above it or before it where the verb has none of its own."""

from rules.language import english
from rules.syntax.grammar import SUBJECTS, dependents, governing_clause, is_noun, is_verb, own_subject
from rules.syntax.possessors import possessive
from rules.syntax.tree import Parse
from rules.text.lemmas import listed_verb_forms, verb_forms

RELATIVE_PRONOUNS = english.words("relative_pronouns")
# Verbs whose infinitive is done by their subject, whatever object they have.
CONTROLLED_BY_SUBJECT = listed_verb_forms("controlled_by_subject")
# Verbs whose infinitive is done by their object, though it is no request: 'leaks prompted Oslo to demand'.
CONTROLLED_BY_OBJECT = listed_verb_forms("controlled_by_object")
BEING = verb_forms("be")
BARE_CLAUSES = ("advcl", "ccomp", "pcomp", "acomp", "attr", "oprd")
TIMES = english.words("idle_times")
# Clauses above one another that may pass a subject down.
DEEPEST = 8


def is_passive(parse: Parse, verb: int) -> bool:
    if dependents(parse, verb, "auxpass", "nsubjpass", "csubjpass", "agent"):
        return True
    bare = not dependents(parse, verb, "aux", *SUBJECTS, "dobj", "ccomp", "xcomp")
    return bare and parse.tags[verb] == "VBN" and parse.deps[verb] in ("acl", "advcl")


def logical_subject(parse: Parse, verb: int) -> int | None:
    """Who does what the verb says: its subject, also one shared with a clause above, or the agent of a passive."""
    if is_passive(parse, verb):
        agents = [i for child in dependents(parse, verb, "agent") for i in dependents(parse, child, "pobj")]
        return agents[0] if agents else None
    return surface_subject(parse, verb)


def surface_subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """The subject in the sentence's form, found above the verb where the verb has none of its own."""
    own = own_subject(parse, verb)
    if own is not None:
        return _antecedent(parse, own, verb)
    if dependents(parse, verb, "expl"):  # 'there will be consequences'
        return next(iter(dependents(parse, verb, "attr")), None)
    if depth > DEEPEST:
        return None
    head, dep = parse.heads[verb], parse.deps[verb]
    if dep == "conj":
        return _shared_subject(parse, verb, depth)
    if dep == "xcomp":
        objects = _controllers(parse, head)
        return objects[0] if objects else surface_subject(parse, head, depth + 1)
    if (dep in BARE_CLAUSES or _hangs_from_a_time(parse, verb)) and parse.tags[verb] not in ("VBZ", "VBP", "MD"):
        other = _done_by_object(parse, verb) if dep == "pcomp" else _named_after_with(parse, verb)
        if other is not None:
            return other
        above = head if is_verb(parse, head) else governing_clause(parse, verb)
        if above is not None:
            return own_subject(parse, above) if is_passive(parse, above) else surface_subject(parse, above, depth + 1)
        if dep == "pcomp":
            return None
    if dep in ("acl", "relcl"):
        is_about = _is_about_its_noun(parse, verb)
        return _one_of_them(parse, head) if is_about else _controller_of_noun_clause(parse, head, depth)
    return noun_before(parse, verb)


def _hangs_from_a_time(parse: Parse, verb: int) -> bool:
    """'is talking to the banks while at the same time pressing for', which the model reads as what the time does."""
    return parse.deps[verb] == "acl" and parse.tags[verb] == "VBG" and parse.lower[parse.heads[verb]] in TIMES


def _done_by_object(parse: Parse, verb: int) -> int | None:
    """'praised Oman for agreeing', 'quoted Oman as saying': done by the object of the verb above."""
    preposition = parse.heads[verb]
    above = parse.heads[preposition]
    if parse.lower[preposition] not in ("for", "from", "into", "as"):
        return None
    if is_noun(parse, above) and parse.deps[above] == "dobj":
        return above
    objects = dependents(parse, above, "dobj") if is_verb(parse, above) else []
    return objects[0] if objects and objects[0] < verb else None


def _named_after_with(parse: Parse, verb: int) -> int | None:
    """'…, with Oman's envoy telling reporters': the parser hangs the participle from the verb before 'with'."""
    if parse.deps[verb] != "advcl" or parse.tags[verb] != "VBG":
        return None
    prepositions = [c for c in dependents(parse, parse.heads[verb], "prep") if parse.lower[c] == "with" and c < verb]
    objects = dependents(parse, prepositions[-1], "pobj") if prepositions else []
    return objects[0] if objects and not any(is_verb(parse, i) for i in range(objects[0], verb)) else None


def _shared_subject(parse: Parse, verb: int, depth: int) -> int | None:
    """That of the verb coordinated with: 'Iran refused the visit and demanded an apology'."""
    head = parse.heads[verb]
    inherited = None
    if is_verb(parse, head) or parse.deps[head] in ("acomp", "attr"):
        inherited = surface_subject(parse, head, depth + 1)
    return noun_before(parse, verb) if inherited is None else inherited


def _is_about_its_noun(parse: Parse, verb: int) -> bool:
    """'the state demanding …', 'the state that demands …', but not 'the plan to demand …'."""
    has_pronoun = not RELATIVE_PRONOUNS.isdisjoint(parse.lower[c] for c in parse.children[verb])
    return has_pronoun or parse.tags[verb] in ("VBG", "VBN", "VBD", "VBZ")


def _antecedent(parse: Parse, subject: int, verb: int) -> int:
    """The noun behind a relative pronoun: 'Iran, which has refused' → Iran."""
    if parse.tags[subject] in ("WP", "WDT") and parse.deps[verb] == "relcl":
        noun = _one_of_them(parse, _explained(parse, parse.heads[verb]))
        return _whoever(parse, noun) if parse.lower[subject] == "who" else noun
    return subject


def _one_of_them(parse: Parse, noun: int) -> int:
    """'Oslo is among the states that demand', 'Oslo is one of the states demanding': Oslo."""
    preposition = parse.heads[noun]
    one = parse.heads[preposition]
    if parse.deps[noun] != "pobj" or parse.tags[noun] != "NNS":
        return noun
    if parse.lower[preposition] == "of" and parse.lower[one] == "one" and parse.deps[one] == "attr":
        above = parse.heads[one]
    elif parse.lower[preposition] == "among":
        above = one
    else:
        return noun
    subject = own_subject(parse, above) if parse.lower[above] in BEING else None
    return noun if subject is None else subject


def _explained(parse: Parse, noun: int) -> int:
    """'Turkey, a member state that has': of an apposition the name that it explains."""
    above = parse.heads[noun]
    return above if parse.deps[noun] == "appos" and parse.tags[above].startswith("NNP") else noun


def _whoever(parse: Parse, noun: int) -> int:
    """'a teacher from Canada, who': of a noun that may be a place the one that it places."""
    preposition = parse.heads[noun]
    above = parse.heads[preposition]
    places = parse.deps[noun] == "pobj" and parse.lower[preposition] in ("from", "of", "in", "at")
    return above if places and parse.tags[above] in ("NN", "NNP") and parse.tags[noun] == "NNP" else noun


def _controllers(parse: Parse, verb: int) -> list[int]:
    """Who may do an infinitive below a verb: nobody for 'vowed to', the object for 'prompted Oslo to'."""
    if parse.lower[verb] in CONTROLLED_BY_SUBJECT:
        return []
    by_object = parse.lower[verb] in CONTROLLED_BY_OBJECT
    return dependents(parse, verb, *(("dobj", "dative") if by_object else ("dobj", "dative", "nsubj")))


def _controller_of_noun_clause(parse: Parse, noun: int, depth: int) -> int | None:
    """'Moscow's refusal to', 'made an offer to': the possessor of the noun, else the subject of its verb."""
    found = possessive(parse, noun)
    if found:
        return found[0]
    verb = governing_clause(parse, noun)
    return surface_subject(parse, verb, depth + 1) if verb is not None else None


def noun_before(parse: Parse, verb: int) -> int | None:
    """The noun phrase that stands just before a finite verb the parser gave no subject.

    Long openings make the parser hang a subject from the phrase before it ('in a note shown to the press, Chad and
    Niger stood fast'); a noun right before the verb that follows a comma, or opens the sentence, is taken for it.
    """
    if parse.tags[verb] not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return None
    joined = (j for j in range(verb - 1, -1, -1) if parse.deps[j] == "conj" and parse.tags[j].startswith("NN"))
    hung = next((j for j in joined if is_verb(parse, parse.heads[j])), None)
    if hung is not None:  # 'X threatened …, and Europe, …, told': a noun that hangs on a verb by 'and'
        return hung
    i = verb - 1
    while i >= 0 and (parse.tags[i].startswith(("RB", "MD")) or parse.deps[i] in ("aux", "neg", "advmod")):
        i -= 1
    if i < 0 or not is_noun(parse, i) or parse.heads[i] == verb:
        return None
    first = _first_of_pair(parse, i)
    if first is not None:
        return first
    return i if parse.deps[i] not in ("pobj", "dobj") else None


def _first_of_pair(parse: Parse, i: int) -> int | None:
    """'Chad and Niger stood fast' → Chad"""
    conjunction = next((j for j in range(i, -1, -1) if parse.tags[j] == "CC"), 0)
    close = conjunction > 0 and i - conjunction <= 3
    return conjunction - 1 if close and is_noun(parse, conjunction - 1) else None
