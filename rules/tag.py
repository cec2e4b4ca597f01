"""An article, its parses and a rule set make positions: pure, no input or output."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.actors import ActorResolver
from rules.conditions import condition_of, text_of
from rules.context import ArticleContext, Referent
from rules.dates import DateMention, find_dates, past_only
from rules.gate import Gate
from rules.grammar import ancestors, dependents, is_verb, subtree
from rules.issues import IssueFinder
from rules.names import NameFinder
from rules.parse import Parse
from rules.roles import find_role
from rules.sentences import Sentence, split
from rules.speech import Report, report_of
from rules.stances import StanceFinder, Verdict
from rules.targets import target_of
from rules.words import Words
from schemas.article import Article
from schemas.position import Position, StatedOnBasis
from schemas.ruleset import RuleSet, Trigger


@dataclass(frozen=True)
class Reading:
    """A verdict with all that was read around it: what a position is made from, and what an explanation tells."""

    verdict: Verdict
    actors: tuple[Referent, ...]
    report: Report | None
    content: tuple[int, ...]
    why_none: str | None = None


class Tagger:
    """A rule set made ready to read articles. Holds nothing that changes."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.words = Words(ruleset)
        self.stances = StanceFinder(ruleset, self.words)
        self.names = NameFinder(ruleset)
        self.issues = IssueFinder(ruleset.issues)
        self.gate = Gate(self.stances.wordings)
        self.anaphors = {word: actor.id for actor in ruleset.actors for word in actor.anaphors}

    def candidates(self, article: Article) -> list[Sentence]:
        """The sentences of an article that can carry a position, in the order of the text, the title first."""
        sentences = [sentence for sentence in split(article) if self.gate.lets_through(sentence)]
        return [] if sentences and _is_about_something_else(article, self.words.elsewhere) else sentences

    def tag(
        self, article: Article, parses: Mapping[str, Parse], candidates: Sequence[Sentence] | None = None
    ) -> list[Position]:
        """The positions of an article, sorted by place; `parses` holds the parse of each sentence by its key.

        `candidates` are those of the article, where they were found before. Positions whose actor nobody knows have
        `actor` None. Raises KeyError for a candidate that has no parse.
        """
        sentences = self.candidates(article) if candidates is None else candidates
        if not sentences:
            return []
        context = ArticleContext(article, self.names, self.words)
        positions: list[Position] = []
        for sentence in sentences:
            parse = parses[sentence.key]
            resolver = ActorResolver(context, sentence, parse, self.words, self.anaphors)
            found = [
                position
                for reading in self.read(resolver)
                if reading.why_none is None
                for position in self._positions(article, resolver, reading)
            ]
            positions.extend(_each_said_once(found))
        return sorted(positions, key=_place)

    def read(self, resolver: ActorResolver) -> list[Reading]:
        """Every trigger found in a sentence, with what became of it."""
        parse = resolver.parse
        verdicts = [self.stances.judge(parse, c) for c in self.stances.candidates(parse)]
        readings = [self._read_one(resolver, verdict) for verdict in verdicts]
        return _without_nested(parse, readings)

    def _read_one(self, resolver: ActorResolver, verdict: Verdict) -> Reading:
        if verdict.stance is None:
            return Reading(verdict, (), None, (), verdict.reason)
        parse, at = resolver.parse, verdict.candidate.at
        trigger = verdict.candidate.trigger
        report = report_of(resolver, at)
        if "speaker" in trigger.needs and report is None:
            return Reading(verdict, (), report, (), "nobody says it")
        if "unreported" in trigger.needs and report is not None:
            return Reading(verdict, (), report, (), "somebody says it")
        if trigger.said_with and not self._said_with(parse, report, trigger):
            return Reading(verdict, (), report, (), f"not said with: {', '.join(trigger.said_with)}")
        content = tuple(i for role in trigger.content for i in find_role(parse, at, role) if role != "subject")
        actors = self._actors(resolver, verdict, report)
        if not actors:
            return Reading(verdict, (), report, content, "no actor in any of: " + ", ".join(trigger.actor))
        actors = tuple(_in_first_words(actor, report) for actor in actors)
        if trigger.modals and trigger.actor == ("speaker",) and self._says_it_of_itself(resolver, verdict, actors):
            return Reading(verdict, (), report, content, "says it of itself")
        if "own_statement" in trigger.needs and not _speaks_of_itself(actors, report):
            return Reading(verdict, (), report, content, "said of somebody else")
        return Reading(verdict, actors, report, content)

    def _says_it_of_itself(self, resolver: ActorResolver, verdict: Verdict, actors: tuple[Referent, ...]) -> bool:
        """'Sweden said it should have acted' demands nothing of anybody else."""
        own = {r.actor for r in actors if r.actor}
        subjects = find_role(resolver.parse, verdict.candidate.at, "surface_subject")
        named = [i for i in subjects if resolver.parse.lower[i] != "they"]
        return any(r.actor in own for i in named for r in resolver.resolve(i) if r.actor)

    def _said_with(self, parse: Parse, report: Report | None, trigger: Trigger) -> bool:
        if report is None or report.verb is None:
            return False
        return parse.lower[report.verb] in self.words.forms(trigger.said_with)

    def _actors(self, resolver: ActorResolver, verdict: Verdict, report: Report | None) -> tuple[Referent, ...]:
        parse, candidate = resolver.parse, verdict.candidate
        for role in candidate.trigger.actor:
            if role == "speaker":
                if report is not None:
                    return report.by
                continue
            found = [r for i in find_role(parse, candidate.at, role) for r in resolver.resolve(i)]
            if role in ("possessive", "to", "for"):
                found = [r for r in found if r.actor]
            if found:
                return tuple(found)
        return ()

    def _positions(self, article: Article, resolver: ActorResolver, reading: Reading) -> Iterable[Position]:
        parse, sentence = resolver.parse, resolver.sentence
        candidate, stance = reading.verdict.candidate, reading.verdict.stance
        assert stance is not None
        condition = condition_of(parse, candidate.at, list(reading.content))
        content = content_text(parse, reading, condition)
        issues = self._issues(resolver, content)
        if (
            (not issues
            and _words_of(sentence.text) & self.words.elsewhere)
            or _old_years(sentence.text[: parse.starts[candidate.first]], article.published)
        ):
            return
        stated_on, basis = self._stated_on(article, sentence, parse, reading, resolver.context)
        for referent in reading.actors:
            if _is_given_name(resolver, candidate.at, referent):
                continue
            speaker = referent.person or _speaker(reading, referent)
            target = target_of(resolver, reading, referent)
            for issue in issues or (None,):
                yield Position(
                    article_id=article.article_id,
                    section=sentence.section,
                    sentence_start=sentence.start,
                    sentence_end=sentence.end,
                    actor=referent.actor,
                    actor_text=resolver.context.sections[sentence.section].text[referent.start : referent.end],
                    actor_start=referent.start,
                    actor_end=referent.end,
                    speaker=speaker.name if speaker else None,
                    speaker_role=speaker.role if speaker else None,
                    stance=stance,
                    issue=issue,
                    target=target,
                    content=content or None,
                    condition=text_of(parse, condition),
                    stated_on=stated_on,
                    stated_on_basis=basis,
                    trigger_id=candidate.trigger.id,
                    trigger_start=sentence.start + parse.starts[candidate.first],
                    trigger_end=sentence.start + parse.ends[candidate.last],
                    cameo=candidate.trigger.cameo,
                )

    def _issues(self, resolver: ActorResolver, content: str) -> tuple[str, ...]:
        """What the content names; words that several issues share go to the one named in the sentence or the title."""
        if not content:
            return ()
        nearby = self._issues_of(resolver.sentence.text) + self._issues_of(resolver.context.article.title)
        return self.issues.find(content, nearby) or resolver.context.topic(self.issues)

    def _issues_of(self, text: str) -> tuple[str, ...]:
        return self.issues.find(text)

    def _stated_on(
        self, article: Article, sentence: Sentence, parse: Parse, reading: Reading, context: ArticleContext
    ) -> tuple[date, StatedOnBasis]:
        """The day named beside the trigger or the reporting verb, not inside what is demanded or refused."""
        mentions = past_only(find_dates(sentence.text, article.published, self.ruleset.dates))
        for mention in mentions:
            if mention.day is not None and _dates_the_statement(parse, reading, mention):
                return mention.day, mention.basis
        return self._inherited_day(article, sentence, reading, context) or (article.published, StatedOnBasis.PUBLISHED)

    def _inherited_day(
        self, article: Article, sentence: Sentence, reading: Reading, context: ArticleContext
    ) -> tuple[date, StatedOnBasis] | None:
        """'On Wednesday the minister called for … He said': the account goes on where the pronoun points to."""
        for referent in (*reading.actors, *(reading.report.by if reading.report else ())):
            if referent.antecedent is not None and not sentence.start <= referent.antecedent < sentence.end:
                text = context.sentence_around(sentence.section, referent.antecedent)
                opening = past_only(find_dates(text, article.published, self.ruleset.dates))[:1]
                if opening and opening[0].day is not None and _dates_its_sentence(text, opening[0]):
                    return opening[0].day, opening[0].basis
        return None


