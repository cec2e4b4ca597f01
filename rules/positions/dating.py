"""Which day a position has: the one named beside the trigger or its report, not inside what is demanded or refused."""

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.positions.accounts import (
    StatedOn,
    day_of,
    day_of_the_account,
    day_of_the_same_act,
    day_of_what_the_title_tells,
    day_told_after,
    last_told,
)
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import ancestors, is_verb, modal_of, own_subject
from rules.syntax.tree import Parse
from rules.text.dates import DateMention
from schemas.position import StatedOnBasis

# A day within so many words goes with the verb before it.
AT_ONCE = 8
FUTURE = ("will", "would", "shall")
# A day up to which something goes on, or from which, is no day of a statement.
BOUNDS = english.words("limits_of_time")


def stated_on(resolver: ActorResolver, reading: Reading) -> StatedOn:
    """The day on which a position was expressed and what tells it; that of publication where nothing else does."""
    for mention in resolver.context.days_in(resolver.sentence.text):
        if _dates_the_statement(resolver, reading, mention):
            found = day_of(resolver, mention)
            if found is not None:
                return found
    return (
        _period(resolver, reading)
        or _day_of_then(resolver, reading)
        or day_of_the_account(resolver, reading)
        or day_of_the_same_act(resolver, reading)
        or day_told_after(resolver, reading)
        or day_of_what_the_title_tells(resolver, reading)
        or _day_of_dateline(resolver)
        or StatedOn(resolver.context.article.published, StatedOnBasis.PUBLISHED)
    )


def _period(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'agreed last week': no day is known, so that of publication stands, and the week is kept (codebook, 22)."""
    for mention in resolver.context.periods_in(resolver.sentence.text):
        if _dates_the_statement(resolver, reading, mention):
            return StatedOn(resolver.context.article.published, StatedOnBasis.PUBLISHED, mention.period)
    return None


def _day_of_then(resolver: ActorResolver, reading: Reading) -> StatedOn | None:
    """'said then that': on the day that the account named last."""
    parse = resolver.parse
    stating = _stating_words(resolver, reading)
    is_then = any(parse.lower[verb + 1] == "then" for verb in stating if is_verb(parse, verb) and verb + 1 < len(parse))
    told = last_told(resolver, None) if is_then else None
    return StatedOn(told, StatedOnBasis.RELATIVE_DAY) if told else None


def _day_of_dateline(resolver: ActorResolver) -> StatedOn | None:
    """What is dated by nothing else was expressed by the day on which the article was filed."""
    dateline = resolver.context.dateline if resolver.sentence.section == "body" else None
    return StatedOn(dateline.day, dateline.basis) if dateline is not None and dateline.day is not None else None


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
    stating = set(_clauses_above(resolver, at))
    if reading.report is None or not is_verb(resolver.parse, at) or modal_of(resolver.parse, at) not in FUTURE:
        stating.add(at)  # 'said it will announce steps on Tuesday' was said before
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
