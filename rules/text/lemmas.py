"""The surface forms of English words, so that rules list a word once and match all its inflections."""

from functools import cache

from rules.language import english

VOWELS = "aeiou"

# Past, participle where it differs, and further forms, by the base form.
IRREGULAR_VERBS = {verb: tuple(forms.split()) for verb, forms in english.pairs("irregular_verbs").items()}
DOUBLING = english.words("doubling_verbs")
BRITISH_DOUBLING = english.words("british_doubling_verbs")
REGULAR_MEN = english.words("regular_men")
IRREGULAR_PLURALS = {noun: tuple(plurals.split()) for noun, plurals in english.pairs("irregular_plurals").items()}


@cache
def verb_forms(lemma: str) -> frozenset[str]:
    """All forms of a verb, lower case; of several words the first is the verb: 'back down' → 'backed down'."""
    head, _, rest = lemma.lower().partition(" ")
    forms = _single_verb_forms(head)
    return frozenset(f"{form} {rest}" for form in forms) if rest else forms


def listed_verb_forms(name: str) -> frozenset[str]:
    """All forms of the verbs of a list of the grammar."""
    return frozenset(form for verb in english.listed(name) for form in verb_forms(verb))


def _single_verb_forms(verb: str) -> frozenset[str]:
    for british, american in (("ise", "ize"), ("yse", "yze")):
        if verb.endswith((british, american)) and len(verb) > 5:
            stem = verb[:-3]
            return frozenset(
                stem + base + end for base in (british[:-1], american[:-1]) for end in ("e", "es", "ed", "ing")
            )
    prefix, _, base = verb.rpartition("-")  # re-open, co-operate
    past = IRREGULAR_VERBS.get(base)
    regular = {base, _third_person(base), *_with_ending(base, "ing")}
    forms = regular | (set(past) if past else set(_with_ending(base, "ed")))
    return frozenset(f"{prefix}-{form}" if prefix else form for form in forms)


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _with_ending(verb: str, ending: str) -> list[str]:
    if verb.endswith("ie") and ending == "ing":
        return [verb[:-2] + "ying"]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return [verb[:-1] + ending]
    if verb.endswith("e") and ending == "ed":
        return [verb + "d"]
    if verb.endswith("y") and verb[-2:-1] not in VOWELS and ending == "ed":
        return [verb[:-1] + "ied"]
    if verb.endswith("ic"):  # trafficking, panicked
        return [verb + "k" + ending]
    if verb in BRITISH_DOUBLING:
        return [verb + ending, verb + verb[-1] + ending]
    if _doubles(verb):
        return [verb + verb[-1] + ending]
    return [verb + ending]


def _doubles(verb: str) -> bool:
    if verb in DOUBLING:
        return True
    syllables = sum(c in VOWELS and (i == 0 or verb[i - 1] not in VOWELS) for i, c in enumerate(verb))
    ends_short = len(verb) > 2 and verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS and verb[-3] not in VOWELS
    return syllables == 1 and ends_short


@cache
def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of a noun, lower case; of several words the last is the noun: 'plan' → 'plans'."""
    rest, _, head = lemma.lower().rpartition(" ")
    prefix = rest + " " if rest else ""
    return frozenset(prefix + form for form in (head, *_plurals(head)))


def _plurals(noun: str) -> tuple[str, ...]:
    return IRREGULAR_PLURALS.get(noun) or (_plural(noun),)


def _plural(noun: str) -> str:
    if noun.endswith("man") and noun not in REGULAR_MEN:
        return noun[:-3] + "men"
    if noun.endswith("arch"):  # monarchs, oligarchs
        return noun + "s"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


@cache
def any_forms(phrase: str) -> frozenset[str]:
    """The forms of a phrase whose head may be its first word as a verb or its last as a noun, and the phrase itself."""
    return verb_forms(phrase) | noun_forms(phrase) | {phrase.lower()}


def verb_parts(lemma: str) -> dict[str, str]:
    """The parts of a verb of one word, by name: base, present, past, participle and ing."""
    irregular = IRREGULAR_VERBS.get(lemma, ())
    past = irregular[0] if irregular else _with_ending(lemma, "ed")[0]
    participle = irregular[1] if len(irregular) > 1 else past
    return {
        "base": lemma,
        "present": _third_person(lemma),
        "past": past,
        "participle": participle,
        "ing": _with_ending(lemma, "ing")[0],
    }


def past_tense(third_person: str) -> str:
    """The past of a verb in the third person: 'pledges' → 'pledged', 'denies' → 'denied', 'seeks' → 'sought'."""
    if third_person in PAST_OF_THIRD_PERSON:
        return PAST_OF_THIRD_PERSON[third_person]
    if third_person.endswith("ies"):
        return third_person[:-3] + "ied"
    base = (
        third_person[:-2] if third_person.endswith(("ses", "xes", "zes", "ches", "shes", "oes")) else third_person[:-1]
    )
    return _with_ending(base, "ed")[0]


PAST_OF_THIRD_PERSON = {
    _third_person(verb): forms[0] for verb, forms in IRREGULAR_VERBS.items() if verb != "be" and forms
}
