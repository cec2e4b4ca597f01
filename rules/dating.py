"""Which day a position has: the one named beside the trigger or its report, not inside what is demanded or refused."""

import re
from datetime import date

from rules.actors import ActorResolver
from rules.dates import DateMention
from rules.grammar import ancestors, is_verb
from rules.reading import Reading, inside_content
from rules.roles import find_role
from rules.tree import Parse
from schemas.position import StatedOnBasis

StatedOn = tuple[date, StatedOnBasis]

OCCASIONS = frozenset(
    "deal agreement accord pact statement meeting talks summit speech interview letter session vote conference call "
    "address communique declaration treaty ceremony visit".split()
)
# A day within so many characters opens its sentence; one within so many words goes with the verb before it.
OPENING = 12
AT_ONCE = 8
DATING = re.compile(r"\b(?:on|said|told \w+|reporters|statement|interview|conference|speech)\s(?:late |early )?$")


def stated_on(resolver: ActorResolver, reading: Reading) -> StatedOn:
    """The day on which a position was expressed and what tells it; that of publication where nothing else does."""
    published = resolver.context.article.published
    for mention in resolver.context.days_in(resolver.sentence.text):
        if mention.day is not None and _dates_the_statement(resolver.parse, reading, mention):
            return mention.day, mention.basis
    return _inherited_day(resolver, reading) or (published, StatedOnBasis.PUBLISHED)


def _inherited_day(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'On Wednesday the minister called for … He said': the account goes on where the pronoun points to."""
    sentence = resolver.sentence
    for party in (*reading.actors, *(reading.report.by if reading.report else ())):
        named_at = party.start if party.antecedent is None else party.antecedent
        if not sentence.start <= named_at < sentence.end:
            text = resolver.section.passages.sentence_around(named_at)
            opening = resolver.context.days_in(text)[:1]
            if opening and opening[0].day is not None and _dates_its_sentence(text, opening[0]):
                return opening[0].day, opening[0].basis
    return None


def _dates_its_sentence(text: str, mention: DateMention) -> bool:
    """A day that opens the sentence or stands after 'on' or a reporting verb dates what happened in it."""
    return mention.start <= OPENING or DATING.search(text[: mention.start].lower()) is not None


def _dates_the_statement(parse: Parse, reading: Reading, mention: DateMention) -> bool:
    tokens = [i for i in range(len(parse)) if mention.start <= parse.starts[i] < mention.end]
    if not tokens:
        return False
    top = next((i for i in tokens if parse.heads[i] not in tokens), tokens[0])
    inside = inside_content(parse, reading)
    if top in inside and reading.at not in inside:
        return False
    stating = _stating_words(parse, reading)
    return (
        _first_above(parse, top, stating) is not None
        or _heads_an_occasion(parse, top, stating)
        or any(_follows_at_once(parse, verb, tokens[0]) for verb in stating)
    )


def _stating_words(parse: Parse, reading: Reading) -> set[int]:
    """The words whose day is that of the statement."""
    trigger, at = reading.trigger, reading.at
    if trigger.nouns and trigger.negated != "only" and find_role(parse, at, "possessive"):
        return {at}  # 'rejected Moscow's demand on Friday' dates the rejection alone
    stating = {at, *_clauses_above(parse, at)}
    if reading.report is not None and reading.report.verb is not None:
        stating.add(reading.report.verb)
    return stating


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


def _heads_an_occasion(parse: Parse, day: int, stating: set[int]) -> bool:
    """'In the accord of May 4 they agreed', 'in the May 4 accord': the day of the occasion on which it was stated."""
    noun = parse.heads[day]
    preposition = parse.heads[noun]
    return (
        parse.lower[noun] in OCCASIONS
        and parse.lower[preposition] in ("in", "at", "during", "by")
        and parse.heads[preposition] in stating
    )


def _clauses_above(parse: Parse, at: int) -> list[int]:
    """The words above a trigger whose day is its day too: not those around a noun that its clause only describes."""
    found: list[int] = []
    below = at
    for above in ancestors(parse, at):
        if parse.deps[below] in ("relcl", "acl", "appos"):
            return [*found, above] if parse.lower[above] in OCCASIONS else found  # 'the talks on Monday in which'
        found.append(above)
        below = above
    return found


def _follows_at_once(parse: Parse, verb: int, day: int) -> bool:
    """'told Oman on Friday it would stay': no other verb stands between the verb and its day."""
    between = range(verb + 1, day)
    broken = any(is_verb(parse, i) or parse.tags[i] in (",", "CC") for i in between)
    return is_verb(parse, verb) and 0 < day - verb <= AT_ONCE and not broken
