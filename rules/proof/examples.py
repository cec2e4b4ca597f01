"""Runs the examples of every frame: the proof that a rule says what its author means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.positions.tag import Tagger
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import Example, Frame, RuleSet

ExampleKind = Literal["match", "no_match", "known_miss"]
PUBLISHED = date(2022, 1, 27)
COMPARED = tuple(name for name in Example.model_fields if name not in ("text", "stance"))


@dataclass(frozen=True)
class ExampleResult:
    """What became of one example; `index` counts the examples of its kind within the frame from 0."""

    frame_id: str
    kind: ExampleKind
    index: int
    text: str
    matched: bool
    detail: str

    @property
    def ok(self) -> bool:
        """Whether it did what it must: a known miss that matches is a mistake too, for it belongs to `match` now."""
        return self.matched == (self.kind == "match")


@dataclass(frozen=True)
class _Case:
    frame: Frame
    language: str
    kind: ExampleKind
    index: int
    example: Example

    @property
    def article(self) -> Article:
        return Article(title="", published=PUBLISHED, text=self.example.text, language=self.language)


def run_examples(ruleset: RuleSet, parser: Parser, frame_ids: Sequence[str] = ()) -> list[ExampleResult]:
    """Tags every example as the body of an article of 27 January 2022; `frame_ids` leaves out all other frames.

    A sentence matches where it gives a position of the frame whose actor is known, with the stance of the example
    (else of the frame) and every other field that the example names.
    """
    cases = [case for t in ruleset.frames if not frame_ids or t.id in frame_ids for case in _cases(t, ruleset.language)]
    tagger = Tagger(ruleset)
    articles = [case.article for case in cases]
    texts = {sentence.key: sentence.text for article in articles for sentence in tagger.candidates(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return [
        _result(case, [p for p in tagger.tag(article, parses) if p.actor is not None])
        for case, article in zip(cases, articles, strict=True)
    ]


def _cases(frame: Frame, language: str) -> Iterator[_Case]:
    for i, example in enumerate(frame.examples.match):
        yield _Case(frame, language, "match", i, example)
    for i, text in enumerate(frame.examples.no_match):
        yield _Case(frame, language, "no_match", i, Example(text=text))
    for i, text in enumerate(frame.examples.known_miss):
        yield _Case(frame, language, "known_miss", i, Example(text=text))


def _result(case: _Case, positions: Sequence[Position]) -> ExampleResult:
    own = [position for position in positions if position.trigger_id.startswith(f"{case.frame.id}.")]
    if case.kind == "no_match":
        matched, detail = bool(own), _described(own)
    else:
        misses = [_differences(case, position) for position in own]
        matched = any(not miss for miss in misses)
        detail = "" if matched else "; ".join(misses) or f"no position of this frame; {_described(positions)}"
    return ExampleResult(case.frame.id, case.kind, case.index, case.example.text, matched, detail)


def _differences(case: _Case, position: Position) -> str:
    """What a position says otherwise than the example; empty where it agrees."""
    wanted = {"stance": str(case.example.stance or case.frame.stance)}
    wanted |= {name: value for name in COMPARED if (value := getattr(case.example, name)) is not None}
    found = {name: getattr(position, name) for name in wanted}
    return ", ".join(
        f"{name} is {found[name]}, expected {value}" for name, value in wanted.items() if found[name] != value
    )


def _described(positions: Sequence[Position]) -> str:
    if not positions:
        return "no position at all"
    return "gives " + "; ".join(f"{p.trigger_id}: {p.actor} {p.stance} of {p.issue} to {p.target}" for p in positions)
