"""Signs that only the whole article tells: what else was read in it, and whether a position says something again."""

from collections import Counter
from collections.abc import Sequence

from rules.positions.signs import Signs
from schemas.position import Position

# Positions in a thousand characters of an article: one that is about positions has many.
FEW, SOME, MANY = 1, 2, 4
THOUSAND = 1000


def signs_beside(positions: Sequence[Position], characters: int) -> list[Signs]:
    """The signs of each position; `positions` are all of an article of so many characters, in the order of its text."""
    counted = [p.actor is not None and p.counts_by_default for p in positions]
    dense = _density(sum(counted), characters)
    said = [(p.section, p.sentence_start, p.actor, p.stance) for p in positions]
    times = Counter(one for one, counts in zip(said, counted, strict=True) if counts)
    seen: Counter[object] = Counter()
    found: list[Signs] = []
    for position, one in zip(positions, said, strict=True):
        seen[one] += 1
        again = "no" if times[one] <= 1 else "first of several" if seen[one] == 1 else "again"
        found.append(
            {"said in the sentence": again, "positions in the article": dense, "about": position.issue or "none"}
        )
    return found


def _density(positions: int, characters: int) -> str:
    each = positions / (characters / THOUSAND + 1)
    return "few" if each < FEW else "some" if each < SOME else "many" if each < MANY else "very many"