def _in_first_words(actor: Referent, report: Report | None) -> Referent:
    """The party in the words that name it first: 'Clinton said the United States will not' → Clinton for the USA."""
    if report is not None and report.verb is not None and actor.actor is not None:
        for reporter in report.by:
            if reporter.actor == actor.actor and reporter.start < actor.start:
                return Referent(actor.actor, reporter.start, reporter.end, actor.person or reporter.person)
    return actor


# So many different words of sport, business or the arts make an article one of theirs.
ELSEWHERE_ARTICLE = 5


# A year that lies so far back makes a clause history, and so many of them an article.
HISTORY_YEARS = 25
HISTORY_ARTICLE = 3


def _old_years(text: str, published: date) -> int:
    """How many years long past a text names."""
    return sum(int(year) < published.year - HISTORY_YEARS for year in re.findall(r"\b(1[5-9]\d\d|20\d\d)\b", text))


def _is_about_something_else(article: Article, elsewhere: frozenset[str]) -> bool:
    if _old_years(article.text, article.published) >= HISTORY_ARTICLE:
        return True
    return len(_words_of(f"{article.title} {article.text}") & elsewhere) >= ELSEWHERE_ARTICLE


def _words_of(text: str) -> frozenset[str]:
    """The words of a text and its pairs of neighbours, lower case."""
    words = re.findall(r"[a-z][a-z'-]*", text.lower())
    return frozenset(words) | frozenset(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))


