"""The grammatical roles that triggers name, each found around the trigger's head word."""

from rules.syntax.grammar import (
    SUBJECTS,
    conjuncts,
    dependents,
    is_noun,
    is_verb,
    modal_of,
    opens_with_that,
    own_subject,
    prepositional_objects,
)
from rules.syntax.possessors import made_by, owners, possessive
from rules.syntax.subjects import is_passive, logical_subject, surface_subject
from rules.syntax.support_verbs import carrier_verb, copula, future_verb, light_subject, namer, object_above, sponsor
from rules.syntax.tree import Parse

# What each role means, for rule authors and for error messages. A preposition is a role too: 'on', 'from', 'to' …
ROLES = {
    "subject": "who does what the verb says; the agent of a passive; the subject of the copula of an adjective",
    "surface_subject": "the subject as it stands, also of a passive: 'the proposal is rejected'",
    "passive_subject": "the subject of a passive: 'the sanctions will not be lifted'",
    "object": "the direct object; the subject of a passive",
    "indirect_object": "'offered Iran a deal', 'told NATO to'",
    "clause": "a clause: 'demanded that …', 'demanded NATO pull back'",
    "mandative_clause": "a clause that says what must be: 'insisted that Iran stop', 'that it must stop'",
    "infinitive": "an infinitive: 'refused to …', 'a refusal to …'",
    "gerund": "an -ing form, bare or after a preposition: 'insisted on inspecting'",
    "clause_subject": "the subject of that clause or infinitive",
    "object_owner": "whose the object is: 'rejected Moscow's demand', 'a plan by Egypt'",
    "possessive": "whose the noun is: 'Moscow's demand', 'the Russian demand', 'its demand'",
    "light_subject": "the subject of the verb that carries the noun: 'issued an ultimatum', 'made an offer'",
    "sponsor": "who tables, drafts or passes what the noun names: 'Canada tabled a bill'",
    "compound": "a common noun before the trigger noun that says what it is about: 'their truce proposal'",
    "maker": "who made what the noun names: 'the plan put forward by Egypt'",
    "noun_clause": "the clause or infinitive that says what a noun contains: 'a demand that …'",
    "other_party": "in `target`: of two actors the other one: 'China and the Philippines agreed'",
    "speaker": "who says the clause, by a reporting verb or a quotation",
    "copula": "the verb 'be' that carries the words: 'is against'",
    "future_verb": "the verb that carries a noun, with will, would or can: 'there will be no talks'",
    "namer": "who calls, declares or describes something by these words",
    "pobj": "what stands after the trigger where that is a preposition: 'against the plan'",
    "time": "how long: 'gave the envoys a week to leave'",
    "imperative": "the verb itself, where it commands: 'Stop the raids,' 'Do not sign'",
    "bare": "the verb itself, where nothing tells what is accepted or refused: 'Oslo agreed within hours'",
    "modified_verb": "the verb that a modal serves, with all that hangs from it",
}

# What is around a sentence tells these.
FOUND_ELSEWHERE = ("speaker", "other_party")
# 'imposed a ban on imports': the parser hangs these from the verb or its object.
HUNG_FROM_OBJECT = ("to", "on", "with", "against")
# Common nouns that an infinitive tells what to do, or how long: 'urged the government to', 'gave it a week to'.
ADDRESSED = frozenset("government week month day hour junta regime council".split())
HEADLINE_PREDICATES = ("oprd", "amod", "acl", "acomp", "appos")
NEXT_VERB = 3  # words
PARTICLES = frozenset("down off aside out up away back as".split())
QUESTION_WORDS = frozenset("whether if how why when where what who".split())


def find_role(parse: Parse, at: int, role: str) -> list[int]:
    """The tokens in a role, heads of their phrases, in the order of the text; none for those found elsewhere."""
    finder = FINDERS.get(role)
    if finder is not None:
        return finder(parse, at)
    if role in FOUND_ELSEWHERE:
        return []
    found = prepositional_objects(parse, at, role)
    if not found and not is_verb(parse, at) and parse.deps[at] == "dobj":
        found = prepositional_objects(parse, parse.heads[at], role)  # 'issued an ultimatum to Iran' hung from the verb
    if not found and is_verb(parse, at) and role in HUNG_FROM_OBJECT:
        objects = (prepositional_objects(parse, noun, role) for noun in dependents(parse, at, "dobj"))
        found = next(filter(None, objects), [])
    return found


