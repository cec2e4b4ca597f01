"""One section of an article with everybody it names, and the look-ups by place that all reading around needs."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from rules.language import english
from rules.parties.people import NamedPerson
from rules.text.gazetteer import Mention
from rules.text.passages import Passages


@dataclass(frozen=True)
class Referent:
    """Who is meant by some words: an actor, by way of a person or not. Offsets count characters of the section."""

    actor: str | None
    start: int
    end: int
    person: NamedPerson | None = None
    antecedent: int | None = None  # where the section names the party, for a pronoun or "the minister"
    is_office: bool = False  # an office whose party nothing tells: "the prime minister"


@dataclass(frozen=True)
class Attribution:
    """A reporting verb outside quotation marks and who does the reporting."""

    at: int
    by: Referent


@dataclass
class SectionContext:
    """One section of an article, read once for all its sentences.

    `mentions` and `people` are in the order of the text; an actor's name and a person's may stand at one place.
    `find_attributions` is asked when they are first needed, which in most articles is never.
    """

    passages: Passages
    mentions: list[Mention]
    people: list[Referent] = field(default_factory=list)
    offices: list[Referent] = field(default_factory=list)
    find_attributions: Callable[["SectionContext"], list[Attribution]] = lambda _: []
    _attributions: list[Attribution] | None = field(default=None, init=False)

    @property
    def text(self) -> str:
        return self.passages.text

    @property
    def attributions(self) -> list[Attribution]:
        """The reporting verbs outside quotation marks, in the order of the text; while they are looked for, none."""
        if self._attributions is None:
            self._attributions = []
            self._attributions = self.find_attributions(self)
        return self._attributions

    def mention_covering(self, start: int, end: int) -> Mention | None:
        """The mention, of an actor or a person, that overlaps [start, end)."""
        i = bisect_left(self.mentions, end, key=lambda m: m.start) - 1
        return self.mentions[i] if i >= 0 and self.mentions[i].end > start else None

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The actor mention that overlaps [start, end), people left aside."""
        mention = self.mention_covering(start, end)
        return mention if mention is not None and mention.person is None else None

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in [start, end)."""
        first = bisect_left(self.mentions, start, key=lambda m: m.start)
        return self.mentions[first : bisect_left(self.mentions, end, key=lambda m: m.start)]

    def attributions_between(self, start: int, end: int) -> list[Attribution]:
        first = bisect_left(self.attributions, start, key=lambda a: a.at)
        return self.attributions[first : bisect_left(self.attributions, end, key=lambda a: a.at)]

    def people_between(self, start: int, end: int) -> list[Referent]:
        """People by name, and holders of an office whom the text does not name: 'the German foreign minister'."""
        people = _between(self.people, start, end)
        named = {r.start for r in people}
        offices = [o for o in _between(self.offices, start, end) if named.isdisjoint(range(o.start, o.end + 40))]
        return sorted([*people, *offices], key=lambda r: r.start)

    def person_covering(self, start: int, end: int) -> Referent | None:
        """The person whose name overlaps [start, end)."""
        i = bisect_left(self.people, end, key=lambda r: r.start) - 1
        return self.people[i] if i >= 0 and self.people[i].end > start else None

    @cached_property
    def beside(self) -> dict[str, list[Mention]]:
        """Under each word the mentions that it follows at once, no stop between: 'the Chinese trade delegation'."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            following = STOP.split(self.text[mention.end : mention.end + 40].lower())[0]
            for word in dict.fromkeys(re.findall(r"[a-z-]+", following)[:3]):
                if mention.actor:
                    found[word].append(mention)
        return found

    @cached_property
    def last_pairs(self) -> list[tuple[Mention, ...]]:
        """For each name of an actor the last one before of another actor, where there is one, and itself."""
        pairs: list[tuple[Mention, ...]] = []
        other: tuple[Mention, ...] = ()
        for mention in self.mentions:
            if mention.actor and mention.kind not in ("adjective", "demonym") and not self.is_place(mention):
                if pairs and pairs[-1][-1].actor != mention.actor:
                    other = pairs[-1][-1:]
                pairs.append((*other, mention))
        return pairs

    def is_place(self, mention: Mention) -> bool:
        """A capital after a preposition is where something happens, and no party: 'talks in Beijing'."""
        return (
            mention.kind == "capital"
            and PLACED.search(self.text[max(0, mention.start - 9) : mention.start]) is not None
        )

    def actor_of(self, mention: Mention) -> str | None:
        """Whom a mention stands for, people counted for the actor that they speak for."""
        person = self.person_covering(mention.start, mention.end) if mention.person else None
        return person.actor if person else mention.actor


STOP = re.compile(r"[,.;:\n]")
PLACED = re.compile(rf"\b{english.pattern('place_prepositions')} $")


def _between(referents: list[Referent], start: int, end: int) -> list[Referent]:
    first = bisect_left(referents, start, key=lambda r: r.start)
    return referents[first : bisect_left(referents, end, key=lambda r: r.start)]
