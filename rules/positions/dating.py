"""Which day a position has: the one named beside the trigger or its report, not inside what is demanded or refused."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from rules.language import english
from rules.parties.coreference import sentences_before
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import ancestors, is_verb, own_subject
from rules.syntax.tree import Parse
from rules.text.dates import DateMention
from rules.text.periods import Period
from schemas.position import StatedOnBasis


class StatedOn(NamedTuple):
    """A day and what tells it; first and last day of the period where only that is told."""

    day: date
    basis: StatedOnBasis
    period: Period | None = None


# A day within so many characters opens its sentence; one within so many words goes with the verb before it.
OPENING = 12
AT_ONCE = 8
# So many sentences back an account may have named its day.
SENTENCES_BACK = 6
# So many sentences back one account of what a person said reaches; a day in one of the last few need only stand in a
# sentence that names the person, one farther back beside a verb by which the person speaks.
ACCOUNT = 40
CLOSE_BY = 3
BESIDE_VERB = 60
# What happened on a day that is nobody's statement.
BORN = re.compile(r"\b(?:born|died|founded|married)\b[^,;]{0,40}$")
# A day up to which something goes on, or from which, is no day of a statement.
BOUNDS = english.words("limits_of_time")
DATING = re.compile(rf"\b(?:told \w+|{english.pattern('dating_words')})\s(?:late |early |earlier )?$")


def stated_on(resolver: ActorResolver, reading: Reading) -> StatedOn:
    """The day on which a position was expressed and what tells it; that of publication where nothing else does."""
    for mention in resolver.context.days_in(resolver.sentence.text):
        if _dates_the_statement(resolver, reading, mention):
            found = _day_of(resolver, mention)
            if found is not None:
                return found
    return (
        _period(resolver, reading)
        or _day_of_then(resolver, reading)
        or _inherited_day(resolver, reading)
        or _day_of_the_same_account(resolver, reading)
        or _day_of_what_the_title_tells(resolver, reading)
        or _day_of_dateline(resolver)
        or StatedOn(resolver.context.article.published, StatedOnBasis.PUBLISHED)
    )


def _period(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'agreed last week': no day is known, so that of publication stands, and the week is kept (codebook, 22)."""
    for mention in resolver.context.periods_in(resolver.sentence.text):
        if _dates_the_statement(resolver, reading, mention):
            return StatedOn(resolver.context.article.published, StatedOnBasis.PUBLISHED, mention.period)
    return None


def _day_of(resolver: ActorResolver, mention: DateMention) -> StatedOn | None:
    """The day of a mention; 'the following day' counts from the day that the account named last."""
    if mention.day is not None:
        return StatedOn(mention.day, mention.basis)
    told = _last_told(resolver, mention)
    day = told + timedelta(days=mention.from_told or 0) if told else None
    if day is None or day > resolver.context.article.published:
        return None
    return StatedOn(day, StatedOnBasis.RELATIVE_DAY)


def _last_told(resolver: ActorResolver, mention: DateMention | None) -> date | None:
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


