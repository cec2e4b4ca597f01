"""How sentences are read, as records that can be drawn: words and their tree, readings with roles, and positions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.parties.resolver import ActorResolver
from rules.positions.confidence import Part
from rules.positions.reading import Reading, inside_content
from rules.positions.tag import Found, Tagger
from rules.syntax.parse import Parser
from rules.syntax.tree import Parse
from rules.text.sentences import Sentence, split
from schemas.article import Article
from schemas.position import Position


@dataclass(frozen=True)
class Word:
    """A word, its part of speech, its relation to the word it hangs from, and the place of that; its own: the root."""

    text: str
    tag: str
    relation: str
    head: int


@dataclass(frozen=True)
class Party:
    """Words that name a party, and the actor that they were taken for."""

    text: str
    actor: str | None


@dataclass(frozen=True)
class ReadingTold:
    """A trigger that was found, and what became of it: a stance and why, or why none. `roles` are by place of word."""

    trigger_id: str
    words: str
    description: str
    stance: str | None
    reason: str
    why_none: str | None
    is_domestic: bool
    negated: bool
    complements: tuple[str, ...]
    actors: tuple[Party, ...]
    said_by: tuple[Party, ...]
    roles: Mapping[int, str]


@dataclass(frozen=True)
class PositionTold:
    """A position that came out, and what raised and lowered its confidence, what counts most first."""

    position: Position
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class SentenceTold:
    """A sentence: whether the gate let it through, and if so its tree, its readings and what came out."""

    text: str
    gate_open: bool
    words: tuple[Word, ...] = ()
    readings: tuple[ReadingTold, ...] = ()
    positions: tuple[PositionTold, ...] = ()


def drawn(text: str, tagger: Tagger, parser: Parser, published: date) -> list[SentenceTold]:
    """How each sentence of a text is read; `published` is the day that weekdays resolve from."""
    article = Article(title="", published=published, text=text)
    candidates = tagger.candidates(article)
    parses = {s.key: p for s, p in zip(candidates, parser.parse([s.text for s in candidates]), strict=True)}
    return [
        sentence_told(article, sentence, tagger, parses)
        if sentence in candidates
        else SentenceTold(sentence.text, gate_open=False)
        for sentence in split(article)
    ]


def sentence_told(article: Article, sentence: Sentence, tagger: Tagger, parses: Mapping[str, Parse]) -> SentenceTold:
    """How a sentence is read that the gate lets through; `parses` holds those of all such sentences of the article."""
    parse = parses[sentence.key]
    resolver = tagger.resolver(tagger.context_of(article), sentence, parse)
    found = tagger.find(article, parses)
    return SentenceTold(
        sentence.text,
        True,
        tuple(Word(*told) for told in zip(parse.words, parse.tags, parse.deps, parse.heads, strict=True)),
        tuple(_reading(resolver, reading) for reading in tagger.read(resolver)),
        tuple(
            PositionTold(one.position, tuple(tagger.confidence.parts(one.signs)))
            for one in found
            if _stands_in(one, sentence)
        ),
    )


def _stands_in(found: Found, sentence: Sentence) -> bool:
    return (found.position.section, found.position.sentence_start) == (sentence.section, sentence.start)


def _reading(resolver: ActorResolver, reading: Reading) -> ReadingTold:
    verdict = reading.verdict
    return ReadingTold(
        trigger_id=reading.trigger_id,
        words=" ".join(resolver.parse.words[reading.match.first : reading.match.last + 1]),
        description=reading.frame.description,
        stance=verdict.stance if reading.is_told else None,
        reason=verdict.reason,
        why_none=reading.why_none,
        is_domestic=reading.is_domestic,
        negated=verdict.negated,
        complements=tuple(sorted(verdict.complements)),
        actors=tuple(_party(resolver, one.start, one.end, one.actor) for one in reading.actors),
        said_by=tuple(
            _party(resolver, one.start, one.end, one.actor) for one in (reading.report.by if reading.report else ())
        ),
        roles=_roles(resolver, reading),
    )


def _party(resolver: ActorResolver, start: int, end: int, actor: str | None) -> Party:
    return Party(resolver.section.text[start:end], actor)


def _roles(resolver: ActorResolver, reading: Reading) -> dict[int, str]:
    """What each word is in a reading; the trigger goes before the actor, and both before the content."""
    parse, start = resolver.parse, resolver.sentence.start
    roles = dict.fromkeys(inside_content(parse, reading), "content") if reading.is_told else {}
    for party in reading.actors:
        for place in range(len(parse)):
            if party.start <= start + parse.starts[place] < party.end:
                roles[place] = "actor"
    if reading.report is not None and reading.report.verb is not None:
        roles[reading.report.verb] = "report"
    return roles | dict.fromkeys(range(reading.match.first, reading.match.last + 1), "trigger")
