"""Which day the sentences around a position give it: those of the same account, statement or act."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from rules.language import english
from rules.parties.coreference import sentences_before
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.reading import Reading
from rules.syntax.grammar import dependents, is_verb
from rules.text.dates import DateMention
from rules.text.periods import Period
from schemas.position import StatedOnBasis


class StatedOn(NamedTuple):
    """A day and what tells it; first and last day of the period where only that is told."""

    day: date
    basis: StatedOnBasis
    period: Period | None = None


# A day within so many characters opens its sentence.
OPENING = 12
# So many sentences back an account may have named its day.
SENTENCES_BACK = 6
# So many sentences back one account of what a person said reaches; a day in one of the last few need only stand in a
# sentence that names the person, one farther back beside a verb by which the person speaks.
ACCOUNT = 40
CLOSE_BY = 3
BESIDE_VERB = 60
# An account of days past so many is another one.
ACCOUNT_DAYS = 31
# So many sentences farther on a day of the last week may be told for what was said.
SENTENCES_AFTER = 2
WEEK = 7
# So many sentences open an article, and tell what its title is about.
OPENING_SENTENCES = 3
BEYOND_THE_STOP = 2  # characters from the end of one sentence into the next
WORD = re.compile(r"[a-z]+")
# What is issued once, on one day.
PAPERS = english.words("papers")
SAID = re.compile(rf"(?:{english.pattern('openings_of_accounts')} )(?:\w+ )?{english.pattern('words_said')}\b")
# 'His comments come ahead of talks on Monday.'
NOT_YET = re.compile(r"\b(?:ahead of|before|until)\b")
# What happened on a day that is nobody's statement.
BORN = re.compile(r"\b(?:born|died|founded|married)\b[^,;]{0,40}$")
# 'Envoys will meet on Monday': nothing has been said on that day yet.
AHEAD = re.compile(rf"\b{english.pattern('verbs_ahead')}\b(?:(?!\b{english.pattern('telling_verbs')}\b)[^,;:\"“”])*$")
DATING = re.compile(rf"\b(?:told \w+|{english.pattern('dating_words')})\s(?:late |early |earlier )?$")


def day_of(resolver: ActorResolver, mention: DateMention) -> StatedOn | None:
    """The day of a mention; 'the following day' counts from the day that the account named last."""
    if mention.day is not None:
        return StatedOn(mention.day, mention.basis)
    told = last_told(resolver, mention)
    day = told + timedelta(days=mention.from_told or 0) if told else None
    if day is None or day > resolver.context.article.published:
        return None
    return StatedOn(day, StatedOnBasis.RELATIVE_DAY)


def last_told(resolver: ActorResolver, mention: DateMention | None) -> date | None:
    """The last day named before on which something was said or done, in this sentence or the few before it."""
    days = _days_told(resolver, resolver.sentence.text, mention.start) if mention else []
    for begin, end in sentences_before(resolver.section, resolver.sentence.start, SENTENCES_BACK):
        if days:
            return days[-1]
        days = _days_told(resolver, resolver.section.text[begin:end].strip(), end)
    return days[-1] if days else None


def _days_told(resolver: ActorResolver, text: str, before: int) -> list[date]:
    """The days that a text dates its events with, as far as they stand before an offset."""
    mentions = resolver.context.days_in(text)
    return [m.day for m in mentions if m.day and m.end <= before and _dates_its_sentence(text, m)]


def _dates_its_sentence(text: str, mention: DateMention) -> bool:
    """A day that opens the sentence or stands after 'on' or a reporting verb dates what happened in it."""
    before = text[: mention.start].lower()
    if BORN.search(before) or AHEAD.search(before):
        return False
    return mention.start <= OPENING or DATING.search(before) is not None


def day_of_what_the_title_tells(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """A title takes the day of the sentence that opens the article, where that is about its actor (codebook, 22)."""
    if resolver.sentence.section == "body":
        return None
    body = resolver.context.sections["body"]
    end = 0
    for _ in range(OPENING_SENTENCES):
        text = body.passages.sentence_around(end)
        days = [m for m in resolver.context.days_in(text) if m.day and _dates_its_sentence(text, m)]
        named = {body.actor_of(mention) for mention in body.mentions_between(end, end + len(text))}
        if days and not named.isdisjoint(reading.own):
            return day_of(resolver, days[0])
        end += len(text) + BEYOND_THE_STOP
    return None


def day_of_the_account(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """The day of the account that a clause goes on with, unless it tells what has long been so (codebook, 9)."""
    if _is_standing(resolver, reading):
        return None
    return _inherited_day(resolver, reading) or _day_of_the_same_account(resolver, reading)


def _is_standing(resolver: ActorResolver, reading: Reading) -> bool:
    """'Peru has called for talks': outside of quotation marks and of what somebody says."""
    parse, at = resolver.parse, reading.at
    has = any(parse.lower[aux] in ("has", "have", "'s", "'ve") for aux in dependents(parse, at, "aux"))
    return has and reading.report is None


def _inherited_day(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'On Wednesday the minister called for … He said': the account goes on where the pronoun points to."""
    sentence = resolver.sentence
    for party in (*reading.actors, *(reading.report.by if reading.report else ())):
        named_at = party.start if party.antecedent is None else party.antecedent
        if not sentence.start <= named_at < sentence.end:
            text = resolver.section.passages.sentence_around(named_at)
            opening = resolver.context.days_in(text)[:1]
            if opening and _dates_its_sentence(text, opening[0]):
                return day_of(resolver, opening[0])
    return None


