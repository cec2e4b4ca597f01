"""Tells step by step why a text gives the positions it gives, or none."""

from collections.abc import Iterator
from datetime import date

from rules.parties.resolver import ActorResolver
from rules.positions.confidence import Confidence, Part
from rules.positions.reading import Reading
from rules.positions.tag import Found, Tagger
from rules.syntax.parse import Parser
from rules.syntax.tree import Parse
from rules.text.sentences import Sentence, split
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import RuleSet

REASONS = 4  # of each kind: what counts most


def explain(text: str, ruleset: RuleSet, parser: Parser, published: date | None = None) -> str:
    """The reading of a text as indented lines: a paragraph a sentence, a line a step.

    `published` is the day that weekdays resolve from; today's where it is absent.
    """
    tagger = Tagger(ruleset)
    article = Article(title="", published=published or date.today(), text=text, language=ruleset.language)
    candidates = tagger.candidates(article)
    parses = {s.key: p for s, p in zip(candidates, parser.parse([s.text for s in candidates]), strict=True)}
    positions = tagger.find(article, parses)
    context = tagger.context_of(article)
    lines: list[str] = []
    for sentence in split(article):
        lines.append(f"Sentence  {sentence.text}")
        if sentence not in candidates:
            lines.append("  gate      closed: it holds the words of no trigger")
            continue
        resolver = tagger.resolver(context, sentence, parses[sentence.key])
        lines.append("  gate      open")
        lines.append(f"  parse     {_bracketed(parses[sentence.key])}")
        for reading in tagger.read(resolver):
            lines.extend(_told(resolver, reading))
        lines.extend(_result(sentence, positions, tagger.confidence))
    return "\n".join(lines)


def _told(resolver: ActorResolver, reading: Reading) -> Iterator[str]:
    verdict, parse, match = reading.verdict, resolver.parse, reading.match
    words = " ".join(parse.words[match.first : match.last + 1])
    yield f"  trigger   {reading.trigger_id} at '{words}'"
    if reading.why_none is not None:
        yield f"    {'domestic' if reading.is_domestic else 'none    '}  {reading.why_none}"
    if not reading.is_told:
        return
    yield f"    stance    {verdict.stance} ({verdict.reason})"
    if reading.report is not None:
        yield f"    said by   {', '.join(_party(resolver, r.start, r.end, r.actor) for r in reading.report.by)}"
    for actor in reading.actors:
        yield f"    actor     {_party(resolver, actor.start, actor.end, actor.actor)}"


def _party(resolver: ActorResolver, start: int, end: int, actor: str | None) -> str:
    text = resolver.section.text[start:end]
    return f"'{text}' → {actor or 'nobody known'}"


def _result(sentence: Sentence, positions: list[Found], measured: Confidence) -> Iterator[str]:
    found = [
        f for f in positions if (f.position.section, f.position.sentence_start) == (sentence.section, sentence.start)
    ]
    if not found:
        yield "  position  none"
    for p, signs in found:
        told = {
            "scope": p.scope,
            "issue": f"{p.issue} by {p.issue_basis}" if p.issue else None,
            "target": p.target,
            "speaker": p.speaker,
            "stated on": f"{p.stated_on} by {p.stated_on_basis}{_period(p)}",
            "condition": p.condition,
            "content": p.content,
        }
        parts = (f"{field} {value or '-'}" for field, value in told.items())
        yield " · ".join((f"  position  {p.actor or f'({p.actor_text})'} {p.stance}", *parts))
        if p.confidence is not None:
            yield f"  sure      {p.confidence:.2f} · {_reasons(measured.parts(signs))}"


def _reasons(parts: list[Part]) -> str:
    """What raised and lowered confidence most."""
    raised = [f"{part.sign} {part.value}".strip() + f" +{part.weight:.2f}" for part in parts if part.weight > 0][
        :REASONS
    ]
    lowered = [f"{part.sign} {part.value} −{-part.weight:.2f}" for part in parts if part.weight < 0][:REASONS]
    return f"raised by {', '.join(raised) or 'nothing'} · lowered by {', '.join(lowered) or 'nothing'}"


def _period(position: Position) -> str:
    first, last = position.stated_from, position.stated_to
    return "" if first == last else f" (some day from {first} to {last})"


def _bracketed(parse: Parse) -> str:
    """Each word with its part of speech, its relation and the word that it hangs from."""
    return " ".join(
        f"{word}/{parse.tags[i]}/{parse.deps[i]}>{parse.words[parse.heads[i]]}" for i, word in enumerate(parse.words)
    )