def _is_given_name(resolver: ActorResolver, at: int, referent: Referent) -> bool:
    """'Chad asked his sister', 'Georgia called her mother': a country is not 'he' or 'she'."""
    parse, context, section = resolver.parse, resolver.context, resolver.sentence.section
    if referent.person is not None or referent.actor is None:
        return False
    mention = context.mention_at(section, referent.start, referent.end)
    if (
        mention is None
        or mention.kind not in ("name", "capital")
        or mention.end - mention.start < referent.end - referent.start
    ):
        return False
    pronouns = [i for i in subtree(parse, at) if parse.lower[i] in ("his", "her", "he", "she") and i > at]
    return bool(pronouns) and context.person_before(section, referent.start, parse.lower[pronouns[0]]) is None


def _speaks_of_itself(actors: tuple[Referent, ...], report: Report | None) -> bool:
    """Whether the reporter is the party that the clause is about: 'Iran warned that it would'."""
    if report is None:
        return False
    spoken = {r.actor or (r.start, r.end) for r in report.by}
    return any((r.actor or (r.start, r.end)) in spoken for r in actors)


def _dates_its_sentence(text: str, mention: DateMention) -> bool:
    """A day that opens the sentence or stands after 'on' dates what happened in it."""
    return mention.start <= 12 or text[: mention.start].lower().endswith(" on ")


def _dates_the_statement(parse: Parse, reading: Reading, mention: DateMention) -> bool:
    tokens = [i for i in range(len(parse)) if mention.start <= parse.starts[i] < mention.end]
    if not tokens:
        return False
    top = next((i for i in tokens if parse.heads[i] not in tokens), tokens[0])
    inside = {j for i in reading.content for j in subtree(parse, i)}
    if top in inside and reading.verdict.candidate.at not in inside:
        return False
    at = reading.verdict.candidate.at
    trigger = reading.verdict.candidate.trigger
    if trigger.nouns and trigger.negated != "only" and find_role(parse, at, "possessive"):
        stating = {at}  # 'rejected Moscow's demand on Friday' dates the rejection alone
    else:
        stating = {at, *_clauses_above(parse, at)}
        if reading.report is not None and reading.report.verb is not None:
            stating.add(reading.report.verb)
    for above in ancestors(parse, top):
        if above in stating:
            return True
        if is_verb(parse, above):
            break
    if top > 0 and _heads_an_occasion(parse, top, stating):
        return True
    return any(_follows_at_once(parse, verb, tokens[0]) for verb in stating)


OCCASIONS = frozenset(
    "deal agreement accord pact statement meeting talks summit speech interview letter session vote conference call "
    "address communique declaration treaty ceremony visit".split()
)


def _heads_an_occasion(parse: Parse, day: int, stating: set[int]) -> bool:
    """'In the November 27 deal, the two agreed': the day of the occasion on which it was stated."""
    noun = parse.heads[day]
    preposition = parse.heads[noun]
    return (
        parse.lower[noun] in OCCASIONS
        and parse.lower[preposition] in ("in", "at", "during", "by")
        and parse.heads[preposition] in stating
    )


def _clauses_above(parse: Parse, at: int) -> list[int]:
    """The words above a trigger whose day is its day too: not those around a noun that its clause only describes."""
    found = []
    below = at
    for above in ancestors(parse, at):
        if parse.deps[below] in ("relcl", "acl", "appos"):
            break
        found.append(above)
        below = above
    return found