def _day_of_the_same_account(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """The day on which the article last had the same person speak: 'X said on Monday. …', X added."""
    section, context = resolver.section, resolver.context
    speaking = {party.person.name for party in _speakers(reading) if party.person is not None}
    if not speaking:
        return None
    before = [*sentences_before(section, resolver.sentence.start, ACCOUNT)][1:]
    for count, (begin, end) in enumerate(before, start=1):
        text = section.text[begin:end]
        days = [m for m in context.days_in(text) if m.day and _dates_its_sentence(text, m)]
        if not days:
            continue
        verbs = [a.at for a in section.attributions_between(begin, end) if _name(a.by) in speaking]
        beside = [day for day in days if any(abs(begin + day.start - at) <= BESIDE_VERB for at in verbs)]
        is_named = any(_name(person) in speaking for person in section.people_between(begin, end))
        if beside or (is_named and count <= CLOSE_BY):
            told = day_of(resolver, days[0] if count <= CLOSE_BY else beside[0])
            is_recent = told is not None and (context.article.published - told.day).days <= ACCOUNT_DAYS
            return told if is_recent else None
    return None


def _name(referent: Referent) -> str | None:
    return referent.person.name if referent.person is not None else None


def _speakers(reading: Reading) -> tuple[Referent, ...]:
    return (*reading.actors, *(reading.report.by if reading.report else ()))


def day_of_the_same_act(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'The council voted on Wednesday … Peru voted against', 'in a statement': an account told the day of it before."""
    parse, at = resolver.parse, reading.at
    words = {word for word in parse.lower if word in PAPERS}
    if is_verb(parse, at) and parse.tags[at] in ("VBD", "VBN"):
        words.add(parse.lower[at])
    for begin, end in [*sentences_before(resolver.section, resolver.sentence.start, SENTENCES_BACK)][1:]:
        text = resolver.section.text[begin:end]
        day = next((m for m in resolver.context.days_in(text) if m.day and _dates_its_sentence(text, m)), None)
        if day is not None:
            return day_of(resolver, day) if not words.isdisjoint(WORD.findall(text.lower())) else None
    return None


def day_told_after(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'… His remarks came on Monday': the day that the next sentences give to what was said."""
    section, published = resolver.section, resolver.context.article.published
    if _is_standing(resolver, reading):
        return None
    at = resolver.sentence.end
    for _ in range(SENTENCES_AFTER):
        if at + BEYOND_THE_STOP >= len(section.text):
            return None
        text = section.passages.sentence_around(at + BEYOND_THE_STOP)
        at += len(text)
        day = next((m for m in resolver.context.days_in(text) if m.day and _dates_its_sentence(text, m)), None)
        if day is not None and day.day and day.day >= published - timedelta(days=WEEK) and _is_said_on(text, day):
            return day_of(resolver, day)
    return None


def _is_said_on(text: str, day: DateMention) -> bool:
    """Whether a sentence goes on about what was said, and its day is not one that still lay ahead."""
    before = text[: day.start].lower()
    return SAID.match(before) is not None and NOT_YET.search(before) is None
