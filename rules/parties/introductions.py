"""The people of an article: those whom the lists know, and those whom the text itself gives an office."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ahocorasick_rs import AhoCorasick

from rules.language import english
from rules.parties.offices import holder_of
from rules.parties.people import NamedPerson, person_on, person_titled, spelt_as, surnames
from rules.parties.section import Referent, SectionContext
from rules.parties.surnames import Surname, goes_on, is_no_surname, meant, read_surname
from rules.parties.titles import Bound, bind_titles, bind_titles_at_home, bind_titles_by_place, bind_titles_of_rebels
from rules.text.gazetteer import Mention, Sense, stands_alone
from rules.text.passages import inside
from rules.text.words import Words
from schemas.ruleset import Person

OFFICES = english.words("offices_by_party")
KNIGHT = re.compile(r"\b((?:Sir|Dame) [^\W\d_a-z][\w'’-]+) [^\W\d_a-z][\w'’-]+")
# What the end of a title leaves behind where it was read as a name: 'Attorney General'.
NO_NAMES = frozenset({"General"})
CREDITS = re.compile(r"\b(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Cc]ompiled|[Pp]hotos?) by\b")
OWNER_BEFORE = re.compile(r"['’]s? ([^\W\d_a-z][\w-]+)")
TITLE_ENDS = re.compile(r"\w,? $")

FindHome = Callable[[Sequence[SectionContext]], str | None]


class Introductions:
    """Everybody whom the sections of an article introduce, under full name and surname."""

    def __init__(self, day: date, sections: Sequence[SectionContext], words: Words, find_home: FindHome) -> None:
        """Takes mentions that are no surname here out of the sections, and tells these their people and offices.

        The body is the first of the sections. `find_home` tells the state that they are at home in.
        """
        self._day = day
        self._sections = sections
        self._words = words
        self._by_name: dict[str, NamedPerson] = {}
        self._spelt_otherwise: set[str] = set()
        self._introduce_listed()
        self._actors = frozenset(m.actor for s in sections for m in s.mentions if m.person is None)
        strangers = self._settle_surnames()
        self._introduce_titled()
        self.home = find_home(sections)
        if self.home is not None:
            self._introduce_at_home(self.home)
        self._introduce_rebels()
        self._introduce_owned()
        self._introduce_knights()
        for name in strangers:
            self._remember(name, NamedPerson(name, None, None))
        self._names = AhoCorasick(list(self._by_name))
        for section in sections:
            section.people = self._people_of(section)
            section.offices = [o for o in (_office_at(section, m, words) for m in section.mentions) if o is not None]

    def person_called(self, name: str) -> NamedPerson | None:
        """Whom the article calls by a name."""
        return None if name in NO_NAMES else self._by_name.get(name)

    def _introduce_listed(self) -> None:
        for section in self._sections:
            for mention in section.mentions:
                if mention.kind == "person":
                    people = self._people_meant(mention)
                    in_office = (p for p in people if p.actor is not None)
                    held = next(in_office, None) or self._titled(section.text, mention) or people[0]
                    self._remember(mention.text, spelt_as(held, mention.text))

    def _titled(self, text: str, mention: Mention) -> NamedPerson | None:
        """A listed person out of office by its dates, to whose name the text puts an office all the same."""
        before = text[max(0, mention.start - 60) : mention.start].split("\n")[-1].lower()
        words = re.findall(r"[\w'-]+", before)[-3:]
        if not words or not TITLE_ENDS.search(before) or self._words.former.intersection(words):
            return None
        titles = {words[-1], " ".join(words[-2:])} & self._words.titles
        people = [sense.person for sense in mention.senses if sense.person is not None]
        return person_titled(people[0], self._day, min(titles)) if titles and len(people) == 1 else None

    def _settle_surnames(self) -> list[str]:
        """Leaves those surnames of the lists in the sections that are meant, and tells the names of other people.

        A full name of the text binds its surname everywhere: 'Brian Sen' makes every 'Sen' his, if nobody on the
        lists is named in full.
        """
        full_names = frozenset(
            sense.person.name
            for section in self._sections
            for mention in section.mentions
            for sense in mention.senses
            if mention.kind == "person" and sense.person
        )
        read = [self._surnames_in(section, full_names) for section in self._sections]
        others = (s for found in read for s, mention in found.values() if mention is None and s.given)
        strangers = [s.full_name for s in others if self._is_personal(s)]
        taken = {name.split()[-1] for name in strangers}
        for section, found in zip(self._sections, read, strict=True):
            kept = []
            for mention in section.mentions:
                surname, settled = found.get(mention.start, (None, mention))
                if surname is None or (settled and self._is_listed(surname, settled, taken, full_names)):
                    kept.append(settled or mention)
            section.mentions = kept
        return strangers

    def _surnames_in(
        self, section: SectionContext, full_names: frozenset[str]
    ) -> dict[int, tuple[Surname, Mention | None]]:
        """The surnames of the lists in a section by place, each with the mention of whom it can mean, if any."""
        is_title, body = section is self._sections[-1], self._sections[0].text
        found: dict[int, tuple[Surname, Mention | None]] = {}
        after = 0
        for mention in section.mentions:
            if mention.kind == "surname":
                surname = read_surname(section.text, mention, after, self._words)
                if is_title and surname.full_name not in body:
                    surname = Surname(mention, office=surname.office)  # every word of a headline has a capital
                is_none = is_no_surname(section.text, mention, self._words) or goes_on(
                    section.text, mention, body, is_title
                )
                if is_none or _is_credited(section, surname):
                    found[mention.start] = (Surname(mention), None)
                    continue
                found[mention.start] = (surname, self._settled(surname, full_names))
            after = mention.end
        return found

    def _is_personal(self, surname: Surname) -> bool:
        """'Jonah Hill' is somebody, 'Capitol Hill' may be anything."""
        is_word = surname.mention.text in self._words.ordinary_surnames
        return not is_word or surname.given[0] in self._words.first_names

    def _settled(self, surname: Surname, full_names: frozenset[str]) -> Mention | None:
        settled = meant(surname, full_names, self._words)
        if settled is not None and surname.given and settled is not surname.mention:
            person = self._best_sense(settled)
            self._remember(surname.full_name, replace(person, name=surname.full_name))
            self._spelt_otherwise.add(surname.full_name)
        return settled

    def _is_listed(self, surname: Surname, mention: Mention, taken: set[str], full_names: frozenset[str]) -> bool:
        """Whether a surname means somebody on the lists, by a full name, an office, or the party beside it."""
        if surname.given or mention.text in self._by_name:
            return True
        people = [s.person for s in mention.senses if s.person]
        if any(p.name in full_names for p in people):
            return True
        if mention.text in taken:
            return False
        if surname.office in self._words.home_offices:
            return _held(people, surname.office or "")
        is_ordinary = mention.text in self._words.ordinary_surnames
        if surname.office is not None:
            fits = surname.office in self._words.courtesies or _held(people, surname.office)
            return fits or not is_ordinary
        if is_ordinary:
            return False
        return mention.text not in self._words.common_surnames or any(p.actor in self._actors for p in people)

    def _introduce_titled(self) -> None:
        """The text tells the office of those who hold none on the lists; whom these know they know best."""
        for section in self._sections:
            for start, end, person in self._bound(section):
                known = self._by_name.get(person.name) or self._listed(section, start, end)
                if known is not None and person.name in self._spelt_otherwise and known.actor != person.actor:
                    self._forget(known)
                    known = None
                if known is not None and known.actor is None:
                    titled = replace(known, actor=person.actor, role=person.role)
                    known = titled if person.actor is not None else None
                self._remember(person.name, known or person)

    def _bound(self, section: SectionContext) -> list[Bound]:
        """Whom the section introduces by title: beside a party, or beside a person, 'Merkel's spokeswoman X'."""
        heads = [
            replace(m, senses=(Sense("name", self._best_sense(m).actor),))
            for m in _people_in(section)
            if section.text.startswith(("'s", "’s"), m.end)
        ]
        bound = bind_titles(section.text, section.mentions, self._words)
        bound += bind_titles_by_place(section.text, section.mentions, self._words)
        return [*bound, *bind_titles(section.text, [m for m in heads if m.actor], self._words)]

    def _introduce_at_home(self, home: str) -> None:
        """'Prime Minister X' needs no adjective at home; whom the lists or the text place elsewhere stays there."""
        for section in self._sections:
            for start, end, person in bind_titles_at_home(section.text, section.mentions, home, self._words):
                known = self._by_name.get(person.name) or self._listed(section, start, end)
                if known is None:
                    self._remember(person.name, person)

    def _introduce_rebels(self) -> None:
        """'rebel foreign minister X' speaks for the party of rebels that the article names most."""
        kinds = self._words.kinds
        named = Counter(
            m.actor for s in self._sections for m in s.mentions if m.actor and kinds[m.actor] == "non_state"
        )
        lead = min(named, key=lambda actor: (-named[actor], actor), default=None)
        for section in self._sections if lead else ():
            for _, _, person in bind_titles_of_rebels(section.text, lead, self._words):
                self._remember(person.name, person)

    def _introduce_owned(self) -> None:
        """'North Korea's Kim' is somebody of that name on the lists of the party, whom the article names no further."""
        for section in self._sections:
            for mention in section.mentions:
                owned = OWNER_BEFORE.match(section.text, mention.end) if mention.person is None else None
                if owned and owned.group(1) in self._words.names_in.get(mention.actor or "", ()):
                    self._by_name.setdefault(owned.group(1), NamedPerson(owned.group(1), mention.actor, None))

    def _introduce_knights(self) -> None:
        """'Sir Keir Starmer' is 'Sir Keir' from then on."""
        for section in self._sections:
            for found in KNIGHT.finditer(section.text):
                name, called = found.group(), found.group(1)
                person = self._by_name.get(name) or self._by_name.get(name.partition(" ")[2])
                if person is not None:
                    self._by_name.setdefault(called, person)

    def _forget(self, person: NamedPerson) -> None:
        """Of a name nearly that of somebody on the lists, to whom the text gives another party."""
        for name in [name for name, known in self._by_name.items() if known == person]:
            del self._by_name[name]

    def _remember(self, name: str, person: NamedPerson) -> None:
        self._by_name.setdefault(name, person)
        for surname in surnames(person.name, self._words):
            if len(surname) > 2 or surname in self._words.family_names_first:
                self._by_name.setdefault(surname, person)

    def _listed(self, section: SectionContext, start: int, end: int) -> NamedPerson | None:
        mention = section.mention_covering(start, end)
        return self._best_sense(mention) if mention is not None and mention.person is not None else None

    def _people_of(self, section: SectionContext) -> list[Referent]:
        """Where each person stands in the text: every use of a name that the lists or the article know."""
        found = {m.start: (m.end, self._by_name.get(m.text) or self._best_sense(m)) for m in _people_in(section)}
        covered = [(m.start, m.end) for m in section.mentions if m.person is None]
        for start, end in self._uses(section.text):
            if not inside(covered, start):
                for inner in [m.start for m in section.mentions_between(start + 1, end)]:
                    found.pop(inner, None)
                found.setdefault(start, (end, self._by_name[section.text[start:end]]))
        return [Referent(p.actor, start, end, p) for start, (end, p) in sorted(found.items(), key=lambda x: x[0])]

    def _uses(self, text: str) -> list[tuple[int, int]]:
        """Where the names that the article introduced stand, the longest where several overlap."""
        hits = self._names.find_matches_as_indexes(text, overlapping=True)
        kept: list[tuple[int, int]] = []
        for _, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            if stands_alone(text, start, end) and (not kept or start >= kept[-1][1]):
                kept.append((start, end))
        return kept

    def _best_sense(self, mention: Mention) -> NamedPerson:
        """Of the people who share a name, the one in office on the day of the article whose actor the article names."""
        people = self._people_meant(mention)
        in_office = [p for p in people if p.actor is not None]
        expected = [p for p in in_office if p.actor in self._actors]
        if not expected and len(in_office) > 1:  # a common surname, and nothing tells whose
            actors = {p.actor for p in in_office}
            return NamedPerson(mention.text, actors.pop() if len(actors) == 1 else None, None)
        return spelt_as((expected or in_office or people)[0], mention.text)

    def _people_meant(self, mention: Mention) -> list[NamedPerson]:
        return [person_on(sense.person, self._day) for sense in mention.senses if sense.person is not None]


def _is_credited(section: SectionContext, surname: Surname) -> bool:
    """'(Reporting by Ann Fell, editing by Tom Fell)': who wrote an article is nobody in it."""
    start = section.passages.paragraph(surname.mention.start)[0]
    return CREDITS.search(section.text, start, surname.mention.start) is not None


def _held(people: Sequence[Person], office: str) -> bool:
    return any(office in role.title.lower() for person in people for role in person.roles)


def _people_in(section: SectionContext) -> list[Mention]:
    return [mention for mention in section.mentions if mention.person is not None]


def _office_at(section: SectionContext, mention: Mention, words: Words) -> Referent | None:
    """'Indonesia's foreign minister', 'the Iranian president': whoever holds the office, for pronouns to point at."""
    if mention.person is not None:
        return None
    following = re.findall(r"[a-z]+", section.text[mention.end : mention.end + 40].split("\n")[0].split(",")[0])[:4]
    last = next((n for n, word in enumerate(following) if word in OFFICES), None)
    if last is None:
        return None
    office = set(following[: last + 1])
    holder = holder_of(section, mention.start, mention.actor, office, words) if mention.actor else None
    return Referent(mention.actor, mention.start, mention.end, holder)
