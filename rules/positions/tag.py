"""An article, its parses and a rule set make positions: pure, no input or output."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rules.frames.stances import StanceFinder
from rules.parties.context import ArticleContext
from rules.parties.outsiders import is_no_party
from rules.parties.people import NamedPerson
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.parties.speech import carrier_of, unlisted_reporter
from rules.positions.conditions import condition_of, text_of
from rules.positions.confidence import Confidence
from rules.positions.content import content_text
from rules.positions.dating import stated_on
from rules.positions.deduplicate import each_said_once
from rules.positions.gate import Gate
from rules.positions.issues import Matter, matter_of
from rules.positions.off_topic import is_given_name
from rules.positions.read import read_sentence
from rules.positions.reading import Reading
from rules.positions.scope import scope_of
from rules.positions.signs import Beside, Signs, signs_of
from rules.positions.signs_beside import signs_beside
from rules.positions.targets import target_of
from rules.syntax.tree import Parse
from rules.text.gazetteer import NameFinder
from rules.text.issues import IssueFinder
from rules.text.other_topics import names_something_else
from rules.text.passages import inside
from rules.text.sentences import Sentence, split
from rules.text.turns import questions_in
from rules.text.words import Words
from schemas.article import Article
from schemas.position import Position, Scope, Stance
from schemas.ruleset import RuleSet


class Found(NamedTuple):
    """A position, and what its reading knew that tells how far it can be relied on."""

    position: Position
    signs: Signs


class Tagger:
    """A rule set made ready to read articles. Holds nothing that changes."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.words = Words(ruleset)
        self.stances = StanceFinder(ruleset)
        self.names = NameFinder(ruleset)
        self.issues = IssueFinder(ruleset.issues, ruleset.language)
        self.gate = Gate.of(self.stances)
        self.confidence = Confidence(ruleset.confidence)
        self._anaphors = {word: actor.id for actor in ruleset.actors for word in actor.anaphors}

    def candidates(self, article: Article, among: Iterable[Sentence] | None = None) -> list[Sentence]:
        """Sentences that can carry a position, of all or `among` some, in the order of the text, the title first.

        What is asked in the transcript of an issuer carries none.
        """
        asked = questions_in(article.text) if article.issuer else []
        return [
            s
            for s in (split(article) if among is None else among)
            if self.gate.lets_through(s) and not (s.section == "body" and inside(asked, s.start))
        ]

    def tag(
        self, article: Article, parses: Mapping[str, Parse], candidates: Sequence[Sentence] | None = None
    ) -> list[Position]:
        """The positions of an article that count by default; the rest as `tag_all`."""
        return [p for p in self.tag_all(article, parses, candidates) if p.counts_by_default]

    def tag_all(
        self, article: Article, parses: Mapping[str, Parse], candidates: Sequence[Sentence] | None = None
    ) -> list[Position]:
        """The positions of an article, sorted by place; `parses` holds the parse of each sentence by its key.

        `candidates` are those of the article, where they were found before. Positions whose actor nobody knows have
        `actor` None. Raises KeyError for a candidate that has no parse.
        """
        return [found.position for found in self.find(article, parses, candidates)]

    def find(
        self, article: Article, parses: Mapping[str, Parse], candidates: Sequence[Sentence] | None = None
    ) -> list[Found]:
        """The same, each position with the signs of its reading."""
        sentences = self.candidates(article) if candidates is None else candidates
        if not sentences:
            return []
        context = self.context_of(article)
        resolvers = (self.resolver(context, sentence, parses[sentence.key]) for sentence in sentences)
        found = sorted(
            (f for resolver in resolvers for f in self._said_once(resolver)), key=lambda f: _place(f.position)
        )
        return self._measured(found)

    def context_of(self, article: Article) -> ArticleContext:
        """What an article tells as a whole."""
        return ArticleContext(article, self.names, self.words, self.issues)

    def resolver(self, context: ArticleContext, sentence: Sentence, parse: Parse) -> ActorResolver:
        """What tells whom the words of a sentence stand for."""
        return ActorResolver(context, sentence, parse, self.words, self._anaphors)

    def read(self, resolver: ActorResolver) -> list[Reading]:
        """Every trigger found in a sentence, with what became of it."""
        return read_sentence(resolver, self.stances)

    def _said_once(self, resolver: ActorResolver) -> list[Found]:
        readings = self.read(resolver)
        found = [f for r in readings if r.is_told for f in self._found(resolver, r, readings)]
        signs = {id(f.position): f.signs for f in found}
        return [Found(p, signs[id(p)]) for p in each_said_once([f.position for f in found])]

    def _measured(self, found: Sequence[Found]) -> list[Found]:
        """The same, with how sure each is, which also depends on the others of its sentence."""
        beside = signs_beside([position for position, _ in found])
        every = [{**signs, **more} for (_, signs), more in zip(found, beside, strict=True)]
        return [
            Found(position.model_copy(update={"confidence": self.confidence.of(signs)}), signs)
            for (position, _), signs in zip(found, every, strict=True)
        ]

    def _found(self, resolver: ActorResolver, reading: Reading, readings: Sequence[Reading]) -> Iterator[Found]:
        """One position for each party and issue of a reading."""
        condition = condition_of(resolver.parse, reading.at, reading.content, reading.stance is Stance.REFUSAL)
        content = content_text(resolver.parse, reading, condition)
        matter = matter_of(resolver, self.issues, content, reading.match.first)
        if self._is_no_diplomacy(resolver, matter):
            return
        stated = stated_on(resolver, reading)
        first, last = stated.period or (stated.day, stated.day)
        parse, sentence, match = resolver.parse, resolver.sentence, reading.match
        for party in reading.actors:
            if is_given_name(resolver, reading.at, party) or (reading.is_domestic and party.actor is None):
                continue
            speaker = (
                party.person
                or _reporter_for(reading, party)
                or unlisted_reporter(resolver, reading.report, party.actor)
                or carrier_of(resolver, reading.at, party)
            )
            target = target_of(resolver, reading, party)
            scope = scope_of(resolver, reading, party.actor, target)
            if party.actor is None and scope is not Scope.FOREIGN:
                continue
            beside = Beside(matter, target, stated.basis, content, condition is not None)
            signs = signs_of(resolver, reading, party, beside, readings)
            for issue in matter.issues or (None,):
                position = Position(
                    article_id=resolver.context.article_id,
                    section=sentence.section,
                    sentence_start=sentence.start,
                    sentence_end=sentence.end,
                    actor=party.actor,
                    actor_text=resolver.section.text[party.start : party.end],
                    actor_start=party.start,
                    actor_end=party.end,
                    is_outsider=is_no_party(resolver, party),
                    speaker=speaker.name if speaker else None,
                    speaker_role=speaker.role if speaker else None,
                    stance=reading.stance,
                    scope=scope,
                    issue=issue,
                    issue_basis=matter.basis if issue else None,
                    target=target,
                    content=content or None,
                    condition=text_of(parse, condition),
                    stated_on=stated.day,
                    stated_on_basis=stated.basis,
                    stated_from=first,
                    stated_to=last,
                    trigger_id=reading.trigger_id,
                    trigger_start=sentence.start + parse.starts[match.first],
                    trigger_end=sentence.start + parse.ends[match.last],
                    cameo=reading.cameo,
                )
                yield Found(position, signs)

    def _is_no_diplomacy(self, resolver: ActorResolver, matter: Matter) -> bool:
        """Whether a sentence is about sport or business and names no issue."""
        if resolver.context.is_about_something_else and not matter.is_of_content:
            return True
        return not matter.is_named and names_something_else(resolver.sentence.text, self.words)


def _reporter_for(reading: Reading, party: Referent) -> NamedPerson | None:
    """The person who reports the party's own position, where the text names one."""
    for reporter in reading.report.by if reading.report else ():
        if reporter.person is not None and (party.actor is None or reporter.actor == party.actor):
            return reporter.person
    return None


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
