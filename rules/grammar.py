"""Grammar as plain functions: where the subject, the object or the clause of a word stands in a parse."""

from collections.abc import Iterator

from rules.parse import Parse

MODIFIERS = ("poss", "amod", "compound", "nmod", "nummod")
# Words after a preposition that make it a date and no object: 'agreed on Wednesday'.
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb aug sept oct nov dec jan. feb. aug. sept. oct. nov. dec. "
    "day eve night weekend morning afternoon evening today tonight".split()
)
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
CLAUSES = (
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "relcl",
    "conj",
    "pcomp",
    "parataxis",
    "ROOT",
    "csubj",
    "csubjpass",
)
NOMINALS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "PRP$")
NEGATIVE_WORDS = frozenset("not n't never neither nor no hardly without".split())
RELATIVE_PRONOUNS = frozenset("who which that whom".split())


def is_verb(parse: Parse, i: int) -> bool:
    return parse.tags[i].startswith("VB") or parse.tags[i] == "MD"


def is_noun(parse: Parse, i: int) -> bool:
    return parse.tags[i].startswith("NN")


def dependents(parse: Parse, i: int, *deps: str) -> list[int]:
    """The dependents of a word in one of the given relations."""
    return [child for child in parse.children[i] if parse.deps[child] in deps]


def conjuncts(parse: Parse, i: int) -> list[int]:
    """The word and all that is coordinated with it: 'the U.S. and NATO'."""
    found = [i]
    for word in found:
        found.extend(dependents(parse, word, "conj"))
    return found


def first_conjunct(parse: Parse, i: int) -> int:
    """The word that a coordination hangs from."""
    while parse.deps[i] == "conj":
        i = parse.heads[i]
    return i


