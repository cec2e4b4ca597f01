"""Who says a quotation that stands in several sentences: reporting verbs and the names beside them, without a parse."""

import re
from bisect import bisect_left

from rules.language import english
from rules.parties.coreference import person_before
from rules.parties.people import NamedPerson
from rules.parties.section import Attribution, Referent, SectionContext
from rules.text.words import Words

PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
NAME = r"([^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z](?:\.|[\w’'-]*)){0,3})"
STRANGER_AFTER = re.compile(r" " + NAME)
STRANGER_BEFORE = re.compile(rf"{NAME},? (?:{english.pattern('before_reporting')} )?$")
OWN_NOUN = re.compile(r" ([a-z]+)")
BEFORE_REPORTING = english.words("before_reporting")
LABEL = re.compile(r"(?:From |By )?[^\n:\"“”]{2,70}:(?:\s+|\Z)")
SIGNATURE = re.compile(r"[-–—]+ ?[^\W\d_a-z]")
# Characters that may stand between a reporting verb and who reports.
NEAR = 60
# Paragraphs that one speaker's words may run over.
QUOTED_ON = 4


def attributions_of(section: SectionContext, words: Words) -> list[Attribution]:
    """The reporting verbs outside quotation marks, each with who reports, where the text tells."""
    found = []
    for start, end in words.reporting_in(section.text):
        if not section.passages.in_quotes(start):
            by = _reporter_near(section, start, end, words)
            if by is not None:
                found.append(Attribution(start, by))
    return found


def speaker_of_quote(section: SectionContext, at: int) -> Referent | None:
    """Who says the quotation at an offset: the attribution in its paragraph, else that of the paragraph before.

    Where no verb tells it, whoever signs it, or is shown right before it: 'Lavrov turned to reporters. "We …"'.
    """
    return (
        labelled_speaker(section, at)
        or _attributed(section, at)
        or _signed_by(section, at)
        or _shown_before(section, at)
    )


def labelled_speaker(section: SectionContext, at: int) -> Referent | None:
    """Who speaks in a transcript or letter: 'Lavrov: We …', 'From Foreign Minister X:' on a line of its own."""
    start, end = section.passages.paragraph(at)
    label = LABEL.match(section.text, start, end)
    if label is None and start > 0:
        start, end = section.passages.paragraph(start - 1)
        label = LABEL.fullmatch(section.text, start, end)
    if label is None or label.end() > at:
        return None
    people = section.people_between(start, label.end())
    if people:
        return people[-1]
    named = [m for m in section.mentions_between(start, label.end()) if m.kind != "capital"]
    return Referent(named[-1].actor, named[-1].start, named[-1].end) if named else None


def is_label(section: SectionContext, named: Referent) -> bool:
    """Whether a name, or an office with it, is all that stands before a colon: not 'As to the Peruvian remarks:'."""
    opens = named.person is not None or section.passages.paragraph(named.start)[0] == named.start
    return opens and section.text.startswith(":", named.end)


def _signed_by(section: SectionContext, at: int) -> Referent | None:
    """'- Foreign Minister X' on the line after a quotation."""
    end = section.passages.paragraph(at)[1] + 1
    if end >= len(section.text) or not SIGNATURE.match(section.text, end):
        return None
    return next(iter(section.people_between(end, section.passages.paragraph(end)[1])), None)


def _shown_before(section: SectionContext, at: int) -> Referent | None:
    """Whom the sentence right before a quotation names first, in the same paragraph."""
    begin = section.passages.quote_begin(at)
    start = max(section.passages.paragraph(at)[0], section.passages.sentence_begin(begin))
    people = [r for r in section.people_between(start, begin) if not section.passages.in_quotes(r.start)]
    return people[0] if people else None


def _attributed(section: SectionContext, at: int) -> Referent | None:
    start, end = section.passages.paragraph(at)
    for _ in range(QUOTED_ON):
        attributions = section.attributions_between(start, end)
        if attributions:
            return _nearest(_not_after_stop(section, attributions, at), at).by
        if start == 0:
            return None
        start, end = section.passages.paragraph(start - 1)
        at = end
    return None


def _not_after_stop(section: SectionContext, attributions: list[Attribution], at: int) -> list[Attribution]:
    """Those before the end of a quotation that a full stop closes: who speaks in the next sentence did not say it."""
    end = section.passages.quote_end(at)
    if section.text[max(0, end - 1) : end] != ".":
        return attributions
    return [a for a in attributions if a.at < end] or attributions


def _nearest(attributions: list[Attribution], at: int) -> Attribution:
    i = bisect_left(attributions, at, key=lambda a: a.at)
    return min(attributions[max(0, i - 1) : i + 1], key=lambda a: abs(a.at - at))


def _reporter_near(section: SectionContext, start: int, end: int, words: Words) -> Referent | None:
    """Who stands right after a reporting verb ('said Lavrov'), else the last one before it in its sentence."""
    after = _reporter_after(section, end, words)
    if after is not None and not section.text.endswith("ing", start, end):
        return after
    begin = section.passages.after_break(start)
    people = section.people_between(begin, start)
    pronouns = list(PRONOUN.finditer(section.text, begin, start))
    if pronouns and (not people or pronouns[-1].start() > people[-1].start):
        return person_before(section, pronouns[-1].start(), pronouns[-1].group().lower())
    if people:
        return people[-1]
    return _office_near(section, begin, start, words) or _stranger_near(section.text, start, end, words)


def _reporter_after(section: SectionContext, end: int, words: Words) -> Referent | None:
    """'said Lavrov', 'said the Russian minister, Lavrov'; but not 'said Peru has asked Lavrov'."""
    after = section.text[end : end + NEAR]
    if not (after[:1] == " " and (after[1:2].isupper() or after[1:5] == "the ")):
        return None
    stop = min((p for p in (after.find(c) for c in '.,;\n"“”') if p >= 0), default=NEAR)
    person = next(iter(section.people_between(end, end + stop)), None)
    between = section.text[end : person.start].split() if person else []
    return None if words.title_breakers.intersection(between) else person


def _office_near(section: SectionContext, begin: int, start: int, words: Words) -> Referent | None:
    """'the South Korean unification minister said', but not 'Ann Fell, who led the EU referendum campaign, said'."""
    offices = [m for m in section.mentions_between(begin, start) if m.person is None and m.actor]
    if offices and start - offices[-1].end < NEAR and _may_speak(section.text[offices[-1].end : start], words):
        return Referent(offices[-1].actor, offices[-1].start, offices[-1].end)
    return None


def _may_speak(after: str, words: Words) -> bool:
    """Whether what follows a name up to its verb makes it no part of a name for something else."""
    first = OWN_NOUN.match(after)
    if first is None or words.stands_for_its_party(first.group(1)):
        return True
    return not BEFORE_REPORTING.isdisjoint(after.split()) or _names_an_office(after, words)


def _names_an_office(text: str, words: Words) -> bool:
    return any(word in words.offices or word in words.portfolios for word in text.split())


def _stranger_near(text: str, start: int, end: int, words: Words) -> Referent | None:
    """Somebody whom neither the lists nor the article introduce, by the name beside a reporting verb."""
    found = STRANGER_AFTER.match(text, end) or STRANGER_BEFORE.search(text, max(0, start - NEAR), start)
    if found is None or found.group(1).split()[0].lower() in words.no_given_names:  # 'said that While …'
        return None
    return Referent(None, *found.span(1), NamedPerson(found.group(1), None, None))
