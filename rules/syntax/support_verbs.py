"""The verb that carries a noun or an adjective: 'issued an ultimatum', 'is ready', 'put Nepal on notice'."""

from rules.syntax.grammar import dependents, is_verb
from rules.syntax.tree import Parse

CARRIED = frozenset("conj acomp attr oprd amod advmod appos xcomp prep pobj dobj ccomp advcl".split())


def carrier_verb(parse: Parse, at: int) -> int | None:
    """The copula or verb that an adjective or noun hangs from, over coordination."""
    above = at
    while parse.deps[above] in CARRIED and parse.heads[above] != above:
        above = parse.heads[above]
        if is_verb(parse, above):
            return above
    return above if is_verb(parse, above) else None


def object_above(parse: Parse, at: int) -> list[int]:
    """'put Nepal on notice': the object of the verb that carries a noun after a preposition."""
    if parse.deps[at] != "pobj" or is_verb(parse, at):
        return []
    return dependents(parse, parse.heads[parse.heads[at]], "dobj")