def span(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of the subtree of a word."""
    first = last = i
    for child in parse.children[i]:
        a, b = span(parse, child)
        first, last = min(first, a), max(last, b)
    return first, last


def subtree(parse: Parse, i: int) -> list[int]:
    """All tokens below a word and the word itself, in the order of the text."""
    found = [i]
    for word in found:
        found.extend(parse.children[word])
    return sorted(found)


def prepositional_objects(parse: Parse, i: int, preposition: str) -> list[int]:
    """What stands after a preposition that hangs from a word: 'a call on Iran' → Iran."""
    found = []
    for child in parse.children[i]:
        if parse.deps[child] in ("prep", "dative", "agent", "prt", "advmod") and parse.lower[child] == preposition:
            found.extend(dependents(parse, child, "pobj", "pcomp"))
            for inner in dependents(parse, child, "prep"):  # "up to", "out of"
                found.extend(dependents(parse, inner, "pobj", "pcomp"))
        elif parse.deps[child] in ("prep", "prt", "advmod"):  # 'pulled out of the talks' asked for its 'of'
            for inner in dependents(parse, child, "prep"):
                if parse.lower[inner] == preposition:
                    found.extend(dependents(parse, inner, "pobj", "pcomp"))
        elif parse.deps[child] == "xcomp" and parse.tags[child].startswith("NN"):  # 'yielded to demands' read as a verb
            if any(parse.lower[c] == preposition for c in dependents(parse, child, "aux")):
                found.append(child)
        elif preposition == "for" and parse.deps[child] in ("advcl", "ccomp", "xcomp") and child > i:
            if any(parse.lower[c] == "for" and parse.deps[c] == "mark" for c in parse.children[child]):
                found.append(child)  # 'called for the fleet to leave'
    return [i for i in found if parse.lower[i] not in CALENDAR]


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


def own_subject(parse: Parse, verb: int) -> int | None:
    found = dependents(parse, verb, *SUBJECTS)
    if not found:
        return None
    nominal = [i for i in found if parse.lower[i] not in ("there",)]
    return nominal[0] if nominal else None


def is_passive(parse: Parse, verb: int) -> bool:
    if dependents(parse, verb, "auxpass", "nsubjpass", "csubjpass", "agent"):
        return True
    bare = not dependents(parse, verb, "aux", *SUBJECTS, "dobj", "ccomp", "xcomp")
    return bare and parse.tags[verb] == "VBN" and parse.deps[verb] in ("acl", "advcl")


def logical_subject(parse: Parse, verb: int) -> int | None:
    """Who does what the verb says: its subject, the agent of a passive, or the subject it shares with a clause above."""
    if is_passive(parse, verb):
        agents = [i for child in dependents(parse, verb, "agent") for i in dependents(parse, child, "pobj")]
        return agents[0] if agents else None
    return surface_subject(parse, verb)


def surface_subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """The subject in the sentence's form, found above the verb where the verb has none of its own."""
    own = own_subject(parse, verb)
    if own is None and dependents(parse, verb, "expl"):  # 'there will be consequences'
        return next(iter(dependents(parse, verb, "attr")), None)
    if own is not None:
        return _antecedent(parse, own, verb)
    if depth > 8:
        return None
    head, dep = parse.heads[verb], parse.deps[verb]
    if dep == "conj":
        if is_verb(parse, head) or parse.deps[head] in ("acomp", "attr"):
            inherited = surface_subject(parse, head, depth + 1)
            if inherited is not None:
                return inherited
        return noun_before(parse, verb)
    if dep == "xcomp":
        objects = dependents(parse, head, "dobj", "dative", "nsubj") if _object_controls(parse, head) else []
        return objects[0] if objects else surface_subject(parse, head, depth + 1)
    if dep in ("advcl", "ccomp", "pcomp", "acomp", "attr", "oprd") and parse.tags[verb] not in (
        "VBZ",
        "VBP",
        "MD",
    ):
        above = head if is_verb(parse, head) else governing_clause(parse, verb)
        if dep == "pcomp" and above is None:
            return None
        if above is not None:
            return (
                surface_subject(parse, above, depth + 1) if not is_passive(parse, above) else own_subject(parse, above)
            )
    if dep in ("acl", "relcl"):
        if parse.tags[verb] in ("VBG", "VBN", "VBD", "VBZ") or any(
            parse.lower[c] in RELATIVE_PRONOUNS for c in parse.children[verb]
        ):
            return head
        return _controller_of_noun_clause(parse, head, depth)
    return noun_before(parse, verb)


def _antecedent(parse: Parse, subject: int, verb: int) -> int:
    """The noun behind a relative pronoun: 'Iran, which has refused' → Iran."""
    if parse.tags[subject] in ("WP", "WDT") and parse.deps[verb] == "relcl":
        return parse.heads[verb]
    return subject


def _object_controls(parse: Parse, verb: int) -> bool:
    """Whether an infinitive below the verb is done by its object ('urged Iran to') and not its subject ('vowed to')."""
    return parse.lower[verb] not in (
        "promise",
        "promised",
        "promises",
        "vow",
        "vowed",
        "threatened",
        "threaten",
        "threatens",
    )


def _controller_of_noun_clause(parse: Parse, noun: int, depth: int) -> int | None:
    """'Moscow's refusal to', 'made an offer to': the possessor of the noun, else the subject of its verb."""
    possessors = dependents(parse, noun, "poss")
    if possessors:
        return possessors[0]
    verb = governing_clause(parse, noun)
    return surface_subject(parse, verb, depth + 1) if verb is not None else None


def noun_before(parse: Parse, verb: int) -> int | None:
    """The noun phrase that stands just before a finite verb the parser gave no subject.

    Long openings make the parser hang a subject from the phrase before it ('… delivered to the Russians, the U.S. and
    NATO held firm'); a noun right before the verb that follows a comma, or opens the sentence, is taken for it.
    """
    if parse.tags[verb] not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return None
    for j in range(verb - 1, -1, -1):  # 'X threatened …, and Europe, …, told': a noun that hangs on a verb by 'and'
        if parse.deps[j] == "conj" and parse.tags[j].startswith("NN") and is_verb(parse, parse.heads[j]):
            return j
    i = verb - 1
    while i >= 0 and (parse.tags[i].startswith(("RB", "MD")) or parse.deps[i] in ("aux", "neg", "advmod")):
        i -= 1
    if i < 0 or not parse.tags[i].startswith("NN") or parse.heads[i] == verb:
        return None
    top = first_conjunct(parse, i)
    coordinated = [j for j in range(i, -1, -1) if parse.tags[j] in ("CC",)][:1]
    if coordinated and coordinated[0] > 0 and i - coordinated[0] <= 3:
        left = coordinated[0] - 1
        if parse.tags[left].startswith("NN"):
            return left
    if top != i and parse.deps[i] == "conj":
        return i
    return i if parse.deps[i] not in ("pobj", "dobj") else None


def is_negated(parse: Parse, i: int) -> bool:
    """Whether a negation hangs from a verb, its auxiliary or its determiner: 'did not', 'never', 'no demand'."""
    for child in parse.children[i]:
        word = parse.lower[child]
        if parse.deps[child] == "neg" or word in ("never", "neither", "nor"):
            return True
        if parse.deps[child] in ("det", "preconj", "cc") and word in ("no", "neither", "nor"):
            return True
        if parse.deps[child] == "advmod" and word in ("no", "hardly", "longer"):
            if word != "longer" or any(parse.lower[c] == "no" for c in parse.children[child]):
                return True
        if parse.deps[child] in ("aux", "auxpass") and is_negated(parse, child):
            return True
    return False


def modal_of(parse: Parse, verb: int) -> str | None:
    """The modal word of a verb: will, would, must …; for coordinated verbs the one they share."""
    for child in dependents(parse, verb, "aux"):
        if parse.tags[child] == "MD":
            return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(parse.lower[child], parse.lower[child])
    if parse.deps[verb] == "conj" and own_subject(parse, verb) is None and parse.tags[verb] == "VB":
        return modal_of(parse, parse.heads[verb]) if is_verb(parse, parse.heads[verb]) else None
    return None


def words_of(parse: Parse, first: int, last: int) -> str:
    """The text from one token through another."""
    return parse.text[parse.starts[first] : parse.ends[last]]


def phrase_span(parse: Parse, i: int) -> tuple[int, int]:
    """First and last token of a noun with what stands close around it: modifiers before, 'of …' after."""
    first = last = i
    for child in parse.children[i]:
        if parse.deps[child] in (*MODIFIERS, "det", "case", "predet", "advmod", "quantmod") and child < i:
            first = min(first, span(parse, child)[0])
        elif parse.deps[child] in ("prep", "appos", "case") and child > i:
            last = (
                max(last, span(parse, child)[1])
                if parse.lower[child] in ("of", "for", "'s") or parse.deps[child] == "appos"
                else last
            )
    return first, last