def _follows_at_once(parse: Parse, verb: int, day: int) -> bool:
    """'told Russia on Wednesday there will be': no other verb stands between the verb and its day."""
    between = range(verb + 1, day)
    broken = any(is_verb(parse, i) or parse.tags[i] in (",", "CC") for i in between)
    return is_verb(parse, verb) and 0 < day - verb <= 8 and not broken


def content_text(parse: Parse, reading: Reading, condition: tuple[int, int] | None) -> str:
    """The words that say what is demanded, refused or offered, without the words of the condition."""
    candidate = reading.verdict.candidate
    left_out = set(range(condition[0], condition[1] + 1)) if condition else set()
    subjects = {j for i in _subject_tokens(parse, candidate.at) for j in subtree(parse, i)}
    kept: set[int] = set()
    for i in reading.content:
        tokens = set(subtree(parse, i))
        if i == candidate.at:  # a modal's content is its verb with all but the subject and what is coordinated with it
            tokens -= subjects | {
                j for c in dependents(parse, i, "conj") if dependents(parse, c, "aux") for j in subtree(parse, c)
            }
        kept |= tokens
    if not kept:
        kept = set(subtree(parse, candidate.at)) - subjects - set(range(candidate.first, candidate.last + 1))
    kept -= left_out | set(range(candidate.first, candidate.last + 1)) - {candidate.at}
    if not kept:
        return ""
    pieces = [parse.text[parse.starts[a] : parse.ends[b]] for a, b in _runs(sorted(kept))]
    return " … ".join(piece.strip(' ,;"“”') for piece in pieces if piece.strip(' ,;."“”'))


def _subject_tokens(parse: Parse, at: int) -> list[int]:
    passive = dependents(parse, at, "nsubjpass")
    return [] if passive else dependents(parse, at, "nsubj", "csubj")


def _runs(tokens: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring tokens, each as its first and last."""
    runs: list[tuple[int, int]] = []
    for i in tokens:
        if runs and i - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _speaker(reading: Reading, referent: Referent):  # type: ignore[no-untyped-def]
    """The person who reports the actor's own position, where the text names one."""
    if reading.report is None:
        return None
    for reporter in reading.report.by:
        if reporter.person is not None and (reporter.actor == referent.actor or referent.actor is None):
            return reporter.person
    return None


def _without_nested(parse: Parse, readings: list[Reading]) -> list[Reading]:
    """Drops a trigger that only says what another one demands, refuses or offers: 'urged Iran to accept'."""
    kept = []
    for reading in readings:
        outer = _outer(parse, reading, readings) if reading.why_none is None else None
        kept.append(
            Reading(reading.verdict, reading.actors, reading.report, reading.content, f"part of what '{outer}' says")
            if outer
            else reading
        )
    return kept


def _outer(parse: Parse, reading: Reading, readings: list[Reading]) -> str | None:
    at = reading.verdict.candidate.at
    for other in readings:
        if other is reading or other.verdict.stance is None or other.verdict.candidate.at == at:
            continue
        inside = {j for i in other.content for j in subtree(parse, i)}
        if at in inside and other.verdict.candidate.at not in subtree(parse, at) and not _says_its_own(reading, other):
            return other.verdict.candidate.trigger.id
    return None


def _says_its_own(reading: Reading, other: Reading) -> bool:
    """'rejected Moscow's demand to …' shows that Moscow demands it; a demand without content or owner does not."""
    if not reading.verdict.candidate.trigger.nouns or not reading.content:
        return False
    return not ({r.actor for r in reading.actors} & {r.actor for r in other.actors})


def _each_said_once(positions: list[Position]) -> list[Position]:
    """Drops what another position of the sentence says as well: 'cannot and will not compromise' is one refusal."""
    kept: list[Position] = []
    for position in sorted(positions, key=lambda p: (-len(p.content or ""), p.trigger_start, p.position_id)):
        if not any(_says_the_same(position, other) for other in kept):
            kept.append(position)
    return kept


def _says_the_same(position: Position, longer: Position) -> bool:
    same_party = (position.actor or position.actor_text) == (longer.actor or longer.actor_text)
    if not same_party or position.stance != longer.stance or (position.content or "") not in (longer.content or ""):
        return False
    return position.issue == longer.issue or position.issue is None or position.trigger_start != longer.trigger_start


def _place(position: Position) -> tuple[int, int, int, str, str, str, str]:
    return (
        0 if position.section == "title" else 1,
        position.sentence_start,
        position.trigger_start,
        position.stance,
        position.actor or "",
        position.issue or "",
        position.position_id,
    )
