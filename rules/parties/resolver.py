"""Whom a noun phrase or a pronoun stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rules.language import english
from rules.parties.anaphors import at_home, of_speaker, pointed_to
from rules.parties.holders import official_named_next, with_holder
from rules.parties.joined import governs, joined, named_beside
from rules.parties.mentions import Phrases
from rules.parties.opponents import is_act, is_opponent, opponents, opposition_named
from rules.parties.people import NamedPerson, governing
from rules.parties.pronouns import is_pronoun, meant_by_pronoun
from rules.parties.section import Referent
from rules.syntax.grammar import MODIFIERS, conjuncts, dependents, is_noun, prepositional_objects
from rules.syntax.subjects import surface_subject

QUANTITIES = english.words("quantities")
# Prepositions after which an office or a body names its party.
PARTY_PREPOSITIONS = english.words("party_prepositions")
PLACING = english.words("placing_prepositions")
GOVERNMENTS = frozenset("administration government".split())
MEMBER = frozenset("member members".split())
# What makes members of a body a part of it: 'eastern EU states'.
PARTIAL = english.words("parts_of_bodies")
NOMINAL_TAGS = frozenset("PRP PRP$ DT JJ CD WP VBN VBG FW".split())
# Phrases may name a party by way of others: 'the head of the delegation of the government of Iran'.
DEEPEST = 4


@dataclass(frozen=True)
class ActorResolver(Phrases):
    """Resolves the words of one parsed sentence within its article.

    `anaphors` holds the nouns that mean one actor of the lists once the article has named it.
    """

    anaphors: Mapping[str, str]

    def resolve(self, i: int, depth: int = 0) -> list[Referent]:
        """All parties of a noun phrase, one for each that is coordinated; a party nobody knows has no actor."""
        nominals = [w for w in joined(self, i) if is_noun(self.parse, w) or self.parse.tags[w] in NOMINAL_TAGS]
        return _once_each([party for word in nominals for party in self.resolve_one(word, depth)])

    def resolve_one(self, i: int, depth: int = 0) -> list[Referent]:
        """The parties of one noun with its modifiers, its coordinated nouns left aside."""
        if is_pronoun(self, i):
            return meant_by_pronoun(self, i, self.resolve, depth)
        person = self.person(i)
        if person is not None:
            return self._by_name(i, person, depth)
        mention = self.mention(i)
        if mention is not None and mention.kind == "demonym" and self._are_some(i):
            return [self.nobody(i)]  # 'many Ukrainians'
        if mention is not None and (mention.kind != "adjective" or self.parse.tags[i].startswith(("NN", "JJ"))):
            return [Referent(mention.actor, *self.phrase_offsets(i))]
        if is_noun(self.parse, i) or self.parse.tags[i] in ("DT", "CD", "JJ"):
            return self._described(i, depth)
        return [self.nobody(i)]

    def _are_some(self, i: int) -> bool:
        before = [c for c in self.parse.children[i] if c < i]
        return any(self.parse.lower[c] in QUANTITIES or self.parse.deps[c] == "nummod" for c in before)

    def _by_name(self, i: int, person: NamedPerson, depth: int) -> list[Referent]:
        """Somebody named; of whom no list tells whose, the office beside the name does: 'X, the deputy US envoy to'."""
        offices = dependents(self.parse, i, "appos") if person.actor is None else []
        parties = [party for office in offices for party in self._official_parties(office, None, depth)]
        actor = parties[0].actor if len(parties) == 1 else person.actor
        return [Referent(actor, *self.phrase_offsets(i), replace(person, actor=actor))]

    def _described(self, i: int, depth: int) -> list[Referent]:
        """'Russian officials', 'the government of Iran', 'the U.S. response', 'the alliance', 'both sides'."""
        if depth > DEEPEST or self._is_press(i):
            return [self.nobody(i)]
        apposed = self._apposed_person(i)
        if apposed is not None and apposed.actor:
            return self.named_by(i, [apposed])
        if is_opponent(self, i):
            return self.named_by(i, self._opposed(i, depth))
        parties = [] if self._is_member(i) else self._official_parties(i, apposed, depth)
        if parties:
            return self._with_holder(i, self.named_by(i, parties))
        led = named_beside(self, i) or self._followed(i, depth) or self._part_of(i) or self._governed_by(i)
        led = led or self._known_by_surname(i)
        if led:
            return self.named_by(i, led)
        if self._is_member_beside(i):
            return self.resolve_one(self.parse.heads[i], depth + 1)
        owner = self._owner(i, depth) or self._issuer(i, depth)
        if owner:
            return owner
        of = self._quantified(i)
        if of is not None:
            return self.resolve_one(of, depth + 1)
        between = self._meeting_parties(i, depth) or self._examples(i, depth)
        if between:
            return between
        if self._is_former(i):
            return [self.nobody(i)]
        meant = of_speaker(self, i, self.resolve, depth) or pointed_to(self, i, self.anaphors) or at_home(self, i)
        found = official_named_next(self, i) or self.named_by(i, meant)
        found = self._with_holder(i, found)
        is_office = not any(party.actor for party in found) and self._is_the_office(i)
        return [replace(party, is_office=True) for party in found] if is_office else found

    def _opposed(self, i: int, depth: int) -> list[Referent]:
        """Whose the opposition is: of a party as a body, or as an act, 'blocked by opposition from Peru'."""
        if is_act(self, i):
            return self._parties_after(i, depth)
        own = self._followed(i, depth) or self._part_of(i) or opponents(self, i)
        return own or pointed_to(self, i, self.anaphors) or opposition_named(self, i)

    def _with_holder(self, i: int, parties: list[Referent]) -> list[Referent]:
        """One office of one party is held by whoever the text has named."""
        return [with_holder(self, i, parties[0])] if len(parties) == 1 else parties

    def _is_the_office(self, i: int) -> bool:
        """'the prime minister', 'the secretary of state': an office that is clear to whoever reads it."""
        has_article = any(self.parse.lower[c] == "the" for c in self.parse.children[i])
        return has_article and self.parse.lower[i] in self.words.person_anaphors

    def _official_parties(self, i: int, apposed: Referent | None, depth: int) -> list[Referent]:
        """Whom an office, a body or a document speaks for; a person beside the office is the one who holds it."""
        is_voice = self.words.stands_for_its_party(self.parse.lower[i]) or governs(self, i)
        if not is_voice or self._is_former(i) or self._is_of_private_body(i):
            return []
        parties = self._modifying_parties(i, depth)
        if apposed is not None and len(parties) == 1:
            return [replace(parties[0], person=apposed.person)]
        return parties

    def _is_of_private_body(self, i: int) -> bool:
        """'director of a think tank in Moscow'."""
        bodies = [noun for word in ("of", "at") for noun in prepositional_objects(self.parse, i, word)]
        private = [b for b in bodies if self.parse.lower[b] in self.words.private_bodies]
        return any(not self.mention(b) and not self._part_of(b) for b in private)

    def _is_press(self, i: int) -> bool:
        """'the Oman News Agency' reports and speaks for nobody."""
        return any(self.parse.lower[c] in ("news", "press") for c in dependents(self.parse, i, "compound", "amod"))

    def _is_former(self, i: int) -> bool:
        """'a former Philippine minister' speaks for nobody."""
        modifiers = dependents(self.parse, i, "amod", "advmod", "compound")
        return any(self.parse.lower[c] in self.words.former for c in modifiers)

    def _apposed_person(self, i: int) -> Referent | None:
        """'its foreign minister, Hossein X': the person named beside the office."""
        for noun in dependents(self.parse, i, "appos"):
            person = self.person(noun)
            if person is not None:
                return Referent(person.actor, *self.offsets(noun), person)
        return None

    def _followed(self, i: int, depth: int) -> list[Referent]:
        """'M23 rebels', 'Taliban fighters': those of a party that is no state; 'Syrian rebels' are not Syria's."""
        if self.parse.lower[i] not in self.words.followers:
            return []
        kinds = self.words.kinds
        parties = self._modifying_parties(i, depth + 1)
        return [p for p in parties if p.actor and kinds[p.actor] in ("non_state", "subnational")]

    def _part_of(self, i: int) -> list[Referent]:
        """'the UNITA wing', 'the IAEA board', 'rebel group M23': of a party that is no state."""
        parse, words = self.parse, self.words
        is_part = parse.lower[i] in words.part_nouns or parse.lower[i] in words.group_anaphors
        if not is_part or self._is_member(i):
            return []
        beside = dependents(parse, i, "compound", "amod", "nmod", "appos", "poss")
        named = [self.mention(c) for c in (*beside, *prepositional_objects(parse, i, "of"))]
        found = [m for m in named if m and m.actor and words.kinds[m.actor] != "state"]
        found.sort(key=lambda m: m.kind == "adjective")  # 'the Kurdish PYD party'
        return [Referent(m.actor, m.start, m.end) for m in found[:1]]

    def _is_member(self, i: int) -> bool:
        """'a NATO member', 'a NATO member state', 'eastern EU states': not NATO, not the EU; 'UN members' is the UN."""
        parse = self.parse
        is_member = any(parse.lower[word] in MEMBER for word in (i, *dependents(parse, i, "compound")))
        if parse.tags[i] not in ("NNS", "NNPS"):
            return is_member
        before = {parse.lower[c] for c in parse.children[i] if c < i}
        if before.isdisjoint(PARTIAL):
            return is_member and not before.isdisjoint(self.words.numbers)
        named = [m.actor for m in map(self.mention, parse.children[i]) if m is not None]
        return any(self.words.kinds.get(actor or "") == "organisation" for actor in named)

    def _is_member_beside(self, i: int) -> bool:
        """'Turkey, a NATO member state': the party that it is said of."""
        return self._is_member(i) and self.parse.deps[i] == "appos"

    def _known_by_surname(self, i: int) -> list[Referent]:
        """'North Korea's Kim': somebody of the name on the lists of the party beside it."""
        if self.parse.tags[i] != "NNP":
            return []
        name = self.parse.text[self.parse.starts[i] : self.parse.ends[i]]
        parties = self._modifying_parties(i, DEEPEST)
        return [p for p in parties if name in self.words.names_in.get(p.actor or "", ())]

    def _governed_by(self, i: int) -> list[Referent]:
        """'the Bush administration', 'the Howard government'."""
        if self.parse.lower[i] not in GOVERNMENTS:
            return []
        day = self.context.article.published
        names = [
            self.parse.text[self.parse.starts[c] : self.parse.ends[c]] for c in dependents(self.parse, i, "compound")
        ]
        people = [governing(name, day, self.words) for name in names]
        return [Referent(p.actor, *self.offsets(i)) for p in people if p][:1]

    def _owner(self, i: int, depth: int) -> list[Referent]:
        """'his country', 'its soldiers', 'our hand': whose it is, in the words that name the owner."""
        if self.parse.lower[i] not in self.words.own_nouns:
            return []
        owners = [c for c in dependents(self.parse, i, "poss") if self.parse.tags[c] == "PRP$"]
        return [party for c in owners for party in self.resolve_one(c, depth + 1)]

    def _issuer(self, i: int, depth: int) -> list[Referent]:
        """Of whoever issues the document: 'ministers issued a declaration demanding', 'a text adopted by the EU'."""
        verb = self.parse.heads[i]
        if self.parse.lower[i] not in self.words.documents:
            return []
        issued = [c for c in dependents(self.parse, i, "acl") if self.parse.lower[c] in self.words.issuing]
        by = [noun for c in issued for noun in prepositional_objects(self.parse, c, "by")]
        if by:
            return _known([party for noun in by for party in self.resolve(noun, depth + 1)])
        if self.parse.deps[i] != "dobj":
            return []
        subject = surface_subject(self.parse, verb) if self.parse.lower[verb] in self.words.issuing else None
        return [] if subject is None else _known(self.resolve(subject, depth + 1))

    def _quantified(self, i: int) -> int | None:
        """'one of the allies', 'most of Europe'."""
        if self.parse.lower[i] not in QUANTITIES:
            return None
        prepositions = [c for c in dependents(self.parse, i, "prep") if self.parse.lower[c] == "of"]
        return next(iter(dependents(self.parse, prepositions[0], "pobj")), None) if prepositions else None

    def _examples(self, i: int, depth: int) -> list[Referent]:
        """'partners such as Peru', 'countries including Chad': those whom the text names."""
        nouns = prepositional_objects(self.parse, i, "including")
        for prep in dependents(self.parse, i, "prep"):
            if any(self.parse.lower[c] == "such" for c in self.parse.children[prep]):
                nouns += dependents(self.parse, prep, "pobj")
        return [party for noun in nouns for party in self.resolve(noun, depth + 1) if party.actor]

    def _meeting_parties(self, i: int, depth: int) -> list[Referent]:
        """'the summit between the EU and Turkey'."""
        if self.parse.lower[i] not in self.words.meetings:
            return []
        nouns = prepositional_objects(self.parse, i, "between")
        return [party for noun in nouns for party in self.resolve(noun, depth + 1)]

    def _modifying_parties(self, i: int, depth: int) -> list[Referent]:
        """The actors whose adjective, name or possessive stands before a noun, or after 'of', 'for' or 'from'."""
        if depth > DEEPEST:
            return []
        before = [
            party
            for child in dependents(self.parse, i, *MODIFIERS)
            for word in conjuncts(self.parse, child)
            for party in self._modifier(word, self.parse.deps[child] == "poss", depth)
        ]
        is_of_nobody = any(self.parse.tags[c] == "PRP$" for c in dependents(self.parse, i, "poss"))
        return _once_each(before or ([] if is_of_nobody else self._parties_after(i, depth)))

    def _modifier(self, word: int, is_possessive: bool, depth: int) -> list[Referent]:
        named = self.person(word) or self.mention(word)
        if named is not None:
            return [Referent(named.actor, *self.offsets(word))]
        if is_possessive or self.parse.lower[word] in self.words.government:
            return _known(self.resolve_one(word, depth + 1))
        return _known(self._modifying_parties(word, depth + 1))

    def _parties_after(self, i: int, depth: int) -> list[Referent]:
        parse = self.parse
        prepositions = [c for c in dependents(parse, i, "prep", "agent") if parse.lower[c] in PARTY_PREPOSITIONS]
        if parse.lower[i] in self.words.documents:  # 'the speech in Prague'
            prepositions = [c for c in prepositions if parse.lower[c] not in PLACING]
        nouns = [n for c in prepositions for noun in dependents(parse, c, "pobj") for n in conjuncts(parse, noun)]
        return _known(
            [party for n in (*nouns, *dependents(parse, i, "appos")) for party in self.resolve_one(n, depth + 1)]
        )


def _known(referents: list[Referent]) -> list[Referent]:
    return [referent for referent in referents if referent.actor]


def _once_each(referents: list[Referent]) -> list[Referent]:
    """Without those that name a known party and person again; what nobody knows differs by its place."""
    kept: dict[tuple[object, ...], Referent] = {}
    for r in referents:
        kept.setdefault((r.actor, r.person and r.person.name) if r.actor else (r.start,), r)
    return list(kept.values())
