"""Whom a noun phrase or a pronoun stands for."""

from dataclasses import dataclass, replace

from rules.context import ArticleContext, Referent
from rules.grammar import (
    MODIFIERS,
    conjuncts,
    dependents,
    governing_clause,
    is_noun,
    phrase_span,
    prepositional_objects,
    span,
    surface_subject,
)
from rules.names import Mention
from rules.parse import Parse
from rules.people import NamedPerson
from rules.sentences import Sentence
from rules.words import Words

PERSONAL = {"he": "he", "she": "she", "his": "he", "her": "she", "him": "he", "himself": "he", "herself": "she"}
THINGS = frozenset("it its itself".split())
MANY = frozenset("they them their themselves".split())
FIRST = frozenset("we our us ourselves i my me myself".split())


SPOKEN_BY = frozenset("spokesman spokeswoman spokesperson statement communique".split())
MEETINGS = frozenset("summit talks meeting meetings negotiations dialogue conference discussions consultations".split())


@dataclass(frozen=True)
class ActorResolver:
    """Resolves the words of one parsed sentence within its article."""

    context: ArticleContext
    sentence: Sentence
    parse: Parse
    words: Words
    anaphors: dict[str, str]

    def resolve(self, i: int) -> list[Referent]:
        """All parties of a noun phrase, one for each that is coordinated; a party nobody knows has no actor."""
        found: list[Referent] = []
        for word in conjuncts(self.parse, i):
            if is_noun(self.parse, word) or self.parse.tags[word] in (
                "PRP",
                "PRP$",
                "DT",
                "JJ",
                "CD",
                "WP",
                "VBN",
                "VBG",
                "FW",
            ):
                found.extend(self.resolve_one(word))
        return _once_each(found)

    def resolve_one(self, i: int, depth: int = 0) -> list[Referent]:
        """The parties of one noun with its modifiers, its coordinated nouns left aside."""
        parse = self.parse
        word = parse.lower[i]
        if parse.tags[i] in ("PRP", "PRP$") and word in PERSONAL.keys() | THINGS | MANY | FIRST:
            return self._pronoun(i, word, depth)
        person = self.context.person_at(self.sentence.section, *self._offsets(i, i))
        if person is not None:
            return [Referent(person.actor, *self._phrase_offsets(i), person)]
        mention = self.mention(i)
        if mention is not None and self._names_party(i, mention):
            return [Referent(mention.actor, *self._phrase_offsets(i))]
        if is_noun(parse, i) or parse.tags[i] in ("DT", "CD", "JJ"):
            return self._described(i, depth)
        return [Referent(None, *self._phrase_offsets(i))]

    def _names_party(self, i: int, mention: Mention) -> bool:
        """A name or an adjective of nationality: 'the Chinese refused', 'the German proposal'."""
        return mention.kind != "adjective" or self.parse.tags[i] in ("NNP", "NNPS", "NNS", "JJ", "NN")

    def _described(self, i: int, depth: int) -> list[Referent]:
        """'Russian officials', 'the government of Iran', 'the U.S. response', 'the alliance', 'both sides'."""
        parse = self.parse
        word = parse.lower[i]
        apposed = self._apposed_person(i)
        if apposed is not None and apposed.actor:
            return self._at(i, [apposed])
        if self._stands_for_modifier(i) and not self._is_former(i):
            parties = self._modifying_parties(i, depth)
            if parties:
                if apposed is not None and len(parties) == 1:
                    parties = [replace(parties[0], person=apposed.person)]
                return self._at(i, parties)
        owner = self._owner(i, depth)
        if owner:
            return owner
        if (of := self._quantified(i)) is not None:
            return self.resolve_one(of, depth + 1)
        if word in MEETINGS:  # 'the summit between the EU and Turkey'
            between = [p for noun in prepositional_objects(parse, i, "between") for p in self.resolve(noun)]
            if between:
                return between
        if self._is_former(i):
            return [Referent(None, *self._phrase_offsets(i))]
        anaphor = self._anaphor(i, word)
        return anaphor if anaphor else [Referent(None, *self._phrase_offsets(i))]

    def _is_former(self, i: int) -> bool:
        """'a former Philippine minister' speaks for nobody."""
        return any(
            self.parse.lower[c] in self.words.former for c in dependents(self.parse, i, "amod", "advmod", "compound")
        )

    def _apposed_person(self, i: int) -> Referent | None:
        """'its foreign minister, Hossein X': the person named beside the office."""
        for noun in dependents(self.parse, i, "appos"):
            start, end = self._offsets(noun, noun)
            person = self.context.person_at(self.sentence.section, start, end)
            if person is not None:
                return Referent(person.actor, start, end, person)
        return None

    def _owner(self, i: int, depth: int) -> list[Referent]:
        """'his country', 'its soldiers', 'our door': whose it is, in the words that name the owner."""
        if depth > 4 or self.parse.lower[i] not in self.words.own_nouns:
            return []
        owners = [c for c in dependents(self.parse, i, "poss") if self.parse.tags[c] == "PRP$"]
        return [r for c in owners for r in self.resolve_one(c, depth + 1)]

    def _stands_for_modifier(self, i: int) -> bool:
        lower = self.parse.lower[i]
        return lower in self.words.government or lower in self.words.documents

    def _quantified(self, i: int) -> int | None:
        """'one of the allies', 'most of Europe'."""
        if self.parse.lower[i] in (
            "one",
            "most",
            "some",
            "many",
            "all",
            "both",
            "each",
            "members",
            "number",
            "majority",
        ):
            for prep in dependents(self.parse, i, "prep"):
                if self.parse.lower[prep] == "of":
                    objects = dependents(self.parse, prep, "pobj")
                    return objects[0] if objects else None
        return None

    def _modifying_parties(self, i: int, depth: int) -> list[Referent]:
        """The actors whose adjective, name or possessive stands before a noun, or after 'of', 'for' or 'from'."""
        if depth > 4:
            return []
        parse = self.parse
        found: list[Referent] = []
        for child in dependents(parse, i, *MODIFIERS):
            for word in conjuncts(parse, child):
                mention = self.mention(word)
                person = self.context.person_at(self.sentence.section, *self._offsets(word, word))
                if person is not None:
                    found.append(Referent(person.actor, *self._offsets(word, word)))
                elif mention is not None:
                    found.append(Referent(mention.actor, *self._offsets(word, word)))
                elif parse.deps[child] == "poss" or parse.lower[word] in self.words.government:
                    found.extend(r for r in self.resolve_one(word, depth + 1) if r.actor)
                else:
                    found.extend(r for r in self._modifying_parties(word, depth + 1) if r.actor)
        if found:
            return _once_each(found)
        for prep in dependents(parse, i, "prep", "agent"):
            if parse.lower[prep] in ("of", "for", "from", "in", "at", "by"):
                for noun in dependents(parse, prep, "pobj"):
                    found.extend(r for w in conjuncts(parse, noun) for r in self.resolve_one(w, depth + 1) if r.actor)
        for apposed in dependents(parse, i, "appos"):
            found.extend(r for r in self.resolve_one(apposed, depth + 1) if r.actor)
        return _once_each(found)

    def _anaphor(self, i: int, word: str) -> list[Referent]:
        parse, section = self.parse, self.sentence.section
        at = self._offsets(i, i)[0]
        if word in SPOKEN_BY and not dependents(parse, i, "poss", "prep", "compound", "nmod"):
            behind = self.context.actor_before(section, at)  # 'A spokesman said', right after its party was named
            return self._at(i, [behind] if behind else [])
        children = {parse.lower[c] for c in parse.children[i]}
        if not children & {"the", "both", "two", "his", "its", "their", "this", "that"} and parse.tags[i] != "DT":
            return []
        phrase = self.sentence.text[slice(*self._local_offsets(i))].lower()
        if phrase.startswith(tuple(self.words.both_sides)) or (word == "both" and not parse.children[i]):
            return self._at(i, self.context.last_actors(section, at, 2))
        if word in self.anaphors and self.anaphors[word] in self.context.actors_named:
            return self._at(i, [Referent(self.anaphors[word], at, at)])
        if self._stands_for_modifier(i) and not dependents(parse, i, "prep", "poss"):
            introduced = self.context.introduced(section, at, word)
            if introduced is not None:
                return self._at(i, [introduced])
        modifiers = [c for c in parse.children[i] if parse.deps[c] in MODIFIERS and parse.deps[c] != "poss"]
        if parse.tags[i] == "NNS" and parse.lower[i].rstrip("s") in self.words.person_anaphors and not modifiers[1:]:
            return self._at(i, self.context.group_before(section, self.sentence.start))
        stranger = [c for c in dependents(parse, i, "appos") if parse.tags[c] == "NNP"]
        if word in self.words.person_anaphors and stranger:  # 'the security minister, X, said': of the country at home
            home = self.context.home(section, at)
            name = parse.text[parse.starts[phrase_span(parse, stranger[0])[0]] : parse.ends[stranger[0]]]
            if home is not None:
                return self._at(i, [replace(home, person=NamedPerson(name, home.actor, word))])
        if word in self.words.person_anaphors and not dependents(parse, i, "prep"):
            person = self.context.person_before(section, at, "she" if word.endswith("woman") else "he")
            return self._at(i, [person] if person else [])
        if (
            (word in self.words.state_anaphors or (word == "state" and dependents(parse, i, "amod")))
            and len(modifiers) <= 1
            and not dependents(parse, i, "prep")
        ):
            actor = self.context.home(section, at) or self.context.actor_before(section, at)
            return self._at(i, [actor] if actor else [])
        return []

    def _pronoun(self, i: int, word: str, depth: int) -> list[Referent]:
        section = self.sentence.section
        at = self._offsets(i, i)[0]
        if word in FIRST:
            if not self.context.in_quotes(section, at):
                return self._at(i, [])
            beside = self._reporter_in_sentence()
            if beside:
                return self._at(i, beside)
            speaker = self.context.speaker_of_quote(section, at)
            return self._at(i, [speaker] if speaker else [])
        inside = self._antecedent_in_sentence(i, word, depth)
        if inside is not None:
            return inside
        if word in PERSONAL:
            person = self.context.person_before(section, self.sentence.start, PERSONAL[word])
            return self._at(i, [person] if person else [])
        if word in MANY:
            return self._at(i, self.context.group_before(section, self.sentence.start))
        actor = self.context.actor_before(section, self.sentence.start)
        return self._at(i, [actor] if actor else [])

    def _reporter_in_sentence(self) -> list[Referent]:
        """Who speaks in the part of the sentence outside quotation marks."""
        parse = self.parse
        for verb in range(len(parse)):
            if parse.lower[verb] in self.words.reporting and parse.tags[verb].startswith("VB"):
                subject = surface_subject(parse, verb)
                if subject is not None and not self._quoted(verb) and not self._quoted(subject):
                    return self.resolve(subject) if parse.tags[subject] != "PRP" else self.resolve_one(subject)
        return []

    def _quoted(self, i: int) -> bool:
        return self.context.in_quotes(self.sentence.section, self._offsets(i, i)[0])

    def _antecedent_in_sentence(self, i: int, word: str, depth: int) -> list[Referent] | None:
        """The subject of the clause above: 'Lebanon says it will not' → Lebanon, with its own words as evidence."""
        if depth > 4:
            return None
        verb = governing_clause(self.parse, i)
        if verb is not None and self.parse.lower[verb] in self.words.reporting:
            verb = self._first_reporting_verb(verb)  # 'China said …, as it repeated that': the first to report goes on
        seen = {i}
        visited: set[int] = set()
        unknown: list[Referent] | None = None
        while verb is not None and verb not in visited:
            visited.add(verb)
            subject = surface_subject(self.parse, verb)
            if (
                subject is not None
                and self.parse.tags[subject] == "PRP"
                and self.parse.lower[verb] in self.words.reporting
            ):
                verb = self._first_reporting_verb(verb)
                subject = surface_subject(self.parse, verb)
            if subject is not None and subject not in seen:
                seen.add(subject)
                fits = self.parse.tags[subject] not in ("PRP", "EX", "WP", "WDT", "DT") and not _contains(
                    self.parse, subject, i
                )
                parties = self.resolve(subject) if fits else []
                if parties and self._agrees(word, parties, subject):
                    if any(p.actor for p in parties):
                        return parties
                    unknown = unknown or parties
            verb = governing_clause(self.parse, verb)
        return unknown

    def _first_reporting_verb(self, verb: int) -> int:
        reporting = [
            v
            for v in range(verb)
            if self.parse.lower[v] in self.words.reporting and self.parse.tags[v].startswith("VB")
        ]
        return reporting[0] if reporting else verb

    def _agrees(self, word: str, parties: list[Referent], subject: int) -> bool:
        people = [p for p in parties if p.person is not None]
        if word in PERSONAL:
            sex = "f" if PERSONAL[word] == "she" else "m"
            if people:
                return any(p.person is not None and p.person.sex in (None, sex) for p in people)
            word = self.parse.lower[subject]
            holds_office = word in self.words.titles or word in self.words.person_anaphors
            return holds_office or (all(p.actor is None for p in parties) and self.parse.tags[subject] in ("NNP", "NN"))
        if word in THINGS:
            return not people and len(parties) == 1
        return True

    def _at(self, i: int, referents: list[Referent]) -> list[Referent]:
        """The same parties, with this word and its phrase as the words that name them."""
        start, end = self._phrase_offsets(i)
        if not referents:
            return [Referent(None, start, end)]
        antecedents = [r.start if r.antecedent is None else r.antecedent for r in referents]
        return [Referent(r.actor, start, end, r.person, a) for r, a in zip(referents, antecedents, strict=True)]

    def mention(self, i: int) -> Mention | None:
        return self.context.mention_at(self.sentence.section, *self._offsets(i, i))

    def _offsets(self, first: int, last: int) -> tuple[int, int]:
        return self.sentence.start + self.parse.starts[first], self.sentence.start + self.parse.ends[last]

    def _local_offsets(self, i: int) -> tuple[int, int]:
        first, last = phrase_span(self.parse, i)
        return self.parse.starts[first], self.parse.ends[last]

    def _phrase_offsets(self, i: int) -> tuple[int, int]:
        start, end = self._local_offsets(i)
        return self.sentence.start + start, self.sentence.start + end


def _contains(parse: Parse, top: int, i: int) -> bool:
    first, last = span(parse, top)
    return first <= i <= last


def _once_each(referents: list[Referent]) -> list[Referent]:
    seen = set()
    kept = []
    for referent in referents:
        key = (
            (referent.actor, referent.person.name if referent.person else None) if referent.actor else (referent.start,)
        )
        if key not in seen:
            seen.add(key)
            kept.append(referent)
    return kept
