"""The verb that carries a trigger's noun or adjective: 'issued an ultimatum', 'tabled a bill', 'is ready'."""

from rules.syntax.grammar import ancestors, dependents, governing_clause, is_noun, is_verb, modal_of
from rules.syntax.subjects import logical_subject
from rules.syntax.tree import Parse
from rules.text.lemmas import verb_forms

CARRIED = frozenset("conj acomp attr oprd amod advmod appos xcomp prep pobj dobj ccomp advcl".split())
COPULAS = frozenset("is are was were be been 's 're remains remained remain".split())
# Verbs that say no more than that somebody has or utters what the noun names.
LIGHT_VERBS = frozenset(
    form
    for verb in (
        "make issue have reiterate repeat put submit express voice present send extend give deliver announce lodge "
        "file launch table unveil renew raise set offer reaffirm restate declare signal show indicate propose convey "
        "outline lay state pose write maintain reissue join echo lead back support trade exchange hurl "
        "brandish wield vow pledge promise serve"
    ).split()
    for form in verb_forms(verb)
)
# What is done with a bill by whoever wants it to be law.
SPONSORING_VERBS = frozenset(
    form
    for verb in (
        "introduce table draft present submit unveil propose pass adopt approve prepare sponsor file back push"
    ).split()
    for form in verb_forms(verb)
)
NAMING_VERBS = frozenset(
    form
    for verb in (
        "call deem declare consider describe brand label regard view see denounce pronounce term dismiss find"
    ).split()
    for form in verb_forms(verb)
)


def carrier_verb(parse: Parse, at: int) -> int | None:
    """The copula or verb that an adjective or noun hangs from, over coordination."""
    above = at
    while parse.deps[above] in CARRIED and parse.heads[above] != above:
        above = parse.heads[above]
        if is_verb(parse, above):
            return above
    return above if is_verb(parse, above) else None


def light_subject(parse: Parse, at: int) -> list[int]:
    """'issued an ultimatum', 'expressed readiness', and 'with an offer to' under a verb of sending."""
    above = parse.heads[at]
    if parse.deps[at] == "pobj":
        above = parse.heads[above]
        while is_noun(parse, above) and parse.deps[above] in ("dobj", "pobj") and parse.heads[above] != above:
            above = parse.heads[above]
    elif parse.deps[at] == "conj":
        above = governing_clause(parse, at) or above
    if not is_verb(parse, above) or parse.lower[above] not in LIGHT_VERBS:
        return []
    subject = logical_subject(parse, above)
    return [subject] if subject is not None and subject != at else []


def sponsor(parse: Parse, at: int) -> list[int]:
    """Who tables, drafts or passes what the noun names: 'Canada tabled a bill', 'a bill was passed by parliament'."""
    verb = parse.heads[at]
    if parse.deps[at] not in ("dobj", "nsubjpass") or parse.lower[verb] not in SPONSORING_VERBS:
        return []
    subject = logical_subject(parse, verb)
    return [subject] if subject is not None else []


def object_above(parse: Parse, at: int) -> list[int]:
    """'put Nepal on notice': the object of the verb that carries a noun after a preposition."""
    if parse.deps[at] != "pobj" or is_verb(parse, at):
        return []
    return dependents(parse, parse.heads[parse.heads[at]], "dobj")


def namer(parse: Parse, at: int) -> list[int]:
    """Who calls something by these words: 'Athens called the deal null and void', 'described it as unacceptable'."""
    for above in ancestors(parse, at):
        if is_verb(parse, above) and parse.lower[above] in NAMING_VERBS:
            subject = logical_subject(parse, above)
            return [subject] if subject is not None else []
    return []


def future_verb(parse: Parse, at: int) -> list[int]:
    verb = carrier_verb(parse, at)
    return [verb] if verb is not None and modal_of(parse, verb) in ("will", "would", "can", "could", "shall") else []


def copula(parse: Parse, at: int) -> list[int]:
    return [parse.heads[at]] if parse.lower[parse.heads[at]] in COPULAS else []
