"""Runs the examples of every trigger: the proof that a rule says what its author means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.positions.tag import Tagger
from rules.syntax.parse import Parser
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import Example, RuleSet, Trigger

ExampleKind = Literal["match", "no_match", "known_miss"]
PUBLISHED = date(2022, 1, 27)
COMPARED = tuple(name for name in Example.model_fields if name not in ("text", "stance"))


@dataclass(frozen=True)
class ExampleResult:
    """What became of one example; `index` counts the examples of its kind within the trigger from 0."""

    trigger_id: str
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
    trigger: Trigger
    kind: ExampleKind
    index: int
    example: Example

    @property
    def article(self) -> Article:
        return Article(title="", published=PUBLISHED, text=self.example.text)


def run_examples(ruleset: RuleSet, parser: Parser, trigger_ids: Sequence[str] = ()) -> list[ExampleResult]:
    """Tags every example as the body of an article of 27 January 2022; `trigger_ids` leaves out all other triggers.

    A sentence matches where it gives a position of the trigger whose actor is known, with the stance of the example
    (else of the trigger) and every other field that the example names.
    """
    cases = [case for t in ruleset.triggers if not trigger_ids or t.id in trigger_ids for case in _cases(t)]
    tagger = Tagger(ruleset)
    articles = [case.article for case in cases]
    texts = {sentence.key: sentence.text for article in articles for sentence in tagger.candidates(article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return [
        _result(case, [p for p in tagger.tag(article, parses) if p.actor is not None])
        for case, article in zip(cases, articles, strict=True)
    ]


def _cases(trigger: Trigger) -> Iterator[_Case]:
    for i, example in enumerate(trigger.examples.match):
        yield _Case(trigger, "match", i, example)
    for i, text in enumerate(trigger.examples.no_match):
        yield _Case(trigger, "no_match", i, Example(text=text))
    for i, text in enumerate(trigger.examples.known_miss):
        yield _Case(trigger, "known_miss", i, Example(text=text))


def _result(case: _Case, positions: Sequence[Position]) -> ExampleResult:
    own = [position for position in positions if position.trigger_id == case.trigger.id]
    if case.kind == "no_match":
        matched, detail = bool(own), _described(own)
    else:
        misses = [_differences(case, position) for position in own]
        matched = any(not miss for miss in misses)
        detail = "" if matched else "; ".join(misses) or f"no position of this trigger; {_described(positions)}"
    return ExampleResult(case.trigger.id, case.kind, case.index, case.example.text, matched, detail)


def _differences(case: _Case, position: Position) -> str:
    """What a position says otherwise than the example; empty where it agrees."""
    wanted = {"stance": str(case.example.stance or case.trigger.stance)}
    wanted |= {name: value for name in COMPARED if (value := getattr(case.example, name)) is not None}
    found = {name: getattr(position, name) for name in wanted}
    return ", ".join(
        f"{name} is {found[name]}, expected {value}" for name, value in wanted.items() if found[name] != value
    )


def _described(positions: Sequence[Position]) -> str:
    if not positions:
        return "no position at all"
    return "gives " + "; ".join(f"{p.trigger_id}: {p.actor} {p.stance} of {p.issue} to {p.target}" for p in positions)
