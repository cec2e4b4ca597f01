"""What edits of the rules do to articles that were tagged before: which stay as they are, and which are looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.engine import Batch, Reading, is_understood, reach_of
from flows.lots import in_lots
from warehouse.standing import flat
from warehouse.store import Store

SUSPECTS_AT_ONCE = 250  # articles in a batch: of most a few sentences are looked at
# So many tagged articles that an edit mostly touches enough of them for several processes: these start at once.
MANY = 5_000


@dataclass
class Edits:
    """The tagged articles that edits leave as they are, and those they may touch, by the rule set before, as JSON."""

    untouched: set[str] = field(default_factory=set)
    suspects: dict[str, list[str]] = field(default_factory=dict)

    @property
    def suspected(self) -> int:
        """How many articles may be touched."""
        return sum(map(len, self.suspects.values()))


def edits_since(store: Store, due: Sequence[str], reading: Reading, model: str) -> Edits:
    """What was edited since articles were tagged; those left as they are now count as tagged with these rules.

    Articles that were never tagged, or may read otherwise all over, are in neither part; nor are those tagged by an
    earlier version, whose rules nobody understands any more.
    """
    edits = Edits()
    for before, ids in store.tagged_with(due, model):
        if not is_understood(before):
            continue
        reach = reach_of(before, reading)
        if reach.everywhere:
            continue
        near = store.holding(ids, reach.pattern, reach.in_candidates) if reach.pattern else ids
        far = set(ids) - set(near)
        store.carry_over(sorted(far), reading.version)
        edits.untouched |= far
        edits.suspects[before] = near
    return edits


def rules_before(store: Store, due: Sequence[str], model: str) -> str | None:
    """The rule set, as JSON, that tagged the articles which are due after an edit; None where they are not many."""
    tagged = store.tagged_with(due, model) if len(due) >= MANY else []
    return next((before for before, ids in tagged if len(ids) >= MANY and is_understood(before)), None)


def suspect_batches(store: Store, edits: Edits, reading: Reading, model: str) -> Iterator[Batch]:
    """The articles that edits may touch, with their stored parses."""
    for before, ids in edits.suspects.items():
        for some in in_lots(ids, SUSPECTS_AT_ONCE):
            parses = flat(store.read_parses_of(some, model))
            yield Batch(reading, tuple(store.read_articles(some)), parses, before)
