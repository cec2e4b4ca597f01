"""What an article tells as a whole: its mentions, the people it introduces, its quotations, and what pronouns point to."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rules.issues import IssueFinder
from rules.names import Mention, NameFinder
from rules.people import NamedPerson, bind_titles, person_on, spelt_as, surnames
from rules.sentences import skip_dateline, split
from rules.words import Words
from schemas.article import Article
from schemas.position import Section

QUOTE_MARK = re.compile(r"[\"“”]|''|``")
# British single quotes: one that opens before a capital, one that closes after a stop. Apostrophes are neither.
SINGLE_OPEN = re.compile(r"(?<!\w)['‘](?=[A-Z])")
SINGLE_CLOSE = re.compile(r"(?<=[.,!?])['’](?!\w)")
NAME = r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'.-]*){0,3})"
STRANGER_AFTER = re.compile(r" " + NAME)
STRANGER_BEFORE = re.compile(NAME + r",? (?:also |later |has |had |then )?$")


@dataclass(frozen=True)
class Referent:
    """Who is meant by some words: an actor, by way of a person or not. Offsets count characters of the section."""

    actor: str | None
    start: int
    end: int
    person: NamedPerson | None = None
    antecedent: int | None = None  # where the section names the party, for a pronoun or "the minister"


@dataclass(frozen=True)
class Attribution:
    """A reporting verb outside quotation marks and who does the reporting, where the text tells."""

    at: int
    by: Referent | None


@dataclass
class SectionContext:
    """One section of an article, read once for all its sentences."""

    text: str
    mentions: list[Mention]
    people: dict[int, NamedPerson]
    quotes: list[tuple[int, int]] = field(default_factory=list)
    offices: list[Referent] = field(default_factory=list)


class ArticleContext:
    """Looks things up in an article without parsing it, so that sentences the gate left out count all the same."""

    def __init__(self, article: Article, finder: NameFinder, words: Words) -> None:
        self.article = article
        self.words = words
        whole = f"{article.title}\n{article.text}"
        self._topic: tuple[str, ...] | None = None
        self.by_name: dict[str, NamedPerson] = {}
        self.sections: dict[Section, SectionContext] = {}
        for section, text in (("body", article.text), ("title", article.title)):
            mentions = finder.find(text, article.published, whole)
            self.sections[section] = SectionContext(
                text, mentions, {}, _quoted_spans(text) or _single_quoted_spans(text)
            )  # type: ignore[index]
        self._introduce_people()
        for context in self.sections.values():
            self._find_people(context)
            context.offices = [o for o in (self._office_at(context, m) for m in context.mentions) if o is not None]

    def _introduce_people(self) -> None:
        """First everybody the lists know, then those whom the text gives a title, under full name and surname."""
        day = self.article.published
        for context in self.sections.values():
            for mention in context.mentions:
                if mention.kind == "person" and mention.person is not None:
                    people = [person_on(s.person, day) for s in mention.senses if s.person is not None]
                    held = next((p for p in people if p.actor is not None), people[0])
                    self._remember(mention.text, spelt_as(held, mention.text))
        for context in self.sections.values():
            context.mentions = [m for m in context.mentions if not self._is_no_surname(context.text, m)]
        for context in self.sections.values():
            for start, end, person in bind_titles(context.text, context.mentions, self.words):
                known = self.by_name.get(person.name) or self._listed(context, start, end)
                if known is not None and known.actor is None:
                    known = (
                        None if person.actor is None else NamedPerson(known.name, person.actor, person.role, known.sex)
                    )
                self._remember(person.name, known or person)

    def _is_no_surname(self, text: str, mention: Mention) -> bool:
        """A listed surname inside another name ('Richard Smith'), or an ordinary word ('in May') without its person."""
        if mention.kind != "surname":
            return False
        if re.match(r" [^\W\d_a-z][a-z]", text[mention.end : mention.end + 3]):
            return True
        before = re.search(r"([^\W\d_a-z][\w’'.-]+) $", text[max(0, mention.start - 25) : mention.start])
        if before and before.group(1).lower().strip(".") in self.words.titles | COURTESY:
            return False
        return mention.text in self.words.ordinary_surnames and mention.text not in self.by_name

    def _listed(self, context: SectionContext, start: int, end: int) -> NamedPerson | None:
        mention = _covering(context.mentions, start, end)
        if mention is None or mention.person is None:
            return None
        return self._best_sense(mention)

    def _remember(self, name: str, person: NamedPerson) -> None:
        self.by_name.setdefault(name, person)
        for surname in surnames(person.name):
            if len(surname) > 2:
                self.by_name.setdefault(surname, person)

    def _find_people(self, context: SectionContext) -> None:
        """Where each person stands in the text: every later use of a name that the article introduced."""
        for mention in context.mentions:
            if mention.person is not None:
                context.people[mention.start] = self.by_name.get(mention.text) or self._best_sense(mention)
        names = sorted(self.by_name, key=len, reverse=True)
        if names:
            pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
            covered = [(m.start, m.end) for m in context.mentions if m.person is None]
            for match in pattern.finditer(context.text):
                if not _inside(covered, match.start()):
                    context.people.setdefault(match.start(), self.by_name[match.group()])

    def _best_sense(self, mention: Mention) -> NamedPerson:
        """Of the people who share a name, the one in office on the day of the article whose actor the article names."""
        people = [person_on(s.person, self.article.published) for s in mention.senses if s.person is not None]
        in_office = [p for p in people if p.actor is not None]
        expected = [p for p in in_office if p.actor in self._named_actors]
        if not expected and len(in_office) > 1:  # a common surname, and nothing tells whose
            return NamedPerson(mention.text, None, None)
        return spelt_as((expected or in_office or people)[0], mention.text)

    @cached_property
    def _named_actors(self) -> frozenset[str | None]:
        return frozenset(m.actor for c in self.sections.values() for m in c.mentions if m.person is None)

    def _office_at(self, context: SectionContext, mention: Mention) -> Referent | None:
        """'Indonesia's foreign minister', 'the Iranian president': whoever holds the office, for pronouns to point at."""
        if mention.person is not None:
            return None
        following = re.findall(r"[a-z]+", context.text[mention.end : mention.end + 40].split("\n")[0].split(",")[0])
        titled = [word for word in following[:4] if word in OFFICES]
        return Referent(mention.actor, mention.start, mention.end) if titled else None

    def topic(self, issues: IssueFinder) -> tuple[str, ...]:
        """The one issue that an article is about, for a clause that only points to it ('rejected the proposal').

        It must be named in several sentences and far more often than any other; the title counts twice.
        """
        if self._topic is None:
            counts: dict[str, int] = {}
            for sentence in split(self.article):
                for issue in issues.find(sentence.text):
                    counts[issue] = counts.get(issue, 0) + (2 if sentence.section == "title" else 1)
            ranked = sorted(counts, key=lambda issue: (-counts[issue], issue))
            second = counts[ranked[1]] if len(ranked) > 1 else 0
            leads = bool(ranked) and counts[ranked[0]] >= max(LEAST_OF_TOPIC, LEAD_OF_TOPIC * second)
            self._topic = (ranked[0],) if leads else ()
        return self._topic

    def home(self, section: Section, at: int) -> Referent | None:
        """The state that an article is filed from, where it goes on to speak of it: 'the government', 'the minister'."""
        body = self.sections["body"]
        filed = next((m for m in body.mentions if m.start < skip_dateline(body.text[:120])), None)
        if filed is None or filed.person is not None or self.actors_named.get(filed.actor or "", 0) < HOME_NAMED:
            return None
        leads = max(self.actors_named.values()) <= 2 * self.actors_named[filed.actor or ""]
        return Referent(filed.actor, at, at) if leads else None

    def mention_at(self, section: Section, start: int, end: int) -> Mention | None:
        """The actor mention that overlaps [start, end), people left aside."""
        mention = _covering(self.sections[section].mentions, start, end)
        return mention if mention is not None and mention.person is None else None

    def person_at(self, section: Section, start: int, end: int) -> NamedPerson | None:
        """The person whose name overlaps [start, end)."""
        context = self.sections[section]
        mention = _covering(context.mentions, start, end)
        if mention is not None and mention.person is not None:
            return context.people.get(mention.start)
        name = context.text[start:end]
        known = self.by_name.get(name)
        return known if known is not None and name not in ("General",) else None

    def in_quotes(self, section: Section, at: int) -> bool:
        return _inside(self.sections[section].quotes, at)

    def quote_around(self, section: Section, at: int) -> tuple[int, int] | None:
        for start, end in self.sections[section].quotes:
            if start <= at < end:
                return start, end
        return None

    @cached_property
    def _attributions(self) -> dict[Section, list[Attribution]]:
        return {section: self._read_attributions(section) for section in self.sections}

    def _read_attributions(self, section: Section) -> list[Attribution]:
        context = self.sections[section]
        found = []
        for match in re.finditer(r"[A-Za-z]+", context.text):
            if match.group().lower() in self.words.reporting and not _inside(context.quotes, match.start()):
                by = self._reporter_near(section, match.start(), match.end())
                if by is not None:
                    found.append(Attribution(match.start(), by))
        return found

    def _reporter_near(self, section: Section, start: int, end: int) -> Referent | None:
        """Who stands right after a reporting verb ('said Lavrov'), else the last one before it in its sentence."""
        text = self.sections[section].text
        after = text[end : end + 60]
        stop = min((p for p in (after.find(c) for c in '.,;\n"“”') if p >= 0), default=60)
        if after[:1] == " " and (after[1:2].isupper() or after[1:5] == "the "):
            for referent in self._people_between(section, end, end + stop):
                return referent
        begin = max(text.rfind(c, 0, start) for c in ("\n", ". ", "? ", "! ", '"', "”")) + 1
        people = self._people_between(section, begin, start)
        pronouns = list(re.finditer(r"\b(?:he|she)\b", text[begin:start], re.IGNORECASE))
        if pronouns and (not people or begin + pronouns[-1].start() > people[-1].start):
            at = begin + pronouns[-1].start()
            return self.person_before(section, at, pronouns[-1].group().lower())
        if people:
            return people[-1]
        offices = [
            m
            for m in self.sections[section].mentions
            if begin <= m.start < start and m.person is None and m.actor and start - m.end < 60
        ]
        if offices:  # 'the South Korean unification minister said'
            return Referent(offices[-1].actor, offices[-1].start, offices[-1].end)
        return self._stranger_near(section, start, end)

    def _stranger_near(self, section: Section, start: int, end: int) -> Referent | None:
        """Somebody whom neither the lists nor the article introduce, by the name beside a reporting verb."""
        text = self.sections[section].text
        after = STRANGER_AFTER.match(text, end)
        before = STRANGER_BEFORE.search(text, max(0, start - 60), start)
        found = after or before
        if found is None:
            return None
        a, b = found.span(1)
        return Referent(None, a, b, NamedPerson(found.group(1), None, None))

    def _people_between(self, section: Section, start: int, end: int) -> list[Referent]:
        """People by name, and holders of an office whom the text does not name: 'the German foreign minister'."""
        context = self.sections[section]
        people = [
            Referent(person.actor, at, at + len(person.name), person)
            for at, person in context.people.items()
            if start <= at < end
        ]
        named = {r.start for r in people}
        offices = [r for r in context.offices if start <= r.start < end and not named & set(range(r.start, r.end + 40))]
        return sorted([*people, *offices], key=lambda r: r.start)

    def speaker_of_quote(self, section: Section, at: int) -> Referent | None:
        """Who says the quotation at an offset: the attribution in its paragraph, else that of the paragraph before."""
        text = self.sections[section].text
        attributions = self._attributions[section]
        start, end = _paragraph(text, at)
        for _ in range(4):
            inside = [a for a in attributions if start <= a.at < end]
            if inside:
                nearest = min(inside, key=lambda a: (abs(a.at - at), a.at))
                return nearest.by
            if start == 0:
                return None
            start, end = _paragraph(text, start - 1)
            at = end
        return None

    def person_before(self, section: Section, at: int, pronoun: str) -> Referent | None:
        """Whom 'he' or 'she' means: the person of that sex whom the nearest sentence before names first."""
        text = self.sections[section].text
        sex = "f" if pronoun in ("she", "her", "hers", "herself") else "m"
        begin = _sentence_begin(text, at)
        here = [
            r
            for r in self._people_between(section, begin, at)
            if _fits(r.person, sex) and not BESIDE.search(text[max(0, r.start - 12) : r.start])
        ]
        if here:
            return here[0]
        for _ in range(8):
            if begin == 0:
                return None
            end, begin = begin, _sentence_begin(text, max(0, begin - 2))
            candidates = [r for r in self._people_between(section, begin, end) if _fits(r.person, sex)]
            if candidates:
                reporters = [
                    a.by for a in self._attributions_between(section, begin, end) if a.by and _fits(a.by.person, sex)
                ]
                return reporters[0] if reporters else candidates[0]
        return None

    def _attributions_between(self, section: Section, start: int, end: int) -> list[Attribution]:
        if "_attributions" not in self.__dict__:  # still being read: pronouns in attributions look at names alone
            return []
        return [a for a in self._attributions[section] if start <= a.at < end]

    def actor_before(self, section: Section, at: int, kinds: Sequence[str] = ()) -> Referent | None:
        """The actor that the nearest sentence before an offset names first; of some kinds of id where given."""
        context = self.sections[section]
        begin = _sentence_begin(context.text, at)
        for _ in range(6):
            for mention in context.mentions:
                if begin <= mention.start < at and mention.kind not in ("surname", "person"):
                    if not kinds or mention.actor in kinds:
                        return Referent(mention.actor, mention.start, mention.end)
            if begin == 0:
                return None
            at, begin = begin, _sentence_begin(context.text, max(0, begin - 2))
        return None

    def group_before(self, section: Section, at: int) -> list[Referent]:
        """Whom 'they' means: the parties that the nearest sentence of the paragraph names side by side, else its first.

        A pronoun that opens a paragraph looks at the one before.
        """
        text = self.sections[section].text
        paragraph = _paragraph(text, at)[0]
        end = at
        for _ in range(8):
            begin = _sentence_begin(text, max(0, end - 2))
            goes_on = text[begin : begin + 5].lower().startswith(("they ", "both "))
            group = next((g for g in self._groups(section, begin, end) if g and self._opens_sentence(section, g)), None)
            if group is not None and not goes_on and (len(group) > 1 or begin >= paragraph):
                return group
            if begin == 0:
                break
            end = begin
        first = self.actor_before(section, at)
        return [first] if first else []

    def _opens_sentence(self, section: Section, group: list[Referent]) -> bool:
        """Whether the parties stand where a sentence has its subject: before anything else is named."""
        text = self.sections[section].text
        begin = _sentence_begin(text, group[0].start) if group else 0
        mentions = self.sections[section].mentions
        return (
            bool(group) and not any(begin <= m.start < group[0].start for m in mentions) and group[0].start - begin < 80
        )

    def _groups(self, section: Section, start: int, end: int) -> list[list[Referent]]:
        """Actors named side by side, with no more than commas, 'and' and a few words between them."""
        context = self.sections[section]
        groups: list[list[Referent]] = []
        last_end = -1
        for mention in context.mentions:
            if not start <= mention.start < end:
                continue
            person = context.people.get(mention.start)
            actor = person.actor if person else mention.actor
            between = context.text[last_end : mention.start]
            near = last_end >= 0 and len(between) <= 45 and not JOIN_BREAK.search(between)
            same = near and bool(groups) and bool(groups[-1]) and groups[-1][-1].actor == actor  # 'Egyptian minister X'
            joined = same or (near and JOINED.search(between))
            if not joined:
                groups.append([])
            if actor and actor not in {r.actor for r in groups[-1]}:
                groups[-1].append(Referent(actor, mention.start, mention.end, person))
            last_end = mention.end
        return groups

    def sentence_around(self, section: Section, at: int) -> str:
        """The text of the sentence that an offset stands in, roughly."""
        text = self.sections[section].text
        begin = _sentence_begin(text, at)
        match = SENTENCE_END.search(text, at)
        return text[begin : match.start() if match else len(text)]

    def introduced(self, section: Section, at: int, noun: str) -> Referent | None:
        """Whose 'the report' or 'the delegation' is: the last actor before that the text puts beside the noun."""
        context = self.sections[section]
        for mention in reversed(context.mentions):
            if mention.end <= at and mention.actor:
                beside = context.text[mention.end : mention.end + 40].lower()
                words = re.findall(r"[a-z-]+", beside)[:4]
                if noun in words[:3] and "," not in beside[: beside.find(noun)]:
                    return Referent(mention.actor, mention.start, mention.end)
        return None

    def last_actors(self, section: Section, at: int, count: int) -> list[Referent]:
        """The last `count` different actors named before an offset, in the order of the text."""
        found: dict[str, Referent] = {}
        for mention in reversed(self.sections[section].mentions):
            if mention.start < at and mention.actor and mention.kind != "adjective" and mention.actor not in found:
                found[mention.actor] = Referent(mention.actor, mention.start, mention.end)
                if len(found) == count:
                    break
        return list(reversed(found.values()))

    @cached_property
    def actors_named(self) -> dict[str, int]:
        """How often the article names each actor, people counted for theirs."""
        counts: dict[str, int] = {}
        for context in self.sections.values():
            for mention in context.mentions:
                person = context.people.get(mention.start)
                actor = person.actor if person else mention.actor
                if actor:
                    counts[actor] = counts.get(actor, 0) + 1
        return counts