def _subject(parse: Parse, at: int) -> list[int]:
    if is_verb(parse, at) or parse.deps[at] == "ROOT":
        found = logical_subject(parse, at)
        return [found] if found is not None else []
    own = own_subject(parse, at)
    if own is not None:
        return [own]
    verb = carrier_verb(parse, at)
    if verb is not None:
        found = surface_subject(parse, verb)
        return [found] if found is not None and found != at else []
    above = parse.heads[at]  # 'Lula ready to help', as headlines have it
    return [above] if parse.heads[above] == above and above < at and parse.deps[at] in HEADLINE_PREDICATES else []


def _surface_subject(parse: Parse, at: int) -> list[int]:
    verb = at if is_verb(parse, at) else carrier_verb(parse, at)
    if verb is None:
        return dependents(parse, at, *SUBJECTS)
    named = dependents(parse, verb, "dobj") if parse.deps[at] == "oprd" else []
    if named:  # 'called the deal a non-starter'
        return named
    found = surface_subject(parse, verb)
    return [found] if found is not None and found != at else dependents(parse, verb, "attr")


def _passive_subject(parse: Parse, at: int) -> list[int]:
    return dependents(parse, at, "nsubjpass")


def _object(parse: Parse, at: int) -> list[int]:
    if is_passive(parse, at):
        found = surface_subject(parse, at)
        return [found] if found is not None else []
    return (
        dependents(parse, at, "dobj")
        or dependents(parse, at, "oprd")
        or _object_after_particle(parse, at)
        or _shared_object(parse, at)
        or object_above(parse, at)
    )


def _shared_object(parse: Parse, at: int) -> list[int]:
    """'rejects and condemns the plan': the object of both stands after the second."""
    verbs = [c for c in dependents(parse, at, "conj") if is_verb(parse, c) and own_subject(parse, c) is None]
    return dependents(parse, verbs[0], "dobj") if verbs and verbs[0] - at <= NEXT_VERB else []


def _object_after_particle(parse: Parse, at: int) -> list[int]:
    """'voted down a plan', 'dismissed as idle a call': what the parser hangs from a particle or from 'as'."""
    for child in dependents(parse, at, "prep"):
        if child == at + 1 and parse.lower[child] in PARTICLES:
            return dependents(parse, child, "pobj")
    return []


def _indirect_object(parse: Parse, at: int) -> list[int]:
    found = dependents(parse, at, "dative")
    return [i for i in found if is_noun(parse, i) or parse.tags[i] == "PRP"] + [
        j for i in found if parse.tags[i] in ("IN", "TO") for j in dependents(parse, i, "pobj")
    ]


def _clause(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "ccomp") if not _is_infinitive(parse, i) and not _is_open(parse, i)]
    return found + [i for i in dependents(parse, at, "advcl") if opens_with_that(parse, i)]


def _is_open(parse: Parse, clause: int) -> bool:
    """An indirect question: 'asked whether the bridge was open'."""
    return any(parse.lower[c] in QUESTION_WORDS for c in parse.children[clause])


def _mandative_clause(parse: Parse, at: int) -> list[int]:
    return [
        i
        for i in dependents(parse, at, "ccomp")
        if modal_of(parse, i) in ("must", "should", "shall", "ought")
        or (_is_subjunctive(parse, i) and modal_of(parse, i) is None and not _is_infinitive(parse, i))
    ]


def _is_subjunctive(parse: Parse, verb: int) -> bool:
    """'insisted that the gas flow': a bare form, or a plural form under a singular subject."""
    if parse.tags[verb] == "VB":
        return not dependents(parse, verb, "aux")
    if any(parse.lower[c] == "be" for c in dependents(parse, verb, "auxpass")):
        return not dependents(parse, verb, "aux")
    subject = own_subject(parse, verb)
    alone = subject is not None and not dependents(parse, subject, "conj")
    return parse.tags[verb] == "VBP" and alone and subject is not None and parse.tags[subject] in ("NN", "NNP")


def _is_infinitive(parse: Parse, i: int) -> bool:
    return any(parse.deps[c] == "aux" and parse.tags[c] == "TO" for c in parse.children[i])


def _infinitive(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "xcomp", "ccomp", "acl", "relcl", "advcl") if _is_infinitive(parse, i)]
    addressed = [i for i in dependents(parse, at, "dobj") if parse.tags[i] != "NN" or parse.lower[i] in ADDRESSED]
    for noun in addressed:  # 'urged Iran to stop' with the infinitive hung from Iran, but not 'refused a plea to stop'
        found += [i for i in dependents(parse, noun, "acl", "relcl", "xcomp") if _is_infinitive(parse, i)]
    if not found and parse.deps[at] in ("dobj", "attr", "pobj") and not is_verb(parse, at):
        above = parse.heads[at]
        found = [i for i in dependents(parse, above, "xcomp", "advcl") if _is_infinitive(parse, i) and i > at]
    return found