def _day_of_then(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'said then that': on the day that the account named last."""
    parse = resolver.parse
    stating = _stating_words(resolver, reading)
    is_then = any(parse.lower[verb + 1] == "then" for verb in stating if is_verb(parse, verb) and verb + 1 < len(parse))
    told = _last_told(resolver, None) if is_then else None
    return StatedOn(told, StatedOnBasis.RELATIVE_DAY) if told else None


def _day_of_dateline(resolver: ActorResolver) -> StatedOn | None:
    """What is dated by nothing else was expressed by the day on which the article was filed."""
    dateline = resolver.context.dateline if resolver.sentence.section == "body" else None
    return StatedOn(dateline.day, dateline.basis) if dateline is not None and dateline.day is not None else None


def _day_of_what_the_title_tells(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """A title takes the day of the sentence that opens the article, where that is about its actor (codebook, 22)."""
    if resolver.sentence.section == "body":
        return None
    body = resolver.context.sections["body"]
    text = body.passages.sentence_around(0)
    days = [m for m in resolver.context.days_in(text) if m.day and _dates_its_sentence(text, m)]
    named = {body.actor_of(mention) for mention in body.mentions_between(0, len(text))}
    return _day_of(resolver, days[0]) if days and not named.isdisjoint(reading.own) else None


def _inherited_day(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'On Wednesday the minister called for … He said': the account goes on where the pronoun points to."""
    sentence = resolver.sentence
    for party in (*reading.actors, *(reading.report.by if reading.report else ())):
        named_at = party.start if party.antecedent is None else party.antecedent
        if not sentence.start <= named_at < sentence.end:
            text = resolver.section.passages.sentence_around(named_at)
            opening = resolver.context.days_in(text)[:1]
            if opening and _dates_its_sentence(text, opening[0]):
                return _day_of(resolver, opening[0])
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
            return _day_of(resolver, days[0] if count <= CLOSE_BY else beside[0])
    return None


def _name(referent: Referent) -> str | None:
    return referent.person.name if referent.person is not None else None


def _speakers(reading: Reading) -> tuple[Referent, ...]:
    return (*reading.actors, *(reading.report.by if reading.report else ()))


def _dates_its_sentence(text: str, mention: DateMention) -> bool:
    """A day that opens the sentence or stands after 'on' or a reporting verb dates what happened in it."""
    if BORN.search(text[: mention.start].lower()):
        return False
    return mention.start <= OPENING or DATING.search(text[: mention.start].lower()) is not None


def _dates_the_statement(resolver: ActorResolver, reading: Reading, mention: DateMention) -> bool:
    parse = resolver.parse
    tokens = [i for i in range(len(parse)) if mention.start <= parse.starts[i] < mention.end]
    if not tokens:
        return False
    top = next((i for i in tokens if parse.heads[i] not in tokens), tokens[0])
    is_bound = mention.period is not None or mention.basis == StatedOnBasis.EXPLICIT_DATE
    if parse.lower[max(0, tokens[0] - 1)] in BOUNDS and is_bound:
        return False
    inside = inside_content(parse, reading)
    if top in inside and reading.at not in inside:
        return False
    stating = _stating_words(resolver, reading)
    return (
        _first_above(parse, top, stating) is not None
        or _heads_an_occasion(resolver, top, stating)
        or any(_follows_at_once(parse, verb, tokens[0]) for verb in stating)
    )


def _stating_words(resolver: ActorResolver, reading: Reading) -> set[int]:
    """The words whose day is that of the statement."""
    at = reading.at
    owned = reading.match.kind == "noun" and "negated" not in reading.frame.needs and reading.match.clause.owners
    if owned and not _is_told_by_its_owner(resolver, reading):
        return {at}  # 'rejected Moscow's demand on Friday' dates the rejection alone
    stating = {at, *_clauses_above(resolver, at)}
    if reading.report is not None and reading.report.verb is not None:
        stating.add(reading.report.verb)
    return stating


def _is_told_by_its_owner(resolver: ActorResolver, reading: Reading) -> bool:
    """'The Peruvian envoy on Friday repeated Peru's offer': the day is that of the offer too."""
    parse = resolver.parse
    verb = next((above for above in ancestors(parse, reading.at) if is_verb(parse, above)), None)
    subject = own_subject(parse, verb) if verb is not None else None
    tellers = resolver.resolve(subject) if subject is not None else []
    return any(party.actor in reading.own for party in tellers)


def _first_above(parse: Parse, day: int, stating: set[int]) -> int | None:
    """The stating word that a day hangs from, with no other verb between."""
    for above in ancestors(parse, day):
        if above in stating:
            return above
        if is_verb(parse, above):
            return above if _accompanies(parse, above, stating) else None
    return None


def _accompanies(parse: Parse, verb: int, stating: set[int]) -> bool:
    """'Speaking on Monday, she said': done in one with the statement."""
    return parse.tags[verb] == "VBG" and parse.deps[verb] == "advcl" and parse.heads[verb] in stating


def _heads_an_occasion(resolver: ActorResolver, day: int, stating: set[int]) -> bool:
    """'In the accord of May 4 they agreed', 'in the May 4 accord': the day of the occasion on which it was stated."""
    parse = resolver.parse
    noun = parse.heads[day]
    preposition = parse.heads[noun]
    return (
        parse.lower[noun] in resolver.words.occasions
        and parse.lower[preposition] in ("in", "at", "during", "by")
        and parse.heads[preposition] in stating
    )


def _clauses_above(resolver: ActorResolver, at: int) -> list[int]:
    """The words above a trigger whose day is its day too: not those around a noun that its clause only describes."""
    parse, found = resolver.parse, list[int]()
    below = at
    for above in ancestors(parse, at):
        is_at_once = parse.deps[below] == "acl" and parse.tags[below] == "VBG"  # 'met envoys asking'
        if parse.deps[below] in ("relcl", "acl", "appos") and not is_at_once:
            is_occasion = parse.lower[above] in resolver.words.occasions  # 'the talks on Monday in which'
            return [*found, above] if is_occasion else found
        found.append(above)
        below = above
    return found


def _follows_at_once(parse: Parse, verb: int, day: int) -> bool:
    """'told Oman on Friday it would stay': no other verb stands between the verb and its day."""
    between = range(verb + 1, day)
    broken = any(is_verb(parse, i) or parse.tags[i] in (",", "CC") for i in between)
    return is_verb(parse, verb) and 0 < day - verb <= AT_ONCE and not broken
