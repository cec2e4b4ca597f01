"""Signs of a position that the others of its sentence tell: whether it says something again, and what it is about.

They look no further than the sentence: a sentence that an edit of the rules cannot touch keeps what was read in it.
"""

from collections import Counter
from collections.abc import Sequence

from rules.positions.signs import Signs
from schemas.position import Position


def signs_beside(positions: Sequence[Position]) -> list[Signs]:
    """The signs of each position, in the order of the text."""
    said = [(p.section, p.sentence_start, p.actor, p.stance) for p in positions]
    counted = (p.actor is not None and p.counts_by_default for p in positions)
    times = Counter(one for one, counts in zip(said, counted, strict=True) if counts)
    seen: Counter[object] = Counter()
    found: list[Signs] = []
    for position, one in zip(positions, said, strict=True):
        seen[one] += 1
        again = "no" if times[one] <= 1 else "first of several" if seen[one] == 1 else "again"
        found.append({"said in the sentence": again, "about": position.issue or "none"})
    return found