def _gerund(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "xcomp", "pcomp", "dobj") if parse.tags[i] == "VBG"]
    for prep in dependents(parse, at, "prep"):
        found += [i for i in dependents(parse, prep, "pcomp") if parse.tags[i] == "VBG"]
    return found


def _clause_subject(parse: Parse, at: int) -> list[int]:
    found = []
    # 'demanded a promise the bank would pay': the clause hangs from what is demanded.
    below = [c for noun in dependents(parse, at, "dobj") for c in dependents(parse, noun, "acl", "relcl", "ccomp")]
    stated = [c for c in below if not any(parse.tags[s] in ("WDT", "WP") for s in parse.children[c])]
    for clause in (*dependents(parse, at, "ccomp", "xcomp"), *_noun_clause(parse, at), *stated):
        subject = own_subject(parse, clause)
        if subject is not None:
            found.append(subject)
    return found


def _object_owner(parse: Parse, at: int) -> list[int]:
    objects = _object(parse, at)
    for prep in dependents(parse, at, "prep"):
        objects = objects + dependents(parse, prep, "pobj")
    return [owner for i in objects for noun in conjuncts(parse, i) for owner in owners(parse, noun)]


def _noun_clause(parse: Parse, at: int) -> list[int]:
    places = (at, *dependents(parse, at, "attr"))  # 'it is time that …'
    below = [i for place in places for i in dependents(parse, place, "acl", "relcl", "ccomp", "xcomp")]
    found = [i for i in below if not _is_participle(parse, i)]
    if not found and parse.deps[at] in ("dobj", "attr", "pobj"):
        above = parse.heads[at]
        found = [
            i
            for i in dependents(parse, above, "ccomp", "xcomp", "advcl")
            if i > at and (_is_infinitive(parse, i) or opens_with_that(parse, i))
        ]
    return found


def _is_participle(parse: Parse, i: int) -> bool:
    return parse.tags[i] in ("VBN", "VBG") and not dependents(parse, i, "aux", "mark")


def _compound(parse: Parse, at: int) -> list[int]:
    return [i for i in dependents(parse, at, "compound", "amod", "nmod") if parse.tags[i] in ("NN", "NNS")]


def _pobj(parse: Parse, at: int) -> list[int]:
    return dependents(parse, at, "pobj")


def _time(parse: Parse, at: int) -> list[int]:
    return dependents(parse, at, "npadvmod")


def _imperative(parse: Parse, at: int) -> list[int]:
    """A base form without a subject that opens its clause."""
    if parse.tags[at] != "VB" or dependents(parse, at, *SUBJECTS, "mark"):
        return []
    first = min((at, *dependents(parse, at, "aux", "neg", "advmod", "intj")))
    if at - first > BEFORE_COMMAND:
        return []
    helpers = [parse.lower[c] for c in dependents(parse, at, "aux")]
    opens = first == 0 or parse.words[first - 1] in OPENING_MARKS or parse.lower[first - 1] in ("and", "please")
    return [at] if opens and set(helpers) <= {"do", "let"} else []


# Words that may stand in a command before its verb: 'do not ever sign'.
BEFORE_COMMAND = 3
OPENING_MARKS = ('"', "“", "'", "‘", "``", ",", ".", ":", ";", "!", "–", "—", "-")


def _bare(parse: Parse, at: int) -> list[int]:
    told = _shared_object(parse, at) or parse.deps[at] == "acl"
    told = told or dependents(parse, at, "dobj", "ccomp", "xcomp", "dative", "prt", "acomp", "oprd")
    prepositions = [parse.lower[c] for c in dependents(parse, at, "prep")]
    return [] if told or {"to", "on", "with", "for", "upon", "by"}.intersection(prepositions) else [at]


def _modified_verb(_parse: Parse, at: int) -> list[int]:
    return [at]


FINDERS = {
    "subject": _subject,
    "surface_subject": _surface_subject,
    "passive_subject": _passive_subject,
    "object": _object,
    "indirect_object": _indirect_object,
    "clause": _clause,
    "mandative_clause": _mandative_clause,
    "infinitive": _infinitive,
    "gerund": _gerund,
    "clause_subject": _clause_subject,
    "object_owner": _object_owner,
    "possessive": possessive,
    "light_subject": light_subject,
    "sponsor": sponsor,
    "compound": _compound,
    "maker": made_by,
    "noun_clause": _noun_clause,
    "copula": copula,
    "namer": namer,
    "future_verb": future_verb,
    "pobj": _pobj,
    "time": _time,
    "imperative": _imperative,
    "bare": _bare,
    "modified_verb": _modified_verb,
}
