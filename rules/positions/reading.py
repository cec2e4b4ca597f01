"""A match with all that was read around it: what a position is made from, and what an explanation tells."""

from dataclasses import dataclass, field

from rules.frames.constructions import Constructions
from rules.frames.stances import Verdict
from rules.frames.trigger_match import TriggerMatch
from rules.parties.section import Referent
from rules.parties.speech import Report
from rules.syntax.grammar import dependents, is_verb, own_subject, subtree, subtree_without_circumstances
from rules.syntax.tree import Parse
from schemas.position import Stance
from schemas.ruleset import Frame

# The root codes of CAMEO (Schrodt 2012), for a stance that operators or the content made of another.
CAMEO = {Stance.DEMAND: "10", Stance.REFUSAL: "12", Stance.OFFER: "03", Stance.ACCEPTANCE: "05", Stance.THREAT: "13"}


@dataclass(frozen=True)
class Reading:
    """A verdict, whose position it is, who reports it, and why it gives none if it does not."""

    verdict: Verdict
    constructions: Constructions = field(compare=False, repr=False)
    actors: tuple[Referent, ...] = ()
    report: Report | None = None
    why_none: str | None = None
    is_domestic: bool = False  # whether all that speaks against it is that it stays at home

    @property
    def is_told(self) -> bool:
        """Whether it makes a position, if only a domestic one."""
        return self.why_none is None or self.is_domestic

    @property
    def match(self) -> TriggerMatch:
        return self.verdict.match

    @property
    def frame(self) -> Frame:
        return self.match.frame

    @property
    def trigger_id(self) -> str:
        return self.match.wording.trigger_id

    @property
    def cameo(self) -> str:
        """The event code of the frame, or of the stance that its own was turned into."""
        return self.frame.cameo if self.stance is self.frame.stance else CAMEO[self.stance]

    @property
    def content(self) -> tuple[int, ...]:
        """The heads of the words that say what is demanded, refused or offered."""
        return self.verdict.content

    def slot(self, name: str) -> list[int]:
        """The tokens in a slot of the frame, heads of their phrases."""
        return self.constructions.slot(self.match, name, self.content)

    @property
    def stance(self) -> Stance:
        """Raises ValueError for a reading that gives no position."""
        if self.verdict.stance is None:
            raise ValueError(f"{self.trigger_id} has no stance here: {self.why_none}")
        return self.verdict.stance

    @property
    def at(self) -> int:
        """The token that grammar hangs from."""
        return self.match.at

    @property
    def own(self) -> frozenset[str]:
        """The actors whose position it is, as far as they are known."""
        return frozenset(party.actor for party in self.actors if party.actor)


def inside_content(parse: Parse, reading: Reading) -> set[int]:
    """All tokens of what is demanded, refused or offered."""
    found = {j for i in reading.content for j in subtree_without_circumstances(parse, i)}
    return found - {j for c in _clauses_beside(parse, reading.at) for j in subtree(parse, c)}


def _clauses_beside(parse: Parse, at: int) -> list[int]:
    """Clauses with a subject of their own that are coordinated with the trigger's: '… will respond, and it urged'."""
    return [c for c in dependents(parse, at, "conj") if is_verb(parse, c) and own_subject(parse, c) is not None]