def _fits(person: NamedPerson | None, sex: str) -> bool:
    """Whether 'he' or 'she' can mean somebody; the holder of an office has no name here and may be either."""
    return person is None or person.sex in (None, sex)


def _covering(mentions: list[Mention], start: int, end: int) -> Mention | None:
    at = bisect_left(mentions, end, key=lambda m: m.start) - 1
    if at >= 0 and mentions[at].end > start:
        return mentions[at]
    return None


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    i = bisect_left(spans, at + 1, key=lambda s: s[0]) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Stretches inside double quotation marks; one that is never closed ends with its paragraph."""
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        opened = None
        for mark in QUOTE_MARK.finditer(paragraph):
            if opened is None:
                if mark.group() != "”":
                    opened = mark.end()
            elif mark.group() != "“":
                spans.append((offset + opened, offset + mark.start()))
                opened = None
        if opened is not None:
            spans.append((offset + opened, offset + len(paragraph)))
        offset += len(paragraph) + 1
    return spans


def _single_quoted_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        at = 0
        while opened := SINGLE_OPEN.search(paragraph, at):
            closed = SINGLE_CLOSE.search(paragraph, opened.end())
            at = closed.end() if closed else len(paragraph)
            spans.append((offset + opened.end(), offset + (closed.start() if closed else len(paragraph))))
        offset += len(paragraph) + 1
    return spans


def _paragraph(text: str, at: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, len(text) if end < 0 else end


# 'like Blinken, he rejected': a person after these is not the one meant by a pronoun in the same sentence.
BESIDE = re.compile(r"\b(?:[Ll]ike|[Uu]nlike|with|to|by|of|from|against|for)\s$")
# How often an article must name the state that it is filed from, to be about it.
HOME_NAMED = 3
# How often an article names its topic, and how many times as often as anything else.
LEAST_OF_TOPIC = 4
LEAD_OF_TOPIC = 2
COURTESY = frozenset("mr mrs ms dr gen sen president chancellor lord sir madam".split())
OFFICES = frozenset(
    "minister president premier chancellor spokesman spokeswoman spokesperson envoy ambassador negotiator secretary "
    "king queen emir leader chief commander commissioner".split()
)
JOINED = re.compile(r",|\band\b|&")
JOIN_BREAK = re.compile(r"[.;:\n]|\b(?:in|on|to|with|from|against|over|between|but|said|says|while|after)\b")
SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+(?=[\"“A-Z])|\n")


def _sentence_begin(text: str, at: int) -> int:
    """The start of the sentence around an offset, roughly: names with initials may cut it short."""
    window = text[max(0, at - 600) : at]
    begin = 0
    for match in SENTENCE_END.finditer(window):
        stop = match.start()
        if window[stop : stop + 1] == "\n" or not re.search(
            r"(?:\b[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Lt|Col|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$", window[:stop]
        ):
            begin = match.end()
    return max(0, at - 600) + begin
