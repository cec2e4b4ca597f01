"""The names of grammatical roles that a trigger may give: those of the grammar, and the prepositions."""

from rules.frames.roles import ROLES
from rules.frames.stances import WHOLE_SENTENCE_NEEDS

# Fields of a trigger that hold names of roles.
ROLE_FIELDS = ("actor", "target", "content", "needs")
PREPOSITIONS = frozenset(
    "about above across after against along alongside amid among around as at before behind below beneath beside "
    "besides between beyond but by concerning despite down during except for from in inside into like near of off on "
    "onto out outside over past per pending regarding since through throughout to toward towards under until unto up "
    "upon via with within without".split()
)


def roles_allowed_in(field: str) -> tuple[str, ...]:
    """The names that a field of a trigger may hold; only `needs` may ask for something of the whole sentence."""
    whole = WHOLE_SENTENCE_NEEDS if field == "needs" else ()
    return tuple(dict.fromkeys((*ROLES, *whole, *sorted(PREPOSITIONS))))
